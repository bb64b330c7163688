import type { RespondFn } from '@slack/bolt';
import { questionOf } from '../button-question.ts';
import type { Turn } from '../conversation.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { reply } from '../delivery/private-reply.ts';
import { isOutside } from '../delivery/slack-errors.ts';
import { updateView } from '../delivery/update-view.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault, logged } from '../log.ts';
import { conversationOf, threadKey } from '../message-event.ts';
import { MessageClick, requestOf, ViewClick, ViewMemory } from '../payloads.ts';
import {
  answerModal,
  MODAL_CHOICE_ACTION,
  MODAL_SHARE_ACTION,
  modalPanel,
  postedAnswer,
  privatePanel,
} from '../views/answer-surfaces.ts';
import type { Rendered } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import { CHOICE_ACTION, PICTURE_ACTION, SHARE_ACTION, sharedView } from '../views/choices.ts';
import { type Listener, on } from './listener.ts';
import type { AnswerParts, BaseParts } from './listener-parts.ts';

const NO_PICTURE = '申し訳ありません。画像を送れませんでした。少し時間をおいて、もう一度お試しください。';

/** The buttons under an answer: of one in a channel or a thread, of a private one, and of one in a modal. */
export function answerActionListeners(parts: AnswerParts): Listener[] {
  return [
    on('action', CHOICE_ACTION, MessageClick, (click, { respond, context }) =>
      choose(parts, click, respond, context),
    ),
    on('action', SHARE_ACTION, MessageClick, (click, { respond, context }) =>
      share(parts, click, respond, context),
    ),
    on('action', PICTURE_ACTION, MessageClick, (click, { respond }) => sendPicture(parts, click, respond), {
      apology: NO_PICTURE,
    }),
    on('action', MODAL_CHOICE_ACTION, ViewClick, (click) => chooseInModal(parts, click)),
    on('action', MODAL_SHARE_ACTION, ViewClick, (click) => shareFromModal(parts, click)),
  ];
}

/** Where the answer that was clicked stands; null for a private one. */
function placeOf({ channel, container, message }: MessageClick) {
  const isPrivate = container.is_ephemeral || message === undefined;
  return isPrivate ? null : conversationOf({ channel: channel.id, ...message });
}

function questionIn(click: MessageClick) {
  const { user, channel, actions } = click;
  const question = questionOf(actions[0].value ?? '');
  return { ...question, asker: user.id, channel: channel.id, threadKey: null, request: requestOf(click) };
}

/** A choice asks its query in the same place: in the thread, or in the private panel. */
function choose(
  parts: AnswerParts,
  click: MessageClick,
  respond: RespondFn,
  arrival: InboundContext,
): Promise<void> {
  const { poster } = parts;
  const place = placeOf(click);
  const asked = { ...questionIn(click), continues: true, place, arrival };
  if (place === null) {
    return parts.converse({
      ...asked,
      render: privatePanel,
      show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral', replace_original: true }),
    });
  }
  const { request } = asked;
  return parts.converse({
    ...asked,
    threadKey: threadKey(place),
    render: postedAnswer(click.user.id),
    // A card that was shared where the bot is no member: only the person who clicked can be told.
    show: (rendered, part) =>
      orOutside(poster.post(place, rendered, part === 'notice' ? `${request}:notice` : request), () =>
        reply(respond, rendered),
      ),
  });
}

/** Shows a private answer to the channel, and takes the private one away. */
function share(
  parts: AnswerParts,
  click: MessageClick,
  respond: RespondFn,
  arrival: InboundContext,
): Promise<void> {
  const turn: Turn = {
    ...questionIn(click),
    continues: false,
    place: { channel: click.channel.id, threadTs: null },
    arrival,
    render: (asked) => sharedView(postedAnswer(click.user.id)(asked), click.user.id),
    async show(rendered, part) {
      if (part === 'notice') return reply(respond, rendered);
      const posted = await postToChannel(parts, click, rendered, respond);
      await respond({ delete_original: true }).catch(
        logged(parts.log, 'warn', 'private answer stays after sharing'),
      );
      return posted;
    },
    apologise: (rendered) => reply(respond, rendered),
  };
  return parts.converse(turn);
}

