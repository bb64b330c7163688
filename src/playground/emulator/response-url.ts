import { type Content, readContent } from './api/chat-methods.ts';
import { type Effects, RefusedCall } from './api/method.ts';
import { withdrawMessage } from './messages.ts';
import { findMessage, type Message, newMessage, type ResponseUrl, type State } from './state.ts';

const ANSWER_LIMIT = 40_000;
const ANSWERS = 5;
const VALID_MS = 30 * 60 * 1000;

/** How Slack takes an answer to a command or a click: HTTP status and its word for it. */
interface AnswerVerdict {
  status: number;
  error: string | null;
}

/** An answer sent to a response_url, or with the acknowledgement of a command. */
export function takeAnswer(
  state: State,
  effects: Effects,
  place: ResponseUrl,
  body: Record<string, unknown>,
): AnswerVerdict {
  if (state.now().getTime() - place.at.getTime() > VALID_MS) return { status: 404, error: 'expired_url' };
  if (place.uses >= ANSWERS) return { status: 404, error: 'used_url' };
  place.uses += 1;
  const clicked = place.messageTs === null ? undefined : findMessage(state, place.channel, place.messageTs);
  if (body.delete_original === true) {
    if (!clicked) return { status: 404, error: 'message_not_found' };
    const before = withdrawMessage(state, clicked);
    if (before) effects.changed(clicked, before);
    else if (clicked.ephemeralTo === null) effects.deleted(clicked);
    return { status: 200, error: null };
  }
  try {
    const content = readContent(body, state, ANSWER_LIMIT);
    if (body.replace_original === true && clicked) replace(state, effects, clicked, content);
    else post(state, effects, place, content, body);
    return { status: 200, error: null };
  } catch (error) {
    if (error instanceof RefusedCall) return { status: 400, error: error.message };
    throw error;
  }
}

function replace(state: State, effects: Effects, clicked: Message, content: Content): void {
  const before = { ...clicked };
  Object.assign(clicked, content, { metadata: clicked.metadata, editedTs: state.nextTs() });
  if (clicked.ephemeralTo === null) effects.changed(clicked, before);
}

function post(
  state: State,
  effects: Effects,
  place: ResponseUrl,
  content: Content,
  body: Record<string, unknown>,
): void {
  const inChannel = body.response_type === 'in_channel';
  const message: Message = {
    ...newMessage(state, place.channel, state.workspace.bot.userId, null),
    ...content,
    threadTs: typeof body.thread_ts === 'string' ? body.thread_ts : null,
    ephemeralTo: inChannel ? null : place.user,
  };
  state.messages.push(message);
  if (inChannel) effects.posted(message);
}
