import { describeQuery } from '../answers/describe.ts';
import type { AskInput } from '../model/ask.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { decodeQuery, EMPTY_QUERY, encodeQuery, type Query } from '../model/query.ts';
import { LIMITS } from './limits.ts';
import { printable } from './views/blocks.ts';

/** What is asked: a query as data, or words. */
export type ButtonQuestion = Pick<AskInput, 'text' | 'query'>;

/**
 * A query as a button carries it; null where it is longer than Slack takes. Slack hands `&`, `<` and `>` back as
 * entities, which would spoil a comparison: they are written as JSON's escapes.
 */
export function buttonValue(query: Query): string | null {
  const value = encodeQuery({ ...query, about: printable(query.about) }).replace(
    /[&<>]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return value.length <= LIMITS.buttonValue ? value : null;
}

/** What a button or the ledger of answers asks. Those that an older version wrote hold a question in words. */
export function questionOf(value: string): ButtonQuestion {
  const query = decodeQuery(value);
  return query === null ? { text: value } : { text: '', query };
}

/** The same in words for people. */
export function describeQuestion({ text, query }: ButtonQuestion, catalogue: Catalogue): string {
  return query === undefined ? text : describeQuery(query, catalogue);
}

/** One KPI, as it is chosen from menus. */
export function chosenKpi(
  branch: string | null,
  fy: FiscalYear | null,
  indicator: IndicatorId,
): ButtonQuestion & { query: Query } {
  const scope = {
    ...EMPTY_QUERY.scope,
    branches: branch === null ? [] : [branch],
    fys: fy === null ? [] : [fy],
  };
  return { text: '', query: { ...EMPTY_QUERY, indicators: [indicator], scope } };
}
