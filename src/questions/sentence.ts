import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Composed } from './composed.ts';
import type { Tokens } from './tokens.ts';

export type Of<K extends Composed['kind']> = Extract<Composed, { kind: K }>;
export type PhraseToken = Of<'phrase'>;

/** They ask in general and mean nothing that an answer could miss. */
const NEUTRAL: ReadonlySet<PhraseMeaning> = new Set([
  'ignore',
  'follow',
  'that',
  'also',
  'both',
  'correct',
  'greeting',
  'thanks',
  'help',
  'list',
  'table',
  'chart',
  'how_many',
  'branches',
  'among',
  'order',
  'definition',
]);

/** The items of one question, and which of them something has been read from. What is left over is told back. */
export interface Sentence extends Tokens {
  items: readonly Composed[];
  of<K extends Composed['kind']>(kind: K): Of<K>[];
  phrases(...meanings: PhraseMeaning[]): PhraseToken[];
  has(...meanings: PhraseMeaning[]): boolean;
  /** Whether the phrases are there; they count as read. */
  says(...meanings: PhraseMeaning[]): boolean;
  use<T extends Composed>(found: readonly T[]): T[];
  isUsed(item: Composed): boolean;
  textOf(item: Composed): string;
  after(item: Composed): Composed | undefined;
  /** Whether one of the phrases stands right behind an item, which then counts as read too. */
  isFollowedBy(item: Composed, ...meanings: PhraseMeaning[]): boolean;
  /** What carries meaning and was not used, as written. */
  unread(): string[];
}

export function openSentence(items: readonly Composed[], written: Tokens): Sentence {
  const { plain } = written;
  const used = new Set<Composed>();
  const of = <K extends Composed['kind']>(kind: K) =>
    items.filter((item): item is Of<K> => item.kind === kind);
  const use = <T extends Composed>(found: readonly T[]): T[] => {
    for (const item of found) used.add(item);
    return [...found];
  };
  const phrases = (...meanings: PhraseMeaning[]) => of('phrase').filter(({ as }) => meanings.includes(as));
  const textOf = ({ from, to }: Composed) => plain.slice(from, to);
  const after = (item: Composed) => items[items.indexOf(item) + 1];
  /** する, なる and the like as kuromoji splits them off; longer verbs carry meaning. */
  const isEnding = (item: Composed) =>
    item.kind === 'word' && item.verb && /^[ぁ-ん]{1,2}$/.test(textOf(item));
  return {
    ...written,
    items,
    of,
    phrases,
    has: (...meanings) => phrases(...meanings).length > 0,
    says: (...meanings) => use(phrases(...meanings)).length > 0,
    use,
    isUsed: (item) => used.has(item),
    textOf,
    after,
    isFollowedBy(item, ...meanings) {
      const next = after(item);
      const follows = next?.kind === 'phrase' && meanings.includes(next.as);
      if (follows) used.add(next);
      return follows;
    },
    unread() {
      const left = items.filter((item) => !used.has(item) && item.kind !== 'particle' && !isEnding(item));
      return left
        .filter((item) => !(item.kind === 'number' && item.unit === 'つ'))
        .filter((item) => !(item.kind === 'phrase' && NEUTRAL.has(item.as)))
        .map(textOf);
    },
  };
}
