import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import type { Reminder } from '../model/reminder.ts';
import { periodCode } from '../model/reporting-period.ts';
import { findBudgets } from './due-budgets.ts';
import { findCommitments } from './due-commitments.ts';
import { findFiguresBehind } from './due-figures.ts';
import { dueItem } from './due-item.ts';
import { findMissingReports, reportingPeriod } from './due-reports.ts';
import { isReportMissing, lastDuePeriod, type Situation } from './situation.ts';

export interface Due {
  /** What is due at this moment, whether it was said before or not. Reports first, then as they come. */
  reminders: Reminder[];
  /** Series that still hold though they are not spoken of now: a missing report mutes a branch's figures. */
  muted: string[];
}

/** What is due, from data and day alone: the same for the same situation, however often it is asked. */
export function findDue(situation: Situation): Due {
  const lastDue = lastDuePeriod(situation);
  const behind = findFiguresBehind(situation);
  const isMuted = ({ branch }: Reminder) => isReportMissing(situation, branch, lastDue);
  const found = [
    ...findMissingReports(situation),
    ...behind.filter((item) => !isMuted(item)),
    ...findCommitments(situation),
    ...findBudgets(situation),
  ];
  return {
    reminders: [...found, ...findMissingOwners(situation, found)],
    muted: behind.filter(isMuted).map(({ series }) => series),
  };
}

/** A branch with something due and nobody to tell. */
function findMissingOwners(situation: Situation, found: readonly Reminder[]): Reminder[] {
  const counts = new Map<string, number>();
  for (const { branch, channel, audience } of found) {
    if (channel === null && audience === 'branch' && branch !== HEAD_OFFICE) {
      counts.set(branch, (counts.get(branch) ?? 0) + 1);
    }
  }
  const period = reportingPeriod(situation.today, situation.catalogue.calendar);
  return [...counts].map(([branch, count]) =>
    dueItem(
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
      },
    ),
  );
}
