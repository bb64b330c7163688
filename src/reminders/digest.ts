import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { OutboxContent } from '../model/outbox.ts';
import type { Reminder, ReminderKind } from '../model/reminder.ts';
import {
  formatPeriod,
  periodCode,
  type ReportingPeriod,
  reportDeadline,
  reportingPeriod,
} from '../model/reporting-period.ts';
import { severity } from './due.ts';
import { findBudgets } from './due-budgets.ts';
import { findCommitments } from './due-commitments.ts';
import { staleIn } from './due-figures.ts';
import { isYearly, yearlyCounts } from './news.ts';
import { isReportMissing, lastDuePeriod, nameOf, reportOf, type Situation } from './situation.ts';

interface Standing {
  branch: string;
  /** The report of the last quarter whose deadline has passed. */
  isMissing: boolean;
  behind: Reminder[];
  /** Of a branch whose report is missing: as its last report had it. */
  lastBehind: number;
  overdue: number;
  budgets: number;
  unjudged: number;
  isUnowned: boolean;
}

/** One a quarter. */
export function digestKey({ today, catalogue }: Situation): string {
  return `digest|${periodCode(reportingPeriod(today, catalogue.calendar))}|head_office`;
}

/**
 * How all branches stand once a quarter's reports were due; null where the quarter gives nothing to say. One that is
 * written already and waits is made anew whatever there is to say.
 */
export function reminderDigest(
  situation: Situation,
  reminders: readonly Reminder[],
  isWritten = false,
): OutboxContent | null {
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  if (situation.today <= reportDeadline(period, situation.catalogue.calendar)) return null;
  const code = periodCode(period);
  const isWorthIt = reminders.some(
    (one) => one.period === code && (one.kind === 'report_overdue' || one.kind === 'kpi_behind'),
  );
  const left = leftOver(situation, period);
  const { without, isNews } = withoutPlan(situation, period);
  const unfinished = unfinishedYears(situation, period);
  if (!isWritten && !isWorthIt && !isNews && left.length + unfinished.length === 0) return null;
  return digestContent(situation, reminders, { period, left, without, unfinished });
}

/** Of branches whose last report of the year is in, how many figures of the year's end are not. */
function unfinishedYears(situation: Situation, period: ReportingPeriod): number[] {
  if (period.quarter !== 4) return [];
  return situation.catalogue.branches
    .map(({ name }) => reportOf(situation, name, period))
    .filter(({ isIn, missing }) => isIn && missing.length > 0)
    .map(({ missing }) => missing.length);
}

/** Branches without a plan of the year, which have nothing to report on; news once a year, of one that had a plan. */
function withoutPlan({ catalogue, kpis }: Situation, { fy, quarter }: ReportingPeriod) {
  const has = new Set(kpis.map((kpi) => `${kpi.branch}|${kpi.fy}`));
  const without = catalogue.branches
    .map(({ name }) => name)
    .filter((name) => name !== HEAD_OFFICE && !has.has(`${name}|${fy}`));
  return { without, isNews: quarter === 1 && without.some((name) => has.has(`${name}|${fy - 1}`)) };
}

/** With the last report's deadline a year ends, and nobody asks any more for what was due on that day. */
function leftOver(situation: Situation, period: ReportingPeriod): Reminder[] {
  if (period.quarter !== 4) return [];
  const lastDay = { ...situation, today: reportDeadline(period, situation.catalogue.calendar) };
  const asked = [...findCommitments(lastDay), ...findBudgets(lastDay)].filter(isYearly);
  const still = new Set(
    [...findCommitments(situation), ...findBudgets(situation)].map(({ series }) => series),
  );
  return asked.filter(({ series }) => !still.has(series));
}

/** How all branches stand at this moment, worst first. */
function digestContent(
  situation: Situation,
  reminders: readonly Reminder[],
  given: {
    period: ReportingPeriod;
    left: readonly Reminder[];
    without: readonly string[];
    unfinished: readonly number[];
  },
): OutboxContent {
  const { period, left, without, unfinished } = given;
  const standings = standingsOf(situation, reminders).filter(({ branch }) => !without.includes(branch));
  const told = standings.filter(
    ({ isMissing, isUnowned, behind, overdue, budgets, unjudged }) =>
      isMissing || isUnowned || behind.length + overdue + budgets + unjudged > 0,
  );
  const lastBehind = sum(told, (standing) => standing.lastBehind);
  const quiet = standings.length - told.length;
  const unowned = told.filter(({ isUnowned }) => isUnowned).length;
  return {
    type: 'digest',
    title: `全支部のまとめ（${formatPeriod(period)}）`,
    counts: [
      `未報告の支部：${standings.filter(({ isMissing }) => isMissing).length}`,
      ...behindCount(situation, standings),
      ...(lastBehind > 0 ? [`未報告の支部で、以前の数値では遅れている指標：${lastBehind}件`] : []),
      ...(unfinished.length > 0
        ? [
            `報告が届いた支部の、年度末の数値が未報告の指標：${sum(unfinished, (count) => count)}件（${unfinished.length}支部）`,
          ]
        : []),
      ...(left.length > 0 ? [`年度末に残ったもの：${yearlyCounts(left)}`] : []),
      ...(unowned > 0 ? [`担当者の登録がない支部：${unowned}`] : []),
      ...(without.length > 0 ? [`${formatFiscalYear(period.fy)}の計画がない支部：${named(without)}`] : []),
      ...(quiet > 0 ? [`お知らせのない支部：${quiet}`] : []),
    ],
    lines: linesOf(told.sort(worstFirst), situation),
  };
}

