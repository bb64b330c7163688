import { formatBranch } from '../model/branch.ts';
import { addBusinessDays, lastBusinessDayOfMonth } from '../model/business-day.ts';
import { addDays, dayOf, formatDay, type IsoDay } from '../model/calendar-day.ts';
import {
  beginsWithin,
  type CommitmentState,
  commitmentId,
  commitmentName,
  commitmentYear,
  distinctCommitments,
  isOverdue,
  isPending,
  saysMore,
} from '../model/commitments.ts';
import { brief, quoted } from '../model/figure-words.ts';
import { CONTRACT_END, type Commitment } from '../model/measure.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  monthNumberOf,
  periodCode,
  periodEnd,
  periodOfDay,
  previousPeriod,
  reportDeadline,
} from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { dueItem } from './due-item.ts';
import { isBeforeStart, type Situation } from './situation.ts';

/** Promises of this quarter, what is promised for every month, and promises whose day has passed. */
export function findCommitments(situation: Situation): Reminder[] {
  return distinctCommitments(situation.commitments).flatMap((state) => reminderOf(situation, state) ?? []);
}

/** What is due in a quarter's first days is told of in the quarter before. */
const AHEAD_BUSINESS_DAYS = 2;

type Stage = 'due' | 'overdue' | 'year_end' | 'monthly';

function stageOf(situation: Situation, state: CommitmentState): Stage | null {
  const { commitment, day } = state;
  const { branch, fy, from, everyMonths } = commitment;
  const { today, catalogue } = situation;
  if (!isPending(state)) return null;
  if (everyMonths !== undefined) return from <= today && today <= day ? 'monthly' : null;
  if (today < quarterStart(addBusinessDays(day, -AHEAD_BUSINESS_DAYS, catalogue.calendar))) return null;
  if (!isOverdue(state, today)) return 'due';
  const year = commitmentYear({ fy }, day);
  const isForgotten = today > reportDeadline({ fy: year, quarter: 4 }, catalogue.calendar);
  if (isForgotten || isBeforeStart(situation, branch, day)) return null;
  // Once more when the year is over: after its last report is due nobody asks for it.
  return year < situation.fy ? 'year_end' : 'overdue';
}

function quarterStart(day: IsoDay): IsoDay {
  return addDays(periodEnd(previousPeriod(periodOfDay(day))), 1);
}

/** From the first of its month, or a few business days before. */
function isNear({ today, catalogue }: Situation, to: IsoDay): boolean {
  const near = addBusinessDays(to, -AHEAD_BUSINESS_DAYS, catalogue.calendar);
  return today >= `${to.slice(0, 7)}-01` || today >= near;
}

/**
 * All of a quarter's promises come together when it begins. What a person gave a day to stands in no document's
 * list: it goes along with what comes, and speaks up when its day is near. What is overdue waits for company until
 * the next quarter begins.
 */
function goesAlong(situation: Situation, stage: Stage, due: IsoDay, isSetByStaff: boolean): boolean {
  if (stage === 'monthly') return true;
  if (stage === 'overdue') return periodCode(periodOfDay(situation.today)) === periodCode(periodOfDay(due));
  return isSetByStaff && !isNear(situation, due);
}

