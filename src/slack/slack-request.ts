import { z } from 'zod';

/** What came from Slack, as far as everything that is done with it must know; read once, on arrival. */
export interface SlackRequest {
  /** What Slack itself calls one delivery: for the log. */
  id: string;
  /** Who asks for what; null where nobody is behind it: what bots write, and notices of Slack's own. */
  access: AccessRequest | null;
  /** How a click, a form or a shortcut is acknowledged; null for events and commands. */
  interaction: InteractionType | null;
  view: { id: string; type: string } | null;
  triggerId: string | null;
  isHomeOpened: boolean;
  /**
   * The name under which a command or a click under a message is owed from its acknowledgement on; null for all else.
   * What is done in a form or the Home tab shows there, and cannot be done without it.
   */
  owedAs: string | null;
  /** The same for every press of one button by one person; null for all else. */
  pressedAs: string | null;
}

/** Somebody who does something with the bot. */
export interface AccessRequest {
  user: string;
  /** The author's workspace; null where the payload does not say. */
  team: string | null;
  /** Null in views and global shortcuts. */
  channel: string | null;
  thread: string | null;
  /** Whether it is a direct message, or something done in one. */
  isDirect: boolean;
  /** Whether people of other workspaces read the channel. */
  isShared: boolean;
  /** Whether the bot was spoken to: only then a refusal is said. */
  isAddressed: boolean;
}

const INTERACTIONS = [
  'block_actions',
  'block_suggestion',
  'view_submission',
  'shortcut',
  'message_action',
] as const;
export type InteractionType = (typeof INTERACTIONS)[number];

/** What has another shape than expected counts as absent. */
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

const Id = z.string().min(1);
const Author = z.object({ user: optional(Id), bot_id: optional(z.string()), user_team: optional(Id) });
const Event = Author.extend({
  type: z.string(),
  subtype: optional(z.string()),
  channel: optional(Id),
  channel_id: optional(Id),
  user_id: optional(Id),
  thread_ts: optional(Id),
  tab: optional(z.string()),
  team: optional(Id),
  item: optional(z.object({ channel: optional(Id) })),
  message: optional(Author),
  previous_message: optional(Author),
});
type Event = z.infer<typeof Event>;

const Action = z.object({
  action_ts: z.string(),
  type: optional(z.string()),
  action_id: optional(z.string()),
  value: optional(z.string()),
});

const Body = z.object({
  type: optional(z.string()),
  event_id: optional(z.string()),
  trigger_id: optional(z.string()),
  event: optional(Event),
  is_ext_shared_channel: z.boolean().catch(false),
  command: optional(Id),
  user_id: optional(Id),
  team_id: optional(Id),
  channel_id: optional(Id),
  user: optional(z.object({ id: Id, team_id: optional(Id) })),
  channel: optional(z.object({ id: Id })),
  message: optional(z.object({ thread_ts: optional(Id) })),
  view: optional(z.object({ id: Id, type: z.string().catch('') })),
  container: optional(z.object({ message_ts: optional(z.string()) })),
  actions: optional(z.tuple([Action], z.unknown())),
});
type Body = z.infer<typeof Body>;

export function readSlackRequest(body: unknown): SlackRequest {
  const read = Body.safeParse(body).data ?? { is_ext_shared_channel: false };
  return {
    id: idOf(read),
    access: accessOf(read),
    interaction: read.user ? (INTERACTIONS.find((type) => type === read.type) ?? null) : null,
    view: read.view ?? null,
    triggerId: read.trigger_id ?? null,
    isHomeOpened: read.event?.type === 'app_home_opened',
    owedAs: owedAs(read),
    pressedAs: pressedAs(read),
  };
}

/** An event by its id, all else by its trigger, a click also by its moment. */
function idOf({ event_id, actions, trigger_id, type, view }: Body): string {
  if (event_id !== undefined) return event_id;
  if (actions !== undefined) return `action ${actions[0].action_ts}`;
  if (trigger_id !== undefined) return `trigger ${trigger_id}`;
  return type !== undefined && view !== undefined ? `${type} ${view.id}` : 'unnamed';
}

function owedAs({ type, command, trigger_id, channel, actions, view }: Body): string | null {
  if (command !== undefined) return trigger_id === undefined ? null : `command:${trigger_id}`;
  if (type !== 'block_actions' || view !== undefined || actions === undefined) return null;
  return `click:${channel?.id}:${actions[0].action_ts}`;
}

function pressedAs({ user, channel, container, view, actions }: Body): string | null {
  const { type, action_id, value } = actions?.[0] ?? {};
  if (type !== 'button') return null;
  return [user?.id, channel?.id, container?.message_ts ?? view?.id, action_id, value].join(':');
}

function accessOf(body: Body): AccessRequest | null {
  const { command, user_id, team_id, channel_id, user, channel, message } = body;
  if (command && user_id && team_id && channel_id) {
    return place({ user: user_id, team: team_id, channel: channel_id, isAddressed: true });
  }
  if (user) {
    return place({
      user: user.id,
      team: user.team_id ?? null,
      channel: channel?.id ?? null,
      thread: message?.thread_ts ?? null,
      isAddressed: true,
    });
  }
  return body.event ? accessOfEvent(body.event, body.is_ext_shared_channel) : null;
}

const SLACK_ITSELF = 'USLACKBOT';

function accessOfEvent(event: Event, isShared: boolean): AccessRequest | null {
  const author = authorOf(event);
  const user = author.user ?? event.user_id;
  if (user === undefined || author.bot_id !== undefined) {
    return null;
  }
  const channel = event.channel ?? event.channel_id ?? event.item?.channel ?? null;
  const isNew = event.type === 'app_mention' || (event.type === 'message' && event.subtype === undefined);
  return place({
    user,
    team: author.user_team ?? event.team ?? null,
    channel,
    thread: event.thread_ts ?? null,
    isShared,
    isAddressed:
      event.type === 'app_mention' ||
      (isNew && channel?.startsWith('D') === true) ||
      (event.type === 'app_home_opened' && (event.tab ?? 'home') === 'home'),
  });
}

/** Slack signs the stone of a deleted message itself: its author is who wrote what was there. */
function authorOf(event: Event): z.infer<typeof Author> {
  const { message, previous_message: before } = event;
  return (message?.user === SLACK_ITSELF ? before : (message ?? before)) ?? event;
}

function place(
  of: Pick<AccessRequest, 'user' | 'team' | 'channel' | 'isAddressed'> & Partial<AccessRequest>,
): AccessRequest {
  return { thread: null, isShared: false, isDirect: of.channel?.startsWith('D') ?? false, ...of };
}
