import { isDeepStrictEqual } from 'node:util';
import type { SentBlock } from '../message.ts';

type Element = Record<string, unknown>;

/** Every element of the blocks with the place at which Slack would name it. */
function elementsOf(blocks: SentBlock[]): { element: Element; at: string }[] {
  return blocks.flatMap((block, index) => {
    const listed: unknown[] = Array.isArray(block.elements) ? block.elements : [];
    const found: [unknown, string][] = [
      ...listed.map((element, place): [unknown, string] => [element, `elements/${place}`]),
      [block.accessory, 'accessory'],
      [block.element, 'element'],
    ];
    return found.flatMap(([element, place]) =>
      typeof element === 'object' && element !== null
        ? [{ element: element as Element, at: `[json-pointer:/blocks/${index}/${place}]` }]
        : [],
    );
  });
}

function optionsOf(element: Element): unknown[] | null {
  if (Array.isArray(element.options)) return element.options;
  if (!Array.isArray(element.option_groups)) return null;
  return element.option_groups.flatMap((group: { options?: unknown[] }) => group.options ?? []);
}

/** What a menu starts with must be one of its options, to the letter. */
export function initialProblems(blocks: SentBlock[]): string[] {
  return elementsOf(blocks).flatMap(({ element, at }) => {
    const options = optionsOf(element);
    if (options === null) return [];
    const initial = [element.initial_option ?? [], element.initial_options ?? []].flat();
    const isOffered = (one: unknown) => options.some((option) => isDeepStrictEqual(option, one));
    return initial.every(isOffered) ? [] : [`initial option does not match any of the options ${at}`];
  });
}

/** Only one element of a view can have the cursor. */
export function focusProblems(blocks: SentBlock[]): string[] {
  const focused = elementsOf(blocks).filter(({ element }) => element.focus_on_load === true);
  return focused.length > 1 ? [`only one element can have focus_on_load ${focused[1]?.at ?? ''}`] : [];
}
