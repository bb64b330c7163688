import { filesOfMessage } from './files.ts';
import { findChannel, findUser, type Message, removeMessage, type State } from './state.ts';
import { teamOf } from './workspace.ts';

/** A message in the shape of Slack's own JSON. Metadata is left out unless it was asked for. */
export function toSlackMessage(
  state: State,
  message: Message,
  options: { metadata?: boolean } = {},
): { type: 'message'; ts: string } & Record<string, unknown> {
  const { bot } = state.workspace;
  const byBot = message.user === bot.userId;
  return {
    type: 'message',
    ...(message.isTombstone ? { subtype: 'tombstone', hidden: true } : {}),
    ts: message.ts,
    user: message.user,
    text: message.text,
    ...teamsOf(state, message),
    ...(byBot ? { bot_id: bot.botId, app_id: bot.appId, bot_profile: botProfile(state) } : {}),
    blocks: message.blocks.length > 0 || byBot ? message.blocks : [asRichText(message)],
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...threadSummary(state, message),
    ...(message.editedTs === null ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })) }),
    ...(message.fileIds
      ? { files: filesOfMessage(state, message), upload: byBot, display_as_bot: false }
      : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** In a channel that is shared with another workspace, each message says which of the two its author is of. */
function teamsOf(state: State, message: Message): Record<string, unknown> {
  const team = teamOf(state.workspace, findUser(state, message.user));
  const isShared = findChannel(state, message.channel)?.shared ?? false;
  return isShared ? { team, user_team: team, source_team: team } : { team };
}

function botProfile(state: State) {
  const { bot, team } = state.workspace;
  return { id: bot.botId, app_id: bot.appId, name: bot.name, team_id: team.id, deleted: false };
}

function asRichText(message: Message) {
  return {
    type: 'rich_text',
    block_id: `r${message.ts}`,
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] }],
  };
}

function threadSummary(state: State, message: Message): Record<string, unknown> {
  if (message.threadTs !== message.ts) return {};
  const replies = repliesTo(state, message);
  return {
    reply_count: replies.length,
    reply_users: [...new Set(replies.map((reply) => reply.user))],
    latest_reply: replies.at(-1)?.ts,
  };
}

/** Replies in a thread, oldest first, without its parent. */
export function repliesTo(state: State, parent: Message): Message[] {
  return state.messages.filter(
    (message) =>
      message.channel === parent.channel &&
      message.threadTs === parent.ts &&
      message.ts !== parent.ts &&
      message.ephemeralTo === null,
  );
}

/**
 * Takes a message away. Where a thread stands under it, Slack leaves a stone, of which apps hear as of an edit:
 * what the message was before comes back. Null where nothing is left.
 */
export function withdrawMessage(state: State, message: Message): Message | null {
  if (repliesTo(state, message).length === 0) {
    removeMessage(state, message);
    return null;
  }
  const before = { ...message };
  const stone = { user: 'USLACKBOT', text: 'This message was deleted.', blocks: [], isTombstone: true };
  Object.assign(message, stone);
  return before;
}

/** Names as Slack takes them: +1, thumbsup, wave::skin-tone-3; without colons around them. */
const EMOJI = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/;

type ReactionRefusal = 'invalid_name' | 'already_reacted' | 'no_reaction';

/** Adds or takes back one person's reaction; null where that worked, else why not. */
export function changeReaction(
  message: Message,
  change: 'add' | 'remove',
  user: string,
  name: string,
): ReactionRefusal | null {
  if (!EMOJI.test(name)) return 'invalid_name';
  const there = message.reactions.find((one) => one.name === name);
  const users = there?.users ?? [];
  if (change === 'add' && users.includes(user)) return 'already_reacted';
  if (change === 'remove' && !users.includes(user)) return 'no_reaction';
  const changed = {
    name,
    users: change === 'add' ? [...users, user] : users.filter((one) => one !== user),
  };
  const reactions = there
    ? message.reactions.map((one) => (one === there ? changed : one))
    : [...message.reactions, changed];
  message.reactions = reactions.filter((one) => one.users.length > 0);
  return null;
}
