import type { ViewResponseAction } from '@slack/bolt';
import type { z } from 'zod';
import type { ReportScope } from '../../../model/figure-report.ts';
import { mayReport } from '../../../model/member.ts';
import type { ReportService } from '../../../reporting/report-service.ts';
import { describeFault } from '../../log-fault.ts';
import { EXPIRED, noticeView } from '../../views/report-form-notice.ts';
import { decodeState, type ReportFormState } from '../../views/report-form-state.ts';
import type { ReportParts } from '../parts.ts';
import { refuseReport } from './report-open.ts';
import { FormValues, type ReportSubmission } from './report-payload.ts';
import type { FormResponse } from './report-save.ts';

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
  if (mayReport(await parts.store.member(user), branch)) return false;
  await answer('update', await refuseReport(parts, user, branch));
  return true;
}
