import { addBusinessDays, type OfficeDays } from '../model/business-day.ts';
import { formatDay, type IsoDay, isoDayInTokyo } from '../model/calendar-day.ts';
import type { OutboxMessage, Word } from '../model/outbox.ts';
import type { Decision, Reminder } from '../model/reminder.ts';
import type { Outbox } from '../store/outbox-store.ts';
import type { Change, DueTransaction } from '../store/outbox-transaction.ts';
import { worstFirst } from './due.ts';
import { addWord } from './settle-open.ts';

export interface FollowUpAction {
  /** The outbox's number of the message: known before Slack has said where it stands. */
  messageId: number;
  /** Who did it; a user's id. */
  by: string;
  now: Date;
}

/** `done`, or why not: the message is none of ours, or there is nothing open in it any more. */
export type FollowUpResult = 'done' | 'unknown_message' | 'resolved' | 'past_day';

/** What a person says of one thing in a message; a day is given where it is moved, and must lie ahead. */
interface FollowUpDecision {
  series: string;
  decision: Exclude<Decision, 'acknowledged'>;
  due?: IsoDay;
}

/** What people do with a message; each act shows in the message and in its thread. */
export interface FollowUps {
  acknowledge(act: FollowUpAction): Promise<FollowUpResult>;
  /** Until a day, on which the message comes back; that day must lie ahead. */
  snooze(act: FollowUpAction, until: IsoDay): Promise<FollowUpResult>;
  reassign(act: FollowUpAction, assignee: string): Promise<FollowUpResult>;
  /** Ends the reminder of one thing, or moves its day. */
  decide(act: FollowUpAction, verdict: FollowUpDecision): Promise<FollowUpResult>;
  /** What was decided by mistake holds no more: the thing is open again in its message. */
  takeBack(act: FollowUpAction, series: string): Promise<FollowUpResult>;
  /** All that is open in a message, with how figures are computed and where they stand, in its thread. */
  explain(act: FollowUpAction): Promise<FollowUpResult>;
}

export function createFollowUps(outbox: Outbox): FollowUps {
  return {
    acknowledge: (act) =>
      follow(outbox, act, async (message, { add, change, trx }) => {
        if (message.followUp === 'acknowledged') return;
        for (const { reminder, resolvedAt } of message.items) {
          const { series, version } = reminder;
          const isDecided = trx.decisions.some(
            (own) => own.series === series && own.decision !== 'acknowledged',
          );
          if (resolvedAt !== null || isDecided) continue;
          await trx.decide({ series, decision: 'acknowledged', version, due: null }, act.by, act.now);
        }
        await change({ followUp: 'acknowledged', by: act.by });
        await add('acknowledged', [{ id: act.by }, { text: 'さんが確認しました。' }]);
      }),
    snooze: async (act, until) => {
      if (until <= isoDayInTokyo(act.now)) return 'past_day';
      return follow(outbox, act, async (_, { add, change }) => {
        await change({ followUp: 'snoozed', by: act.by, snoozedUntil: until });
        await add('snoozed', [{ id: act.by }, { text: `さんが${formatDay(until)}まで延期しました。` }]);
      });
    },
    reassign: (act, assignee) =>
      follow(outbox, act, async (_, { add, change }) => {
        await change({ assignee });
        const handed = [
          { id: act.by },
          { text: 'さんが担当を' },
          { id: assignee },
          { text: 'さんに変えました。' },
        ];
        await add('assignee', handed);
      }),
    decide: async (act, verdict) => {
      const { due = null, decision } = verdict;
      if (decision === 'moved' && (due === null || due <= isoDayInTokyo(act.now))) return 'past_day';
      return follow(outbox, act, (message, story) => decide(message, verdict, act, story));
    },
    takeBack: (act, series) =>
      follow(outbox, act, (message, story) => takeBack(message, series, act, story), { isOverToo: true }),
    explain: (act) =>
      follow(outbox, act, async (message, { trx }) => {
        const open = message.items.filter(({ resolvedAt }) => resolvedAt === null);
        const texts = open
          .map(({ reminder }) => reminder)
          .sort(worstFirst)
          .map(({ text }) => `・${text}\n`);
        for (const [part, own] of partsOf(texts).entries()) {
          const name = `explained-${message.version}${part === 0 ? '' : `-${part}`}`;
          await addWord(trx, message, { name, words: own.map((text) => ({ text })) }, act.now);
        }
      }),
  };
}

