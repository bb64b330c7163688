import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';

export const Unit = z.enum(['%', '円', '日', '事業所', '社', '人', '件', 'ポイント']);
export type Unit = z.infer<typeof Unit>;

/** How an actual is held against its target; DESIGN: level, cumulative, stock, milestone. */
export const Yardstick = z.enum(['level', 'cumulative', 'stock', 'milestone']);
export type Yardstick = z.infer<typeof Yardstick>;

export const Indicator = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  /** Short name for cards and tables. */
  name: z.string().min(1),
  /** Names in the plans, by era; `from` and `to` are fiscal years, both inclusive. */
  official: z
    .array(
      z.strictObject({ name: z.string().min(1), from: FiscalYear.optional(), to: FiscalYear.optional() }),
    )
    .min(1),
  /** What staff write; matched after normalisation. */
  synonyms: z.array(z.string().min(1)),
  /**
   * How a plan's statement names it: each entry is one alternative, a list of words that must all occur,
   * `-word` for one that must not. Read after NFKC without white space.
   */
  statement: z.array(z.string().min(1)),
  unit: Unit.nullable(),
  /** `up`: higher is better (以上); `down`: lower is better (以下). */
  direction: z.enum(['up', 'down']),
  yardstick: Yardstick,
  /** Gap that is still on course, in the indicator's own unit. */
  tolerance: z.number().nonnegative(),
  /** One sentence for 「…とは？」, in our own words. */
  definition: z.string().min(1),
});
export type Indicator = z.infer<typeof Indicator>;

/** An id of the catalogue, or `other:` and a short Japanese name for a KPI that one plan alone has. */
export const IndicatorId = z.string().regex(/^([a-z][a-z0-9_]*|other:.+)$/);
export type IndicatorId = z.infer<typeof IndicatorId>;

export function isOther(id: IndicatorId): boolean {
  return id.startsWith('other:');
}

/** Short name: for titles and tables. `indicator` is null for a KPI that one plan alone has. */
export function indicatorName(id: IndicatorId, indicator: Indicator | null): string {
  return indicator?.name ?? (isOther(id) ? id.slice('other:'.length) : id);
}

/** The name that plans of that year print. */
export function officialName(id: IndicatorId, indicator: Indicator | null, fy: FiscalYear): string {
  const official = indicator?.official.find(
    ({ from, to }) => (from === undefined || fy >= from) && (to === undefined || fy <= to),
  );
  return official?.name ?? indicatorName(id, indicator);
}
