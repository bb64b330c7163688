import { IncomingMessage } from '../../payloads.ts';
import { isFirst, isFromPerson, turnOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';

/** A mention is answered in its thread. */
export function listenToMentions(parts: ListenerParts): void {
  parts.app.event('app_mention', async ({ event, body }) => {
    const message = IncomingMessage.parse(event);
    if (isFromPerson(message, parts.identity().botUserId) && (await isFirst(parts, body, message))) {
      await parts.converse(turnOf(parts, message));
    }
  });
}