function reminderOf(situation: Situation, state: CommitmentState): Reminder | null {
  const { commitment, day, isSetByStaff } = state;
  const { branch, fy, text, subject, source } = commitment;
  const stage = stageOf(situation, state);
  if (stage === null) return null;
  const id = commitmentId(commitment);
  const due = stage === 'monthly' ? turnOf(state, situation) : day;
  const name = commitmentName(commitment);
  const words = timeWords(state, stage, due);
  const place = placeOf(commitment);
  const isLate = stage === 'overdue' || stage === 'year_end';
  return dueItem(
    situation,
    { id, occurrence: due },
    {
      kind: isLate ? 'commitment_overdue' : 'commitment_due',
      branch,
      fy,
      // Of what is overdue once is enough; what comes every month comes with its month.
      period: due.slice(0, 7),
      stage,
      rank: monthNumberOf(due) * 10 + RANKS[stage],
      item: text,
      due,
      source,
      version: isLate ? [due, stage, ...(state.outcome === 'not_done' ? ['not_done'] : [])].join('|') : due,
      isCompanion: goesAlong(situation, stage, due, isSetByStaff),
      text: `${formatBranch(branch)}の予定${quoted(brief(name))}${place}は${words.sentence}。（${formatSource(source)}）`,
      line: `${brief(name)}　${words.day}`,
      // What is the same for all that are late stands once below them.
      detail: words.small ?? (saysMore(commitment) ? brief(text.replace(`：${subject}`, '')) : ''),
    },
  );
}

const RANKS: Record<Stage, number> = { due: 0, monthly: 0, overdue: 1, year_end: 2 };
const UNKNOWN = '実施したという報告はありません';
const NOT_RENEWED = '更新したかどうかの報告はありません';
const NOT_DONE = 'その後の報告では、実施していないとのことです';

/** What is said of the time of a promise, standing alone, and in its line with what stands small below it. */
function timeWords(
  state: CommitmentState,
  stage: Stage,
  due: IsoDay,
): { sentence: string; day: string; small?: string } {
  const { subject, everyMonths: every = 1 } = state.commitment;
  if (stage === 'monthly') {
    const often = `${every === 1 ? '毎月' : `${every}か月に1回`}の予定`;
    const turn = `（今回は${formatDay(due)}まで）`;
    return { sentence: `${often}です${turn}`, day: `${often}${turn}` };
  }
  // 7月から: it begins in a month, and no day is its last.
  const from = beginsWithin(state) ? `${dayOf(due).month}月からの予定` : null;
  const day = from ?? `期限 ${formatDay(due)}`;
  if (stage === 'due') return { sentence: from ? `${from}です` : `${formatDay(due)}が期限です`, day };
  const isContract = subject?.endsWith(CONTRACT_END) ?? false;
  const known = isContract ? NOT_RENEWED : state.outcome === 'not_done' ? NOT_DONE : UNKNOWN;
  const small = `${stage === 'year_end' ? '年度は終わりました。' : ''}${known}`;
  const past = from ? `${from}でした` : `期限の${formatDay(due)}を過ぎました`;
  return { sentence: `${past}。${small}`, day, small: `${small}。` };
}

/**
 * The end of the turn that runs: what a report of June says is done every two months is due by the end of August; what
 * is done every quarter or half-year is due with those of the fiscal year.
 */
function turnOf({ commitment, statedIn }: CommitmentState, { today, catalogue }: Situation): IsoDay {
  const { fy, from, to, when, everyMonths = 1 } = commitment;
  const first = when.includes('半期') ? fy * 12 + 1 : Math.max(monthNumberOf(from), statedIn + 1);
  const turns = Math.floor((monthNumberOf(today) - first) / everyMonths);
  const left = first + (turns + 1) * everyMonths - 1 - monthNumberOf(today);
  const { year, month } = dayOf(today);
  const end = lastBusinessDayOfMonth(year, month + left, catalogue.calendar);
  return end < to ? end : to;
}

/** The measure that it stands under, as its own words often do not say: 「7月稼働予定」. */
function placeOf({ section, number, text }: Commitment): string {
  const [own = '', above = ''] = section.map((words) => words.replace(NUMBERED, '')).reverse();
  // 被保険者 alone says little.
  const heading = own !== '' && own.length < SAYS_LITTLE && above !== '' ? `${above}・${own}` : own;
  return own === '' || text.startsWith(own) ? '' : `（${brief(`${heading} ${number}`.trim(), 40)}）`;
}

const SAYS_LITTLE = 6;
const NUMBERED = /^[(（]?(?:\d+|[Ⅰ-Ⅻⅰ-ⅻ])[)）.．]\s*/;
