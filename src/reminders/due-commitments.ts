import { formatBranch } from '../model/branch.ts';
import { dayOf, formatDay, type IsoDay } from '../model/calendar-day.ts';
import { fiscalYearOf } from '../model/fiscal-year.ts';
import type { Commitment } from '../model/measure.ts';
import type { Reminder } from '../model/reminder.ts';
import { reportDeadline } from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { dueItem, hashOf } from './due-item.ts';
import { monthNumber, type Situation } from './situation.ts';
import { brief } from './wording.ts';

/** Promises that come due this month, and promises whose day has passed with no report since. */
export function findCommitments(situation: Situation): Reminder[] {
  const items = new Map<string, Reminder>();
  for (const commitment of situation.commitments) {
    const stage = stageOf(situation, commitment);
    if (stage === null) continue;
    const item = reminderOf(situation, commitment, stage);
    // Measures that share a promise print it each.
    if (!items.has(item.key)) items.set(item.key, item);
  }
  return [...items.values()];
}

type Stage = 'due' | 'overdue';

function stageOf(situation: Situation, { branch, fy, to }: Commitment): Stage | null {
  const { today, catalogue, reportedThrough } = situation;
  if (to >= today) {
    return monthOf(to) === monthOf(today) ? 'due' : null;
  }
  const isForgotten = today > reportDeadline({ fy, quarter: 4 }, catalogue.calendar);
  const dueMonth = monthNumber(fiscalYearOf(dayOf(to)), `${dayOf(to).month}月`) ?? 0;
  const isReported = (reportedThrough.get(branch) ?? 0) >= dueMonth;
  return isForgotten || isReported ? null : 'overdue';
}

function monthOf(day: IsoDay): string {
  return day.slice(0, 7);
}

function reminderOf(situation: Situation, commitment: Commitment, stage: Stage): Reminder {
  const { branch, fy, text, to, source } = commitment;
  const period = monthOf(situation.today);
  const day = stage === 'due' ? `${formatDay(to)}が期限です` : `期限の${formatDay(to)}を過ぎています`;
  const said = `予定「${brief(text)}」${placeOf(commitment)}は${day}`;
  const rest = stage === 'due' ? '' : 'が、その後の報告がありません';
  return dueItem(
    situation,
    { id: hashOf(text, to) },
    {
      kind: stage === 'due' ? 'commitment_due' : 'commitment_overdue',
      branch,
      fy,
      period,
      stage,
      rank: Number(period.replace('-', '')) * 10 + (stage === 'due' ? 0 : 1),
      item: text,
      due: to,
      source,
      text: `${formatBranch(branch)}の${said}${rest}。（${formatSource(source)}）`,
    },
  );
}

/** What a promise is about, as its own words often do not say: 「7月稼働予定」. */
function placeOf({ section, number, text }: Commitment): string {
  const heading = section.at(-1) ?? '';
  return heading === '' || text.startsWith(heading) ? '' : `（${brief(`${heading} ${number}`, 40)}）`;
}
