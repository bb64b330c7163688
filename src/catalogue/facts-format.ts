import { z } from 'zod';
import { BudgetStatus } from '../model/budget-line.ts';
import { FiscalYear } from '../model/fiscal-year.ts';
import { IndicatorId, Unit } from '../model/indicator.ts';
import { Op } from '../model/kpi.ts';
import { Rating } from '../model/measure.ts';
import { DocumentKind, DocumentStatus } from '../model/plan-document.ts';

/** The columns of index/facts. An empty cell is null; a section path is joined by ` > `. */

const HEADING_SEPARATOR = ' > ';

export function joinSection(section: readonly string[]): string {
  return section.join(HEADING_SEPARATOR);
}

export function splitSection(text: string): string[] {
  return text === '' ? [] : text.split(HEADING_SEPARATOR);
}

function orNull<T>(schema: z.ZodType<T, string>) {
  return z.string().transform((cell, context): T | null => {
    if (cell === '') {
      return null;
    }
    const result = schema.safeParse(cell);
    if (result.success) {
      return result.data;
    }
    context.addIssue({ code: 'custom', message: result.error.issues[0]?.message ?? '正しくありません' });
    return z.NEVER;
  });
}

const numeral = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/, '数ではありません')
  .transform(Number);
const line = numeral.pipe(z.int().positive());
const fy = numeral.pipe(FiscalYear);
const text = z.string();
const textOrNull = text.transform((cell) => (cell === '' ? null : cell));

const place = { file: text.min(1), line, page: orNull(line), branch: text.min(1), fy };

export const PartFact = z.strictObject({
  file: text.min(1),
  branch: text.min(1),
  fy,
  kind: DocumentKind,
  status: orNull(DocumentStatus as z.ZodType<DocumentStatus, string>),
  title: text.min(1),
});

export const KpiFact = z.strictObject({
  ...place,
  indicator: IndicatorId,
  op: Op,
  value: orNull(numeral),
  unit: orNull(Unit as z.ZodType<Unit, string>),
  relative: orNull(z.literal('prev_year') as z.ZodType<'prev_year', string>),
  target: text,
  proviso: textOrNull,
  actual_text: textOrNull,
  actual: orNull(numeral),
  as_of: textOrNull,
  prev_actual: orNull(numeral),
  prev_text: textOrNull,
  section: text,
  importance: orNull(z.literal('高') as z.ZodType<'高', string>),
  difficulty: orNull(z.literal('高') as z.ZodType<'高', string>),
});
export type KpiFact = z.infer<typeof KpiFact>;

export const ReferenceActualFact = z.strictObject({
  ...place,
  indicator: IndicatorId,
  value: numeral,
  unit: orNull(Unit as z.ZodType<Unit, string>),
  text: text.min(1),
  as_of: textOrNull,
  /** The source's: the document need not have a part of that year. */
  title: text.min(1),
});
export type ReferenceActualFact = z.infer<typeof ReferenceActualFact>;

export const BudgetFact = z.strictObject({
  ...place,
  section: text,
  name: text.min(1),
  amount_yen: numeral.pipe(z.int()),
  amount_text: text,
  executed_yen: orNull(numeral),
  status: orNull(BudgetStatus as z.ZodType<BudgetStatus, string>),
  note: textOrNull,
  prev_amount_yen: orNull(numeral),
});
export type BudgetFact = z.infer<typeof BudgetFact>;

export const MeasureFact = z.strictObject({
  ...place,
  section: text,
  number: text,
  evaluation: orNull(Rating as z.ZodType<Rating, string>),
});
export type MeasureFact = z.infer<typeof MeasureFact>;

export const CountFact = z.strictObject({
  ...place,
  table: text,
  label: text,
  period: text,
  value: orNull(numeral),
  unit: textOrNull,
  text,
  as_of: textOrNull,
});
export type CountFact = z.infer<typeof CountFact>;

/** File name of each kind of fact. */
export const FACT_FILES = {
  parts: 'parts.csv',
  kpi: 'kpi.csv',
  referenceActuals: 'reference-actuals.csv',
  budget: 'budget.csv',
  measures: 'measures.csv',
  counts: 'counts.csv',
} as const;
