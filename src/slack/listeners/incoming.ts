import type { KnownBlock } from '@slack/web-api';
import type { Asked } from '../../model/ask.ts';
import { type ChannelSettings, DEFAULT_CHANNEL } from '../../model/settings.ts';
import type { Turn } from '../conversation.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { isClosed } from '../delivery/slack-errors.ts';
import { readText } from '../inbound-text.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log-fault.ts';
import { type Call, isDirect, threadKey, threadOf } from '../message-event.ts';
import type { Click, IncomingMessage } from '../payloads.ts';
import type { Rendered } from '../views/blocks.ts';
import { answerFoot, answerView } from '../views/card.ts';
import { pictureButton, shareButton } from '../views/choices.ts';
import { contextLine } from '../views/text.ts';
import type { AnswerParts } from './listener-parts.ts';

/** An answer that all can see, with what its readers may do with it. Small talk and questions back have no such foot. */
export function postedAnswer(asker: string): (asked: Asked) => Rendered {
  return (asked) => {
    const { answer, query } = asked;
    if (answer.kind === 'clarify' || query.facts === 'talk') {
      return answerView(answer);
    }
    const { blocks, classic } = answerFoot(asker);
    const picture = pictureButton(asked);
    return answerView(answer, [...picture, ...blocks], [...picture, ...classic]);
  };
}

/** An answer that one person sees, with the button that shows it to the channel. */
export function privatePanel(asked: Asked): Rendered {
  const { answer, query } = asked;
  const isShareable = answer.kind === 'answered' && answer.sources.length > 0;
  const actions: KnownBlock[] = isShareable ? shareButton(query) : [];
  return answerView(answer, [...pictureButton(asked), ...actions]);
}

/** A reply stays in the thread of the question, or opens one under it; in direct messages too, as the pane has them. */
export function conversationOf(message: Pick<IncomingMessage, 'channel' | 'ts' | 'thread_ts'>): {
  channel: string;
  threadTs: string;
} {
  return { channel: message.channel, threadTs: threadOf(message) };
}

/** A name for a click: its moment is unique in the workspace. */
export function requestOf({ channel, actions }: Click): string {
  return `${channel.id}:${actions[0]?.action_ts}`;
}

/** The same for every press of one button by one person. */
export function pressOf({ user, channel, container, actions }: Click): string {
  return `${user.id}:${channel.id}:${container.message_ts}:${actions[0]?.value}`;
}

/** The turn of a message that asks something. */
export async function turnOf(parts: AnswerParts, message: IncomingMessage, call: Call): Promise<Turn> {
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
    ...(settings.answerIn === 'ephemeral' && !isDirect(channel)
      ? {
          render: privatePanel,
          show: (rendered) => parts.poster.whisper(replyPlace(message), asker, rendered),
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

/**
 * A turn as its arrival has it. Where that was taken up from a process that died, its answer may stand in `place`:
 * null then. What only one person saw, in no place, is said again.
 */
export async function owedTurn(
  { poster }: AnswerParts,
  turn: Turn,
  place: SlackPlace | null,
  { isLate = false, isHeld }: Partial<InboundContext>,
): Promise<Turn | null> {
  const held = isHeld === undefined ? turn : { ...turn, isHeld };
  if (!isLate) return held;
  if (place !== null && (await poster.find(place, turn.request)) !== null) return null;
  const notice = place === null ? null : await poster.find(place, `${turn.request}:notice`);
  return {
    ...held,
    render: (asked) => withRegret(turn.render(asked)),
    async show(rendered, part) {
      const isAmended = notice !== null && (await poster.amend(notice, rendered, turn.request));
      return isAmended ? notice : turn.show(rendered, part);
    },
  };
}

export async function converseOwed(
  parts: AnswerParts,
  turn: Turn,
  place: SlackPlace | null,
  arrival: Partial<InboundContext>,
): Promise<void> {
  const owed = await owedTurn(parts, turn, place, arrival);
  if (owed !== null) await parts.converse(owed);
}

function withRegret(message: Rendered): Rendered {
  const regret = contextLine('お返事が遅くなり、申し訳ありません。');
  return { ...message, blocks: [regret, ...message.blocks], classic: [regret, ...message.classic] };
}

const CLOSED = 'このチャンネルには書き込めないため、ダイレクトメッセージでお答えします。';

/** Where a channel or thread is closed, whoever asked is answered in private. */
async function postOrTell(
  { poster: { post }, web }: AnswerParts,
  { place, asker, call }: { place: SlackPlace; asker: string; call: Call },
  rendered: Rendered,
  request: string,
): Promise<PostedMessage | null> {
  try {
    return await post(place, rendered, request);
  } catch (error) {
    if (!isClosed(error) || call === 'follow_up') throw error;
    const { channel } = await web.conversations.open({ users: asker });
    if (channel?.id === undefined) throw error;
    const note = contextLine(CLOSED);
    const noted = { ...rendered, blocks: [note, ...rendered.blocks], classic: [note, ...rendered.classic] };
    return post({ channel: channel.id, threadTs: null }, noted, request);
  }
}

/** Who asked outside a thread would not find a private answer in one. */
function replyPlace({ channel, thread_ts }: IncomingMessage): SlackPlace {
  return { channel, threadTs: thread_ts ?? null };
}

/** Questions are answered also where settings cannot be read. */
async function settingsOf({ store, log }: AnswerParts, channel: string): Promise<ChannelSettings> {
  if (isDirect(channel)) {
    return DEFAULT_CHANNEL;
  }
  return store.settings.ofChannel(channel).catch((error: unknown) => {
    log.warn(describeFault(error), 'settings of a channel not known');
    return DEFAULT_CHANNEL;
  });
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
