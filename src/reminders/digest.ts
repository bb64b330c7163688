import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatDay } from '../model/calendar-day.ts';
import type { OutboxContent } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import { formatPeriod, periodCode, type ReportingPeriod, reportDeadline } from '../model/reporting-period.ts';
import { severity } from './due.ts';
import { reportingPeriod } from './due-reports.ts';
import { isReportMissing, lastDuePeriod, reportOf, type Situation } from './situation.ts';
import { indicatorName } from './wording.ts';

export interface Digest {
  /** One a quarter. */
  key: string;
  content: OutboxContent;
}

interface Standing {
  branch: string;
  /** The report of the last quarter whose deadline has passed. */
  isMissing: boolean;
  behind: Reminder[];
  /** Of a branch whose report is missing: as its last report had it. */
  lastBehind: number;
  others: number;
  isUnowned: boolean;
}

/** How all branches stand once a quarter's reports were due; null where the quarter gives nothing to say. */
export function digestOf(
  situation: Situation,
  reminders: readonly Reminder[],
  muted: readonly Reminder[],
): Digest | null {
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  const code = periodCode(period);
  const isDue = situation.today > reportDeadline(period, situation.catalogue.calendar);
  const isWorthIt = reminders.some(
    (one) => one.period === code && (one.kind === 'report_overdue' || one.kind === 'kpi_behind'),
  );
  const content =
    isDue && isWorthIt ? digestContent(situation, reminders, muted, formatPeriod(period)) : null;
  return content && { key: `digest|${code}|head_office`, content };
}

/** How all branches stand at this moment, worst first; null where there is nothing to say of any. */
export function digestContent(
  situation: Situation,
  reminders: readonly Reminder[],
  muted: readonly Reminder[],
  about = `${formatDay(situation.today)}現在`,
): OutboxContent | null {
  const lastDue = lastDuePeriod(situation);
  const standings = standingsOf(situation, reminders, muted);
  const told = standings.filter(
    ({ isMissing, isUnowned, behind, others }) => isMissing || isUnowned || behind.length + others > 0,
  );
  if (told.length === 0) {
    return null;
  }
  const behind = told.filter((standing) => standing.behind.length > 0);
  const lastBehind = sum(told, (standing) => standing.lastBehind);
  const unowned = told.filter(({ isUnowned }) => isUnowned).length;
  return {
    type: 'digest',
    title: `全支部のまとめ（${about}）`,
    counts: [
      ...reportCounts(situation, standings, lastDue),
      `目標に遅れがある支部：${behind.length}（指標 ${sum(behind, (standing) => standing.behind.length)}件）`,
      ...(lastBehind > 0 ? [`未報告の支部の最後の報告では遅れ：${lastBehind}件`] : []),
      `担当者の登録がない支部：${unowned}`,
      `お知らせのない支部：${standings.length - told.length}`,
    ],
    lines: told.sort(worstFirst).map((standing) => lineOf(standing, situation)),
  };
}

/** The quarter that is asked for now, and while its deadline lies ahead the one before, whose missing reports stay missing. */
function reportCounts(
  situation: Situation,
  standings: readonly Standing[],
  lastDue: ReportingPeriod,
): string[] {
  const { calendar } = situation.catalogue;
  const asked = reportingPeriod(situation.today, calendar);
  const missing = standings.filter(({ isMissing }) => isMissing).length;
  if (periodCode(asked) === periodCode(lastDue)) return [`報告がまだの支部：${missing}`];
  const isIn = standings.filter(({ branch }) => reportOf(situation, branch, asked).isIn).length;
  return [
    `${formatPeriod(asked)}の報告（期限 ${formatDay(reportDeadline(asked, calendar))}）：${standings.length}支部中${isIn}支部`,
    `前の四半期（${formatPeriod(lastDue)}）の報告が未報告の支部：${missing}`,
  ];
}

function standingsOf(
  situation: Situation,
  reminders: readonly Reminder[],
  muted: readonly Reminder[],
): Standing[] {
  const branches = situation.catalogue.branches.filter(({ name }) => name !== HEAD_OFFICE);
  return branches.map(({ name: branch }) => {
    const own = reminders.filter((one) => one.branch === branch && one.audience === 'branch');
    return {
      branch,
      isMissing: isReportMissing(situation, branch),
      behind: own.filter(({ kind }) => kind === 'kpi_behind').sort((a, b) => severity(b) - severity(a)),
      lastBehind: muted.filter((one) => one.branch === branch && one.kind === 'kpi_behind').length,
      others: own.filter(({ kind }) => kind !== 'kpi_behind' && kind !== 'report_overdue').length,
      isUnowned: reminders.some((one) => one.branch === branch && one.kind === 'owner_missing'),
    };
  });
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function worstFirst(one: Standing, other: Standing): number {
  return (
    Number(other.isMissing) - Number(one.isMissing) ||
    other.behind.length - one.behind.length ||
    sum(other.behind, severity) - sum(one.behind, severity) ||
    other.lastBehind - one.lastBehind ||
    other.others - one.others
  );
}

const NAMED = 3;

function lineOf(
  { branch, isMissing, behind, lastBehind, others, isUnowned }: Standing,
  situation: Situation,
): string {
  const { catalogue } = situation;
  const { kpis, missing } = reportOf(situation, branch, lastDuePeriod(situation));
  const there = kpis.length - missing.length;
  const reported = there > 0 ? `報告 ${kpis.length}件中${there}件` : '報告なし';
  const names = behind.slice(0, NAMED).map(({ indicator }) => {
    const known = catalogue.indicators.find(({ id }) => id === indicator) ?? null;
    return indicatorName(indicator ?? '', known);
  });
  const more = behind.length > NAMED ? ' ほか' : '';
  const parts = [
    ...(isMissing ? [`${reported}${lastBehind > 0 ? `（最後の報告では遅れ${lastBehind}件）` : ''}`] : []),
    ...(behind.length > 0 ? [`遅れ${behind.length}件（${names.join('、')}${more}）`] : []),
    ...(others > 0 ? [`予定・予算${others}件`] : []),
    ...(isUnowned ? ['担当者の登録なし'] : []),
  ];
  return `${formatBranch(branch)}：${parts.join('、')}`;
}
