import { z } from 'zod';

const Id = z.string().min(1);
const Named = z.object({ id: Id });

/** The fields that planbot reads; Slack sends more. */
export const IncomingMessage = z.object({
  channel: Id,
  /** im, channel, group, mpim; app_mention events have none. */
  channel_type: z.string().optional(),
  ts: Id,
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  /** Of a file that is shared with others Slack tells the id alone. */
  files: z.array(z.object({ id: Id, name: z.string().optional() })).optional(),
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
  channel: Id,
  event_ts: Id,
  message: Body,
  previous_message: Body,
});
export type EditedMessage = z.infer<typeof EditedMessage>;

/** The notice of a deletion. */
export const DeletedMessage = z.object({
  subtype: z.literal('message_deleted').optional(),
  channel: Id,
  deleted_ts: Id,
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
  user: Id,
  reaction: Id,
  /** Null for what is no message: a file. */
  item: z
    .object({ type: z.literal('message'), channel: Id, ts: Id })
    .nullable()
    .catch(null),
});

/** Text of planbot's own that comes back from Slack. */
export const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

const Option = z.object({ value: Id });

/** What a control holds: each kind of control has a field of its own for it. */
const Held = z.object({
  value: z.string().max(3_000).nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_date: z.iso.date().nullish(),
  selected_user: z.string().nullish(),
});

/** A form as it was filled in. Each block holds one control, and is read by the block's id. */
export class FormValues {
  readonly #values: Record<string, Record<string, z.infer<typeof Held>>>;

  constructor(values: Record<string, Record<string, z.infer<typeof Held>>>) {
    this.#values = values;
  }

  #held(block: string) {
    return Object.values(this.#values[block] ?? {})[0];
  }

  /** Text, or the chosen option, day or person; null where nothing was put in. */
  text(block: string): string | null {
    const { selected_option, selected_date, selected_user, value } = this.#held(block) ?? {};
    return (selected_option?.value ?? selected_date ?? selected_user ?? value ?? '').trim() || null;
  }

  many(block: string): string[] {
    return (this.#held(block)?.selected_options ?? []).map(({ value }) => value);
  }

  has(block: string): boolean {
    return block in this.#values;
  }

  startingWith(id: string): string | undefined {
    return Object.keys(this.#values).find((block) => block.startsWith(`${id}:`));
  }
}

const State = z
  .object({ values: z.record(z.string(), z.record(z.string(), Held)).default({}) })
  .prefault({})
  .transform(({ values }) => new FormValues(values));
const View = z.object({
  id: Id,
  hash: z.string().optional(),
  private_metadata: z.string().default(''),
  state: State,
});

/** A form that was sent off. */
export const Submission = z.object({ user: Named, trigger_id: z.string().default(''), view: View });
export type Submission = z.infer<typeof Submission>;

/** A button that was pressed, or a choice from a menu. */
export const Click = z.object({
  user: Named,
  trigger_id: z.string().default(''),
  /** Absent in views. */
  channel: Named.optional(),
  container: z
    .object({ is_ephemeral: z.boolean().default(false), message_ts: z.string().default('') })
    .prefault({}),
  /** Absent for a private message. */
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  actions: z.tuple([Held.extend({ block_id: z.string().default(''), action_ts: Id })], z.unknown()),
});
export type Click = z.infer<typeof Click>;

/** One in a message. */
export const MessageClick = Click.extend({ channel: Named });
export type MessageClick = z.infer<typeof MessageClick>;

/** One in a view. */
export const ViewClick = Click.extend({ view: View });
export type ViewClick = z.infer<typeof ViewClick>;

export const SlashCommand = z.object({
  text: z.string().default(''),
  user_id: Id,
  channel_id: Id,
  trigger_id: Id,
});
export type SlashCommand = z.infer<typeof SlashCommand>;

export const HomeOpened = z.object({
  user: Id,
  channel: Id,
  /** home, messages; older events have none. */
  tab: z.string().default('home'),
  /** What the person was looking at when they opened the agent's pane. */
  context: z
    .object({ entities: z.array(z.object({ type: z.string(), value: z.unknown() })).default([]) })
    .optional(),
});
export type HomeOpened = z.infer<typeof HomeOpened>;

const InChannel = z.object({ channel_id: Id });

/** The channel beside which the pane was opened; null where there was none. */
export function viewedChannel({ context }: Pick<HomeOpened, 'context'>): string | null {
  for (const { type, value } of context?.entities ?? []) {
    if (type === 'slack#/types/channel_id' && typeof value === 'string') return value;
    const message = type === 'slack#/types/message_context' ? InChannel.safeParse(value) : null;
    if (message?.success) return message.data.channel_id;
  }
  return null;
}

/** What a view of planbot's keeps in its private_metadata: where it was opened from, to share answers in. */
export const ViewMemory = Json.pipe(z.strictObject({ channel: Id.nullable() }));

/** What is typed into a picker. */
export const PickerQuery = z.object({
  value: z.string().max(500).default(''),
  view: z.object({ state: State }).optional(),
});
export type PickerQuery = z.infer<typeof PickerQuery>;

/** A shortcut of a message's menu. */
export const MessageShortcut = z.object({
  user: Named,
  channel: Named,
  trigger_id: Id,
  message: z.object({ text: z.string().default(''), user: z.string().optional() }),
});
export type MessageShortcut = z.infer<typeof MessageShortcut>;

/** A name for a click: its moment is unique in the workspace. */
export function requestOf({ channel, actions }: MessageClick): string {
  return `${channel.id}:${actions[0].action_ts}`;
}
