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
