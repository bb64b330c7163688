import { formatBranch } from '../model/branch.ts';
import { brief, listed, withSentenceUnit } from '../model/figure-words.ts';
import { monthsCompleted } from '../model/judgement.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Ending, Reminder, ReminderKind } from '../model/reminder.ts';
import { formatPeriod, parsePeriodCode } from '../model/reporting-period.ts';
import { formatMonths } from './quarter-report.ts';
import { kpiOf, nameOf, reportOf, type Situation } from './situation.ts';

/** A thing that was spoken of and holds no more. */
export interface Ended {
  reminder: Reminder;
  ending: Ending;
}

/** A figure as it was spoken of, and as it is today; both are known. */
export interface Changed {
  before: Reminder;
  today: Reminder;
}

/** What became of the things of a message: told in its thread, or at the head of the next one to the same branch. */
export interface News {
  message: OutboxMessage;
  ended: readonly Ended[];
  changed: readonly Changed[];
  /** How many things of the message are still open. */
  left: number;
}

/** Whether a figure is farther from what is expected of it, or wrong in another way. */
export function isWorse({ before, today }: Changed): boolean {
  return (today.gap ?? 0) > (before.gap ?? 0) || today.kind !== before.kind;
}

const NAMED = 4;
/** Once is enough. */
const THANKS = 'ありがとうございました。';

/**
 * What is over, of one message or of several together, so that nothing is said twice: a sentence for each way of ending,
 * that a report came first; thanks only for what was done.
 */
export function endedLines(news: readonly News[], situation: Situation): string[] {
  const ended = news.flatMap((own) => own.ended);
  const of = (way: Ending) => ended.filter(({ ending }) => ending === way).map(({ reminder }) => reminder);
  const said = (way: Ending, words: string, after = '') => {
    const names = of(way).map((one) => subjectIn(one, situation));
    return names.length === 0 ? '' : `${words}：${listed(names, NAMED)}。${after}`;
  };
  const lines = [
    reportedWords(of('reported'), situation),
    said('told', 'その後の報告に記載がありました'),
    said('mended', '解消しました', THANKS),
    judgedWords(of('judged'), situation),
    said('corrected', '数値または目標の訂正により、当てはまらなくなりました'),
    said('withdrawn', 'もとになった数値や記載が取り下げられました'),
    overWords(of('over'), situation),
  ].filter((line) => line !== '');
  const last = lines.findLastIndex((line) => line.includes(THANKS));
  return lines.map((line, at) => (at === last ? line : line.replaceAll(THANKS, '')));
}

/** The branch is thanked; the head office reads which branches it was. */
function reportedWords(reports: readonly Reminder[], situation: Situation): string {
  return byPeriod(reports)
    .map((own) => {
      const [first] = own;
      const name = periodName(first);
      return first.audience === 'head_office'
        ? `${branchesOf(own)}から、${name}の報告が届きました。`
        : `${name}の報告が届きました${thereOf(first, situation)}。${THANKS}`;
    })
    .join('');
}

/** （19件中19件。うち3件は7月時点の数値です）: figures of some indicators come months later than others. */
function thereOf({ branch, period }: Reminder, situation: Situation): string {
  const of = parsePeriodCode(period);
  if (of === null) return '';
  const { kpis, missing, lagging } = reportOf(situation, branch, of);
  const late =
    lagging.count === 0 ? '' : `。うち${lagging.count}件は${formatMonths(lagging.months)}時点の数値です`;
  return `（${kpis.length}件中${kpis.length - missing.length}件${late}）`;
}

function judgedWords(figures: readonly Reminder[], situation: Situation): string {
  const by = (one: Reminder) => judgedBy(one, situation);
  return [...new Set(figures.map(by))]
    .map((means) => {
      const names = figures.filter((one) => by(one) === means).map((one) => subjectIn(one, situation));
      return `${means}により判定できるようになりました：${listed(names, NAMED)}。`;
    })
    .join('');
}

/** By what a figure can be judged now: only what was missing before, where the figure is still the same. */
function judgedBy(reminder: Reminder, situation: Situation): string {
  const { stage, asOf } = reminder;
  const kpi = kpiOf(reminder, situation);
  if (stage !== 'no_target' && stage !== 'no_previous') return '新しい報告';
  if (kpi?.target.relative === null) return '目標の登録';
  return kpi?.actual?.asOf === asOf ? '前年度の実績' : '新しい報告';
}

/** That a month has passed shows in the message; what was never done or reported is said. */
function overWords(over: readonly Reminder[], situation: Situation): string {
  const left = yearlyCounts(over);
  return [
    ...byPeriod(over.filter(({ kind }) => kind === 'report_overdue')).map((own) =>
      notReportedWords(own, situation),
    ),
    left === '' ? '' : `期間終了：年度末に${left}が残りました。`,
  ].join('');
}

