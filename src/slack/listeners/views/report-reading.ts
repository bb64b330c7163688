import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import type { ReportEntry, ReportScope, SheetLine } from '../../../model/figure-report.ts';
import { FiscalYear, Quarter } from '../../../model/fiscal-year.ts';
import { Evaluation } from '../../../model/measure.ts';
import { periodCode, periodOfDay } from '../../../model/reporting-period.ts';
import type { ReportService } from '../../../reporting/report-service.ts';
import {
  DETAILS_FIELD,
  detailKey,
  evaluationField,
  figureField,
  MOST_LINES,
} from '../../views/report-form.ts';
import { DETAIL_FIELDS } from '../../views/report-form-details.ts';
import { AS_OF, SCOPE_FIELDS, type ScopeChoice } from '../../views/report-form-scope.ts';
import type { FormValues } from './report-payload.ts';

/** What a step says, or what is wrong with it: sentences by the block that they stand under. */
export type StepReading<T> = { read: T } | { errors: Record<string, string> };

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
  const day = values.startingWith(AS_OF);
  const asOf = day?.text ?? null;
  const { branch, ...period } = readChoice(values, { branch: null, ...periodOfDay(isoDayInTokyo(now)) });
  if (branch === null) return { errors: { [SCOPE_FIELDS.branch]: '支部を選んでください。' } };
  if (day === null || asOf === null)
    return { errors: { [SCOPE_FIELDS.quarter]: 'いつ時点かを選んでください。' } };
  if (periodCode(periodOfDay(asOf)) !== periodCode(period)) {
    const text = '選んだ年度と四半期の中の日にしてください。';
    return { errors: { [day.block]: text } };
  }
  if (asOf > isoDayInTokyo(now)) {
    return { errors: { [day.block]: 'まだ来ていない日です。今日までの日を選んでください。' } };
  }
  return { read: { branch, ...period, asOf } };
}

export interface FilledForm {
  entries: ReportEntry[];
  /** Of which a comment or a next step is still to be asked. */
  details: string[];
}

/** The second step: each figure in its unit; what is left empty is not reported. */
export function readForm(
  values: FormValues,
  sheet: readonly SheetLine[],
  service: Pick<ReportService, 'read'>,
): StepReading<FilledForm> {
  const errors: Record<string, string> = {};
  const entries: ReportEntry[] = [];
  const lines = sheet.slice(0, MOST_LINES);
  for (const line of lines) {
    const text = values.text(figureField(line.indicator));
    const evaluation = evaluationOf(values.text(evaluationField(line.indicator)));
    if (text === null) {
      if (evaluation !== null) {
        errors[figureField(line.indicator)] =
          '評価には数値が必要です。数値を入力するか、評価を外してください。';
      }
      continue;
    }
    const figure = service.read(text, line);
    if ('problem' in figure) errors[figureField(line.indicator)] = `${figure.problem}。`;
    else entries.push(entryOf(line, figure, evaluation));
  }
  const chosen = values.many(DETAILS_FIELD);
  const details = lines.filter(({ indicator }) => chosen.includes(detailKey(indicator)));
  const bare = details.find(({ indicator }) => !entries.some((entry) => entry.indicator === indicator));
  if (bare) errors[DETAILS_FIELD] ??= `「${bare.name}」の数値も入力してください。`;
  const [first] = lines;
  if (first && entries.length === 0 && Object.keys(errors).length === 0) {
    errors[figureField(first.indicator)] = '報告する数値を、1つ以上入力してください。';
  }
  return Object.keys(errors).length > 0
    ? { errors }
    : { read: { entries, details: details.map(({ indicator }) => indicator) } };
}

/** What was said of the figure before stays, until it is said anew. */
export function entryOf(
  { indicator, own }: SheetLine,
  figure: { value: number | null; text: string },
  evaluation: Evaluation | null,
): ReportEntry {
  return { indicator, ...figure, evaluation, comment: own?.comment ?? null, next: own?.next ?? null };
}

export function evaluationOf(text: string | null): Evaluation | null {
  return text === null ? null : Evaluation.parse(text);
}

/** The third step: a day needs words of what is to be done by it. */
export function readDetails(
  values: FormValues,
  entries: readonly ReportEntry[],
  asked: readonly string[],
): StepReading<ReportEntry[]> {
  const errors: Record<string, string> = {};
  const read = entries.map((entry) => {
    const { indicator } = entry;
    if (!asked.includes(indicator)) return entry;
    const text = values.text(DETAIL_FIELDS.next(indicator));
    const due = values.text(DETAIL_FIELDS.due(indicator));
    if (text === null && due !== null) {
      errors[DETAIL_FIELDS.next(indicator)] = '期日までに何をするかを書いてください。';
    }
    const comment = values.text(DETAIL_FIELDS.comment(indicator));
    return { ...entry, comment, next: text === null ? null : { text, due } };
  });
  return Object.keys(errors).length > 0 ? { errors } : { read };
}
