import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Reporter, ReportService } from '../../figure-entry/report-service.ts';
import { isoDayInTokyo } from '../../model/calendar-day.ts';
import {
  type ReportEntry,
  ReportScope,
  type SavedReport,
  type SheetLine,
} from '../../model/figure-report.ts';
import { FiscalYear, Quarter } from '../../model/fiscal-year.ts';
import { IndicatorId } from '../../model/indicator.ts';
import { Evaluation } from '../../model/measure.ts';
import { periodCode, periodOfDay } from '../../model/reporting-period.ts';
import { isOutside } from '../delivery/slack-errors.ts';
import { updateNewView } from '../delivery/update-view.ts';
import { describeFault } from '../log-fault.ts';
import { reportCard } from '../views/report-card.ts';
import {
  AS_OF,
  DETAIL_FIELDS,
  DETAILS_FIELD,
  detailKey,
  doneView,
  evaluationField,
  figureField,
  MOST_LINES,
  mostDetails,
  NOT_SAVED,
  noticeView,
  SAVING,
  SCOPE_FIELDS,
  type ScopeChoice,
} from '../views/report-form.ts';
import { republishHome } from './home.ts';
import type { BaseParts, ReportParts } from './listener-parts.ts';

const Held = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date: z.string().nullish(),
});
const Values = z.record(z.string(), z.record(z.string(), Held));
type Values = z.infer<typeof Values>;

const View = z.object({
  id: z.string().min(1),
  hash: z.string().optional(),
  private_metadata: z.string().default(''),
  state: z.object({ values: Values }),
});

/** A step of the reporting modal that was sent off. */
export const ReportSubmission = z.object({ user: z.object({ id: z.string().min(1) }), view: View });

/** Another year or quarter was chosen in the first step. */
export const ScopeChange = ReportSubmission;

/** What opens the modal: a button in a message or in Home, or the shortcut. */
export const ReportCall = z.object({
  user: z.object({ id: z.string().min(1) }),
  trigger_id: z.string().min(1),
  channel: z.object({ id: z.string().min(1) }).optional(),
  actions: z.array(z.object({ value: z.string().optional() })).optional(),
});
export type ReportCall = z.infer<typeof ReportCall>;

/** A form as it was filled in; a block's id is its only control's id. */
export class FormValues {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  /** Text or the chosen option or day; null where nothing was put in. */
  text(id: string): string | null {
    const held = this.#values[id]?.[id];
    const text = held?.selected_option?.value ?? held?.selected_date ?? held?.value ?? '';
    return text.trim() === '' ? null : text.trim();
  }

  has(id: string): boolean {
    return id in this.#values;
  }

