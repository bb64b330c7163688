import { z } from 'zod';
import { Role } from '../model/member.ts';
import { KPI_FIELDS } from './views/kpi-form.ts';
import { PICKERS } from './views/pickers.ts';
import { ROLE_FIELDS } from './views/role-form.ts';

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
export function viewedChannel({ context }: Pick<HomeOpened, 'context'>): string | null {
  for (const { type, value } of context?.entities ?? []) {
    if (type === 'slack#/types/channel_id' && typeof value === 'string') return value;
    const message = type === 'slack#/types/message_context' ? InChannel.safeParse(value) : null;
    if (message?.success) return message.data.channel_id;
  }
  return null;
}

/** What a view of planbot's keeps in its private_metadata. */
export const ViewMemory = z.strictObject({
  /** Where it was opened from, to share answers in; null where that is no channel. */
  channel: z.string().min(1).nullable(),
});
export type ViewMemory = z.infer<typeof ViewMemory>;

/** Text of planbot's own that comes back from Slack. */
export const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

const User = z.object({ id: z.string().min(1) });
const PickedOption = z.object({ value: z.string().min(1) });
const Picked = z.object({ selected_option: PickedOption.nullish() });

export const KpiFormSubmission = z.object({
  user: User,
  trigger_id: z.string().min(1),
  view: z.object({
    private_metadata: Json.pipe(ViewMemory),
    state: z.object({
      values: z.object({
        [KPI_FIELDS.branch]: z.object({ [PICKERS.branch]: Picked }),
        [KPI_FIELDS.indicator]: z.object({ [PICKERS.indicator]: Picked }),
        [KPI_FIELDS.year]: z.object({ [PICKERS.year]: Picked }),
      }),
    }),
  }),
});
export type KpiFormSubmission = z.infer<typeof KpiFormSubmission>;

/** What is typed into a picker. */
export const PickerQuery = z.object({
  action_id: z.string(),
  value: z.string().max(500).default(''),
  view: z
    .object({
      state: z.object({ values: z.record(z.string(), z.record(z.string(), Picked)) }).optional(),
    })
    .optional(),
});
export type PickerQuery = z.infer<typeof PickerQuery>;

/** A click in a modal that shows an answer. */
export const ModalClick = z.object({
  user: User,
  view: z.object({ id: z.string().min(1), private_metadata: Json.pipe(ViewMemory) }),
  actions: z.array(z.object({ value: z.string().min(1).max(2_000), action_ts: z.string().min(1) })).min(1),
});
export type ModalClick = z.infer<typeof ModalClick>;

/** A shortcut of a message's menu. */
export const MessageShortcut = z.object({
  user: User,
  channel: z.object({ id: z.string().min(1) }),
  trigger_id: z.string().min(1),
  message: z.object({ text: z.string().default(''), user: z.string().optional() }),
});
export type MessageShortcut = z.infer<typeof MessageShortcut>;

/** What somebody chose in their Home tab. */
export const HomeChoice = z.object({
  user: User,
  /** Absent in the Home tab. */
  channel: z.object({ id: z.string().min(1) }).optional(),
  trigger_id: z.string().min(1),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string(),
        value: z.string().max(2_000).nullish(),
        selected_option: PickedOption.nullish(),
        selected_options: z.array(PickedOption).nullish(),
      }),
    )
    .min(1),
});
export type HomeChoice = z.infer<typeof HomeChoice>;

export const RoleSubmission = z.object({
  user: User,
  view: z.object({
    state: z.object({
      values: z.object({
        [ROLE_FIELDS.user]: z.object({
          [ROLE_FIELDS.user]: z.object({ selected_user: z.string().nullish() }),
        }),
        [ROLE_FIELDS.role]: z.object({
          [ROLE_FIELDS.role]: z.object({ selected_option: z.object({ value: Role }).nullish() }),
        }),
        [ROLE_FIELDS.branches]: z.object({
          [ROLE_FIELDS.branches]: z.object({ selected_options: z.array(PickedOption).nullish() }),
        }),
      }),
    }),
  }),
});
export type RoleSubmission = z.infer<typeof RoleSubmission>;
