import type { Button } from '@slack/web-api';
import type { z } from 'zod';
import { ReportScope } from '../../model/figure-report.ts';
import { plainTextElement } from './text.ts';

export const REPORT_ACTION = 'report:open';
export const REPORT_SHORTCUT = 'report_figures';

/** What a button already knows of the report it opens. */
export const ReportHint = ReportScope.pick({ branch: true, fy: true, quarter: true }).partial();
export type ReportHint = z.infer<typeof ReportHint>;

/** The button 「実績を報告」, for messages and Home. Its action id is once in a message. */
export function reportButton(hint: ReportHint = {}): Button {
  return {
    type: 'button',
    action_id: REPORT_ACTION,
    text: plainTextElement('実績を報告', 75),
    value: JSON.stringify(hint),
  };
}

/** A hint that cannot be read helps nobody, and hinders nobody. */
export function readHint(value: string | undefined): ReportHint {
  try {
    const hint = ReportHint.safeParse(JSON.parse(value ?? '{}'));
    return hint.success ? hint.data : {};
  } catch {
    return {};
  }
}
