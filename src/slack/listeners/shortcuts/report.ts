import { REPORT_SHORTCUT } from '../../views/report-button.ts';
import type { ListenerParts } from '../parts.ts';
import { openReport } from '../views/report-open.ts';
import { ReportCall } from '../views/report-payload.ts';

/** 「実績を報告」 from the shortcuts menu. */
export function listenToReportShortcut(parts: ListenerParts): void {
  parts.app.shortcut({ callback_id: REPORT_SHORTCUT, type: 'shortcut' }, async ({ ack, body }) => {
    await ack();
    await openReport(parts, ReportCall.parse(body));
  });
}
