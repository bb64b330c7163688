import { z } from 'zod';

const Values = z.union([z.string().max(10_000), z.array(z.string().max(10_000)).max(100)]);
const Spot = {
  user: z.string(),
  actionId: z.string(),
  blockId: z.string(),
  /** A message by channel and ts, or a view by id. */
  channel: z.string().optional(),
  ts: z.string().optional(),
  viewId: z.string().optional(),
};
const OneMessage = { user: z.string(), channel: z.string(), ts: z.string() };
const Said = z.string().trim().min(1).max(12_000);

/** Where the clock is moved to: on by a business day or a week, to the next deadline, back to today, or to a day. */
const Move = z.union([z.enum(['business_day', 'week', 'deadline', 'today']), z.iso.date()]);
export type Move = z.infer<typeof Move>;

/** What the page's script may ask for. */
export const PageAction = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('say'),
    user: z.string(),
    channel: z.string(),
    text: Said,
    thread: z.string().nullable(),
    /** False: said to the people in a channel, not to the bot. */
    mention: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('click'), ...Spot, value: z.string().optional() }),
  z.strictObject({ kind: z.literal('select'), ...Spot, value: Values.nullable() }),
  z.strictObject({ kind: z.literal('suggest'), ...Spot, query: z.string().max(200) }),
  z.strictObject({
    kind: z.literal('submit'),
    user: z.string(),
    viewId: z.string(),
    values: z.record(z.string(), Values.nullable()),
  }),
  z.strictObject({
    kind: z.literal('close'),
    user: z.string(),
    viewId: z.string(),
    /** The × that closes every step of a form. */
    all: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('open'), user: z.string(), tab: z.enum(['home', 'messages']) }),
  z.strictObject({ kind: z.literal('edit'), ...OneMessage, text: Said }),
  z.strictObject({ kind: z.literal('delete'), ...OneMessage }),
  z.strictObject({
    kind: z.literal('react'),
    ...OneMessage,
    /** Without colons: x, +1. */
    name: z.string().regex(/^[a-z0-9_+-]{1,50}$/),
    remove: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('shortcut'),
    user: z.string(),
    callbackId: z.string(),
    /** Of the message whose menu it was taken from; absent for a global one. */
    channel: z.string().optional(),
    ts: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('clock'), user: z.string(), to: Move }),
  z.strictObject({ kind: z.literal('remove_document'), user: z.string(), name: z.string().min(1).max(1000) }),
]);
export type PageAction = z.infer<typeof PageAction>;

/** A channel in which something came, for the note after the clock was moved. */
export interface NewMessages {
  channel: string;
  name: string;
  count: number;
}

export interface ActResult {
  /** A short sentence for the person; null where all went well. */
  problem: string | null;
  /** Errors of a form's fields by block id. */
  errors?: Record<string, string>;
  /** Choices for what was typed. */
  options?: { label: string; value: string; group?: string }[];
  /** The thread in which the answer will come. */
  ts?: string;
  /** What a move of the clock brought about. */
  arrivals?: NewMessages[];
  note?: string;
}
