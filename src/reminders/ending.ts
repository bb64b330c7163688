import { formatBranch } from '../model/branch.ts';
import { commitmentSeries, isPending } from '../model/commitments.ts';
import { brief, listed, reminderIndicatorName } from '../model/figure-words.ts';
import { isFigure, monthsCompleted } from '../model/judgement.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Ending, Reminder, ReminderKind } from '../model/reminder.ts';
import { formatPeriod, parsePeriodCode } from '../model/reporting-period.ts';
import { standingOf } from '../model/standing.ts';
import { hashOf } from '../model/words-hash.ts';
import { formatMonths, type QuarterReport } from './quarter-report.ts';
import { reportOf, type Situation } from './situation.ts';

/** Why a thing that was spoken of holds no more: what ends it is what it was about. */
export function endingOf(reminder: Reminder, situation: Situation): Ending {
  switch (reminder.kind) {
    case 'report_overdue':
      return reportEnding(reminder, situation);
    case 'kpi_behind':
    case 'kpi_unjudged':
      return figureEnding(reminder, situation);
    case 'commitment_due':
    case 'commitment_overdue':
      return commitmentEnding(reminder, situation);
    case 'budget_unstarted':
    case 'budget_over':
      return budgetEnding(reminder, situation);
    case 'owner_missing':
      // With a new year the same is missing anew, and where nothing is to be told nobody is missed.
      return (situation.owners.get(reminder.branch)?.channel ?? null) === null ? 'over' : 'mended';
  }
}

function reportEnding({ branch, period, series }: Reminder, situation: Situation): Ending {
  const of = parsePeriodCode(period);
  const report = of && reportOf(situation, branch, of);
  // Of a year that is looked at no more nobody has taken anything back.
  const isKept = of !== null && of.fy >= situation.fy - 1;
  if (!report?.isIn) return report?.kpis.length === 0 && isKept ? 'withdrawn' : 'over';
  const said = situation.decisions.get(series.replace('|head_office', '|branch'));
  return said?.decision === 'done' ? 'decided' : 'reported';
}

function figureEnding(reminder: Reminder, situation: Situation): Ending {
  const { kind, fy, asOf } = reminder;
  const kpi = kpiOf(reminder, situation);
  if (!kpi) return fy < situation.fy ? 'over' : 'withdrawn';
  if (!isFigure(kpi.actual)) return 'withdrawn';
  const before = monthsCompleted(asOf) ?? 0;
  const now = monthsCompleted(kpi.actual?.asOf ?? null) ?? 0;
  if (now < before) return 'withdrawn';
  if (kind === 'kpi_unjudged') {
    return standingOf(kpi, situation).judgement.state === 'unclear' ? 'over' : 'judged';
  }
  if (now > before) return 'mended';
  // The year's turn leaves the figure as it was.
  return fy < situation.fy ? 'over' : 'corrected';
}

function kpiOf({ branch, fy, indicator }: Reminder, { kpis }: Situation): Kpi | undefined {
  return kpis.find((row) => row.branch === branch && row.fy === fy && row.indicator === indicator);
}

function commitmentEnding({ series, fy }: Reminder, { commitments, fy: current }: Situation): Ending {
  const state = commitments.find(({ commitment }) => commitmentSeries(commitment) === series);
  if (state === undefined) return fy < current - 2 ? 'over' : 'withdrawn';
  if (isPending(state)) return 'over';
  return state.outcome === 'told' ? 'told' : 'decided';
}

function budgetEnding({ kind, branch, fy, series }: Reminder, situation: Situation): Ending {
  if (kind === 'budget_over' && situation.decisions.get(series)?.decision === 'done') return 'decided';
  const line = situation.budgets.find(
    (row) => row.branch === branch && row.fy === fy && series.includes(`|${hashOf(row.section, row.name)}|`),
  );
  if (fy < situation.fy) return 'over';
  if (!line) return 'withdrawn';
  return kind === 'budget_unstarted' ? 'mended' : 'corrected';
}

export interface Ended {
  reminder: Reminder;
  ending: Ending;
}

/** What became of some things, in a sentence for each way of ending; thanks only for what was done. */
export function farewell(ended: readonly Ended[], situation: Situation): string {
  const ways = [...new Set(ended.map(({ ending }) => ending))];
  return ways
    .map((way) =>
      sentence(
        way,
        ended.filter(({ ending }) => ending === way),
        situation,
      ),
    )
    .join('')
    .replace(THANKS_BEFORE_OTHERS, '');
}

/** Once is enough. */
const THANKS_BEFORE_OTHERS = /ありがとうございました。(?=.*ありがとうございました。)/gs;
const NAMED = 4;

function sentence(ending: Ending, ended: readonly Ended[], situation: Situation): string {
  const reports = ended.filter(({ reminder }) => reminder.kind === 'report_overdue');
  const others = ended.filter(({ reminder }) => reminder.kind !== 'report_overdue');
  const meant = ending === 'withdrawn' ? ended : others;
  const which = listed(
    meant.map(({ reminder }) => reminderSubject(reminder, situation)),
    NAMED,
  );
  switch (ending) {
    case 'reported':
      return reportedWords(
        reports.map(({ reminder }) => reminder),
        situation,
      );
    case 'mended':
      return `解消しました${which === '' ? '' : `：${which}`}。ありがとうございました。`;
    case 'told':
      return `その後の報告に記載がありました：${which}。`;
    case 'judged':
      return judgedWords(
        others.map(({ reminder }) => reminder),
        situation,
      );
    case 'corrected':
      return `数値または目標の訂正により、当てはまらなくなりました：${which}。`;
    case 'withdrawn':
      return `もとになった数値や記載が取り下げられました：${which}。`;
    case 'over':
      // That a month has passed shows in the message; what was never done or reported is said.
      return [
        ...byPeriod(reports.map(({ reminder }) => reminder)).map((own) => notReportedWords(own, situation)),
        yearEndWords(others.map(({ reminder }) => reminder).filter(isYearly)),
      ].join('');
    case 'decided':
      return '';
  }
}

