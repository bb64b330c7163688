import { z } from 'zod';
import { FiscalYear } from './fiscal-year.ts';
import { Source } from './source.ts';

export const BudgetStatus = z.enum(['未着手', '調達中', '契約済み']);
export type BudgetStatus = z.infer<typeof BudgetStatus>;

/** One item of a budget table. Amounts are yen, also where the document prints 千円. */
export const BudgetLine = z.strictObject({
  branch: z.string().min(1),
  fy: FiscalYear,
  section: z.string(),
  name: z.string().min(1),
  amountYen: z.int(),
  /** As printed: 30,360,000円, 2,654千円. */
  amountText: z.string(),
  /** Executed or contracted; null for ―. */
  executedYen: z.int().nullable(),
  status: BudgetStatus.nullable(),
  /** A note on execution (５月実施分まで); null where there is none. */
  note: z.string().nullable(),
  previousAmountYen: z.int().nullable(),
  source: Source,
});
export type BudgetLine = z.infer<typeof BudgetLine>;
