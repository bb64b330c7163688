import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { type Reminder, ReminderKind } from '../model/reminder.ts';
import { periodCode, reportingPeriod } from '../model/reporting-period.ts';
import { findBudgets } from './due-budgets.ts';
import { findCommitments } from './due-commitments.ts';
import { findFigures } from './due-figures.ts';
import { dueItem } from './due-item.ts';
import { findMissingReports } from './due-reports.ts';
import type { Situation } from './situation.ts';

/**
 * What is due at this moment, whether it was said before or not: reports first, then the worst of each kind. From
 * data and day alone: the same for the same situation, however often it is asked.
 */
export function findDue(situation: Situation): Reminder[] {
  const found = [
    ...findMissingReports(situation),
    ...findFigures(situation),
    ...findCommitments(situation),
    ...findBudgets(situation),
  ].sort(worstFirst);
  return [...found, ...findMissingOwners(situation, found)];
}

/** The gap as a share of what is expected: comparable between indicators. */
export function severity({ gap, expected }: Pick<Reminder, 'gap' | 'expected'>): number {
  return gap === null || !expected ? 0 : gap / Math.abs(expected);
}

/** Reports as they come; the worst gaps, the earliest days and the largest amounts first, never document order. */
export function worstFirst(one: Reminder, other: Reminder): number {
  if (one.kind !== other.kind) return KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind);
  if (one.kind.startsWith('kpi_')) return severity(other) - severity(one);
  if (one.kind.startsWith('budget_')) return (other.gap ?? other.target ?? 0) - (one.gap ?? one.target ?? 0);
  return one.kind.startsWith('commitment_') ? (one.due ?? '').localeCompare(other.due ?? '') : 0;
}

const KINDS = ReminderKind.options;

/** A branch with something due and nobody to tell. */
function findMissingOwners(situation: Situation, found: readonly Reminder[]): Reminder[] {
  const unsent = found.filter(
    ({ branch, channel, audience }) => channel === null && audience === 'branch' && branch !== HEAD_OFFICE,
  );
  // What only goes along with others is no reason, and counts with them.
  const speaking = new Set(unsent.filter(({ isCompanion }) => !isCompanion).map(({ branch }) => branch));
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  return [...speaking].map((branch) => {
    const count = unsent.filter((one) => one.branch === branch).length;
    return dueItem(
      situation,
      { id: 'owner' },
      {
        kind: 'owner_missing',
        audience: 'head_office',
        branch,
        fy: period.fy,
        period: periodCode(period),
        stage: 'missing',
        rank: period.fy * 4 + period.quarter,
        text: `${formatBranch(branch)}に知らせることが${count}件ありますが、担当者とチャンネルが登録されていません。`,
        line: `${formatBranch(branch)}の担当者の登録`,
      },
    );
  });
}
