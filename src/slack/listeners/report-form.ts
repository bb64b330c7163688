import { setTimeout as wait } from 'node:timers/promises';
import type { ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import type { Reporter, ReportService } from '../../figure-entry/report-service.ts';
import { isoDayInTokyo } from '../../model/calendar-day.ts';
import type { ReportEntry, ReportScope, SavedReport } from '../../model/figure-report.ts';
import { type Member, mayReport } from '../../model/member.ts';
import { periodOfDay, previousPeriod } from '../../model/reporting-period.ts';
import { isOutside } from '../delivery/slack-errors.ts';
import { updateNewView } from '../delivery/update-view.ts';
import { describeFault, logged } from '../log.ts';
import { Submission, ViewClick } from '../payloads.ts';
import { sentence } from '../views/card.ts';
import {
  REPORT_ACTION,
  REPORT_SHORTCUT,
  type ReportHint,
  readHint,
  reportCard,
} from '../views/report-card.ts';
import {
  doneView,
  EXPIRED,
  FORM_CALLBACK,
  formView,
  lineField,
  NOT_SAVED,
  noticeView,
  refusedView,
  SAVING,
  SCOPE_CALLBACK,
  SCOPE_FIELDS,
  type ScopeChoice,
  scopeView,
} from '../views/report-form.ts';
import { republishHome } from './home.ts';
import { type Listener, on } from './listener.ts';
import type { BaseParts, ReportParts } from './listener-parts.ts';
import {
  decodeState,
  encodeState,
  type ReportFormState,
  readChoice,
  readForm,
  readReportScope,
} from './report-entries.ts';

/** The buttons and the shortcut 「実績を報告」, and the steps of the modal that they open. */
export function reportListeners(parts: ReportParts): Listener[] {
  const step = (id: string, take: TakeStep) =>
    on('view', id, Submission, (submission, { ack }) => takeStep(parts, submission, take, ack), {
      acknowledges: true,
    });
  return [
    on('action', REPORT_ACTION, ReportCall, (call) => openReport(parts, call)),
    on('shortcut', REPORT_SHORTCUT, ReportCall, (call) => openReport(parts, call)),
    ...[SCOPE_FIELDS.fy, SCOPE_FIELDS.quarter].map((id) =>
      on('action', id, ViewClick, (change) => changePeriod(parts, change)),
    ),
    step(SCOPE_CALLBACK, takeScope),
    step(FORM_CALLBACK, takeForm),
  ];
}

/** A button in a message or in Home, or the shortcut. */
const ReportCall = z.object({
  user: z.object({ id: z.string().min(1) }),
  trigger_id: z.string().min(1),
  channel: z.object({ id: z.string().min(1) }).optional(),
  actions: z.array(z.object({ value: z.string().optional() })).default([]),
});
type ReportCall = z.infer<typeof ReportCall>;

const NOT_OPENED =
  '申し訳ありません。報告の画面を開けませんでした。お手数ですが、もう一度「実績を報告」を押してください。';

/** Opens the first step, or says politely who may report. */
async function openReport(parts: ReportParts, { user, channel, ...call }: ReportCall): Promise<void> {
  const { web, poster, log } = parts;
  try {
    const hint = readHint(call.actions[0]?.value);
    const view = await firstView(parts, user.id, channel?.id ?? null, hint);
    await web.views.open({ trigger_id: call.trigger_id, view });
  } catch (error) {
    log.error(describeFault(error), 'reporting form not opened');
    // Below the button; where it was pressed in no channel, in the direct messages.
    const tell = async () => {
      const place = channel ? { channel: channel.id, threadTs: null } : await poster.direct(user.id);
      await poster.whisper(place, user.id, sentence(NOT_OPENED));
    };
    await tell().catch(logged(log, 'error', 'apology failed'));
  }
}

async function firstView(parts: ReportParts, user: string, channel: string | null, hint: ReportHint) {
  const { store, now } = parts;
  const branches = branchesOf(parts, await store.members.get(user));
  if (branches.length === 0) return refuseReport(parts, user, null);
  const opened = now().toISOString();
  const metadata = encodeState({ opened, channel, scope: null, confirmed: [] }) ?? '';
  const ended = endedPeriod(parts);
  const [only = null] = branches.length === 1 ? branches : [];
  const wanted = hint.branch ?? (await store.settings.ofPerson(user)).branch;
  const chosen: ScopeChoice = {
    // Never one of several by itself: figures would go to a branch that nobody chose.
    branch: wanted !== null && branches.includes(wanted) ? wanted : only,
    fy: hint.fy ?? ended.fy,
    quarter: hint.quarter ?? ended.quarter,
  };
  return scopeView({ branches, fys: yearsFor(parts, chosen), chosen, metadata });
}

/** Another year or quarter was chosen in the first step: its last day comes with it. */
async function changePeriod(parts: ReportParts, { user, view }: ViewClick): Promise<void> {
  const { store, web, log } = parts;
  const chosen = readChoice(view.state, { branch: null, ...endedPeriod(parts) });
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

/** The quarter that a report is about, where nothing else is said. */
function endedPeriod({ now }: ReportParts) {
  return previousPeriod(periodOfDay(isoDayInTokyo(now())));
}

/** What a member may report for, in the catalogue's order. */
function branchesOf({ catalogue }: ReportParts, member: Member): string[] {
  return catalogue.branches.map(({ name }) => name).filter((name) => mayReport(member, name));
}

/** This year and the last, and the one that a reminder is about. */
function yearsFor({ now }: ReportParts, { fy }: Pick<ScopeChoice, 'fy'>): number[] {
  const current = periodOfDay(isoDayInTokyo(now())).fy;
  const years = new Set([current, current - 1, fy].filter((year) => year >= 1));
  return [...years].sort((a, b) => b - a);
}

/** Keeps the refusal, and words it. */
async function refuseReport({ store, now }: ReportParts, user: string, branch: string | null) {
  const detail = '実績の報告：報告担当ではないため';
  await store.audit.append({ action: 'refused', actor: user, subject: branch ?? '', detail }, now());
  const admins = (await store.members.list()).filter(({ role }) => role === 'admin').map((one) => one.user);
  return refusedView(branch, admins);
}

/** How a step is acknowledged, and what is done afterwards. */
interface Outcome {
  response: ViewResponseAction;
  after?(): Promise<void>;
}
interface Step {
  service: ReportService;
  submission: Submission;
  state: ReportFormState;
}
type TakeStep = (parts: ReportParts, step: Step) => Promise<Outcome>;

/** In place of the submitted view. */
const update = (view: ModalView): Outcome => ({ response: { response_action: 'update', view } });
/** On top of it, so that closing it leads back to what was put in. */
const push = (view: ModalView): Outcome => ({ response: { response_action: 'push', view } });
const fail = (errors: Record<string, string>): Outcome => ({
  response: { response_action: 'errors', errors },
});

const FAULT =
  '申し訳ありません。うまく処理できませんでした。何も記録していません。少し時間をおいて、もう一度お試しください。';

/** Whatever goes wrong before the acknowledgement is said on top, and what was put in stays below. */
async function takeStep(
  parts: ReportParts,
  submission: Submission,
  take: TakeStep,
  ack: (response: ViewResponseAction) => Promise<void>,
): Promise<void> {
  const state = decodeState(submission.view.private_metadata, parts.now());
  const service = parts.reporting;
  const outcome =
    state === null || service === null
      ? update(noticeView(EXPIRED, { ends: true }))
      : await take(parts, { service, submission, state }).catch(
          logged(parts.log, 'error', 'step of a report failed'),
        );
  const { response, after } = outcome ?? push(noticeView(FAULT, { ends: false }));
  await ack(response);
  await after?.();
}

const TOO_MUCH = '一度に送れる量を超えています。いくつかの指標に分けて報告してください。';
const NO_PLAN = 'この年度の計画がまだ取り込まれていないため、報告できません。';

async function takeScope(parts: ReportParts, { service, submission, state }: Step): Promise<Outcome> {
  const { user, view } = submission;
  const reading = readReportScope(view.state, parts.now());
  if ('errors' in reading) return fail(reading.errors);
  const scope = reading.read;
  const refused = await refusedFor(parts, user.id, scope.branch);
  if (refused !== null) return refused;
  const sheet = await service.sheet(scope);
  if (sheet.length === 0) return fail({ [SCOPE_FIELDS.fy]: NO_PLAN });
  return update(formView(scope, sheet, encodeState({ ...state, scope }) ?? ''));
}

/** Saved once nothing is left to be asked; until then the same view comes back with the questions. */
async function takeForm(parts: ReportParts, { service, submission, state }: Step): Promise<Outcome> {
  const { user, view } = submission;
  const { scope } = state;
  if (scope === null) return update(noticeView(EXPIRED, { ends: true }));
  const refused = await refusedFor(parts, user.id, scope.branch);
  if (refused !== null) return refused;
  const sheet = await service.sheet(scope);
  const reading = readForm(view.state, sheet, service);
  if ('errors' in reading) return fail(reading.errors);
  const { entries, details, isAsked } = reading.read;
  const jumps = service
    .jumps(scope, sheet, entries)
    .filter(({ indicator, to }) => !state.confirmed.some(([id, text]) => id === indicator && text === to));
  if (isAsked && jumps.length === 0) {
    return saveReport(parts, service, {
      scope,
      entries,
      user: user.id,
      view: view.id,
      channel: state.channel,
    });
  }
  const confirmed = jumps.map(({ indicator, to }): ReportFormState['confirmed'][number] => [indicator, to]);
  const metadata = encodeState({ ...state, confirmed: [...state.confirmed, ...confirmed] });
  if (metadata === null) return fail({ [lineField('figure', entries[0]?.indicator ?? '')]: TOO_MUCH });
  return update(formView(scope, sheet, metadata, { details, jumps }));
}

/** Roles may have changed since the modal was opened. */
async function refusedFor(parts: ReportParts, user: string, branch: string): Promise<Outcome | null> {
  if (mayReport(await parts.store.members.get(user), branch)) return null;
  return update(await refuseReport(parts, user, branch));
}

interface SubmittedReport {
  scope: ReportScope;
  entries: readonly ReportEntry[];
  user: string;
  /** Where it was asked for; null for the shortcut and Home. */
  channel: string | null;
  view: string;
}

/** Slack waits three seconds for an acknowledgement. */
const SOON_MS = 2_000;

/**
 * Saves the report and says so; then its card goes to the branch, and reminders look whether a gap has ended.
 * Submitting the same again changes nothing.
 */
async function saveReport(
  parts: ReportParts,
  service: ReportService,
  report: SubmittedReport,
): Promise<Outcome> {
  const { web, log, now, reminders } = parts;
  const save = async () => {
    const saved = await service.save(report.scope, report.entries, await reporterOf(parts, report.user));
    return { saved, ...update(doneView(saved, saved.channel ?? report.channel)) };
  };
  const saving = save().catch((error: unknown) => {
    log.error(describeFault(error), 'report not saved');
    return { saved: null, ...push(noticeView(NOT_SAVED, { ends: false })) };
  });
  const soon = await Promise.race([saving, wait(SOON_MS, null)]);
  const externalId = `report:${report.view}:${now().getTime()}`;
  const { response } = soon ?? push(noticeView(SAVING, { ends: false, externalId }));
  return {
    response,
    async after() {
      const { saved, response: late } = await saving;
      if (soon === null && 'view' in late) {
        await updateNewView(web, externalId, late.view as ModalView).catch(
          logged(log, 'warn', 'result of a report not shown'),
        );
      }
      if (saved === null || saved.figures.length === 0) return;
      await postCard(parts, report, saved).catch(logged(log, 'error', 'card of a report not posted'));
      await reminders?.look();
      await republishHome(parts, report.user);
    },
  };
}

/** To the branch's channel; else where it was asked for; else to the person alone. */
async function postCard(parts: ReportParts, { user, channel, view }: SubmittedReport, saved: SavedReport) {
  const { poster, log, now } = parts;
  const card = reportCard(saved, user);
  const key = `report:${view}:${now().getTime()}`;
  for (const place of [saved.channel, channel]) {
    if (place === null) continue;
    try {
      await poster.post({ channel: place, threadTs: null }, card, key);
      return;
    } catch (error) {
      if (!isOutside(error)) throw error;
      log.warn(describeFault(error), 'card of a report cannot go to its channel');
    }
  }
  await poster.post(await poster.direct(user), card, key);
}

/** Who reports, by the name that colleagues know; the id where Slack does not say it. */
export async function reporterOf({ web, log }: BaseParts, user: string): Promise<Reporter> {
  const found = await web.users.info({ user }).catch(logged(log, 'warn', 'name of a reporter not known'));
  const { profile, real_name, name } = found?.user ?? {};
  return { user, name: profile?.real_name || real_name || name || user };
}
