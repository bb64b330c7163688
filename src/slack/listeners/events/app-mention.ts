import { IncomingMessage } from '../../payloads/payloads.ts';
import { isFromPerson, turnOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';
import { takeSharedTables } from './file-shared.ts';

/** A mention is answered in its thread. One that came by an edit is told of as an edit too, and answered there. */
export function listenToMentions(parts: ListenerParts): void {
  parts.app.event('app_mention', async ({ event }) => {
    const message = IncomingMessage.parse(event);
    if (!isFromPerson(message, parts.identity().botUserId)) {
      return;
    }
    if (!(await takeSharedTables(parts, message))) {
      await parts.converse(await turnOf(parts, message, 'mention'));
    }
  });
}
