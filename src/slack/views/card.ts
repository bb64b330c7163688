import type { KnownBlock } from '@slack/web-api';
import type { Answer, Answered, AnswerPassage } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import {
  actions,
  bold,
  button,
  escapeText,
  fit,
  header,
  literal,
  type MessageBlock,
  mrkdwn,
  type Part,
  plainTextElement,
  type Rendered,
  section,
  sections,
  smallPrint,
} from './blocks.ts';
import { choiceButtons } from './choices.ts';
import { chartBlock, chartLines, tableBlocks, tableLines, withPlaces } from './figures.ts';
import { documentLine, sourceLine } from './sources.ts';

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
    essential(answer.note ? [smallPrint(`ご注意：${literal(answer.note, LIMITS.context - 10)}`)] : []),
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
  return [...(before.length === 0 ? [] : sections(literalLines(before, LIMITS.section))), header(last)];
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

const PASSAGE_TEXT = 600;
const HEADING_TEXT = 200;
const SHOWN = 5;

/** A passage a section: where it stands in bold, its words as a quotation. */
function passageSections(passages: readonly AnswerPassage[]): KnownBlock[] {
  return passages.slice(0, SHOWN).map((passage) => {
    const place = `${passage.title} ${formatLines(passage)}`;
    const path = passage.section.length > 0 ? `\n${literal(passage.section.join(' ＞ '), HEADING_TEXT)}` : '';
    return section(
      `${bold(place, HEADING_TEXT)}${path}\n${quote(marked(literal(passage.text, PASSAGE_TEXT), passage.words ?? []))}`,
    );
  });
}

function formatLines({ from, to }: AnswerPassage): string {
  return from === to ? `${from}行目` : `${from}～${to}行目`;
}

/** Words in bold. Beside Japanese, mrkdwn sees where bold begins and ends only with a space of no width around it. */
function marked(escaped: string, words: readonly string[]): string {
  const own = words
    .map((word) => literal(word, PASSAGE_TEXT))
    .filter((word) => word.length >= 2 && !/[&;\n]/.test(word));
  if (own.length === 0) return escaped;
  const longestFirst = own
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return escaped.replace(new RegExp(longestFirst.join('|'), 'g'), (word) => `\u200b*${word}*\u200b`);
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n');
}

/**
 * An answer as a message. `actions` are buttons of the surface that shows it, at the end; `classic` the same for
 * a workspace that refuses the newer blocks.
 */
export function answerView(
  answer: Answer,
  actions: KnownBlock[] = [],
  classic: KnownBlock[] = actions,
): Rendered {
  if (answer.kind === 'answered') {
    return card(answer, actions, classic);
  }
  const buttons = choiceButtons(answer.choices);
  return {
    ...sentence(answer.text, [...buttons, ...actions]),
    classic: sentence(answer.text, [...buttons, ...classic]).classic,
  };
}

/** Plain Japanese, with buttons below it where there are any. */
export function sentence(text: string, buttons: KnownBlock[] = []): Rendered {
  const blocks = [...sections(literal(text, 2 * LIMITS.section).split('\n')), ...buttons];
  return { blocks, classic: blocks, text: escapeText(text, LIMITS.text) };
}

/** Of the thumbs; the classic buttons are feedback:good and feedback:bad. */
export const FEEDBACK_ACTION = /^feedback(?::(?:good|bad))?$/;
export const DELETE_ACTION = 'delete_answer';

const GOOD = '役に立った';
const BAD = '違っていた';
const DELETE = 'この回答を削除';
const confirm = {
  title: plainTextElement(DELETE, 100),
  text: plainTextElement('この回答を全員の画面から削除します。よろしいですか？', 300),
  confirm: plainTextElement('削除する', 30),
  deny: plainTextElement('やめる', 30),
};

/** What a reader may do with an answer: say whether it helped, and, for whoever asked, take it away. */
export function answerFoot(asker: string): { blocks: KnownBlock[]; classic: KnownBlock[] } {
  return {
    blocks: [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'feedback',
            positive_button: { text: plainTextElement(GOOD, LIMITS.buttonLabel), value: 'good' },
            negative_button: { text: plainTextElement(BAD, LIMITS.buttonLabel), value: 'bad' },
          },
          {
            type: 'icon_button',
            icon: 'trash',
            text: plainTextElement(DELETE, LIMITS.buttonLabel),
            action_id: DELETE_ACTION,
            visible_to_user_ids: [asker],
            confirm,
          },
        ],
      },
    ],
    classic: [
      actions(
        button('feedback:good', `👍 ${GOOD}`, { value: 'good' }),
        button('feedback:bad', `👎 ${BAD}`, { value: 'bad' }),
        { ...button(DELETE_ACTION, DELETE, { value: 'delete' }), confirm },
      ),
    ],
  };
}