/** Characters of one message: long lists go on in the next. */
const PART = 3_000;

function partsOf(texts: readonly string[]): string[][] {
  const parts: string[][] = [];
  let length = PART;
  for (const text of texts) {
    length += text.length;
    if (length > PART) {
      parts.push([]);
      length = text.length;
    }
    parts.at(-1)?.push(text);
  }
  return parts;
}

const DECIDED: Record<FollowUpDecision['decision'], (due: IsoDay | null) => string> = {
  done: () => '済みとしました',
  cancelled: () => '中止としました',
  moved: (due) => `${due === null ? '' : formatDay(due)}に変えました`,
};

/** The thing is over for this message: a promise that was moved comes again with its day. */
async function decide(
  { id, items }: OutboxMessage,
  { series, decision, due }: FollowUpDecision,
  { by, now }: FollowUpAction,
  { add, change, trx }: Story,
): Promise<void> {
  const open = items.filter(({ resolvedAt }) => resolvedAt === null);
  const item = open.find(({ reminder }) => reminder.series === series);
  if (!item) return;
  const { kind, version } = item.reminder;
  // Money that is spent on is news again.
  const holds = kind === 'budget_over' ? version : null;
  await trx.decide({ series, decision, version: holds, due: due ?? null }, by, now);
  await trx.endSeries(series, 'decided', now);
  await change(open.length === 1 ? { followUp: 'resolved', by } : {});
  const what = subjectOf(item.reminder);
  await add(`decided-${id}-${series}`, [
    { id: by },
    { text: `さんが「${what}」を${DECIDED[decision](due ?? null)}。` },
  ]);
}

/** Nothing where the thing is open, here or in a newer message. */
async function takeBack(
  { id, items, followUp, version }: OutboxMessage,
  series: string,
  { by }: FollowUpAction,
  { add, change, trx }: Story,
): Promise<void> {
  const item = items.find(({ reminder, ending }) => reminder.series === series && ending === 'decided');
  const isOpen = (await trx.knownItems([series])).some((known) => known.series === series && known.isOpen);
  if (!item || isOpen) return;
  await trx.undecide(series);
  await trx.reopenItem(item.reminder.key);
  await change(followUp === 'resolved' ? { followUp: 'open' } : {});
  const words = `さんが「${subjectOf(item.reminder)}」の操作を取り消しました。`;
  await add(`taken-back-${id}-${series}-${version}`, [{ id: by }, { text: words }]);
}

/** What the line of a thing says before its figures and days. */
function subjectOf({ line, text }: Reminder): string {
  return (line === '' ? text : line).split('　')[0] ?? '';
}

/** 明日 and 来週 of the choices: business days, since nothing is sent on others. */
export function snoozeDay(choice: 'tomorrow' | 'next_week', now: Date, days: OfficeDays): IsoDay {
  return addBusinessDays(isoDayInTokyo(now), choice === 'tomorrow' ? 1 : 5, days);
}

interface Story {
  add(name: string, words: Word[]): Promise<void>;
  change(change: Change): Promise<void>;
  trx: DueTransaction;
}

async function follow(
  outbox: Outbox,
  { messageId, by, now }: FollowUpAction,
  work: (message: OutboxMessage, story: Story) => Promise<void>,
  { isOverToo = false } = {},
): Promise<FollowUpResult> {
  // Read where it is changed: two people may act at the same moment.
  return outbox.withDue(async (trx) => {
    const message = await trx.message(messageId);
    if (message === null) return 'unknown_message';
    if (message.followUp === 'resolved' && !isOverToo) return 'resolved';
    const told: string[] = [];
    await work(message, {
      async add(name, words) {
        told.push(words.map((word) => ('id' in word ? word.id : word.text)).join(' '));
        await addWord(trx, message, { name: `${name}-${message.version}`, words }, now);
      },
      change: (change) => trx.change(message.id, change, now),
      trx,
    });
    for (const detail of told) {
      await trx.appendAudit({ action: 'reminder_followed', actor: by, subject: message.branch, detail }, now);
    }
    return 'done';
  });
}