const YEARLY: readonly [ReminderKind, string][] = [
  ['commitment_overdue', '期限を過ぎた予定'],
  ['budget_unstarted', '未着手の予算'],
  ['budget_over', '予算超過'],
];

/** What is asked for until its year's last report is due, and no longer. */
export function isYearly({ kind }: Reminder): boolean {
  return YEARLY.some(([yearly]) => yearly === kind);
}

/** 期限を過ぎた予定35件、未着手の予算25件、予算超過1件. */
export function yearlyCounts(left: readonly Reminder[]): string {
  return YEARLY.flatMap(([kind, name]) => {
    const count = left.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${name}${count}件`];
  }).join('、');
}

function yearEndWords(left: readonly Reminder[]): string {
  return left.length === 0 ? '' : `期間終了：年度末に${yearlyCounts(left)}が残りました。`;
}

/** By what a figure can be judged now: only what was missing before, where the figure is still the same. */
function judgedBy(reminder: Reminder, situation: Situation): string {
  const { stage, asOf } = reminder;
  const kpi = kpiOf(reminder, situation);
  if (stage !== 'no_target' && stage !== 'no_previous') return '新しい報告';
  if (kpi?.target.relative === null) return '目標の登録';
  return kpi?.actual?.asOf === asOf ? '前年度の実績' : '新しい報告';
}

function judgedWords(figures: readonly Reminder[], situation: Situation): string {
  const by = (one: Reminder) => judgedBy(one, situation);
  return [...new Set(figures.map(by))]
    .map((means) => {
      const names = figures.filter((one) => by(one) === means).map((one) => reminderSubject(one, situation));
      return `${means}により判定できるようになりました：${listed(names, NAMED)}。`;
    })
    .join('');
}

type Some = [Reminder, ...Reminder[]];

function byPeriod(reports: readonly Reminder[]): Some[] {
  const found = new Map<string, Some>();
  for (const report of reports) {
    const own = found.get(report.period);
    if (own) own.push(report);
    else found.set(report.period, [report]);
  }
  return [...found.values()];
}

function branchesOf(reports: readonly Reminder[]): string {
  return reports.map(({ branch }) => formatBranch(branch)).join('、');
}

/** The head office reads of which branches, the branch how much was there. */
function notReportedWords(own: Some, situation: Situation): string {
  const reports = own.map((one) => ({ one, there: thereIn(one, situation) }));
  const none = reports.filter(({ there }) => there === '').map(({ one }) => one);
  const partly = reports.filter(({ there }) => there !== '');
  const isOffice = own[0].audience === 'head_office';
  const sentence = (of: readonly Reminder[], how: string) =>
    of.length === 0
      ? ''
      : `${isOffice ? `${branchesOf(of)}の` : ''}${periodName(own[0])}の報告は、${how}次の期間に移りました。`;
  const some = isOffice ? 'そろわないまま' : `${partly[0]?.there}だけ届いたまま`;
  return `${sentence(none, '届かないまま')}${sentence(
    partly.map(({ one }) => one),
    some,
  )}`;
}

/** 19件中5件; empty where nothing is there. */
function thereIn({ branch, period }: Reminder, situation: Situation): string {
  const of = parsePeriodCode(period);
  const { kpis, missing } = of === null ? NO_REPORT : reportOf(situation, branch, of);
  return kpis.length === missing.length ? '' : `${kpis.length}件中${kpis.length - missing.length}件`;
}

const NO_REPORT: Pick<QuarterReport, 'kpis' | 'missing'> = { kpis: [], missing: [] };

/** The branch is thanked; the head office reads which branches it was. */
function reportedWords(reports: readonly Reminder[], situation: Situation): string {
  return byPeriod(reports)
    .map((own) => {
      const [first] = own;
      const name = periodName(first);
      if (first.audience === 'head_office') return `${branchesOf(own)}から、${name}の報告が届きました。`;
      const of = parsePeriodCode(first.period);
      const report = of && reportOf(situation, first.branch, of);
      return `${name}の報告が届きました${report === null ? '' : thereOf(report)}。ありがとうございました。`;
    })
    .join('');
}

/** （19件中19件。うち3件は7月時点の数値です）: figures of some indicators come months later than others. */
function thereOf({ kpis, missing, lagging }: QuarterReport): string {
  const late =
    lagging.count === 0 ? '' : `。うち${lagging.count}件は${formatMonths(lagging.months)}時点の数値です`;
  return `（${kpis.length}件中${kpis.length - missing.length}件${late}）`;
}

function periodName({ period }: Reminder): string {
  const of = parsePeriodCode(period);
  return of === null ? period : formatPeriod(of);
}

/** What a reminder is about, in a few words. */
export function reminderSubject(reminder: Reminder, { catalogue }: Situation): string {
  const { indicator, item, line, kind } = reminder;
  if (indicator !== null) {
    return reminderIndicatorName(indicator, catalogue.indicators.find(({ id }) => id === indicator) ?? null);
  }
  if (kind === 'report_overdue') return `${periodName(reminder)}の報告`;
  return brief(line.split('　')[0] || (item ?? ''), 40);
}
