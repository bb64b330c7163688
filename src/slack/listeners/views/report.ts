import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/web-api';
import type { ReportEntry, ReportScope, SheetLine } from '../../../model/figure-report.ts';
import { mayReport } from '../../../model/member.ts';
import { describeFault } from '../../log-fault.ts';
import type { ReportDesk } from '../../report-desk.ts';
import { FORM_CALLBACK, figureField, formView } from '../../views/report-form.ts';
import { CONFIRM_CALLBACK, confirmView } from '../../views/report-form-confirm.ts';
import { DETAILS_CALLBACK, detailsView } from '../../views/report-form-details.ts';
import { EXPIRED, noticeView } from '../../views/report-form-notice.ts';
import { SCOPE_CALLBACK, SCOPE_FIELDS } from '../../views/report-form-scope.ts';
import { decodeState, encodeState, type ReportState } from '../../views/report-form-state.ts';
import type { ListenerParts } from '../parts.ts';
import { refuse } from './report-open.ts';
import { FormValues, ReportSubmission } from './report-payload.ts';
import { type Answer, saveReport } from './report-save.ts';
import { entryOf, readDetails, readForm, readScope } from './report-steps.ts';

const FAULT =
  '申し訳ありません。うまく処理できませんでした。何も記録していません。少し時間をおいて、もう一度お試しください。';
const TOO_MUCH = '一度に送れる量を超えています。いくつかの指標に分けて報告してください。';
const NO_PLAN = 'この年度の計画がまだ取り込まれていないため、報告できません。';

/** A step of the modal as it came back. */
interface Step {
  parts: ListenerParts;
  desk: ReportDesk;
  user: string;
  view: string;
  state: ReportState;
  values: FormValues;
  answer: Answer;
  fail(errors: Record<string, string>): Promise<void>;
}
/** A step after the first, which knows what is reported on. */
type ScopedStep = Step & { scope: ReportScope };

type Respond = (
  answer:
    | { response_action: 'update' | 'push'; view: ModalView }
    | { response_action: 'errors'; errors: Record<string, string> },
) => Promise<void>;

export function listenToReportForms(parts: ListenerParts): void {
  const steps: Record<string, (step: Step) => Promise<void>> = {
    [SCOPE_CALLBACK]: takeScope,
    [FORM_CALLBACK]: scoped(takeForm),
    [CONFIRM_CALLBACK]: scoped(takeConfirmation),
    [DETAILS_CALLBACK]: scoped(takeDetails),
  };
  for (const [callback, take] of Object.entries(steps)) {
    parts.app.view<{ type: 'view_submission'; view: ViewOutput } & never>(callback, async ({ ack, body }) => {
      await takeStep(parts, body, ack as Respond, take);
    });
  }
}

/** Whatever goes wrong before the acknowledgement is said on top, and what was put in stays below. */
async function takeStep(
  parts: ListenerParts,
  body: unknown,
  ack: Respond,
  take: (step: Step) => Promise<void>,
): Promise<void> {
  const { user, view } = ReportSubmission.parse(body);
  let answered = false;
  const respond: Respond = async (response) => {
    answered = true;
    await ack(response);
  };
  const answer: Answer = (response_action, shown) => respond({ response_action, view: shown });
  const state = decodeState(view.private_metadata, parts.now());
  const desk = parts.reporting;
  try {
    if (state === null || desk === null) {
      await answer('update', noticeView(EXPIRED, { ends: true }));
      return;
    }
    const values = new FormValues(view.state.values);
    const fail = (errors: Record<string, string>) => respond({ response_action: 'errors', errors });
    await take({ parts, desk, user: user.id, view: view.id, state, values, answer, fail });
  } catch (error) {
    parts.log.error(describeFault(error), 'step of a report failed');
    if (!answered) await answer('push', noticeView(FAULT, { ends: false }));
  }
}

