import { DeletedMessage, EditedMessage, IncomingMessage } from '../../payloads/payloads.ts';
import { converseInPane } from '../agent-pane.ts';
import { callOf, isFromPerson, turnOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';
import { takeSharedTables } from './file-shared.ts';
import { followDeletion } from './message-deleted.ts';
import { followEdit } from './message-edited.ts';

/**
 * Direct messages are all answered. In channels a message is answered only where it continues a thread in
 * which the bot was asked before; a mention comes as an event of its own. Edits and deletions come here too.
 */
export function listenToMessages(parts: ListenerParts): void {
  parts.app.event('message', async ({ event }) => {
    const edited = EditedMessage.safeParse(event);
    if (edited.success) {
      return followEdit(parts, edited.data);
    }
    const deleted = DeletedMessage.safeParse(event);
    if (deleted.success) {
      return followDeletion(parts, deleted.data);
    }
    // Notices of other kinds have another shape, and ask nothing.
    const message = IncomingMessage.safeParse(event);
    if (message.success && isFromPerson(message.data, parts.identity().botUserId)) {
      await listen(parts, message.data);
    }
  });
}

async function listen(parts: ListenerParts, message: IncomingMessage): Promise<void> {
  if (await takeSharedTables(parts, message)) {
    return;
  }
  const call = await callOf(parts, message);
  if (call === 'direct') {
    await converseInPane(parts, message, await turnOf(parts, message, call));
  }
  if (call === 'follow_up') {
    await parts.converse(await turnOf(parts, message, call));
  }
}
