import type { AnswerPassage } from '../model/answer.ts';
import type { PassageHit } from '../model/passage.ts';
import type { Source } from '../model/source.ts';

const LONGEST_TEXT = 600;

export function shorten(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

export function toAnswerPassage({ passage, score, excerpt }: PassageHit): AnswerPassage {
  const { file, title, section, from, to } = passage;
  return { file, title, section, from, to, text: shorten(passage.text), words: excerpt.words, score };
}

export function sourceOf({ passage }: PassageHit): Source {
  return { file: passage.file, line: passage.from, page: passage.page, title: passage.title };
}
