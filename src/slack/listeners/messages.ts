import { z } from 'zod';
import type { PostedAnswer } from '../../model/posted-answer.ts';
import type { Turn } from '../conversation.ts';
import { slackErrorCode } from '../delivery/slack-errors.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log-fault.ts';
import { type MessageEvent, threadKey } from '../message-event.ts';
import { type DeletedMessage, type EditedMessage, type IncomingMessage, Reaction } from '../payloads.ts';
import { plainString } from '../views/text.ts';
import { deletePosted, removeAnswer, tellNotRemoved } from './answer-actions.ts';
import { takeSharedTables } from './file-shared.ts';
import { conversationOf, owedTurn, postedAnswer, turnOf } from './incoming.ts';
import { type Listener, listener } from './listener.ts';
import type { AnswerParts, ListenerParts } from './listener-parts.ts';

/**
 * Direct messages are all answered. In channels a message is answered where it names the bot, or continues a thread
 * in which the bot was asked before. Edits and deletions come here too.
 */
export function messageListeners(parts: ListenerParts): Listener[] {
  return ['message', 'app_mention'].map((id) =>
    listener({
      on: 'event',
      id,
      // It was read on arrival.
      schema: z.unknown(),
      async handle(_, { context }) {
        const { reading } = context;
        if (typeof reading === 'object') await hear(parts, reading, context);
      },
    }),
  );
}

async function hear(
  parts: ListenerParts,
  event: MessageEvent,
  arrival: Partial<InboundContext>,
): Promise<void> {
  const { isHeld } = arrival;
  if (event.kind === 'deletion') return followDeletion(parts, event.deleted);
  if (event.kind === 'edit') {
    if (!(await isNews(parts, event))) return;
    const turn = await editedTurn(parts, event.edit);
    return parts.converse(isHeld === undefined ? turn : { ...turn, isHeld });
  }
  const { message, call } = event;
  if (await takeSharedTables(parts, message, call, arrival.isLate ?? false)) return;
  const owed = await owedTurn(parts, await turnOf(parts, message, call), conversationOf(message), arrival);
  if (owed === null) return;
  if (call === 'direct') await converseInPane(parts, message, owed);
  else await parts.converse(owed);
}

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
    const [answer = null] = await parts.store.answers.answersTo(message.channel, message.ts);
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
      const [standing = null] = await parts.store.answers.answersTo(message.channel, message.ts);
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
    for (const answer of await parts.store.answers.answersTo(channel, deleted_ts)) {
      if (!(await hasReplies(parts, answer, place.threadTs))) {
        await deletePosted(parts, answer, answer.asker);
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

const STATUS = '資料を調べています…';
const TITLE = 100;

/**
 * A question in the agent's pane: under it stands that planbot is at work until it has answered, and the thread
 * that it opens is titled with the question as it was understood. Neither holds the answer up, and what Slack does
 * not take of it is only logged.
 */
export async function converseInPane(
  parts: AnswerParts,
  message: IncomingMessage,
  turn: Turn,
): Promise<void> {
  const { web } = parts;
  const place = { channel_id: message.channel, thread_ts: message.thread_ts ?? message.ts };
  const attempt = async (failure: string, work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => parts.log.warn(describeFault(error), failure));
  };
  let title = '';
  const begun = attempt('status not set', () =>
    web.assistant.threads.setStatus({ ...place, status: STATUS }),
  );
  await parts.converse({
    ...turn,
    render(asked) {
      // Small talk names no thread.
      const isAbout = asked.answer.kind !== 'not_found' && asked.query.facts !== 'talk';
      title = isAbout ? plainString(asked.understood, TITLE) : '';
      return turn.render(asked);
    },
  });
  await begun;
  // Slack takes the status away at a reply in the thread; an answer beside the question is none.
  await attempt('status not cleared', () => web.assistant.threads.setStatus({ ...place, status: '' }));
  if (title !== '' && message.thread_ts === undefined) {
    await attempt('title not set', () => web.assistant.threads.setTitle({ ...place, title }));
  }
}

/** ❌. */
const DELETE_EMOJI = 'x';

/** ❌ on an answer takes it away, where the asker gives it. On reminders and other messages it means nothing. */
export function reactionListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'event',
      id: 'reaction_added',
      schema: Reaction,
      async handle({ user, reaction, item }) {
        if (reaction !== DELETE_EMOJI || item === null) return;
        if ((await removeAnswer(parts, item, user)) === 'not_asker') {
          await tellNotRemoved(parts, { channel: item.channel, threadTs: null }, user, 'not_asker');
        }
      },
    }),
  ];
}
