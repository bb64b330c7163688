import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatDay } from '../model/calendar-day.ts';
import type { OutboxContent } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import { formatPeriod, periodCode, type ReportingPeriod, reportDeadline } from '../model/reporting-period.ts';
import { reportingPeriod } from './due-reports.ts';
import { isReportMissing, type Situation } from './situation.ts';
import { indicatorName } from './wording.ts';

export interface Digest {
  /** One a quarter. */
  key: string;
  content: OutboxContent;
}

interface Standing {
  branch: string;
  isMissing: boolean;
  behind: Reminder[];
  others: number;
  isUnowned: boolean;
}

/** How all branches stand once a quarter's reports were due; null where the quarter gives nothing to say. */
export function digestOf(situation: Situation, reminders: readonly Reminder[]): Digest | null {
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  const code = periodCode(period);
  const isDue = situation.today > reportDeadline(period, situation.catalogue.calendar);
  const isWorthIt = reminders.some(
    (one) => one.period === code && (one.kind === 'report_overdue' || one.kind === 'kpi_behind'),
  );
  const content = isDue && isWorthIt ? digestContent(situation, reminders, formatPeriod(period)) : null;
  return content && { key: `digest|${code}|head_office`, content };
}

/** How all branches stand at this moment, worst first; null where there is nothing to say of any. */
export function digestContent(
  situation: Situation,
  reminders: readonly Reminder[],
  about = `${formatDay(situation.today)}現在`,
): OutboxContent | null {
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  const standings = standingsOf(situation, reminders, period);
  const told = standings.filter(
    ({ isMissing, isUnowned, behind, others }) => isMissing || isUnowned || behind.length + others > 0,
  );
  if (told.length === 0) {
    return null;
  }
  const missing = told.filter(({ isMissing }) => isMissing);
  const behind = told.filter((standing) => standing.behind.length > 0);
  const unowned = told.filter(({ isUnowned }) => isUnowned).length;
  return {
    type: 'digest',
    title: `全支部のまとめ（${about}）`,
    counts: [
      `報告がまだの支部：${missing.length}`,
      `目標に遅れがある支部：${behind.length}（指標 ${behind.reduce((sum, { behind: b }) => sum + b.length, 0)}件）`,
      `担当者の登録がない支部：${unowned}`,
      `お知らせのない支部：${standings.length - told.length}`,
    ],
    lines: told.sort(worstFirst).map((standing) => lineOf(standing, situation)),
  };
}

function standingsOf(
  situation: Situation,
  reminders: readonly Reminder[],
  period: ReportingPeriod,
): Standing[] {
  const branches = situation.catalogue.branches.filter(({ name }) => name !== HEAD_OFFICE);
  return branches.map(({ name: branch }) => {
    const own = reminders.filter((one) => one.branch === branch && one.audience === 'branch');
    const behind = own.filter(({ kind }) => kind === 'kpi_behind').sort((a, b) => severity(b) - severity(a));
    const others = own.filter(({ kind }) => kind !== 'kpi_behind' && kind !== 'report_overdue').length;
    const isUnowned = reminders.some((one) => one.branch === branch && one.kind === 'owner_missing');
    return { branch, isMissing: isReportMissing(situation, branch, period), behind, others, isUnowned };
  });
}

/** The gap as a share of what is expected: comparable between indicators. */
function severity({ gap, expected }: Reminder): number {
  return gap === null || !expected ? 0 : gap / Math.abs(expected);
}

function worstFirst(one: Standing, other: Standing): number {
  return (
    Number(other.isMissing) - Number(one.isMissing) ||
    other.behind.length - one.behind.length ||
    severityOf(other) - severityOf(one) ||
    other.others - one.others
  );
}

function severityOf({ behind }: Standing): number {
  return behind.reduce((sum, item) => sum + severity(item), 0);
}

const NAMED = 3;

function lineOf(
  { branch, isMissing, behind, others, isUnowned }: Standing,
  { catalogue }: Situation,
): string {
  const names = behind.slice(0, NAMED).map(({ indicator }) => {
    const known = catalogue.indicators.find(({ id }) => id === indicator) ?? null;
    return indicatorName(indicator ?? '', known);
  });
  const more = behind.length > NAMED ? ' ほか' : '';
  const parts = [
    ...(isMissing ? ['報告なし'] : []),
    ...(behind.length > 0 ? [`遅れ${behind.length}件（${names.join('、')}${more}）`] : []),
    ...(others > 0 ? [`予定・予算${others}件`] : []),
    ...(isUnowned ? ['担当者の登録なし'] : []),
  ];
  return `${formatBranch(branch)}：${parts.join('、')}`;
}
