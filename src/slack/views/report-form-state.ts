import { z } from 'zod';
import { ReportScope } from '../../model/figure-report.ts';
import { IndicatorId } from '../../model/indicator.ts';
import { Evaluation } from '../../model/measure.ts';

/** What a reporting modal carries from step to step: all of it comes back with each submission, over restarts too. */
export const ReportFormState = z.strictObject({
  /** When the first step was opened, ISO 8601. */
  opened: z.iso.datetime(),
  /** Where it was asked for; null for a shortcut or Home. */
  channel: z.string().min(1).nullable(),
  /** Null in the first step, which asks for it. */
  scope: ReportScope.nullable(),
  /** Indicator, figure as users read it, evaluation. */
  entries: z.array(z.tuple([IndicatorId, z.string().min(1), Evaluation.nullable()])),
  /** Indicators for which a comment or a next step is still to be asked. */
  details: z.array(IndicatorId),
});
export type ReportFormState = z.infer<typeof ReportFormState>;

/** Slack's limit for private metadata. */
const METADATA = 3_000;
const OPEN_MS = 24 * 60 * 60 * 1_000;

/** Null where Slack would not take so much: the report has to be parted. */
export function encodeState(state: ReportFormState): string | null {
  const text = JSON.stringify(state);
  return text.length <= METADATA ? text : null;
}

/** Null where the modal has stood open for more than a day, or an older planbot opened it. */
export function decodeState(metadata: string, now: Date): ReportFormState | null {
  let value: unknown;
  try {
    value = JSON.parse(metadata);
  } catch {
    return null;
  }
  const state = ReportFormState.safeParse(value);
  if (!state.success) return null;
  const isOld = now.getTime() - new Date(state.data.opened).getTime() > OPEN_MS;
  return isOld ? null : state.data;
}
