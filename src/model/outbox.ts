import { z } from 'zod';
import type { IsoDay } from './calendar-day.ts';
import type { Audience, Ending, Reminder } from './reminder.ts';

/** Text, or the id of a user, user group or channel that is shown by its name. Text never becomes a mention. */
export const Word = z.union([
  z.strictObject({ text: z.string().min(1) }),
  z.strictObject({ id: z.string().regex(/^[UWSCG][A-Z0-9]+$/) }),
]);
export type Word = z.infer<typeof Word>;

/** What a message says besides the reminders in it. */
export const OutboxContent = z.discriminatedUnion('type', [
  /** What is due for one branch; its reminders are kept beside it. */
  z.strictObject({ type: z.literal('notice'), notes: z.array(z.string()) }),
  /** The state of all branches for the head office: counts, then one line a branch, worst first. */
  z.strictObject({
    type: z.literal('digest'),
    title: z.string(),
    counts: z.array(z.string()),
    lines: z.array(z.string()),
  }),
  /** A word in the thread of a message, or on its own; `call` names those in charge, or the head of the branch. */
  z.strictObject({
    type: z.literal('word'),
    words: z.array(Word).min(1),
    call: z.enum(['in_charge', 'head']).optional(),
  }),
]);
export type OutboxContent = z.infer<typeof OutboxContent>;

/**
 * waiting → claimed (one process has it) → posting (its request may have left) → sent. `unclear`: Slack's answer
 * and history tell neither; asked again from time to time. `withdrawn`: nothing was left to say.
 */
export const OutboxState = z.enum(['waiting', 'claimed', 'posting', 'sent', 'unclear', 'withdrawn']);
export type OutboxState = z.infer<typeof OutboxState>;

/** What became of a message after it was sent. */
export const FollowUp = z.enum(['open', 'acknowledged', 'snoozed', 'resolved']);
export type FollowUp = z.infer<typeof FollowUp>;

export interface OutboxMessage {
  id: number;
  /** Unique; goes with the message as metadata. */
  key: string;
  /** Who alone reads it, as a direct message, where it repeats another; a user's id. */
  reader: string | null;
  /** The message that people act on: its own id, or the one that it repeats. */
  subject: number;
  audience: Audience;
  branch: string;
  content: OutboxContent;
  state: OutboxState;
  attempts: number;
  /** How many recipients were tried in vain. */
  route: number;
  /** Why the last attempt failed; null where none did. */
  fault: string | null;
  /** Where it stands, or was last tried. */
  channel: string | null;
  ts: string | null;
  createdAt: Date;
  /** The channel or user that it went to, where `channel` is the direct message with them. */
  recipient: string | null;
  /** Its parent's place in Slack and whom that was for, for a word in a thread. */
  thread: { channel: string; ts: string; recipient: string | null } | null;
  followUp: FollowUp;
  followedBy: string | null;
  followedAt: Date | null;
  snoozedUntil: IsoDay | null;
  /** Who took it over: a user's id. */
  assignee: string | null;
  escalatedAt: Date | null;
  version: number;
  /** The last reminder of each of its series, those of its thread included. */
  items: OutboxItem[];
}

export interface OutboxItem {
  reminder: Reminder;
  resolvedAt: Date | null;
  /** It was not mended: a newer message says it anew. */
  isReplaced: boolean;
  /** Null while it is open, where it is replaced, and of what ended before endings were kept. */
  ending: Ending | null;
}

const ENDINGS: Record<Ending, string> = {
  mended: '解消',
  reported: '報告済み',
  told: '報告で確認',
  judged: '判定済み',
  decided: '済み',
  corrected: '訂正',
  withdrawn: '取り下げ',
  over: '期間終了',
};

/** What only ran out or was taken back was not done. */
export function endMark({ isReplaced, ending }: OutboxItem): string {
  if (isReplaced) return '→';
  return ending === 'over' || ending === 'withdrawn' || ending === null ? '―' : '✓';
}

/** Only what was mended is called so; what a newer message goes on with was not. */
export function closingWord(items: readonly OutboxItem[]): string {
  const words = new Set(items.map(({ isReplaced, ending }) => wordOf(isReplaced ? 'replaced' : ending)));
  const [only = '終了'] = words;
  return words.size === 1 ? only : '終了';
}

function wordOf(ending: Ending | 'replaced' | null): string {
  if (ending === null) return '終了';
  return ending === 'replaced' ? '新しいお知らせに続きます' : ENDINGS[ending];
}
