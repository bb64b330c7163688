import type { RespondFn } from '@slack/bolt';
import { AppError } from '../../model/errors.ts';
import type { PostedAnswer } from '../../model/posted-answer.ts';
import { questionOf } from '../button-question.ts';
import type { Turn } from '../conversation.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { reply } from '../delivery/private-reply.ts';
import { isOutside } from '../delivery/slack-errors.ts';
import { updateView } from '../delivery/update-view.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log-fault.ts';
import { threadKey } from '../message-event.ts';
import { AnswerClick, Click, ModalClick } from '../payloads.ts';
import { answerModal, MODAL_CHOICE_ACTION, MODAL_SHARE_ACTION, modalPanel } from '../views/answer-modal.ts';
import type { Rendered } from '../views/blocks.ts';
import { DELETE_ACTION, sentence } from '../views/card.ts';
import { CHOICE_ACTION, PICTURE_ACTION, SHARE_ACTION, sharedView } from '../views/choices.ts';
import { conversationOf, converseOwed, postedAnswer, pressOf, privatePanel, requestOf } from './incoming.ts';
import { type Listener, listener } from './listener.ts';
import type { AnswerParts } from './listener-parts.ts';

/** A choice asks its query in the same place: in the thread, or in the private panel. */
export function choiceListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: CHOICE_ACTION,
      schema: Click,
      once: pressOf,
      handle: (click, { respond, context }) => {
        const { message, container } = click;
        const isPrivate = container.is_ephemeral || message === undefined;
        const place = isPrivate ? null : conversationOf({ channel: click.channel.id, ...message });
        return converseOwed(parts, turnOfClick(parts, click, place, respond), place, context);
      },
    }),
  ];
}

function turnOfClick(parts: AnswerParts, click: Click, place: SlackPlace | null, respond: RespondFn): Turn {
  const question = questionOf(click.actions[0]?.value ?? '');
  const channel = click.channel.id;
  const request = requestOf(click);
  const asked = { ...question, asker: click.user.id, channel, continues: true, request };
  if (place === null) {
    return {
      ...asked,
      threadKey: null,
      render: privatePanel,
      show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral', replace_original: true }),
    };
  }
  return {
    ...asked,
    threadKey: threadKey(place),
    render: postedAnswer(click.user.id),
    show: (rendered, part) =>
      parts.poster
        .post(place, rendered, part === 'notice' ? `${request}:notice` : request)
        .catch((error: unknown) => {
          // A card that was shared where the bot is no member: only the person who clicked can be told.
          if (!isOutside(error)) {
            throw error;
          }
          return reply(respond, rendered, { response_type: 'ephemeral', replace_original: false });
        }),
  };
}

/** Shows a private answer to the channel, and takes the private one away. */
export function shareListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: SHARE_ACTION,
      schema: Click,
      once: pressOf,
      handle: (click, { respond, context }) => share(parts, click, respond, context),
    }),
  ];
}

function share(
  parts: AnswerParts,
  click: Click,
  respond: RespondFn,
  arrival: Partial<InboundContext>,
): Promise<void> {
  const channel = click.channel.id;
  const request = requestOf(click);
  const place = { channel, threadTs: null };
  const turn: Turn = {
    ...questionOf(click.actions[0]?.value ?? ''),
    asker: click.user.id,
    channel,
    threadKey: null,
    continues: false,
    render: (asked) => sharedView(postedAnswer(click.user.id)(asked), click.user.id),
    show: async (rendered, part) => {
      if (part === 'notice') {
        return reply(respond, rendered, { response_type: 'ephemeral', replace_original: false });
      }
      const posted = await parts.poster.post(place, rendered, request).catch((error: unknown) => {
        // Where the bot is no member, the click itself may still speak in the channel.
        if (!isOutside(error)) {
          throw error;
        }
        return reply(respond, rendered, { response_type: 'in_channel', replace_original: false });
      });
      await respond({ delete_original: true }).catch((error: unknown) => {
        parts.log.warn(describeFault(error), 'private answer stays after sharing');
      });
      return posted;
    },
    apologise: (rendered) =>
      reply(respond, rendered, { response_type: 'ephemeral', replace_original: false }),
    request,
  };
  return converseOwed(parts, turn, place, arrival);
}

const FAULT = '申し訳ありません。画像を送れませんでした。少し時間をおいて、もう一度お試しください。';
const SENT = '画像をダイレクトメッセージに送りました。';

/** Where a picture goes, and how whoever asked for it is told something. */
interface Reach {
  place(): Promise<SlackPlace>;
  tell(text: string): Promise<unknown>;
  /** What is said when the picture has been sent elsewhere; null where it is seen. */
  sent: string | null;
}

/** Puts the picture beside the answer: in its thread, or in the direct messages of who alone sees the answer. */
export function pictureListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: PICTURE_ACTION,
      schema: Click,
      once: pressOf,
      apology: FAULT,
      handle: (click, { respond }) => sendPicture(parts, click, respond),
    }),
  ];
}

