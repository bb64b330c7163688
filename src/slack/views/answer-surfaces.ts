import type { HomeView, KnownBlock, ModalView } from '@slack/web-api';
import type { Asked } from '../../model/ask.ts';
import { buttonValue } from '../button-question.ts';
import type { InteractionType } from '../slack-request.ts';
import { contextLine, type Rendered, section } from './blocks.ts';
import { answerFoot, answerView } from './card.ts';
import { CHOICE_ACTION, pictureButton, SHARE_ACTION, shareButton } from './choices.ts';
import { modal } from './forms.ts';

/** An answer that all can see, with what its readers may do with it. Small talk and questions back have no such foot. */
export function postedAnswer(asker: string): (asked: Asked) => Rendered {
  return (asked) => {
    const { answer, query } = asked;
    if (answer.kind === 'clarify' || query.facts === 'talk') return answerView(answer);
    const { blocks, classic } = answerFoot(asker);
    const picture = pictureButton(asked);
    return answerView(answer, [...picture, ...blocks], [...picture, ...classic]);
  };
}

/** An answer that one person sees, with the button that shows it to the channel. */
export function privatePanel(asked: Asked): Rendered {
  return answerView(asked.answer, [...pictureButton(asked), ...shareButtonOf(asked, SHARE_ACTION)]);
}

function shareButtonOf({ answer, query }: Asked, id: string): KnownBlock[] {
  const isShareable = answer.kind === 'answered' && answer.sources.length > 0;
  return isShareable ? shareButton(id, buttonValue(query)) : [];
}

export const MODAL_SHARE_ACTION = 'modal:share';
/** modal:choice:0, modal:choice:1 … */
export const MODAL_CHOICE_ACTION = /^modal:choice:\d+$/;

/** Blocks that a modal takes; tables and charts it does not. */
const IN_MODALS: ReadonlySet<string> = new Set(['section', 'header', 'context', 'divider', 'actions']);

/** An answer as it stands in a modal, with a button that shows it to the channel where there is one. */
export function modalPanel(asked: Asked, channel: string | null): Rendered {
  const share = channel === null ? [] : shareButtonOf(asked, MODAL_SHARE_ACTION);
  const { classic, text } = answerView(asked.answer, share);
  const blocks = classic.filter(({ type }) => IN_MODALS.has(type)).map(ownChoices);
  return { blocks, classic: blocks, text };
}

/** A choice in a message answers in the channel; one in a modal, in the modal. */
function ownChoices(block: KnownBlock): KnownBlock {
  if (block.type !== 'actions') return block;
  const elements = block.elements.map((element) =>
    CHOICE_ACTION.test(element.action_id ?? '')
      ? { ...element, action_id: `modal:${element.action_id}` }
      : element,
  );
  return { ...block, elements };
}

interface AnswerModal {
  message: Rendered;
  /** Said above the answer: that it was shared, or why not. */
  remark?: string | undefined;
  externalId?: string | undefined;
  /** What closing it is called: 戻る where it lies over a form, 閉じる where nothing is under it. */
  close?: '戻る' | '閉じる' | undefined;
  metadata: string;
}

export function answerModal({ message, remark, close = '戻る', ...more }: AnswerModal): ModalView {
  const blocks = [...(remark === undefined ? [] : [contextLine(remark)]), ...message.classic];
  return modal({ title: 'KPIを調べる', close, blocks, ...more });
}

/** Stands until the answer is there. */
export function waitingModal(of: Pick<AnswerModal, 'close' | 'metadata'>): ModalView {
  const blocks = [section('資料を調べています…')];
  return answerModal({ ...of, message: { blocks, classic: blocks, text: '' } });
}

/** Said over what somebody opened who may not be served; closing it closes all of it. */
export function refusedModal(text: string): ModalView {
  return modal({ title: 'planbot', close: '閉じる', closesAll: true, blocks: [section(text)] });
}

/** In place of the Home tab: what a former colleague had there must not stay. */
export function refusedHome(text: string): HomeView {
  return { type: 'home', blocks: [section(text)] };
}

/** The acknowledgement of what is not done. Slack shows an error where nobody acknowledges. */
export function refusedAck(interaction: InteractionType | null, text: string) {
  if (interaction === 'block_suggestion') return { options: [] };
  if (interaction !== 'view_submission') return undefined;
  return { response_action: 'update' as const, view: refusedModal(text) };
}
