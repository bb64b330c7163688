import { z } from 'zod';
import type { Asked } from '../../model/ask.ts';
import type { PostedAnswer } from '../../model/posted-answer.ts';
import { type ChannelSettings, DEFAULT_CHANNEL } from '../../model/settings.ts';
import type { Turn } from '../conversation.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { isClosed, slackErrorCode } from '../delivery/slack-errors.ts';
import type { InboundContext } from '../inbox.ts';
import { logged } from '../log.ts';
import {
  type Call,
  conversationOf,
  isDirect,
  type MessageEvent,
  readText,
  threadKey,
} from '../message-event.ts';
import type { DeletedMessage, EditedMessage, IncomingMessage } from '../payloads.ts';
import { postedAnswer, privatePanel } from '../views/answer-surfaces.ts';
import { plainString, type Rendered, under } from '../views/blocks.ts';
import { deletePosted } from './delete-answer.ts';
import { takeSharedTables } from './file-shared.ts';
import { type Listener, on } from './listener.ts';
import type { AnswerParts, ListenerParts } from './listener-parts.ts';

/**
 * Direct messages are all answered. In channels a message is answered where it names the bot, or continues a thread
 * in which the bot was asked before. Edits and deletions come here too.
 */
export function messageListeners(parts: ListenerParts): Listener[] {
  return ['message', 'app_mention'].map((id) =>
    // It was read on arrival.
    on('event', id, z.unknown(), async (_, { context }) => {
      if (typeof context.reading === 'object') await hear(parts, context.reading, context);
    }),
  );
}

async function hear(parts: ListenerParts, event: MessageEvent, arrival: InboundContext): Promise<void> {
  if (event.kind === 'deletion') return followDeletion(parts, event.deleted);
  if (event.kind === 'edit') {
    if (!(await isNews(parts, event))) return;
    const { isHeld } = arrival;
    return parts.converse({ ...(await editedTurn(parts, event.edit)), arrival: { isHeld } });
  }
  const { message, call } = event;
  if (await takeSharedTables(parts, message, call, arrival.isLate)) return;
  const turn = { ...(await turnOf(parts, message, call)), arrival };
  if (call === 'direct') await converseInPane(parts, message, turn);
  else await parts.converse(turn);
}

/** The turn of a message that asks something. */
async function turnOf(parts: AnswerParts, message: IncomingMessage, call: Call): Promise<Turn> {
  const place = conversationOf(message);
  const { channel, ts, user: asker = '' } = message;
  const request = `${channel}:${ts}`;
  const text = readText(message.text);
  const settings = await settingsOf(parts, channel);
  return {
    text,
    asker,
    channel,
    questionTs: ts,
    threadKey: threadKey(place),
    continues: true,
    settings,
    place,
    ...(settings.answerIn === 'ephemeral' && !isDirect(channel)
      ? {
          render: privatePanel,
          // Who asked outside a thread would not find a private answer in one.
          show: (rendered) =>
            parts.poster.whisper({ channel, threadTs: message.thread_ts ?? null }, asker, rendered),
        }
      : {
          render: postedAnswer(asker),
          show: (rendered, part) =>
            part === 'notice'
              ? parts.poster.post(place, rendered, `${request}:notice`)
              : postOrTell(parts, { place, asker, call }, rendered, request),
        }),
    ...(call === 'follow_up' ? { worthSaying: isWorthSaying(text) } : {}),
    request,
  };
}

const CLOSED = 'このチャンネルには書き込めないため、ダイレクトメッセージでお答えします。';

/** Where a channel or thread is closed, whoever asked is answered in private. */
async function postOrTell(
  { poster }: AnswerParts,
  { place, asker, call }: { place: SlackPlace; asker: string; call: Call },
  rendered: Rendered,
  request: string,
): Promise<PostedMessage | null> {
  try {
    return await poster.post(place, rendered, request);
  } catch (error) {
    if (!isClosed(error) || call === 'follow_up') throw error;
    return poster.post(await poster.direct(asker), under(CLOSED, rendered), request);
  }
}

/** Questions are answered also where settings cannot be read. */
async function settingsOf({ store, log }: AnswerParts, channel: string): Promise<ChannelSettings> {
  if (isDirect(channel)) return DEFAULT_CHANNEL;
  const known = await store.settings
    .ofChannel(channel)
    .catch(logged(log, 'warn', 'settings of a channel not known'));
  return known ?? DEFAULT_CHANNEL;
}

/** How a question that continues another begins, how any ends, and how one requests. */
const ASKS =
  /^(?:じゃあ?|では|それなら|あと)|(?:[?？は]|か[なね]?|っけ|教えて(?:ください|下さい)?|お願いします)[\s。．.…]*$/;
/** Text that is only near what was asked: for who asked, not for who talks among colleagues. */
const VAGUE = new Set(['talk', 'passage']);

/** Colleagues talk in the thread too: unasked, the bot speaks only with a figure, and only to a question. */
function isWorthSaying(text: string): (asked: Asked) => boolean {
  return ({ answer, query }) => answer.kind === 'answered' && !VAGUE.has(query.facts) && ASKS.test(text);
}

/** An old message that is edited and has no answer any more is left alone. */
const RECENT_MS = 24 * 60 * 60 * 1_000;

/** Whether an edit asks for another answer. */
async function isNews(
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
async function editedTurn(parts: AnswerParts, edit: EditedMessage): Promise<Turn> {
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
async function followDeletion(parts: AnswerParts, deleted: DeletedMessage): Promise<void> {
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
async function converseInPane(parts: AnswerParts, message: IncomingMessage, turn: Turn): Promise<void> {
  const { web } = parts;
  const place = { channel_id: message.channel, thread_ts: message.thread_ts ?? message.ts };
  const failed = (what: string) => logged(parts.log, 'warn', what);
  const setStatus = (status: string) =>
    web.assistant.threads.setStatus({ ...place, status }).catch(failed('status not set'));
  let title = '';
  const begun = setStatus(STATUS);
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
  await setStatus('');
  if (title !== '' && message.thread_ts === undefined) {
    await web.assistant.threads.setTitle({ ...place, title }).catch(failed('title not set'));
  }
}
