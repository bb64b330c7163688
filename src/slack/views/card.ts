import type { KnownBlock } from '@slack/web-api';
import type { Answered, AnswerPassage } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import type { MessageBlock, Rendered } from './blocks.ts';
import { chartBlock, chartLines } from './chart.ts';
import { choiceButtons } from './choices.ts';
import { fit, type Part } from './fit.ts';
import { passageSections } from './passages.ts';
import { documentLine, sourceLine } from './sources.ts';
import { tableBlocks, tableLines, withPlaces } from './table.ts';
import {
  bold,
  contextLine,
  escapeText,
  literal,
  mrkdwn,
  plainTextElement,
  section,
  sections,
} from './text.ts';

const DETAIL_TEXT = 300;
const HEADLINE_TEXT = 60;
/** More passages than these are listed by their lines. */
const MOST_QUOTED = 6;

/**
 * The card of an answer, always in this order: title, figure, details, lines, table or chart, note, passages,
 * sources, buttons. `actions` are buttons of the surface, after those of the answer; `classicActions` the same for a
 * workspace that refuses the newer blocks.
 */
export function card(
  answer: Answered,
  actions: KnownBlock[] = [],
  classicActions: KnownBlock[] = actions,
): Rendered {
  const { chart } = answer;
  const placed = withPlaces(answer);
  const table = placed ?? answer.table;
  const drawn = chart ? chartBlock(chart) : null;
  const native: MessageBlock[][] = [
    table ? tableBlocks(table) : [],
    drawn ? [drawn] : chart ? chartLines(chart) : [],
  ];
  const classic: KnownBlock[][] = [table ? tableLines(table) : [], chart ? chartLines(chart) : []];
  const places = placed === null ? sourceLine(answer.sources) : documentLine(answer.sources);
  return {
    blocks: fit(arrange(answer, native, places, actions)),
    classic: fit(arrange(answer, classic, places, classicActions)),
    text: escapeText(answer.text, LIMITS.text),
  };
}

function arrange<B extends MessageBlock>(
  answer: Answered,
  figures: B[][],
  places: KnownBlock[],
  actions: KnownBlock[],
): Part<B | KnownBlock>[] {
  const essential = (blocks: KnownBlock[]) => ({ essential: true, blocks });
  const optional = (blocks: (B | KnownBlock)[]) => ({ essential: false, blocks });
  return [
    essential([section(bold(answer.title, LIMITS.header))]),
    essential(figure(answer.headline)),
    ...details(answer).map((block) => optional([block])),
    ...lines(answer).map((block) => optional([block])),
    ...figures.map(optional),
    essential(answer.note ? [contextLine(`ご注意：${literal(answer.note, LIMITS.context - 10)}`)] : []),
    ...passageSections(quoted(answer)).map((block) => optional([block])),
    essential(places),
    essential(choiceButtons(answer.choices)),
    essential(actions),
  ].filter((part) => part.blocks.length > 0);
}

/** The passages that are quoted whole. */
function quoted({ passages }: Answered): AnswerPassage[] {
  return passages.length <= MOST_QUOTED ? passages : [];
}

/** The answer's lines, where no table and no quotations show them. */
function lines(answer: Answered): KnownBlock[] {
  const isShown = answer.table !== null || quoted(answer).length > 0;
  return isShown ? [] : sections(literalLines(answer.lines, LIMITS.blockText));
}

/** A header holds a figure, under what is to be read before it; what is longer is a sentence and would be cut there. */
function figure(headline: string | null): KnownBlock[] {
  if (!headline?.trim()) {
    return [];
  }
  const said = headline.split('\n');
  const last = said.at(-1) ?? '';
  if (last.length > HEADLINE_TEXT) return sections(literalLines(said, LIMITS.section));
  const before = said.slice(0, -1);
  return [
    ...(before.length === 0 ? [] : sections(literalLines(before, LIMITS.section))),
    { type: 'header', text: plainTextElement(last, LIMITS.header) },
  ];
}

function literalLines(lines: readonly string[], limit: number): string[] {
  return literal(lines.join('\n'), limit).split('\n');
}

function details(answer: Answered): KnownBlock[] {
  const fields = answer.details.map(({ label, value }) =>
    mrkdwn(`${bold(label, DETAIL_TEXT)}\n${literal(value, DETAIL_TEXT)}`),
  );
  const blocks: KnownBlock[] = [];
  for (let from = 0; from < fields.length; from += LIMITS.fieldsInSection) {
    blocks.push({ type: 'section', fields: fields.slice(from, from + LIMITS.fieldsInSection) });
  }
  return blocks;
}
