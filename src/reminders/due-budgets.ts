import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { Quarter } from '../model/fiscal-year.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  formatPeriod,
  periodCode,
  periodEnd,
  periodOfDay,
  previousPeriod,
  type ReportingPeriod,
} from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { dueItem, hashOf } from './due-item.ts';
import type { Situation } from './situation.ts';
import { brief, number } from './wording.ts';

/** Items that nobody has begun late in the year, and items that cost more than planned. */
export function findBudgets(situation: Situation): Reminder[] {
  const current = situation.budgets.filter(({ fy }) => fy === situation.fy);
  const ended = previousPeriod(periodOfDay(situation.today));
  const from = situation.catalogue.calendar.budget_unstarted_after_quarter as Quarter;
  const isLate = ended.fy === situation.fy && ended.quarter >= from;
  return current.flatMap((line) => [
    ...(isLate && line.status === '未着手' ? [unstarted(situation, line, ended)] : []),
    ...(line.executedYen !== null && line.executedYen > line.amountYen
      ? [over(situation, line, line.executedYen)]
      : []),
  ]);
}

function nameOf({ name, section }: BudgetLine): string {
  return section === '' ? brief(name) : `${brief(section, 40)}「${brief(name)}」`;
}

function unstarted(situation: Situation, line: BudgetLine, ended: ReportingPeriod): Reminder {
  const { branch, fy, section, name, amountYen, source } = line;
  const text = `${formatBranch(branch)}の予算 ${nameOf(line)}（${number(amountYen)}円）は、${formatPeriod(ended)}が終わっても未着手と報告されています。（${formatSource(source)}）`;
  return dueItem(
    situation,
    { id: hashOf(section, name) },
    {
      kind: 'budget_unstarted',
      branch,
      fy,
      period: periodCode(ended),
      stage: 'unstarted',
      rank: ended.quarter,
      item: name,
      unit: '円',
      actual: 0,
      target: amountYen,
      due: periodEnd(ended),
      source,
      text,
    },
  );
}

function over(situation: Situation, line: BudgetLine, executed: number): Reminder {
  const { branch, fy, section, name, amountYen, source } = line;
  const gap = executed - amountYen;
  const text = `${formatBranch(branch)}の予算 ${nameOf(line)}は、執行額${number(executed)}円が予算額${number(amountYen)}円を${number(gap)}円上回っています。（${formatSource(source)}）`;
  return dueItem(
    situation,
    { id: hashOf(section, name), version: String(executed) },
    {
      kind: 'budget_over',
      branch,
      fy,
      period: `R${fy}`,
      stage: 'over',
      rank: 0,
      item: name,
      unit: '円',
      actual: executed,
      expected: amountYen,
      target: amountYen,
      gap,
      source,
      text,
    },
  );
}
