import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/web-api';
import type { ReportEntry, ReportScope, SavedReport } from '../../../model/figure-report.ts';
import { isOutside } from '../../delivery/slack-errors.ts';
import { updateNewView } from '../../delivery/update-view.ts';
import { describeFault } from '../../log-fault.ts';
import { reportCard } from '../../views/report-card.ts';
import { doneView, NOT_SAVED, noticeView, SAVING } from '../../views/report-form-notice.ts';
import { republishHome } from '../home/publish-home.ts';
import type { ReportParts } from '../parts.ts';
import { reporterOf } from './reporter.ts';

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
