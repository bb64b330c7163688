import type { Passage } from '../../src/model/passage.ts';

export interface PublicPassage {
  id: string;
  title: string;
  text: string;
}

/** Ids of the nearest passages, best first. */
export type Search = (question: string, limit: number) => string[];

/** One way to search, with all that it needs already loaded. */
export interface SearchSystem {
  build(passages: readonly PublicPassage[]): Search;
}

/** Passages that are no plans, as planbot keeps its own; the id stands as the file. */
export function passagesFrom(passages: readonly PublicPassage[]): Passage[] {
  return passages.map(({ id, title, text }) => ({
    file: id,
    title: title === '' ? '-' : title,
    branch: '-',
    fy: 1,
    section: [],
    from: 1,
    to: 1,
    page: null,
    text,
  }));
}
