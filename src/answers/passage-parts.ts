import type { AnswerPassage } from '../model/answer.ts';
import type { Passage, PassageHit } from '../model/passage.ts';
import type { Source } from '../model/source.ts';

type Place = Pick<Passage, 'title' | 'section' | 'from' | 'to'>;

/** Characters of a passage that an answer shows; of one that only comes near. */
const SHOWN_TEXT = 340;
const NEAR_TEXT = 160;
const LONGEST_TEXT = 600;

/** The line that answers first, then what stands around it, under its headings, with its place. */
export function quoteOf({ passage, excerpt, alike }: PassageHit): string {
  const same = alike.length === 0 ? '' : `、ほぼ同じ記載がほかに${alike.length}か所`;
  return placed(passage, bestFirst(passage.text, excerpt.sentences, SHOWN_TEXT), same);
}

/** A text under its headings, with its place. */
export function placed({ section, ...place }: Place, text: string, more = ''): string {
  const path = section.length > 0 ? `［${section.join(' > ')}］\n` : '';
  return `${path}${text}\n（${passagePlace(place)}${more}）`;
}

function bestFirst(text: string, sentences: readonly string[], most: number): string {
  const [best] = sentences;
  const lines = text.split('\n');
  const at =
    best === undefined
      ? 0
      : Math.max(
          0,
          lines.findIndex((line) => line.includes(best)),
        );
  // The rest keeps the document's order, and goes away from its end where it is too long.
  const shown = [lines[at] ?? text];
  let length = shown[0]?.length ?? 0;
  for (const [index, line] of lines.entries()) {
    if (index === at || length + line.length > most) continue;
    shown.push(line);
    length += line.length;
  }
  return shown.join('\n');
}

/** 令和3年度 事業計画（東京支部） 12～14行目. */
export function passagePlace({ title, from, to }: Omit<Place, 'section'>): string {
  return `${title} ${from === to ? from : `${from}～${to}`}行目`;
}

export function toAnswerPassage({ passage, score, excerpt }: PassageHit): AnswerPassage {
  const { file, title, section, from, to, text } = passage;
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return { file, title, section, from, to, text: shown, words: excerpt.words, score };
}

/** A place that only comes near is shown by little more than its nearest line. */
export function toNearPassage(hit: PassageHit): AnswerPassage {
  const { passage, excerpt } = hit;
  return { ...toAnswerPassage(hit), text: bestFirst(passage.text, excerpt.sentences, NEAR_TEXT) };
}

export function sourceOf({ passage }: PassageHit): Source {
  return { file: passage.file, line: passage.from, page: passage.page, title: passage.title };
}
