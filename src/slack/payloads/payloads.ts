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
  /** Of a file that is shared with others Slack tells the id alone. */
  files: z.array(z.object({ id: z.string().min(1), name: z.string().optional() })).optional(),
  /** Present where the event tells of an edit. */
  edited: z.unknown().optional(),
});
export type IncomingMessage = z.infer<typeof IncomingMessage>;

const Body = IncomingMessage.omit({ channel: true });

/** What every event comes in. */
export const EventBody = z.object({ event: z.looseObject({ type: z.enum(['message', 'app_mention']) }) });

/** The notice of an edit. */
export const EditedMessage = z.object({
  subtype: z.literal('message_changed'),
  channel: z.string().min(1),
  event_ts: z.string().min(1),
  message: Body,
  previous_message: Body,
});
export type EditedMessage = z.infer<typeof EditedMessage>;

/** The notice of a deletion. */
export const DeletedMessage = z.object({
  subtype: z.literal('message_deleted').optional(),
  channel: z.string().min(1),
  deleted_ts: z.string().min(1),
  previous_message: z
    .object({
      thread_ts: z.string().optional(),
      user: z.string().optional(),
      bot_id: z.string().optional(),
    })
    .optional(),
});
export type DeletedMessage = z.infer<typeof DeletedMessage>;

export const Reaction = z.object({
  user: z.string().min(1),
  reaction: z.string().min(1),
  /** Null for what is no message: a file. */
  item: z
    .object({ type: z.literal('message'), channel: z.string().min(1), ts: z.string().min(1) })
    .nullable()
    .catch(null),
});

export const Click = z.object({
  user: z.object({ id: z.string().min(1) }),
  channel: z.object({ id: z.string().min(1) }),
  container: z.object({ is_ephemeral: z.boolean().default(false), message_ts: z.string().default('') }),
  /** Absent for a private message. */
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ value: z.string().min(1).max(2_000), action_ts: z.string().min(1) })).min(1),
});
export type Click = z.infer<typeof Click>;

/** A click under an answer that stands in Slack. */
export const AnswerClick = z.object({
  user: z.object({ id: z.string().min(1) }),
  channel: z.object({ id: z.string().min(1) }),
  container: z.object({ message_ts: z.string().min(1) }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
});

export const SlashCommand = z.object({
  text: z.string().default(''),
  user_id: z.string().min(1),
  channel_id: z.string().min(1),
  trigger_id: z.string().min(1),
});
export type SlashCommand = z.infer<typeof SlashCommand>;

export const HomeOpened = z.object({
  user: z.string().min(1),
  channel: z.string().min(1),
  /** home, messages; older events have none. */
  tab: z.string().default('home'),
  /** What the person was looking at when they opened the agent's pane. */
  context: z
    .object({ entities: z.array(z.object({ type: z.string(), value: z.unknown() })).default([]) })
    .optional(),
});
export type HomeOpened = z.infer<typeof HomeOpened>;

const InChannel = z.object({ channel_id: z.string().min(1) });

/** The channel beside which the pane was opened; null where there was none. */
export function viewedChannel({ context }: HomeOpened): string | null {
  for (const { type, value } of context?.entities ?? []) {
    if (type === 'slack#/types/channel_id' && typeof value === 'string') return value;
    const message = type === 'slack#/types/message_context' ? InChannel.safeParse(value) : null;
    if (message?.success) return message.data.channel_id;
  }
  return null;
}
