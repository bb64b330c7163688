import type { KnownBlock } from '@slack/web-api';
import type { Answered } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import type { MessageBlock, Rendered } from './blocks.ts';
import { chartBlock, chartLines } from './chart.ts';
import { choiceButtons } from './choices.ts';
import { fit, type Part } from './fit.ts';
import { passageSections } from './passages.ts';
import { sourceLine } from './sources.ts';
import { tableBlocks, tableLines } from './table.ts';
import { bold, contextLine, escapeText, literal, mrkdwn, plainText, section, sections } from './text.ts';

const DETAIL_TEXT = 300;
const HEADLINE_TEXT = 60;
const BODY_TEXT = 6_000;

/**
 * The card of an answer, always in this order: title, figure, details, table or chart, note, passages,
 * sources, buttons. `actions` are buttons of the surface, after those of the answer; `classicActions` the same for a
 * workspace that refuses the newer blocks.
 */
export function card(
  answer: Answered,
  actions: KnownBlock[] = [],
  classicActions: KnownBlock[] = actions,
): Rendered {
  const { table, chart } = answer;
  const drawn = chart ? chartBlock(chart) : null;
  const native: MessageBlock[][] = [
    table ? tableBlocks(table) : [],
    drawn ? [drawn] : chart ? chartLines(chart) : [],
  ];
  const classic: KnownBlock[][] = [table ? tableLines(table) : [], chart ? chartLines(chart) : []];
  return {
    blocks: fit(arrange(answer, native, actions)),
    classic: fit(arrange(answer, classic, classicActions)),
    text: escapeText(answer.text, LIMITS.text),
  };
}

function arrange<B extends MessageBlock>(
  answer: Answered,
  figures: B[][],
  actions: KnownBlock[],
): Part<B | KnownBlock>[] {
  const essential = (blocks: KnownBlock[]) => ({ essential: true, blocks });
  const optional = (blocks: (B | KnownBlock)[]) => ({ essential: false, blocks });
  return [
    essential([section(bold(answer.title, LIMITS.header))]),
    essential(body(answer)),
    ...details(answer).map((block) => optional([block])),
    ...figures.map(optional),
    essential(answer.note ? [contextLine(`ご注意：${literal(answer.note, LIMITS.context - 10)}`)] : []),
    ...passageSections(answer.passages).map((block) => optional([block])),
    essential(sourceLine(answer.sources)),
    essential(choiceButtons(answer.choices)),
    essential(actions),
  ].filter((part) => part.blocks.length > 0);
}

/** The figure, large; and the answer's text where nothing else of the card would show it. */
function body(answer: Answered): KnownBlock[] {
  const { details, table, chart, passages } = answer;
  const showsMore = details.length > 0 || table !== null || chart !== null || passages.length > 0;
  return [...figure(answer.headline), ...(showsMore ? [] : sections(literalLines(ownLines(answer))))];
}

/** A header holds a figure; what is longer is a sentence and would be cut there. */
function figure(headline: string | null): KnownBlock[] {
  if (!headline?.trim()) {
    return [];
  }
  return headline.length <= HEADLINE_TEXT
    ? [{ type: 'header', text: plainText(headline, LIMITS.header) }]
    : sections(literalLines(headline.split('\n')));
}

/** Lines of the text that no other part of the card repeats. */
function ownLines({ text, title, headline, note }: Answered): string[] {
  const elsewhere = new Set([title, headline, `※${note}`]);
  return text.split('\n').filter((line) => !elsewhere.has(line) && !line.startsWith('出典：'));
}

function literalLines(lines: string[]): string[] {
  return literal(lines.join('\n'), BODY_TEXT).split('\n');
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