/** Shares a message in the channel of a click. Where the bot is no member, the click itself may still speak there. */
export function postToChannel(
  { poster }: BaseParts,
  click: MessageClick,
  message: Rendered,
  respond: RespondFn,
): Promise<PostedMessage | null> {
  const place = { channel: click.channel.id, threadTs: null };
  return orOutside(poster.post(place, message, requestOf(click)), () =>
    reply(respond, message, { response_type: 'in_channel', replace_original: false }),
  );
}

async function orOutside<T>(posting: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await posting;
  } catch (error) {
    if (!isOutside(error)) throw error;
    return otherwise();
  }
}

const SENT = '画像をダイレクトメッセージに送りました。';

/** Puts the picture beside the answer: in its thread, or in the direct messages of who alone sees the answer. */
async function sendPicture(parts: AnswerParts, click: MessageClick, respond: RespondFn): Promise<void> {
  const { poster } = parts;
  const { user, actions } = click;
  const place = placeOf(click);
  const tell = (text: string) =>
    place === null ? reply(respond, sentence(text)) : poster.whisper(place, user.id, sentence(text));
  const drawn = await parts.drawPicture(questionOf(actions[0].value ?? ''), parts.now());
  if ('why' in drawn) return void (await tell(drawn.why));
  const target: SlackPlace = place ?? (await poster.direct(user.id));
  await parts.sharePicture(target, drawn);
  if (place === null) await tell(SENT);
}

const SHARED = '✓ チャンネルに共有しました。';
const OUTSIDE =
  'このチャンネルにはplanbotが参加していないため、共有できません。チャンネルで「/invite @planbot」と入力してから、もう一度お試しください。';
const NOT_SHARED = '共有できませんでした。少し時間をおいて、もう一度お試しください。';

function turnInModal({ user, view, actions: [action] }: ViewClick) {
  const { channel } = ViewMemory.parse(view.private_metadata);
  return {
    ...questionOf(action.value ?? ''),
    asker: user.id,
    channel,
    threadKey: null,
    continues: false,
    request: `${view.id}:${action.action_ts}`,
  };
}

/** Choices change the modal. */
async function chooseInModal(parts: AnswerParts, click: ViewClick): Promise<void> {
  const turn = turnInModal(click);
  await parts.converse({
    ...turn,
    render: (asked) => modalPanel(asked, turn.channel),
    show: (message) => showIn(parts, click, message),
  });
}

async function shareFromModal(parts: AnswerParts, click: ViewClick): Promise<void> {
  const { user } = click;
  const turn = turnInModal(click);
  const { channel } = turn;
  if (channel === null) return;
  let panel: Rendered | null = null;
  await parts.converse({
    ...turn,
    render(asked) {
      panel = modalPanel(asked, channel);
      return sharedView(postedAnswer(user.id)(asked), user.id);
    },
    async show(message, part) {
      if (part === 'notice') return showIn(parts, click, message);
      const { posted, remark } = await shareAnswer(parts, channel, message, turn.request);
      await showIn(parts, click, panel ?? message, remark);
      return posted;
    },
    apologise: (message) => showIn(parts, click, message),
  });
}

/** Where it stands, and what came of it in words. */
async function shareAnswer(
  { poster: { post }, log }: AnswerParts,
  channel: string,
  message: Rendered,
  request: string,
): Promise<{ posted: PostedMessage | null; remark: string }> {
  try {
    return { posted: await post({ channel, threadTs: null }, message, request), remark: SHARED };
  } catch (error) {
    if (isOutside(error)) return { posted: null, remark: OUTSIDE };
    log.error(describeFault(error), 'answer not shared');
    return { posted: null, remark: NOT_SHARED };
  }
}

async function showIn(
  { web }: AnswerParts,
  { view }: ViewClick,
  message: Rendered,
  remark?: string,
): Promise<null> {
  await updateView(web, view.id, answerModal({ message, remark, metadata: view.private_metadata }));
  return null;
}
