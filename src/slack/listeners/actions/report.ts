import type { z } from 'zod';
import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import { periodOfDay, previousPeriod } from '../../../model/reporting-period.ts';
import { describeFault } from '../../log-fault.ts';
import { REPORT_ACTION } from '../../views/report-button.ts';
import { SCOPE_FIELDS, scopeView } from '../../views/report-form-scope.ts';
import { type Listener, listener } from '../listener.ts';
import type { ReportParts } from '../parts.ts';
import { branchesOf, openReport, yearsFor } from '../views/report-open.ts';
import { FormValues, ReportCall, ScopeChange } from '../views/report-payload.ts';
import { readChoice } from '../views/report-reading.ts';

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
        branches: branchesOf(parts, await store.member(user.id)),
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
