import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';
import { IndicatorId, Unit } from './indicator.ts';
import { Source } from './source.ts';

/** `>=` 以上 · `<=` 以下, 以内 · `=` exactly · `do` a qualitative target (実施する, 発信する). */
export const Op = z.enum(['>=', '<=', '=', 'do']);
export type Op = z.infer<typeof Op>;

export const Target = z.strictObject({
  op: Op,
  /** Null where the target is relative or qualitative. */
  value: z.number().nullable(),
  unit: Unit.nullable(),
  /** `prev_year` where the target is 対前年度; may stand beside a value. */
  relative: z.literal('prev_year').nullable(),
  /** As printed: 88.3％以上, 対前年度以上, 3,120事業所以上, 実施する. */
  text: z.string(),
  /** An exception the plan adds (for few tenders), in its short form; null where there is none. */
  proviso: z.string().nullable(),
});
export type Target = z.infer<typeof Target>;

export const Actual = z.strictObject({
  value: z.number().nullable(),
  /** As printed: 6.18日, ―, 上表のとおり. */
  text: z.string(),
  /** As printed: ４月時点. Null where none is printed. */
  asOf: z.string().nullable(),
  previousValue: z.number().nullable(),
  /** As printed: 57.2％, 【新設】. Null where none is printed. */
  previousText: z.string().nullable(),
});
export type Actual = z.infer<typeof Actual>;

/** What a plan calls important or hard: 【重要度：高】, 【困難度：高】. Null where it says nothing. */
export const Weight = z.strictObject({
  importance: z.literal('高').nullable(),
  difficulty: z.literal('高').nullable(),
});
export type Weight = z.infer<typeof Weight>;

/** Of a KPI that no plan weighs. */
export const NO_WEIGHT: Weight = { importance: null, difficulty: null };

/** One indicator of one branch and year, as a document states it. */
export const Kpi = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  indicator: IndicatorId,
  target: Target,
  /** Progress reports only. */
  actual: Actual.nullable(),
  /** The statement as printed, lines joined, without its marker; null where only the figures are kept. */
  stated: z.string().nullable(),
  /** Headings above it, outermost first. */
  section: z.array(z.string()),
  /** Of its section. */
  ...Weight.shape,
  /** Where the target stands, and the actual unless `actualSource` says otherwise. */
  source: Source,
  /** Set where staff reported the actual. */
  actualSource: Source.optional(),
  /** What the document states, where a reported figure took its place. */
  documented: z.strictObject({ target: Target, actual: Actual.nullable(), source: Source }).optional(),
});
export type Kpi = z.infer<typeof Kpi>;

/**
 * A figure that a document states as reached in a year of a branch for which it has no KPI row:
 * 「令和5年度末 82.9％」 in the grounds of a target, the 実績 columns of past years.
 */
export const ReferenceActual = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  indicator: IndicatorId,
  value: z.number(),
  unit: Unit.nullable(),
  /** As printed: 82.9％. */
  text: z.string().min(1),
  /** As printed: 10月診療分. Null where the figure is of the whole year or its end. */
  asOf: z.string().nullable(),
  source: Source,
});
export type ReferenceActual = z.infer<typeof ReferenceActual>;
