import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { createWordReader } from '../../src/catalogue/name-index.ts';
import { loadTokenizer } from '../../src/japanese/tokenizer.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import { EMPTY_QUERY, type Query, type ThreadContext } from '../../src/model/query.ts';
import { createLinkName } from '../../src/questions/link-name.ts';
import { createReader, type ReadMessage, type ReadQuestion } from '../../src/questions/read.ts';

export const TODAY = { year: 2025, month: 11, day: 20 };
/** KPIs that only single plans have. */
export const OWN = ['other:特定保健指導実施率', 'other:被保険者の喫煙率'];
export const catalogue = loadCatalogue();
export const tokenizer = await loadTokenizer(catalogue.dictionary);

export type ReadText = (text: string, context?: ThreadContext | null) => ReadMessage;

/** The reader over the catalogue that people edit, as of November of 令和7年度. */
export function readerOver(of: Catalogue): ReadText {
  const link = createLinkName(of, OWN, createWordReader(of, tokenizer), tokenizer);
  const read = createReader({ catalogue: of, tokenizer, others: OWN, link });
  return (text, context = null) => read(text, context, TODAY);
}

export const read = readerOver(catalogue);

/** The only question of a message, or of the last of several messages of one thread. */
export function only(...turns: string[]): ReadQuestion {
  let context: ThreadContext | null = null;
  let questions: ReadQuestion[] = [];
  for (const turn of turns) ({ questions, context } = read(turn, context));
  const [first, ...others] = questions;
  if (first === undefined || others.length > 0) throw new Error(`${questions.length} questions`);
  return first;
}

/** What of a query differs from the empty one; of its scope too. */
export function partsOf(query: Query): object {
  const differing = (of: object, empty: object) =>
    Object.fromEntries(
      Object.entries(of).filter(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(empty[key as keyof typeof empty]),
      ),
    );
  // Whether names are sure says nothing where none is.
  const said = query.indicators.length === 0 ? { ...query, sure: EMPTY_QUERY.sure } : query;
  const { scope, ...rest } = differing(said, EMPTY_QUERY) as Partial<Query>;
  return scope === undefined ? rest : { ...rest, scope: differing(scope, EMPTY_QUERY.scope) };
}