async function sendPicture(parts: AnswerParts, click: Click, respond: RespondFn): Promise<void> {
  const reach = reachOf(parts, click, respond);
  const drawn = await parts.drawPicture(questionOf(click.actions[0]?.value ?? ''), parts.now());
  if ('why' in drawn) {
    await reach.tell(drawn.why);
    return;
  }
  await parts.sharePicture(await reach.place(), drawn);
  if (reach.sent !== null) await reach.tell(reach.sent);
}

function reachOf({ poster, web }: AnswerParts, click: Click, respond: RespondFn): Reach {
  const { channel, container, message, user } = click;
  if (message !== undefined && !container.is_ephemeral) {
    const place = conversationOf({ channel: channel.id, ...message });
    return {
      place: async () => place,
      tell: (text) => poster.whisper(place, user.id, sentence(text)),
      sent: null,
    };
  }
  return {
    async place() {
      const { channel: direct } = await web.conversations.open({ users: user.id });
      if (direct?.id === undefined) {
        throw new AppError('slack_refused', { message: 'ダイレクトメッセージを開けません' });
      }
      return { channel: direct.id, threadTs: null };
    },
    tell: (text) => reply(respond, sentence(text), { response_type: 'ephemeral', replace_original: false }),
    sent: SENT,
  };
}

const SHARED = '✓ チャンネルに共有しました。';
const OUTSIDE =
  'このチャンネルにはplanbotが参加していないため、共有できません。チャンネルで「/invite @planbot」と入力してから、もう一度お試しください。';
const NOT_SHARED = '共有できませんでした。少し時間をおいて、もう一度お試しください。';

/** Buttons under an answer in a modal: its choices change the modal, sharing posts the answer. */
export function modalAnswerListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: MODAL_CHOICE_ACTION,
      schema: ModalClick,
      handle: (click) => choose(parts, click),
    }),
    listener({
      on: 'action',
      id: MODAL_SHARE_ACTION,
      schema: ModalClick,
      once: (click) => click.view.id,
      handle: (click) => shareFromModal(parts, click),
    }),
  ];
}

async function choose(parts: AnswerParts, click: ModalClick): Promise<void> {
  const { channel } = click.view.private_metadata;
  await parts.converse({
    ...turnOf(click),
    render: (asked) => modalPanel(asked, channel),
    show: (message) => showIn(parts, click, message),
  });
}

async function shareFromModal(parts: AnswerParts, click: ModalClick): Promise<void> {
  const { user, view } = click;
  const { channel } = view.private_metadata;
  if (channel === null) return;
  const turn = turnOf(click);
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

function turnOf({ user, view, actions }: ModalClick) {
  const [action] = actions;
  return {
    ...questionOf(action?.value ?? ''),
    asker: user.id,
    channel: view.private_metadata.channel,
    threadKey: null,
    continues: false,
    request: `${view.id}:${action?.action_ts}`,
  };
}

async function showIn(
  { web }: AnswerParts,
  { view }: ModalClick,
  message: Rendered,
  remark?: string,
): Promise<null> {
  const metadata = JSON.stringify(view.private_metadata);
  await updateView(web, view.id, answerModal({ message, remark, metadata }));
  return null;
}

/** The bin under an answer. */
export function deleteListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: DELETE_ACTION,
      schema: AnswerClick,
      apology: '申し訳ありません。削除できませんでした。少し時間をおいて、もう一度お試しください。',
      async handle({ user, channel, container, message }) {
        const outcome = await removeAnswer(parts, { channel: channel.id, ts: container.message_ts }, user.id);
        const place = { channel: channel.id, threadTs: message?.thread_ts ?? null };
        if (outcome !== 'removed') await tellNotRemoved(parts, place, user.id, outcome);
      },
    }),
  ];
}

/** Who asked may take an answer away; `unknown` is a message that is no answer, or too old. */
export async function removeAnswer(
  parts: AnswerParts,
  { channel, ts }: PostedMessage,
  user: string,
): Promise<'removed' | 'not_asker' | 'unknown'> {
  const answer = await parts.store.answers.find(channel, ts);
  if (answer === null) {
    return 'unknown';
  }
  if (answer.asker !== user) {
    const detail = `回答 ${ts} の削除：質問者ではないため`;
    await parts.store.audit.append({ action: 'refused', actor: user, subject: channel, detail }, parts.now());
    return 'not_asker';
  }
  await deletePosted(parts, answer, user);
  return 'removed';
}

export async function deletePosted(
  { poster, store, now }: AnswerParts,
  { channel, ts }: PostedAnswer,
  by: string,
): Promise<void> {
  await poster.remove({ channel, ts });
  await store.answers.remove(channel, ts);
  const entry = { action: 'answer_deleted', actor: by, subject: channel, detail: `回答 ${ts}` } as const;
  await store.audit.append(entry, now());
}

const REASONS = {
  not_asker: 'この回答を削除できるのは、質問した方だけです。',
  unknown: 'この回答は記録が残っていないため、削除できません。',
};

export async function tellNotRemoved(
  { poster }: AnswerParts,
  place: SlackPlace,
  user: string,
  reason: keyof typeof REASONS,
): Promise<void> {
  await poster.whisper(place, user, sentence(REASONS[reason]));
}
