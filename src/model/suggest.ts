/** A branch or an indicator to choose from; `id` is the branch's name or the indicator's id. */
export interface Suggestion {
  id: string;
  /** As users read it: 東京支部, ジェネリック医薬品使用割合. */
  label: string;
}

/**
 * What somebody may mean who is still typing, best first: kanji, kana, romaji, a part of the name or another
 * name for it. An empty query gives all in the catalogue's order, from north to south.
 */
export interface Suggest {
  branches(query: string, limit: number): Suggestion[];
  indicators(query: string, limit: number): Suggestion[];
}
