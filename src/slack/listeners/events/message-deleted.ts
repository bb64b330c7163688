import type { PostedAnswer } from '../../../model/posted-answer.ts';
import { slackErrorCode } from '../../delivery/slack-errors.ts';
import { threadKey } from '../../message-event.ts';
import type { DeletedMessage } from '../../payloads/payloads.ts';
import { conversationOf } from '../incoming.ts';
import type { AnswerParts } from '../parts.ts';
import { takeAway } from '../remove-answer.ts';

/** An answer goes with its question, unless somebody has replied to it. */
export async function followDeletion(parts: AnswerParts, deleted: DeletedMessage): Promise<void> {
  const { channel, deleted_ts, previous_message } = deleted;
  const thread_ts = previous_message?.thread_ts;
  const place = conversationOf({
    channel,
    ts: deleted_ts,
    ...(thread_ts === undefined ? {} : { thread_ts }),
  });
  // After the answer that may still be on its way.
  await parts.inThread(threadKey(place), async () => {
    for (const answer of await parts.store.answersTo(channel, deleted_ts)) {
      if (!(await hasReplies(parts, answer, place.threadTs))) {
        await takeAway(parts, answer, answer.asker);
      }
    }
  });
}

/** Whether people wrote after an answer in its thread. */
async function hasReplies(
  { web, identity }: AnswerParts,
  { channel, ts }: PostedAnswer,
  threadTs: string,
): Promise<boolean> {
  const query = { channel, ts: threadTs, oldest: ts, limit: 50 };
  const { messages = [] } = await web.conversations.replies(query).catch((error: unknown) => {
    if (slackErrorCode(error) !== 'thread_not_found') {
      throw error;
    }
    return { messages: [] };
  });
  const { botUserId } = identity();
  return messages.some((one) => Number(one.ts) > Number(ts) && one.user !== botUserId);
}
