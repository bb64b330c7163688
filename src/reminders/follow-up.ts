import { addBusinessDays } from '../model/business-day.ts';
import { formatDay, type IsoDay, isoDayInTokyo } from '../model/calendar-day.ts';
import type { OutboxMessage, Word } from '../model/outbox.ts';
import type { Outbox } from '../store/outbox-store.ts';
import type { Change } from '../store/outbox-transaction.ts';
import { addWord } from './settle-open.ts';

export interface Act {
  /** The outbox's number of the message: known before Slack has said where it stands. */
  messageId: number;
  /** Who did it; a user's id. */
  by: string;
  now: Date;
}

/** `done`, or why not: the message is none of ours, or there is nothing open in it any more. */
export type FollowUpResult = 'done' | 'unknown_message' | 'resolved' | 'past_day';

/** What people do with a message; each act shows in the message and in its thread. */
export interface FollowUps {
  acknowledge(act: Act): Promise<FollowUpResult>;
  /** Until a day, on which the message comes back; that day must lie ahead. */
  snooze(act: Act, until: IsoDay): Promise<FollowUpResult>;
  reassign(act: Act, assignee: string): Promise<FollowUpResult>;
}

export function createFollowUps(outbox: Outbox): FollowUps {
  return {
    acknowledge: (act) =>
      follow(outbox, act, async (message, { add, change }) => {
        if (message.followUp === 'acknowledged') return;
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
  };
}

/** 明日 and 来週 of the choices: business days, since nothing is sent on others. */
export function snoozeDay(choice: 'tomorrow' | 'next_week', now: Date): IsoDay {
  return addBusinessDays(isoDayInTokyo(now), choice === 'tomorrow' ? 1 : 5);
}

interface Story {
  add(name: string, words: Word[]): Promise<void>;
  change(change: Change): Promise<void>;
}

async function follow(
  outbox: Outbox,
  { messageId, by, now }: Act,
  work: (message: OutboxMessage, story: Story) => Promise<void>,
): Promise<FollowUpResult> {
  // Read where it is changed: two people may act at the same moment.
  return outbox.withDue(async (trx) => {
    const message = await trx.message(messageId);
    if (message === null) return 'unknown_message';
    if (message.followUp === 'resolved') return 'resolved';
    const told: string[] = [];
    await work(message, {
      async add(name, words) {
        told.push(words.map((word) => ('id' in word ? word.id : word.text)).join(' '));
        await addWord(trx, message, `${name}-${message.version}`, words, now);
      },
      change: (change) => trx.change(message.id, change, now),
    });
    for (const detail of told) {
      await trx.appendAudit({ action: 'reminder_followed', actor: by, subject: message.branch, detail }, now);
    }
    return 'done';
  });
}