async function takeScope(step: Step): Promise<void> {
  const { parts, desk, state, values, answer, fail } = step;
  const reading = readScope(values, parts.now());
  if ('errors' in reading) return fail(reading.errors);
  const scope = reading.read;
  if (await isRefused(step, scope.branch)) return;
  const sheet = await desk.sheet(scope);
  if (sheet.length === 0) return fail({ [SCOPE_FIELDS.fy]: NO_PLAN });
  const metadata = encodeState({ ...state, scope });
  await answer('update', formView(scope, sheet, metadata ?? ''));
}

/** Roles may have changed since the modal was opened. */
function scoped(take: (step: ScopedStep) => Promise<void>): (step: Step) => Promise<void> {
  return async (step) => {
    const { scope } = step.state;
    if (scope === null) return step.answer('update', noticeView(EXPIRED, { ends: true }));
    if (!(await isRefused(step, scope.branch))) await take({ ...step, scope });
  };
}

async function isRefused({ parts, user, answer }: Step, branch: string): Promise<boolean> {
  if (mayReport(await parts.store.member(user), branch)) return false;
  await answer('update', await refuse(parts, user, branch));
  return true;
}

async function takeForm(step: ScopedStep): Promise<void> {
  const { desk, scope, state, values, answer, fail } = step;
  const sheet = await desk.sheet(scope);
  const reading = readForm(values, sheet, desk);
  if ('errors' in reading) return fail(reading.errors);
  const { entries, details } = reading.read;
  const carried = entries.map(({ indicator, text, evaluation }): ReportState['entries'][number] => [
    indicator,
    text,
    evaluation,
  ]);
  const metadata = encodeState({ ...state, entries: carried, details });
  if (metadata === null) return fail({ [figureField(entries[0]?.indicator ?? '')]: TOO_MUCH });
  const jumps = desk.jumps(scope, sheet, entries);
  if (jumps.length > 0) return answer('push', confirmView(scope, jumps, metadata));
  await askOrSave(step, sheet, entries, details, metadata, 'push');
}

async function takeConfirmation(step: ScopedStep): Promise<void> {
  const { desk, scope, state } = step;
  const sheet = await desk.sheet(scope);
  const metadata = encodeState(state) ?? '';
  await askOrSave(step, sheet, carriedEntries(state, sheet, desk), state.details, metadata, 'update');
}

async function takeDetails(step: ScopedStep): Promise<void> {
  const { parts, desk, scope, state, values, user, view, answer, fail } = step;
  const entries = carriedEntries(state, await desk.sheet(scope), desk);
  const reading = readDetails(values, entries, state.details);
  if ('errors' in reading) return fail(reading.errors);
  const report = { scope, entries: reading.read, user, view, channel: state.channel };
  await saveReport(parts, report, 'push', answer);
}

/** Comments are asked for where they were wished; else the report is whole. */
async function askOrSave(
  { parts, scope, state, user, view, answer }: ScopedStep,
  sheet: readonly SheetLine[],
  entries: readonly ReportEntry[],
  details: readonly string[],
  metadata: string,
  action: 'update' | 'push',
): Promise<void> {
  if (details.length === 0) {
    return saveReport(parts, { scope, entries, user, view, channel: state.channel }, action, answer);
  }
  const lines = sheet.flatMap((line) => {
    const entry = entries.find(({ indicator }) => indicator === line.indicator);
    return entry && details.includes(line.indicator) ? [{ ...line, text: entry.text }] : [];
  });
  await answer(action, detailsView(scope, lines, metadata));
}

/** The figures that an earlier step has checked. */
function carriedEntries(state: ReportState, sheet: readonly SheetLine[], desk: ReportDesk): ReportEntry[] {
  return state.entries.flatMap(([indicator, text, evaluation]) => {
    const line = sheet.find((one) => one.indicator === indicator);
    const figure = line && desk.read(text, line);
    return line && figure && !('problem' in figure) ? [entryOf(line, figure, evaluation)] : [];
  });
}
