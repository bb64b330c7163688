import type { ViewResponseAction } from '@slack/bolt';
import type { z } from 'zod';
import type { ReportService } from '../../figure-entry/report-service.ts';
import { isoDayInTokyo } from '../../model/calendar-day.ts';
import type { ReportScope } from '../../model/figure-report.ts';
import { type Member, mayReport } from '../../model/member.ts';
import { periodOfDay, previousPeriod } from '../../model/reporting-period.ts';
import { describeFault } from '../log-fault.ts';
import { sentence } from '../views/card.ts';
import { REPORT_ACTION, REPORT_SHORTCUT, type ReportHint, readHint } from '../views/report-card.ts';
import {
  EXPIRED,
  FORM_CALLBACK,
  figureField,
  formView,
  noticeView,
  refusedView,
  SCOPE_CALLBACK,
  SCOPE_FIELDS,
  type ScopeChoice,
  scopeView,
} from '../views/report-form.ts';
import { type Listener, listener } from './listener.ts';
import type { ReportParts } from './listener-parts.ts';
import {
  decodeState,
  encodeState,
  type FormResponse,
  FormValues,
  ReportCall,
  type ReportFormState,
  ReportSubmission,
  readChoice,
  readForm,
  readReportScope,
  ScopeChange,
  saveReport,
} from './report-entries.ts';

/** The buttons 「実績を報告」, and another year or quarter in the first step: its last day comes with it. */
export function reportButtonListeners(parts: ReportParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: REPORT_ACTION,
      schema: ReportCall,
      handle: (call) => openReport(parts, call),
    }),
    ...[SCOPE_FIELDS.fy, SCOPE_FIELDS.quarter].map((id) =>
      listener({
        on: 'action',
        id,
        schema: ScopeChange,
        handle: (change) => changePeriod(parts, change),
      }),
    ),
  ];
}

async function changePeriod(parts: ReportParts, { user, view }: z.infer<typeof ScopeChange>): Promise<void> {
  const { store, web, now, log } = parts;
  const ended = previousPeriod(periodOfDay(isoDayInTokyo(now())));
  const chosen = readChoice(new FormValues(view.state.values), { branch: null, ...ended });
  try {
    await web.views.update({
      view_id: view.id,
      ...(view.hash === undefined ? {} : { hash: view.hash }),
      view: scopeView({
        branches: branchesOf(parts, await store.members.get(user.id)),
        fys: yearsFor(parts, chosen),
        chosen,
        metadata: view.private_metadata,
      }),
    });
  } catch (error) {
    // The day stays as it was, and is checked when the step is sent off.
    log.warn(describeFault(error), 'day of a report not updated');
  }
}

/** 「実績を報告」 from the shortcuts menu. */
export function reportShortcutListeners(parts: ReportParts): Listener[] {
  return [
    listener({
      on: 'shortcut',
      id: REPORT_SHORTCUT,
      schema: ReportCall,
      handle: (call) => openReport(parts, call),
    }),
  ];
}

const NOT_OPENED =
  '申し訳ありません。報告の画面を開けませんでした。お手数ですが、もう一度「実績を報告」を押してください。';

/** Opens the first step, or says politely who may report. */
export async function openReport(parts: ReportParts, call: ReportCall): Promise<void> {
  const { web, log } = parts;
  const channel = call.channel?.id ?? null;
  try {
    const view = await firstView(parts, call.user.id, channel, readHint(call.actions?.[0]?.value));
    await web.views.open({ trigger_id: call.trigger_id, view });
  } catch (error) {
    log.error(describeFault(error), 'reporting form not opened');
    await tellNotOpened(parts, call.user.id, channel).catch((second: unknown) =>
      log.error(describeFault(second), 'apology failed'),
    );
  }
}

/** Below the button; where it was pressed in no channel, in the direct messages. */
async function tellNotOpened({ poster, web }: ReportParts, user: string, channel: string | null) {
  const place = channel ?? (await web.conversations.open({ users: user })).channel?.id;
  if (place !== undefined) {
    await poster.whisper({ channel: place, threadTs: null }, user, sentence(NOT_OPENED));
  }
}

async function firstView(parts: ReportParts, user: string, channel: string | null, hint: ReportHint) {
  const { store, now } = parts;
  const member = await store.members.get(user);
  const branches = branchesOf(parts, member);
  if (branches.length === 0) {
    return refuseReport(parts, user, null);
  }
  const opened = now().toISOString();
  const metadata = encodeState({ opened, channel, scope: null, confirmed: [] }) ?? '';
  const ended = previousPeriod(periodOfDay(isoDayInTokyo(now())));
  const own = (await store.settings.ofPerson(user)).branch;
  const [only = null] = branches.length === 1 ? branches : [];
  const wanted = hint.branch ?? own;
  const chosen: ScopeChoice = {
    // Never one of several by itself: figures would go to a branch that nobody chose.
    branch: wanted !== null && branches.includes(wanted) ? wanted : only,
    fy: hint.fy ?? ended.fy,
    quarter: hint.quarter ?? ended.quarter,
  };
  return scopeView({ branches, fys: yearsFor(parts, chosen), chosen, metadata });
}

/** What a member may report for, in the catalogue's order. */
export function branchesOf({ catalogue }: ReportParts, member: Member): string[] {
  return catalogue.branches.map(({ name }) => name).filter((name) => mayReport(member, name));
}

