import type { PostedAnswer } from '../../../model/posted-answer.ts';
import type { Turn } from '../../conversation.ts';
import type { EditedMessage, IncomingMessage } from '../../payloads/payloads.ts';
import { callOf, isByPerson, isDirect, placeOf, threadKey, turnOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';
import { postedAnswer } from '../posted-answer.ts';
import { followDeletion } from './message-deleted.ts';

/** An old message that is edited and has no answer any more is left alone. */
const RECENT_MS = 24 * 60 * 60 * 1_000;

/** A question that was edited is answered again in the place of its answer; one that became a question, anew. */
export async function followEdit(parts: ListenerParts, edit: EditedMessage): Promise<void> {
  const { channel, previous_message: before } = edit;
  const message: IncomingMessage = { ...edit.message, channel };
  // A deleted message under which a thread stands is edited to a stone.
  if (message.subtype === 'tombstone') {
    return followDeletion(parts, { channel, deleted_ts: message.ts, previous_message: before });
  }
  // Slack tells of previews of links as of edits.
  if (message.text === before.text || !isByPerson(message, parts.identity().botUserId)) {
    return;
  }
  // After the answer that may still be on its way.
  const [answer = null] = await parts.inThread(threadKey(placeOf(message)), () =>
    parts.store.answersTo(channel, message.ts),
  );
  const call = await callOf(parts, message);
  const isNews = answer !== null || parts.now().getTime() - Number(message.ts) * 1_000 < RECENT_MS;
  // Whoever changes a word among colleagues does not ask for an answer by it, nor who takes the mention back.
  const isFollowUp = call === 'follow_up' && (answer === null || !isReply(message));
  if (call === null || isFollowUp || !isNews) {
    return;
  }
  await parts.converse({
    ...(await editedTurn(parts, message, answer)),
    once: { key: `edit:${channel}:${message.ts}:${edit.event_ts}`, body: null },
  });
}

async function editedTurn(
  parts: ListenerParts,
  message: IncomingMessage,
  answer: PostedAnswer | null,
): Promise<Turn> {
  const { worthSaying: _, ...turn } = await turnOf(parts, message, 'mention');
  const request = `${turn.request}:edited`;
  return {
    ...turn,
    ...(answer === null ? {} : { render: postedAnswer(turn.asker) }),
    request,
    // What the thread was about when it began is what the old words were about.
    continues: isReply(message) || isDirect(message.channel),
    async show(rendered, part) {
      // Only now: the first answer may have been on its way when the edit came.
      const [standing = null] = await parts.store.answersTo(message.channel, message.ts);
      if (standing !== null && (await parts.poster.amend(standing, rendered, request))) {
        return { channel: standing.channel, ts: standing.ts };
      }
      return turn.show(rendered, part);
    },
  };
}

function isReply({ ts, thread_ts }: IncomingMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}