  many(id: string): string[] {
    return (this.#values[id]?.[id]?.selected_options ?? []).map(({ value }) => value);
  }

  /** The block whose id begins so, with what its control of that id holds. */
  startingWith(id: string): { block: string; text: string | null } | null {
    const block = Object.keys(this.#values).find((name) => name.startsWith(`${id}:`));
    if (block === undefined) return null;
    const held = this.#values[block]?.[id];
    return { block, text: held?.selected_date ?? held?.value ?? null };
  }
}

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
  const entries: ReportEntry[] = [];
  const lines = sheet.slice(0, MOST_LINES);
  for (const line of lines) {
    const text = values.text(figureField(line.indicator));
    const told = readDetail(values, line, errors);
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
    else entries.push({ ...entryOf(line, figure, evaluation), ...told });
  }
  const chosen = values.many(DETAILS_FIELD);
  const details = lines.filter(({ indicator }) => chosen.includes(detailKey(indicator)));
  const most = mostDetails(lines.length);
  if (details.length > most)
    errors[DETAILS_FIELD] = `一度に選べるのは${most}件までです。選び直してください。`;
  const bare = details.find(({ indicator }) => values.text(figureField(indicator)) === null);
  if (bare) errors[DETAILS_FIELD] ??= `「${bare.name}」の数値も入力してください。`;
  const [first] = lines;
  if (first && entries.length === 0 && Object.keys(errors).length === 0) {
    errors[figureField(first.indicator)] = '報告する数値を、1つ以上入力してください。';
  }
  return Object.keys(errors).length > 0
    ? { errors }
    : {
        read: {
          entries,
          details: details.map(({ indicator }) => indicator),
          isAsked: details.every(({ indicator }) => values.has(DETAIL_FIELDS.comment(indicator))),
        },
      };
}

/** What the fields of an indicator's comment say, where the form has them; a day needs words of what is to be done by it. */
function readDetail(
  values: FormValues,
  { indicator }: SheetLine,
  errors: Record<string, string>,
): Partial<Pick<ReportEntry, 'comment' | 'next'>> {
  if (!values.has(DETAIL_FIELDS.comment(indicator))) return {};
  const text = values.text(DETAIL_FIELDS.next(indicator));
  const due = values.text(DETAIL_FIELDS.due(indicator));
  if (text === null && due !== null) {
    errors[DETAIL_FIELDS.next(indicator)] = '期日までに何をするかを書いてください。';
  }
  const comment = values.text(DETAIL_FIELDS.comment(indicator));
  return { comment, next: text === null ? null : { text, due } };
}

/** What was said of the figure before stays, until it is said anew. */
function entryOf(
  { indicator, own }: SheetLine,
  figure: { value: number | null; text: string },
  evaluation: Evaluation | null,
): ReportEntry {
  return { indicator, ...figure, evaluation, comment: own?.comment ?? null, next: own?.next ?? null };
}

function evaluationOf(text: string | null): Evaluation | null {
  return text === null ? null : Evaluation.parse(text);
}

export interface SubmittedReport {
  scope: ReportScope;
  entries: readonly ReportEntry[];
  user: string;
  /** Where it was asked for; null for the shortcut and Home. */
  channel: string | null;
  /** The submitted view's id. */
  view: string;
}

/** Shows a view: in place of the submitted one, or on top of it, so that closing it leads back. */
export type FormResponse = (action: 'update' | 'push', view: ModalView) => Promise<void>;

/** Slack waits three seconds for an acknowledgement. */
const SOON_MS = 2_000;

/**
 * Saves the report and says so; then its card goes to the branch, and reminders look whether a gap has ended.
 * `keep`: how a fault is shown, so that what was put in is not lost. Submitting the same again changes nothing.
 */
export async function saveReport(
  parts: ReportParts,
  report: SubmittedReport,
  keep: 'update' | 'push',
  answer: FormResponse,
): Promise<void> {
  const { reporting, log } = parts;
  if (!reporting) return;
  const saving = reporterOf(parts, report.user).then((by) =>
    reporting.save(report.scope, report.entries, by),
  );
  const result = saving.then(
    (saved) => ({ saved, view: doneView(saved, saved.channel ?? report.channel) }),
    (error: unknown) => {
      log.error(describeFault(error), 'report not saved');
      return { saved: null, view: noticeView(NOT_SAVED, { ends: false }) };
    },
  );
  const soon = await Promise.race([result, wait(SOON_MS, null)]);
  if (soon) {
    await answer(soon.saved ? 'update' : keep, soon.view);
  } else {
    const externalId = `report:${report.view}:${parts.now().getTime()}`;
    await answer(keep, noticeView(SAVING, { ends: false, externalId }));
    const { view } = await result;
    await updateNewView(parts.web, externalId, view).catch((error: unknown) => {
      log.warn(describeFault(error), 'result of a report not shown');
    });
  }
  const { saved } = await result;
  if (saved && saved.figures.length > 0) await tell(parts, report, saved);
}

async function tell(parts: ReportParts, report: SubmittedReport, saved: SavedReport): Promise<void> {
  const { log } = parts;
  await postCard(parts, report, saved).catch((error: unknown) => {
    log.error(describeFault(error), 'card of a report not posted');
  });
  await parts.reminders?.look();
  await republishHome(parts, report.user);
}

/** To the branch's channel; else where it was asked for; else to the person alone. */
async function postCard(parts: ReportParts, { user, channel, view }: SubmittedReport, saved: SavedReport) {
  const card = reportCard(saved, user);
  const key = `report:${view}:${parts.now().getTime()}`;
  for (const place of [saved.channel, channel]) {
    if (place === null) continue;
    try {
      await parts.poster.post({ channel: place, threadTs: null }, card, key);
      return;
    } catch (error) {
      if (!isOutside(error)) throw error;
      parts.log.warn(describeFault(error), 'card of a report cannot go to its channel');
    }
  }
  const direct = await parts.web.conversations.open({ users: user });
  await parts.poster.post({ channel: direct.channel?.id ?? user, threadTs: null }, card, key);
}

/** Who reports, by the name that colleagues know; the id where Slack does not say it. */
export async function reporterOf({ web, log }: BaseParts, user: string): Promise<Reporter> {
  try {
    const found = (await web.users.info({ user })).user;
    const name = found?.profile?.real_name || found?.real_name || found?.name;
    return { user, name: name || user };
  } catch (error) {
    log.warn(describeFault(error), 'name of a reporter not known');
    return { user, name: user };
  }
}