/** The head office reads of which branches, the branch how much was there. */
function notReportedWords(own: Some, situation: Situation): string {
  const [{ audience }] = own;
  const reports = own.map((one) => ({ one, there: partIn(one, situation) }));
  const sentence = (isPart: boolean, how: string) => {
    const some = reports.filter(({ there }) => (there === '') !== isPart).map(({ one }) => one);
    const whose = audience === 'head_office' ? `${branchesOf(some)}の` : '';
    return some.length === 0 ? '' : `${whose}${periodName(own[0])}の報告は、${how}次の期間に移りました。`;
  };
  const part = reports.find(({ there }) => there !== '')?.there;
  return `${sentence(false, '届かないまま')}${sentence(
    true,
    audience === 'head_office' ? 'そろわないまま' : `${part}だけ届いたまま`,
  )}`;
}

/** 19件中5件; empty where nothing is there. */
function partIn({ branch, period }: Reminder, situation: Situation): string {
  const of = parsePeriodCode(period);
  if (of === null) return '';
  const { kpis, missing } = reportOf(situation, branch, of);
  return kpis.length === missing.length ? '' : `${kpis.length}件中${kpis.length - missing.length}件`;
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

/** 期限を過ぎた予定35件、未着手の予算25件、予算超過1件; empty where nothing is such. */
export function yearlyCounts(left: readonly Reminder[]): string {
  return YEARLY.flatMap(([kind, name]) => {
    const count = left.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${name}${count}件`];
  }).join('、');
}

/** A line a figure; where several cannot be judged they are named together, as their figures stand in the message. */
export function changedLines(news: readonly News[], situation: Situation): string[] {
  const changed = news.flatMap((own) => own.changed);
  const unjudged = changed.filter(
    ({ before, today }) => today.kind === 'kpi_unjudged' && monthsSince(before, today) > 0,
  );
  const others = changed.filter((one) => !unjudged.includes(one));
  const asOfs = [...new Set(unjudged.map(({ today }) => today.asOf ?? ''))];
  return [
    ...others.map((one) => correction(one, situation)),
    ...asOfs.map((asOf) => {
      const [first, ...more] = unjudged.filter(({ today }) => today.asOf === asOf);
      if (first && more.length === 0) return `${correction(first, situation)}判定できないままです。`;
      const names = [first, ...more].flatMap((one) => (one ? subjectIn(one.today, situation) : []));
      return `${asOf}の数値が届きましたが、判定できないままです：${listed(names, NAMED)}。`;
    }),
  ];
}

function monthsSince(before: Reminder, today: Reminder): number {
  return (monthsCompleted(today.asOf) ?? 0) - (monthsCompleted(before.asOf) ?? 0);
}

function correction({ before, today }: Changed, situation: Situation): string {
  const name = subjectIn(today, situation);
  const [old, actual] = [before.actual ?? 0, today.actual ?? 0];
  const digits = Math.max(decimalsOf(old), decimalsOf(actual));
  const was = withSentenceUnit(old, before.unit, digits, digits);
  const is = withSentenceUnit(actual, today.unit, digits, digits);
  const months = monthsSince(before, today);
  const again = today.kind === 'kpi_unjudged' ? '' : '再び';
  if (months > 0) return `${name}の${today.asOf}の数値（${is}）が${again}届きました。`;
  if (months < 0) {
    return `取り下げ：${name}の${before.asOf}の数値（${was}）が取り下げられ、${today.asOf}の${is}で見ています。`;
  }
  if (was !== is) return `訂正：${name}の実績 ${was} → ${is}（${today.asOf}）`;
  return `${name}の目標または目安が変わりました。`;
}

function decimalsOf(value: number): number {
  return String(value).split('.')[1]?.length ?? 0;
}

/** A figure that had recovered and is behind again: what it is now, and what it was when it was spoken of. */
export function againWords({ before, today }: Changed, situation: Situation): string {
  if (today.kind !== 'kpi_behind') return '';
  const was =
    (today.gap ?? 0) > (before.gap ?? 0) && before.actual !== null
      ? `。前にお知らせした${withSentenceUnit(before.actual, before.unit)}より悪くなっています`
      : '';
  const is = today.actual === null ? '' : ` ${withSentenceUnit(today.actual, today.unit)}（${today.asOf}）`;
  return `再び遅れています：${subjectIn(today, situation)}${is}${was}。`;
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

function periodName({ period }: Reminder): string {
  const of = parsePeriodCode(period);
  return of === null ? period : formatPeriod(of);
}

/** What a reminder is about, in a few words. */
function subjectIn(reminder: Reminder, situation: Situation): string {
  const { indicator, item, line, kind } = reminder;
  if (indicator !== null) return nameOf(situation, indicator);
  if (kind === 'report_overdue') return `${periodName(reminder)}の報告`;
  return brief(line.split('　')[0] || (item ?? ''), 40);
}
