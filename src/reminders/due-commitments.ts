import { formatBranch } from '../model/branch.ts';
import { addBusinessDays } from '../model/business-day.ts';
import { dayOf, formatDay, type IsoDay, lastDayOfMonth } from '../model/calendar-day.ts';
import type { Commitment } from '../model/measure.ts';
import type { Reminder } from '../model/reminder.ts';
import { reportDeadline } from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { dueItem, hashOf } from './due-item.ts';
import { isBeforeStart, monthNumberOf, type Situation } from './situation.ts';
import { brief } from './wording.ts';

/** Promises that come due this month, what is promised for every month, and promises whose day has passed unreported. */
export function findCommitments(situation: Situation): Reminder[] {
  const items = new Map<string, Reminder>();
  for (const commitment of situation.commitments) {
    const item = reminderOf(situation, commitment);
    // Measures that share a promise print it each.
    if (item !== null && !items.has(item.key)) items.set(item.key, item);
  }
  return [...items.values()];
}

/** A promise for the first days of a month is told of before. */
const AHEAD_BUSINESS_DAYS = 2;

type Stage = 'due' | 'overdue' | 'monthly';

function stageOf(
  situation: Situation,
  { branch, fy, from, everyMonths }: Commitment,
  to: IsoDay,
): Stage | null {
  const { today, catalogue } = situation;
  if (everyMonths !== undefined) return from <= today && today <= to ? 'monthly' : null;
  const firstOfMonth = `${to.slice(0, 7)}-01`;
  const ahead = addBusinessDays(to, -AHEAD_BUSINESS_DAYS);
  const begins = ahead < firstOfMonth ? ahead : firstOfMonth;
  if (today < begins) return null;
  if (today <= to) return 'due';
  const isForgotten = today > reportDeadline({ fy, quarter: 4 }, catalogue.calendar);
  return isForgotten || isBeforeStart(situation, branch, to) ? null : 'overdue';
}

/** Line numbers move when a document comes anew; words and day do not. */
export function commitmentId({ text, to }: Pick<Commitment, 'text' | 'to'>): string {
  return hashOf(text, to);
}

function reminderOf(situation: Situation, commitment: Commitment): Reminder | null {
  const { branch, fy, text, subject, everyMonths, source } = commitment;
  const id = commitmentId(commitment);
  const decision = situation.decisions.get(['commitment', branch, fy, id, 'branch'].join('|'));
  if (decision?.decision === 'done' || decision?.decision === 'cancelled') return null;
  const to = decision?.due ?? commitment.to;
  const stage = stageOf(situation, commitment, to);
  if (stage === null) return null;
  const due = stage === 'monthly' ? turnOf(commitment, situation.today) : to;
  const name = subject ?? brief(text.replace(/(?:とともに)?。?$/, ''));
  const words = WORDS[stage](due, everyMonths ?? 1);
  const place = placeOf(commitment);
  return dueItem(
    situation,
    { id, occurrence: due },
    {
      kind: stage === 'overdue' ? 'commitment_overdue' : 'commitment_due',
      branch,
      fy,
      // Of what is overdue once is enough; what comes every month comes with its month.
      period: due.slice(0, 7),
      stage,
      rank: monthNumberOf(due) * 10 + (stage === 'overdue' ? 1 : 0),
      item: text,
      due,
      source,
      version: due,
      // What is overdue in the middle of a month waits for company until the month has ended.
      isCompanion:
        stage === 'monthly' || (stage === 'overdue' && situation.today.slice(0, 7) === due.slice(0, 7)),
      text: `${formatBranch(branch)}の予定「${name}」${place}は${words.sentence}。（${formatSource(source)}）`,
      line: `${name}　${words.day}`,
      detail: subject === undefined ? placeOf(commitment).replace(/^（|）$/g, '') : brief(text),
    },
  );
}

const WORDS: Record<Stage, (due: IsoDay, every: number) => { sentence: string; day: string }> = {
  due: (due) => ({ sentence: `${formatDay(due)}が期限です`, day: `期限 ${formatDay(due)}` }),
  overdue: (due) => ({
    sentence: `期限の${formatDay(due)}を過ぎていますが、その後の報告がありません`,
    day: `期限 ${formatDay(due)}を過ぎ、その後の報告がありません`,
  }),
  monthly: (due, every) => {
    const often = every === 1 ? '毎月の予定' : `${every}か月に1回の予定`;
    return {
      sentence: `${often}です（今回は${formatDay(due)}まで）`,
      day: `${often}（今回は${formatDay(due)}まで）`,
    };
  },
};

/** The end of the turn that runs: of what is done every two months from April, of April and May. */
function turnOf({ from, to, everyMonths = 1 }: Commitment, today: IsoDay): IsoDay {
  const since = monthNumberOf(today) - monthNumberOf(from);
  const { year, month } = dayOf(from);
  const end = lastDayOfMonth(year, month + Math.floor(since / everyMonths) * everyMonths + everyMonths - 1);
  return end < to ? end : to;
}

/** The measure that it stands under, as its own words often do not say: 「7月稼働予定」. */
function placeOf({ section, number, text }: Commitment): string {
  const heading = section.at(-1) ?? '';
  return heading === '' || text.startsWith(heading) ? '' : `（${brief(`${heading} ${number}`.trim(), 40)}）`;
}