/** 42, or 2（青森、岩手） where they are few. */
function named(branches: readonly string[]): string {
  return branches.length > NAMED_AT_MOST
    ? `${branches.length}`
    : `${branches.length}（${branches.join('、')}）`;
}

const NAMED_AT_MOST = 12;

/** Of a branch without its figures nobody knows whether it is behind. */
function behindCount(situation: Situation, standings: readonly Standing[]): string[] {
  if (standings.length === 0) return [];
  const missing = standings.filter(({ isMissing }) => isMissing);
  const behind = standings.filter((standing) => standing.behind.length > 0);
  const isUnknown = standings.every(({ isMissing, branch }) => isMissing && thereOf(situation, branch) === 0);
  if (isUnknown && behind.length === 0) return ['目標に遅れがある支部：数値の報告がないため分かりません'];
  const count = `指標 ${sum(behind, (standing) => standing.behind.length)}件`;
  const but = missing.length === 0 ? '' : `。未報告の${missing.length}支部は、届いた数値だけで数えています`;
  return [`目標に遅れがある支部：${behind.length}（${count}${but}）`];
}

function thereOf(situation: Situation, branch: string): number {
  const { kpis, missing } = reportOf(situation, branch, lastDuePeriod(situation));
  return kpis.length - missing.length;
}

function standingsOf(situation: Situation, reminders: readonly Reminder[]): Standing[] {
  const isStale = staleIn(situation);
  const branches = situation.catalogue.branches.filter(({ name }) => name !== HEAD_OFFICE);
  return branches.map(({ name: branch }) => {
    const own = reminders.filter((one) => one.branch === branch && one.audience === 'branch');
    const figures = own.filter(({ kind }) => kind === 'kpi_behind');
    const isOld = (one: Reminder) => one.stage !== 'year_end' && isStale(one);
    const count = (...kinds: ReminderKind[]) => own.filter(({ kind }) => kinds.includes(kind)).length;
    return {
      branch,
      isMissing: isReportMissing(situation, branch),
      behind: figures.filter((one) => !isOld(one)).sort((a, b) => severity(b) - severity(a)),
      lastBehind: figures.filter(isOld).length,
      overdue: count('commitment_overdue'),
      budgets: count('budget_over', 'budget_unstarted'),
      unjudged: count('kpi_unjudged'),
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
    other.overdue + other.budgets - one.overdue - one.budgets ||
    other.unjudged - one.unjudged
  );
}

/** A line for each branch that is behind; the rest together, by what is to be said of them. */
function linesOf(standings: readonly Standing[], situation: Situation): string[] {
  const late = standings.filter(({ behind }) => behind.length > 0);
  const alike = new Map<string, string[]>();
  for (const standing of standings.filter(({ behind }) => behind.length === 0)) {
    const statement = statementOf(standing, situation);
    alike.set(statement, [...(alike.get(statement) ?? []), standing.branch]);
  }
  return [
    ...late.map((standing) => `${formatBranch(standing.branch)}：${statementOf(standing, situation)}`),
    ...[...alike].map(([statement, [branch = '', ...others]]) =>
      others.length === 0
        ? `${formatBranch(branch)}：${statement}`
        : `${statement}（${others.length + 1}支部）：${[branch, ...others].join('、')}`,
    ),
  ];
}

const NAMED = 3;

function statementOf(
  { branch, isMissing, behind, lastBehind, overdue, budgets, unjudged, isUnowned }: Standing,
  situation: Situation,
): string {
  const { kpis, missing } = reportOf(situation, branch, lastDuePeriod(situation));
  const there = kpis.length - missing.length;
  const reported = there > 0 ? `報告 ${kpis.length}件中${there}件` : '未報告';
  const names = behind.slice(0, NAMED).map(({ indicator }) => nameOf(situation, indicator ?? ''));
  const more = behind.length > NAMED ? ' ほか' : '';
  const parts = [
    ...(isMissing ? [`${reported}${lastBehind > 0 ? `、以前の数値では遅れ${lastBehind}件` : ''}`] : []),
    ...(behind.length > 0 ? [`遅れ${behind.length}件（${names.join('、')}${more}）`] : []),
    ...(overdue > 0 ? [`期限を過ぎた予定${overdue}件`] : []),
    ...(budgets > 0 ? [`予算の超過・未着手${budgets}件`] : []),
    ...(unjudged > 0 ? [`判定できず${unjudged}件`] : []),
    ...(isUnowned ? ['担当者の登録なし'] : []),
  ];
  return parts.join('、');
}
