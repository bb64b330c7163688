import type { Message } from './message.ts';
import { repliesTo } from './slack-message.ts';
import { removeMessage, type State } from './state.ts';

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
