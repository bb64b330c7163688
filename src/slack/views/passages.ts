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
    return section(`${bold(place, HEADING_TEXT)}${path}\n${quote(literal(passage.text, PASSAGE_TEXT))}`);
  });
}

function formatLines({ from, to }: AnswerPassage): string {
  return from === to ? `${from}行目` : `${from}～${to}行目`;
}

function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => `>${line}`)
    .join('\n');
}
