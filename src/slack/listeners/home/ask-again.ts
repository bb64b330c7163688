import { chosenKpi, questionOf } from '../../button-question.ts';
import { updateView } from '../../delivery/update-view.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeChoice } from '../../payloads/home-payloads.ts';
import { answerModal, modalPanel, waitingModal } from '../../views/answer-modal.ts';
import { sentence } from '../../views/answer-view.ts';
import type { Rendered } from '../../views/blocks.ts';
import { HOME_KPI_ACTION } from '../../views/home-kpis.ts';
import { HOME_ASK_ACTION } from '../../views/home-questions.ts';
import { postedAnswer } from '../answer-messages.ts';
import { type Listener, listener } from '../listener.ts';
import type { ListenerParts } from '../parts.ts';

const FAULT = '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。';

/** Questions asked from the Home tab: a KPI is answered in a modal, a recent question in the direct message. */
export function homeQuestionListeners(parts: ListenerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: HOME_KPI_ACTION,
      schema: HomeChoice,
      handle: (choice) => showKpi(parts, choice),
    }),
    listener({
      on: 'action',
      id: HOME_ASK_ACTION,
      schema: HomeChoice,
      handle: (choice) => askAgain(parts, choice),
    }),
  ];
}

/** A trigger lives 3 seconds: the modal opens at once and is filled when the answer is there. */
async function showKpi(parts: ListenerParts, { user, trigger_id, actions }: HomeChoice): Promise<void> {
  const { web, store, converse, log } = parts;
  const indicator = actions[0]?.selected_option?.value;
  if (indicator === undefined) return;
  const metadata = JSON.stringify({ channel: null });
  const opened = await web.views
    .open({ trigger_id, view: waitingModal({ close: '閉じる', metadata }) })
    .catch((error: unknown) => {
      log.warn(describeFault(error), 'modal not opened');
      return null;
    });
  const id = opened?.view?.id;
  if (id === undefined) return;
  const show = async (message: Rendered) => {
    await updateView(web, id, answerModal({ message, close: '閉じる', metadata }));
    return null;
  };
  const settings = await store.personSettings(user.id).catch(async (error: unknown) => {
    log.error(describeFault(error), 'branch not read');
    await show(sentence(FAULT));
    return null;
  });
  if (settings === null) return;
  const { branch } = settings;
  await converse({
    ...chosenKpi(branch, null, indicator),
    asker: user.id,
    channel: null,
    threadKey: null,
    continues: false,
    render: (asked) => modalPanel(asked, null),
    show,
    request: `home:${trigger_id}`,
  });
}

async function askAgain(parts: ListenerParts, { user, actions }: HomeChoice): Promise<void> {
  const {
    web,
    converse,
    poster: { post },
  } = parts;
  const [clicked] = actions;
  const { channel } = await web.conversations.open({ users: user.id });
  const direct = channel?.id;
  if (direct === undefined || !clicked?.value) return;
  const request = `home:${user.id}:${clicked.action_ts}`;
  await converse({
    ...questionOf(clicked.value),
    asker: user.id,
    channel: null,
    threadKey: null,
    opensThread: true,
    continues: false,
    render: postedAnswer(user.id),
    show: (message) => post({ channel: direct, threadTs: null }, message, request),
    request,
  });
}
