import { parseDocument } from 'htmlparser2';
import { textOfEntry } from './zip.ts';

type Node = ReturnType<typeof parseDocument>['children'][number];

/** An element of XML or HTML. */
export interface MarkupElement {
  name: string;
  attributes: Record<string, string>;
  children: (MarkupElement | string)[];
}

/** A document's markup as a tree of elements and text; whatever is not well-formed is read as far as it goes. */
export function parseMarkup(text: string, xml: boolean): MarkupElement {
  const document = parseDocument(text, { xmlMode: xml, decodeEntities: true });
  return { name: '', attributes: {}, children: document.children.flatMap(elementOf) };
}

/** Elements nested deeper than this are no document's. */
const MAX_DEPTH = 200;

function elementOf(node: Node, depth = 0): (MarkupElement | string)[] {
  if (node.type === 'text') return ['data' in node ? node.data : ''];
  if (!('name' in node) || !('children' in node) || depth > MAX_DEPTH) return [];
  const children = node.children.flatMap((child) => elementOf(child, depth + 1));
  return [{ name: node.name, attributes: node.attribs, children }];
}

export function elements(parent: MarkupElement): MarkupElement[] {
  return parent.children.filter((child): child is MarkupElement => typeof child !== 'string');
}

/** The element's own children of a name. */
export function childrenOf(parent: MarkupElement, name: string): MarkupElement[] {
  return elements(parent).filter((child) => child.name === name);
}

/** All elements of a name below it, outermost first, none within another. */
export function findAll(parent: MarkupElement, name: string): MarkupElement[] {
  return elements(parent).flatMap((child) => (child.name === name ? [child] : findAll(child, name)));
}

export function find(parent: MarkupElement, name: string): MarkupElement | null {
  return findAll(parent, name)[0] ?? null;
}

/** The text of an element without that of those below it. */
export function ownText({ children }: MarkupElement): string {
  return children.filter((child) => typeof child === 'string').join('');
}

/** The files of an Office container that its main one refers to, by the names it gives them. */
export function relatedFiles(
  files: ReadonlyMap<string, Uint8Array>,
  folder: string,
  main: string,
): Map<string, string> {
  const relations = parseMarkup(textOfEntry(files, `${folder}/_rels/${main}.xml.rels`) ?? '', true);
  return new Map(
    findAll(relations, 'Relationship').map(({ attributes: { Id = '', Target = '' } }) => [
      Id,
      `${folder}/${Target.replace(/^\//, '').replace(new RegExp(`^${folder}/`), '')}`,
    ]),
  );
}
