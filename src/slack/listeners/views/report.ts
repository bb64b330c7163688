import type { ReportEntry, SheetLine } from '../../../model/figure-report.ts';
import type { ReportService } from '../../../reporting/report-service.ts';
import { FORM_CALLBACK, figureField, formView } from '../../views/report-form.ts';
import { CONFIRM_CALLBACK, confirmView } from '../../views/report-form-confirm.ts';
import { DETAILS_CALLBACK, detailsView } from '../../views/report-form-details.ts';
import { SCOPE_CALLBACK, SCOPE_FIELDS } from '../../views/report-form-scope.ts';
import { encodeState, type ReportFormState } from '../../views/report-form-state.ts';
import { type Listener, listener } from '../listener.ts';
import type { ReportParts } from '../parts.ts';
import { ReportSubmission } from './report-payload.ts';
import { entryOf, readDetails, readForm, readReportScope } from './report-reading.ts';
import { saveReport } from './report-save.ts';
import { isRefused, type ScopedStep, type Step, scoped, takeStep } from './report-step.ts';

const TOO_MUCH = '一度に送れる量を超えています。いくつかの指標に分けて報告してください。';
const NO_PLAN = 'この年度の計画がまだ取り込まれていないため、報告できません。';

export function reportFormListeners(parts: ReportParts): Listener[] {
  const steps: Record<string, (step: Step) => Promise<void>> = {
    [SCOPE_CALLBACK]: takeScope,
    [FORM_CALLBACK]: scoped(takeForm),
    [CONFIRM_CALLBACK]: scoped(takeConfirmation),
    [DETAILS_CALLBACK]: scoped(takeDetails),
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

async function takeForm(step: ScopedStep): Promise<void> {
  const { service, scope, state, values, answer, fail } = step;
  const sheet = await service.sheet(scope);
  const reading = readForm(values, sheet, service);
  if ('errors' in reading) return fail(reading.errors);
  const { entries, details } = reading.read;
  const carried = entries.map(({ indicator, text, evaluation }): ReportFormState['entries'][number] => [
    indicator,
    text,
    evaluation,
  ]);
  const metadata = encodeState({ ...state, entries: carried, details });
  if (metadata === null) return fail({ [figureField(entries[0]?.indicator ?? '')]: TOO_MUCH });
  const jumps = service.jumps(scope, sheet, entries);
  if (jumps.length > 0) return answer('push', confirmView(scope, jumps, metadata));
  await askOrSave(step, sheet, entries, details, metadata, 'push');
}

async function takeConfirmation(step: ScopedStep): Promise<void> {
  const { service, scope, state } = step;
  const sheet = await service.sheet(scope);
  const metadata = encodeState(state) ?? '';
  await askOrSave(step, sheet, carriedEntries(state, sheet, service), state.details, metadata, 'update');
}

async function takeDetails(step: ScopedStep): Promise<void> {
  const { parts, service, scope, state, values, user, view, answer, fail } = step;
  const entries = carriedEntries(state, await service.sheet(scope), service);
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
function carriedEntries(
  state: ReportFormState,
  sheet: readonly SheetLine[],
  service: ReportService,
): ReportEntry[] {
  return state.entries.flatMap(([indicator, text, evaluation]) => {
    const line = sheet.find((one) => one.indicator === indicator);
    const figure = line && service.read(text, line);
    return line && figure && !('problem' in figure) ? [entryOf(line, figure, evaluation)] : [];
  });
}
