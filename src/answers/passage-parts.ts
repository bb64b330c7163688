import type { AnswerPassage } from '../model/answer.ts';
import type { Passage, PassageHit } from '../model/passage.ts';
import type { Source } from '../model/source.ts';

/** Characters of a passage that an answer shows. */
const SHOWN_TEXT = 340;
const LONGEST_TEXT = 600;

/** The line that answers first, then what stands around it, under its headings, with its place. */
export function quoteOf({ passage, excerpt, alike }: PassageHit): string {
  const path = passage.section.length > 0 ? `［${passage.section.join(' > ')}］\n` : '';
  const same = alike.length === 0 ? '' : `、ほぼ同じ記載がほかに${alike.length}か所`;
  return `${path}${bestFirst(passage.text, excerpt.sentences)}\n（${passagePlace(passage)}${same}）`;
}

function bestFirst(text: string, sentences: readonly string[]): string {
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
    if (index === at || length + line.length > SHOWN_TEXT) continue;
    shown.push(line);
    length += line.length;
  }
  return shown.join('\n');
}

/** 令和3年度 事業計画（東京支部） 12～14行目. */
export function passagePlace({ title, from, to }: Passage): string {
  return `${title} ${from === to ? from : `${from}～${to}`}行目`;
}

export function toAnswerPassage({ passage, score, excerpt }: PassageHit): AnswerPassage {
  const { file, title, section, from, to, text } = passage;
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  return { file, title, section, from, to, text: shown, words: excerpt.words, score };
}

export function sourceOf({ passage }: PassageHit): Source {
  return { file: passage.file, line: passage.from, page: passage.page, title: passage.title };
}
