import { z } from 'zod';

/** Somebody who does something with the bot, as far as its payload tells. */
export interface Visit {
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

const Id = z.string().min(1);
const SLACK_ITSELF = 'USLACKBOT';

const Author = z.object({ user: Id.optional(), bot_id: z.string().optional(), user_team: Id.optional() });

const EventBody = z.object({
  is_ext_shared_channel: z.boolean().default(false),
  event: Author.extend({
    type: z.string(),
    subtype: z.string().optional(),
    channel: Id.optional(),
    channel_id: Id.optional(),
    user_id: Id.optional(),
    thread_ts: Id.optional(),
    tab: z.string().optional(),
    team: Id.optional(),
    item: z.object({ channel: Id.optional() }).optional(),
    message: Author.optional(),
    previous_message: Author.optional(),
  }),
});

const CommandBody = z.object({ command: Id, user_id: Id, team_id: Id, channel_id: Id });

const InteractionBody = z.object({
  user: z.object({ id: Id, team_id: Id.optional() }),
  channel: z.object({ id: Id }).nullish(),
  message: z.object({ thread_ts: Id.optional() }).nullish(),
});

/** Null where nobody is behind it: what bots write, and notices of Slack's own. */
export function readVisit(body: unknown): Visit | null {
  const command = CommandBody.safeParse(body);
  if (command.success) {
    const { user_id, team_id, channel_id } = command.data;
    return place({ user: user_id, team: team_id, channel: channel_id, isAddressed: true });
  }
  const interaction = InteractionBody.safeParse(body);
  if (interaction.success) {
    const { user, channel, message } = interaction.data;
    return place({
      user: user.id,
      team: user.team_id ?? null,
      channel: channel?.id ?? null,
      thread: message?.thread_ts ?? null,
      isAddressed: true,
    });
  }
  const event = EventBody.safeParse(body);
  return event.success ? visitOfEvent(event.data) : null;
}

function visitOfEvent({ event, is_ext_shared_channel: isShared }: z.infer<typeof EventBody>): Visit | null {
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
      (event.type === 'app_home_opened' && event.tab === 'home'),
  });
}

/** Slack signs the stone of a deleted message itself: its author is who wrote what was there. */
function authorOf(event: z.infer<typeof EventBody>['event']): z.infer<typeof Author> {
  const { message, previous_message: before } = event;
  return (message?.user === SLACK_ITSELF ? before : (message ?? before)) ?? event;
}

function place(of: Pick<Visit, 'user' | 'team' | 'channel' | 'isAddressed'> & Partial<Visit>): Visit {
  return { thread: null, isShared: false, isDirect: of.channel?.startsWith('D') ?? false, ...of };
}
