import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Query, ThreadContext } from '../model/query.ts';
import type { Composed } from './composed.ts';
import type { Sentence } from './sentence.ts';

/** What says which branches are meant, right before 支部. */
export const CHOOSES_BRANCHES: ReadonlySet<PhraseMeaning> = new Set([
  'high',
  'low',
  'good',
  'bad',
  'top',
  'bottom',
  'extreme',
  'met',
  'unmet',
]);

function isJoint(item: Composed | undefined): boolean {
  return item?.kind === 'particle' && (item.as === 'and' || item.as === 'also' || item.as === 'stop');
}

function isBranches(item: Composed): boolean {
  return item.kind === 'phrase' && (item.as === 'branches' || item.as === 'which_branch');
}

/**
 * 「健康宣言の目標が一番多い支部の郵送化率は？」: what comes before 支部 chooses branches by one indicator, and what
 * comes after it is asked of those. Null where a question does not choose before it asks.
 */
export function splitAtBranches(
  items: readonly Composed[],
): { choosing: readonly Composed[]; asking: readonly Composed[] } | null {
  for (const [at, item] of items.entries()) {
    if (!isBranches(item)) continue;
    const choosing = items.slice(0, at + 1);
    const asking = items.slice(at + 1);
    const before = choosing.slice(0, -1).findLast(({ kind }) => kind !== 'particle');
    const chooses =
      before?.kind === 'end' ||
      before?.kind === 'places' ||
      before?.kind === 'conditions' ||
      (before?.kind === 'phrase' && CHOOSES_BRANCHES.has(before.as));
    const names = (of: readonly Composed[]) =>
      of.flatMap((own) => (own.kind === 'indicator' ? [own.ids.join()] : []));
    const [by] = names(choosing);
    if (!chooses || by === undefined || isJoint(asking[0])) continue;
    if (names(asking).some((ids) => ids !== by)) return { choosing, asking };
  }
  return null;
}

/** Which branches are to be looked up before the question is answered of them; null where none are. */
export function selectionIn(
  { query: { scope }, chosen }: { query: Query; chosen: 'high' | 'low' | null },
  context: ThreadContext | null,
): Query | null {
  if (chosen === null || context === null || scope.branches.length > 0) return null;
  const { query, recent, shown = [] } = context;
  const [latest] = recent;
  const first = { claim: null, compute: null, order: chosen, limit: 1, offset: 0, filter: [], subject: [] };
  const among = (of: Query, branches: readonly string[]): Query => ({
    ...of,
    ...first,
    show: 'value',
    scope: { ...of.scope, branches: [...branches], every: false, said: null },
  });
  if (query.facts !== 'kpi' || (query.sure && query.indicators.length !== 1)) return null;
  if (shown.length > 1) return among(query, shown);
  // Two or more single questions: 「東京の健康宣言は？」「大阪は？」「高い方の支部の郵送化率は？」.
  const same = recent.filter(({ indicators }) => indicators.join() === latest?.indicators.join());
  const asked = [...new Set(same.flatMap((own) => own.scope.branches))];
  return latest === undefined || asked.length < 2 ? null : among(latest, asked);
}

/** 「高い方の支部の郵送化率は？」, 「一番多いところの郵送化率は？」: one of what was shown, asked for something else. */
export function chosenOf({ items, phrases, textOf }: Sentence): 'high' | 'low' | null {
  const [chosen] = phrases('chosen');
  if (chosen !== undefined) return /^[低少]/.test(textOf(chosen)) ? 'low' : 'high';
  const at = items.findIndex((item) => item.kind === 'end' && item.limit === 1);
  const [end, of, particle, ...rest] = items.slice(Math.max(0, at));
  if (at < 0 || end?.kind !== 'end' || of?.kind !== 'phrase' || of.as !== 'branches') return null;
  const isOf = particle?.kind === 'particle' && textOf(particle) === 'の';
  const asksOther = rest.some(({ kind }) => kind === 'indicator');
  return isOf && asksOther && (end.order === 'high' || end.order === 'low') ? end.order : null;
}