/** This year and the last, and the one that a reminder is about. */
export function yearsFor({ now }: ReportParts, { fy }: Pick<ScopeChoice, 'fy'>): number[] {
  const current = periodOfDay(isoDayInTokyo(now())).fy;
  const years = new Set([current, current - 1, fy].filter((year) => year >= 1));
  return [...years].sort((a, b) => b - a);
}

/** Keeps the refusal, and words it. */
export async function refuseReport({ store, now }: ReportParts, user: string, branch: string | null) {
  const detail = '実績の報告：報告担当ではないため';
  await store.audit.append({ action: 'refused', actor: user, subject: branch ?? '', detail }, now());
  const admins = (await store.members.list()).filter(({ role }) => role === 'admin').map((one) => one.user);
  return refusedView(branch, admins);
}

const TOO_MUCH = '一度に送れる量を超えています。いくつかの指標に分けて報告してください。';
const NO_PLAN = 'この年度の計画がまだ取り込まれていないため、報告できません。';

export function reportFormListeners(parts: ReportParts): Listener[] {
  const steps: Record<string, (step: Step) => Promise<void>> = {
    [SCOPE_CALLBACK]: takeScope,
    [FORM_CALLBACK]: scoped(takeForm),
  };
  return Object.entries(steps).map(([id, take]) =>
    listener({
      on: 'view',
      id,
      schema: ReportSubmission,
      acknowledges: true,
      handle: (submission, { ack }) => takeStep(parts, submission, ack, take),
    }),
  );
}

async function takeScope(step: Step): Promise<void> {
  const { parts, service, state, values, answer, fail } = step;
  const reading = readReportScope(values, parts.now());
  if ('errors' in reading) return fail(reading.errors);
  const scope = reading.read;
  if (await isRefused(step, scope.branch)) return;
  const sheet = await service.sheet(scope);
  if (sheet.length === 0) return fail({ [SCOPE_FIELDS.fy]: NO_PLAN });
  const metadata = encodeState({ ...state, scope });
  await answer('update', formView(scope, sheet, metadata ?? ''));
}

/** Saved once nothing is left to be asked; until then the same view comes back with the questions. */
async function takeForm(step: ScopedStep): Promise<void> {
  const { parts, service, scope, state, values, user, view, answer, fail } = step;
  const sheet = await service.sheet(scope);
  const reading = readForm(values, sheet, service);
  if ('errors' in reading) return fail(reading.errors);
  const { entries, details, isAsked } = reading.read;
  const jumps = service
    .jumps(scope, sheet, entries)
    .filter(({ indicator, to }) => !state.confirmed.some(([id, text]) => id === indicator && text === to));
  if (isAsked && jumps.length === 0) {
    return saveReport(parts, { scope, entries, user, view, channel: state.channel }, 'push', answer);
  }
  const confirmed = jumps.map(({ indicator, to }): ReportFormState['confirmed'][number] => [indicator, to]);
  const metadata = encodeState({ ...state, confirmed: [...state.confirmed, ...confirmed] });
  if (metadata === null) return fail({ [figureField(entries[0]?.indicator ?? '')]: TOO_MUCH });
  await answer('update', formView(scope, sheet, metadata, { details, jumps }));
}

const FAULT =
  '申し訳ありません。うまく処理できませんでした。何も記録していません。少し時間をおいて、もう一度お試しください。';

/** A step of the modal as it came back. */
export interface Step {
  parts: ReportParts;
  service: ReportService;
  user: string;
  view: string;
  state: ReportFormState;
  values: FormValues;
  answer: FormResponse;
  fail(errors: Record<string, string>): Promise<void>;
}
/** A step after the first, which knows what is reported on. */
export type ScopedStep = Step & { scope: ReportScope };

type Respond = (response: ViewResponseAction) => Promise<void>;

/** Whatever goes wrong before the acknowledgement is said on top, and what was put in stays below. */
export async function takeStep(
  parts: ReportParts,
  { user, view }: z.infer<typeof ReportSubmission>,
  ack: Respond,
  take: (step: Step) => Promise<void>,
): Promise<void> {
  let answered = false;
  const respond: Respond = async (response) => {
    answered = true;
    await ack(response);
  };
  const answer: FormResponse = (response_action, shown) => respond({ response_action, view: shown });
  const state = decodeState(view.private_metadata, parts.now());
  const service = parts.reporting;
  try {
    if (state === null || service === null) {
      await answer('update', noticeView(EXPIRED, { ends: true }));
      return;
    }
    const values = new FormValues(view.state.values);
    const fail = (errors: Record<string, string>) => respond({ response_action: 'errors', errors });
    await take({ parts, service, user: user.id, view: view.id, state, values, answer, fail });
  } catch (error) {
    parts.log.error(describeFault(error), 'step of a report failed');
    if (!answered) await answer('push', noticeView(FAULT, { ends: false }));
  }
}

/** Roles may have changed since the modal was opened. */
export function scoped(take: (step: ScopedStep) => Promise<void>): (step: Step) => Promise<void> {
  return async (step) => {
    const { scope } = step.state;
    if (scope === null) return step.answer('update', noticeView(EXPIRED, { ends: true }));
    if (!(await isRefused(step, scope.branch))) await take({ ...step, scope });
  };
}

export async function isRefused({ parts, user, answer }: Step, branch: string): Promise<boolean> {
  if (mayReport(await parts.store.members.get(user), branch)) return false;
  await answer('update', await refuseReport(parts, user, branch));
  return true;
}
