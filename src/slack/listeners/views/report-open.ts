import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import { type Member, mayReport } from '../../../model/member.ts';
import { periodOfDay, previousPeriod } from '../../../model/reporting-period.ts';
import { describeFault } from '../../log-fault.ts';
import { sentence } from '../../views/answer-view.ts';
import { type ReportHint, readHint } from '../../views/report-button.ts';
import { refusedView } from '../../views/report-form-notice.ts';
import { type ScopeChoice, scopeView } from '../../views/report-form-scope.ts';
import { encodeState } from '../../views/report-form-state.ts';
import type { ReportParts } from '../parts.ts';
import type { ReportCall } from './report-payload.ts';

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
  const member = await store.member(user);
  const branches = branchesOf(parts, member);
  if (branches.length === 0) {
    return refuseReport(parts, user, null);
  }
  const opened = now().toISOString();
  const metadata = encodeState({ opened, channel, scope: null, entries: [], details: [] }) ?? '';
  const ended = previousPeriod(periodOfDay(isoDayInTokyo(now())));
  const own = (await store.personSettings(user)).branch;
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
  await store.appendAudit({ action: 'refused', actor: user, subject: branch ?? '', detail }, now());
  const admins = (await store.members()).filter(({ role }) => role === 'admin').map((one) => one.user);
  return refusedView(branch, admins);
}
