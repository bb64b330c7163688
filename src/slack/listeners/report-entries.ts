import { z } from 'zod';
import type { ReportService } from '../../figure-entry/report-service.ts';
import { isoDayInTokyo } from '../../model/calendar-day.ts';
import { type ReportEntry, ReportScope, type SheetLine } from '../../model/figure-report.ts';
import { FiscalYear, Quarter } from '../../model/fiscal-year.ts';
import { IndicatorId } from '../../model/indicator.ts';
import { Evaluation } from '../../model/measure.ts';
import { periodCode, periodOfDay } from '../../model/reporting-period.ts';
import { type FormValues, Json } from '../payloads.ts';
import {
  AS_OF,
  DETAILS_FIELD,
  detailKey,
  lineField,
  MOST_LINES,
  mostDetails,
  SCOPE_FIELDS,
  type ScopeChoice,
} from '../views/report-form.ts';

/** What a reporting modal carries from step to step: all of it comes back with each submission, over restarts too. */
export const ReportFormState = z.strictObject({
  /** When the first step was opened, ISO 8601. */
  opened: z.iso.datetime(),
  /** Where it was asked for; null for a shortcut or Home. */
  channel: z.string().min(1).nullable(),
  /** Null in the first step, which asks for it. */
  scope: ReportScope.nullable(),
  /** Indicator and figure as users read it, of what the person was asked to look at again. */
  confirmed: z.array(z.tuple([IndicatorId, z.string().min(1)])),
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
  const state = Json.pipe(ReportFormState).safeParse(metadata).data;
  if (state === undefined) return null;
  const isOld = now.getTime() - new Date(state.opened).getTime() > OPEN_MS;
  return isOld ? null : state;
}

/** What a step says, or what is wrong with it: sentences by the block that they stand under. */
type StepReading<T> = { read: T } | { errors: Record<string, string> };

/** Branch, year and quarter as they stand in the first step, with what was chosen before where nothing is. */
export function readChoice(values: FormValues, before: ScopeChoice): ScopeChoice {
  const fy = FiscalYear.safeParse(Number(values.text(SCOPE_FIELDS.fy)));
  const quarter = Quarter.safeParse(Number(values.text(SCOPE_FIELDS.quarter)));
  return {
    branch: values.text(SCOPE_FIELDS.branch) ?? before.branch,
    fy: fy.success ? fy.data : before.fy,
    quarter: quarter.success ? quarter.data : before.quarter,
  };
}

/** The first step: the day must lie in the quarter, and not ahead. */
export function readReportScope(values: FormValues, now: Date): StepReading<ReportScope> {
  const today = isoDayInTokyo(now);
  const { branch, ...period } = readChoice(values, { branch: null, ...periodOfDay(today) });
  const dayField = values.startingWith(AS_OF) ?? SCOPE_FIELDS.quarter;
  const asOf = values.startingWith(AS_OF) === undefined ? null : values.text(dayField);
  const wrong = (field: string, sentence: string) => ({ errors: { [field]: sentence } });
  if (branch === null) return wrong(SCOPE_FIELDS.branch, '支部を選んでください。');
  if (asOf === null) return wrong(SCOPE_FIELDS.quarter, 'いつ時点かを選んでください。');
  if (periodCode(periodOfDay(asOf)) !== periodCode(period)) {
    return wrong(dayField, '選んだ年度と四半期の中の日にしてください。');
  }
  if (asOf > today) return wrong(dayField, 'まだ来ていない日です。今日までの日を選んでください。');
  return { read: { branch, ...period, asOf } };
}

interface FilledForm {
  entries: ReportEntry[];
  /** Of which a comment and a next step are told or wished to be told. */
  details: string[];
  /** The form has had the fields for all of them. */
  isAsked: boolean;
}

/** The second step: each figure in its unit; what is left empty is not reported. All that is wrong is told at once. */
export function readForm(
  values: FormValues,
  sheet: readonly SheetLine[],
  service: Pick<ReportService, 'read'>,
): StepReading<FilledForm> {
  const errors: Record<string, string> = {};
  const lines = sheet.slice(0, MOST_LINES);
  const entries = lines.flatMap((line) => readLine(values, line, service, errors) ?? []);
  const chosen = values.many(DETAILS_FIELD);
  const details = lines.filter(({ indicator }) => chosen.includes(detailKey(indicator)));
  const most = mostDetails(lines.length);
  if (details.length > most) {
    errors[DETAILS_FIELD] = `一度に選べるのは${most}件までです。選び直してください。`;
  }
  const bare = details.find(({ indicator }) => values.text(lineField('figure', indicator)) === null);
  if (bare) errors[DETAILS_FIELD] ??= `「${bare.name}」の数値も入力してください。`;
  const [first] = lines;
  if (first && entries.length === 0 && Object.keys(errors).length === 0) {
    errors[lineField('figure', first.indicator)] = '報告する数値を、1つ以上入力してください。';
  }
  if (Object.keys(errors).length > 0) return { errors };
  const ids = details.map(({ indicator }) => indicator);
  return {
    read: { entries, details: ids, isAsked: ids.every((id) => values.has(lineField('comment', id))) },
  };
}

/** What the fields of an indicator say; null where it is not reported. What is wrong goes to `errors`. */
function readLine(
  values: FormValues,
  line: SheetLine,
  service: Pick<ReportService, 'read'>,
  errors: Record<string, string>,
): ReportEntry | null {
  const { indicator, own } = line;
  const held = (name: Parameters<typeof lineField>[0]) => values.text(lineField(name, indicator));
  const [text, next, due] = [held('figure'), held('next'), held('due')];
  const evaluation = Evaluation.nullable().parse(held('evaluation'));
  if (next === null && due !== null) {
    errors[lineField('next', indicator)] = '期日までに何をするかを書いてください。';
  }
  if (text === null) {
    if (evaluation !== null) {
      errors[lineField('figure', indicator)] =
        '評価には数値が必要です。数値を入力するか、評価を外してください。';
    }
    return null;
  }
  const figure = service.read(text, line);
  if ('problem' in figure) {
    errors[lineField('figure', indicator)] = `${figure.problem}。`;
    return null;
  }
  // What was said of the figure before stays, until it is said anew.
  const said = values.has(lineField('comment', indicator))
    ? { comment: held('comment'), next: next === null ? null : { text: next, due } }
    : { comment: own?.comment ?? null, next: own?.next ?? null };
  return { indicator, ...figure, evaluation, ...said };
}
