import type { PostedAnswer } from '../../../model/posted-answer.ts';
import type { Turn } from '../../conversation.ts';
import { type MessageEvent, threadKey } from '../../message-event.ts';
import type { EditedMessage, IncomingMessage } from '../../payloads/payloads.ts';
import { postedAnswer } from '../answer-messages.ts';
import { conversationOf, turnOf } from '../incoming.ts';
import type { AnswerParts } from '../parts.ts';

/** An old message that is edited and has no answer any more is left alone. */
const RECENT_MS = 24 * 60 * 60 * 1_000;

/** Whether an edit asks for another answer. */
export async function isNews(
  parts: AnswerParts,
  { edit, call }: Extract<MessageEvent, { kind: 'edit' }>,
): Promise<boolean> {
  const message: IncomingMessage = { ...edit.message, channel: edit.channel };
  const answer = await answerTo(parts, message);
  const isRecent = answer !== null || parts.now().getTime() - Number(message.ts) * 1_000 < RECENT_MS;
  // Whoever changes a word among colleagues does not ask for an answer by it, nor who takes the mention back.
  const isFollowUp = call === 'follow_up' && (answer === null || !isReply(message));
  return call !== null && !isFollowUp && isRecent;
}

/** After the answer that may still be on its way. */
function answerTo(parts: AnswerParts, message: IncomingMessage): Promise<PostedAnswer | null> {
  return parts.inThread(threadKey(conversationOf(message)), async () => {
    const [answer = null] = await parts.store.answersTo(message.channel, message.ts);
    return answer;
  });
}

/** A question that was edited is answered again in the place of its answer; one that became a question, anew. */
export async function editedTurn(parts: AnswerParts, edit: EditedMessage): Promise<Turn> {
  const message: IncomingMessage = { ...edit.message, channel: edit.channel };
  const answer = await answerTo(parts, message);
  const { worthSaying: _, ...turn } = await turnOf(parts, message, 'mention');
  const request = `${turn.request}:edited`;
  return {
    ...turn,
    ...(answer === null ? {} : { render: postedAnswer(turn.asker) }),
    request,
    // What the thread was about when it began is what the old words were about.
    continues: isReply(message),
    async show(rendered, part) {
      // Only now: the first answer may have been on its way when the edit came.
      const [standing = null] = await parts.store.answersTo(message.channel, message.ts);
      if (standing !== null && (await parts.poster.amend(standing, rendered, request))) {
        return { channel: standing.channel, ts: standing.ts };
      }
      return turn.show(rendered, part);
    },
    // The answer that stands is worth more than an apology in its place.
    apologise: (rendered) => parts.poster.post(conversationOf(message), rendered, `${request}:fault`),
  };
}

function isReply({ ts, thread_ts }: IncomingMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}
