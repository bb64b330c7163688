import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { Question } from '../../src/model/question.ts';
import { createMatcher } from '../../src/questions/matcher.ts';
import { createParse } from '../../src/questions/parse.ts';
import { collectTerms } from '../../src/questions/terms.ts';
import type { Recent } from '../../src/questions/thread.ts';

export const TODAY = { year: 2025, month: 11, day: 20 };
/** KPIs that only single plans have. */
export const OWN = ['other:特定保健指導実施率', 'other:被保険者の喫煙率'];
export const catalogue = loadCatalogue();

/** The grammar over the catalogue that people edit, as of November of 令和7年度. */
export function parserOver(
  of: Catalogue,
): (text: string, previous?: Question | null, recent?: Recent) => Question {
  const parse = createParse(of, createMatcher(collectTerms(of, OWN)));
  return (text, previous = null, recent) => parse({ text, previous, recent, today: TODAY }).question;
}

export const parse = parserOver(catalogue);
