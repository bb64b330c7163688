import type { Message } from './message.ts';
import { filesOfMessage } from './shared-file.ts';
import { findChannel, findUser, type State } from './state.ts';
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
