import { questionOf } from '../../button-question.ts';
import type { PostedMessage } from '../../delivery/poster.ts';
import { isOutside } from '../../delivery/slack-errors.ts';
import { updateView } from '../../delivery/update-view.ts';
import { describeFault } from '../../log-fault.ts';
import { ModalClick } from '../../payloads/form-payloads.ts';
import {
  answerModal,
  MODAL_CHOICE_ACTION,
  MODAL_SHARE_ACTION,
  modalPanel,
} from '../../views/answer-modal.ts';
import type { Rendered } from '../../views/blocks.ts';
import { sharedView } from '../../views/shared.ts';
import { postedAnswer } from '../answer-messages.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

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
      handle: (click) => share(parts, click),
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

async function share(parts: AnswerParts, click: ModalClick): Promise<void> {
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
