import { z } from 'zod';

/** The fields that planbot reads; Slack sends more. */
export const IncomingMessage = z.object({
  channel: z.string().min(1),
  /** im, channel, group, mpim; app_mention events have none. */
  channel_type: z.string().optional(),
  ts: z.string().min(1),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  /** Present where the event tells of an edit. */
  edited: z.unknown().optional(),
});
export type IncomingMessage = z.infer<typeof IncomingMessage>;

/** The envelope of an event: the same id in every delivery. */
export const EventEnvelope = z.object({ event_id: z.string().min(1) });

export const Click = z.object({
  user: z.object({ id: z.string().min(1) }),
  channel: z.object({ id: z.string().min(1) }),
  container: z.object({ is_ephemeral: z.boolean().default(false) }),
  /** Absent for a private message. */
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ value: z.string().min(1).max(2_000), action_ts: z.string().min(1) })).min(1),
});
export type Click = z.infer<typeof Click>;

export const Command = z.object({
  text: z.string().default(''),
  user_id: z.string().min(1),
  channel_id: z.string().min(1),
  trigger_id: z.string().min(1),
});
export type Command = z.infer<typeof Command>;

export const HomeOpened = z.object({
  user: z.string().min(1),
  channel: z.string().min(1),
  /** home, messages. */
  tab: z.string(),
});
