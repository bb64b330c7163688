import type { Asked } from '../../../model/question.ts';
import { mentions, readText, speaksToAnother } from '../../inbound-text.ts';
import { IncomingMessage } from '../../payloads.ts';
import { isDirect, isFirst, isFromPerson, placeOf, threadKey, turnOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';

/**
 * Direct messages are all answered. In channels a message is answered only where it continues a thread in
 * which the bot was asked before; a mention comes as an event of its own.
 */
export function listenToMessages(parts: ListenerParts): void {
  parts.app.event('message', async ({ event, body }) => {
    const { botUserId } = parts.identity();
    const parsed = IncomingMessage.safeParse(event);
    // Notices of edits and deletions have another shape, and ask nothing.
    if (!parsed.success || !isFromPerson(parsed.data, botUserId)) {
      return;
    }
    const message = parsed.data;
    if (isDirect(message.channel)) {
      if (await isFirst(parts, body, message)) {
        await parts.converse(turnOf(parts, message));
      }
      return;
    }
    if (!(await isFollowUp(parts, message)) || !(await isFirst(parts, body, message))) {
      return;
    }
    await parts.converse({ ...turnOf(parts, message), worthSaying: isWorthSaying(readText(message.text)) });
  });
}

async function isFollowUp({ identity, store }: ListenerParts, message: IncomingMessage): Promise<boolean> {
  const { botUserId } = identity();
  if (message.thread_ts === undefined || mentions(message.text, botUserId)) {
    return false;
  }
  const speaksElsewhere = speaksToAnother(message.text, botUserId);
  return !speaksElsewhere && (await store.loadThread(threadKey(placeOf(message)))) !== null;
}

/** Colleagues talk in the thread too: what is no question, and has no answer in the documents, is left alone. */
function isWorthSaying(text: string): (asked: Asked) => boolean {
  const isQuestion = /[?？]\s*$/.test(text);
  return ({ answer, question }) => isQuestion || (answer.kind === 'answered' && question.kind !== 'talk');
}
