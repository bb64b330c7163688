import type { KnownBlock } from '@slack/web-api';
import type { AnswerPassage } from '../../model/answer.ts';
import { bold, literal, section } from './text.ts';

const PASSAGE_TEXT = 600;
const HEADING_TEXT = 200;
const SHOWN = 5;

/** A passage a section: where it stands in bold, its words as a quotation. */
export function passageSections(passages: readonly AnswerPassage[]): KnownBlock[] {
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
