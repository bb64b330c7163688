import { REPORT_SHORTCUT } from '../../views/report-button.ts';
import { type Listener, listener } from '../listener.ts';
import type { ReportParts } from '../parts.ts';
import { openReport } from '../views/report-open.ts';
import { ReportCall } from '../views/report-payload.ts';

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
