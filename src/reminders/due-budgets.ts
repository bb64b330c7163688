import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { brief, formatReminderNumber, quoted } from '../model/figure-words.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  periodCode,
  periodEnd,
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { hashOf } from '../model/words-hash.ts';
import { dueItem } from './due-item.ts';
import type { Situation } from './situation.ts';

/** Items that nobody has begun late in the year, and items that cost more than planned. */
export function findBudgets(situation: Situation): Reminder[] {
  const ended = previousPeriod(periodOfDay(situation.today));
  return situation.budgets
    .filter((line) => isOpenYear(situation, line))
    .flatMap((line) => [...unstarted(situation, line, ended), ...over(situation, line)]);
}

/** What was overspent is dealt with in the year itself or until its last report is due. */
function isOpenYear({ fy, today, catalogue }: Situation, line: BudgetLine): boolean {
  return line.fy === fy || today <= reportDeadline({ fy: line.fy, quarter: 4 }, catalogue.calendar);
}

function itemName({ name, section }: BudgetLine): string {
  return section === '' ? brief(name) : `${brief(section, 40)}${quoted(brief(name))}`;
}

/** From the calendar's quarter on, and once more when the year has ended without a word. */
function unstarted(situation: Situation, line: BudgetLine, ended: ReportingPeriod): Reminder[] {
  const { branch, fy, section, name, amountYen, source, status } = line;
  const isLate = ended.quarter >= situation.catalogue.calendar.budget_unstarted_after_quarter;
  if (status !== '未着手' || ended.fy !== fy || !isLate) return [];
  const said = reportedAs(situation, line, ended);
  const isYearOver = fy < situation.fy;
  return [
    dueItem(
      situation,
      { id: hashOf(section, name) },
      {
        kind: 'budget_unstarted',
        branch,
        fy,
        // Once in the year, and once when it is over: that another quarter has passed shows in the open notice.
        period: `R${fy}`,
        stage: isYearOver ? 'year_end' : 'unstarted',
        rank: isYearOver ? 1 : 0,
        item: name,
        unit: '円',
        actual: 0,
        target: amountYen,
        due: periodEnd(ended),
        source,
        version: [said, amountYen].join('|'),
        text: `${formatBranch(branch)}の予算 ${itemName(line)}（${formatReminderNumber(amountYen)}円）は、${said}（${formatSource(source)}）`,
        line: `${brief(name, 40)}　予算 ${formatReminderNumber(amountYen)}円`,
        detail: said,
      },
    ),
  ];
}

/** What is known, and since when nothing more is: the report may be older than the quarter that has ended. */
function reportedAs({ fileMonths }: Situation, line: BudgetLine, ended: ReportingPeriod): string {
  const months = fileMonths.get(line.source.file) ?? 0;
  const month = months - line.fy * 12;
  if (month < 1 || month > 12) return '資料では未着手です。時点は資料から分かりません。';
  const asOf = `${((month + 2) % 12) + 1}月時点の報告では未着手`;
  return months >= ended.fy * 12 + ended.quarter * 3
    ? `${asOf}です。`
    : `${asOf}です。その後、予算の報告はありません。`;
}

function over(situation: Situation, line: BudgetLine): Reminder[] {
  const { branch, fy, section, name, amountYen, executedYen: executed, source } = line;
  if (executed === null || executed <= amountYen) return [];
  const gap = executed - amountYen;
  const id = hashOf(section, name);
  const isYearOver = fy < situation.fy;
  const spent = `${executed}|${amountYen}`;
  // That the year is over is news, and the last of it: what a person has dealt with stays so.
  const version = isYearOver ? `${spent}|year_end` : spent;
  const decision = situation.decisions.get(['budget_over', branch, fy, id, 'branch'].join('|'));
  if (decision?.decision === 'done' && decision.version?.replace('|year_end', '') === spent) return [];
  const quarter = periodOfDay(situation.today);
  // As the column is headed: it holds contracts and what is planned to be spent beside what was spent.
  const amount = '執行（予定）額';
  const far = `予算額${formatReminderNumber(amountYen)}円を${formatReminderNumber(gap)}円上回っています。`;
  return [
    dueItem(
      situation,
      { id, occurrence: String(executed) },
      {
        kind: 'budget_over',
        branch,
        fy,
        period: periodCode(quarter),
        stage: isYearOver ? 'year_end' : 'over',
        rank: quarter.fy * 4 + quarter.quarter,
        item: name,
        unit: '円',
        actual: executed,
        expected: amountYen,
        target: amountYen,
        gap,
        source,
        version,
        text: `${formatBranch(branch)}の予算 ${itemName(line)}は、${amount}${formatReminderNumber(executed)}円が${far}（${formatSource(source)}）`,
        line: `${brief(name, 40)}　${amount} ${formatReminderNumber(executed)}円／予算 ${formatReminderNumber(amountYen)}円　▲${formatReminderNumber(gap)}円`,
        detail: '',
      },
    ),
  ];
}
