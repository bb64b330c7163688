import type { HomeView, KnownBlock, ModalView } from '@slack/web-api';
import type { Asked } from '../../model/ask.ts';
import type { Query } from '../../model/query.ts';
import { buttonValue } from '../button-question.ts';
import { LIMITS } from '../limits.ts';
import type { Rendered } from './blocks.ts';
import { answerView } from './card.ts';
import { CHOICE_ACTION } from './choices.ts';
import { contextLine, plainTextElement, section } from './text.ts';

export const MODAL_SHARE_ACTION = 'modal:share';
/** modal:choice:0, modal:choice:1 … */
export const MODAL_CHOICE_ACTION = /^modal:choice:\d+$/;

/** Blocks that a modal takes; tables and charts it does not. */
const IN_MODALS: ReadonlySet<string> = new Set(['section', 'header', 'context', 'divider', 'actions']);

/** An answer as it stands in a modal, with a button that shows it to the channel where there is one. */
export function modalPanel({ answer, query }: Asked, channel: string | null): Rendered {
  const isShareable = channel !== null && answer.kind === 'answered' && answer.sources.length > 0;
  return inModal(answerView(answer, isShareable ? shareButton(query) : []));
}

function shareButton(query: Query): KnownBlock[] {
  const value = buttonValue(query);
  if (value === null) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: MODAL_SHARE_ACTION,
          text: plainTextElement('チャンネルに共有', LIMITS.buttonLabel),
          value,
          style: 'primary',
        },
      ],
    },
  ];
}

function inModal(message: Rendered): Rendered {
  const blocks = message.classic.filter(({ type }) => IN_MODALS.has(type)).map(ownChoices);
  return { blocks, classic: blocks, text: message.text };
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

export interface AnswerModal {
  message: Rendered;
  /** Said above the answer: that it was shared, or why not. */
  remark?: string | undefined;
  /** By which the view can be changed before Slack has told its id. */
  externalId?: string | undefined;
  /** What closing it is called: 戻る where it lies over a form, 閉じる where nothing is under it. */
  close?: '戻る' | '閉じる' | undefined;
  metadata: string;
}

export function answerModal({
  message,
  remark,
  externalId,
  close = '戻る',
  metadata,
}: AnswerModal): ModalView {
  return {
    type: 'modal',
    title: plainTextElement('KPIを調べる', LIMITS.modalTitle),
    close: plainTextElement(close, LIMITS.modalTitle),
    private_metadata: metadata,
    ...(externalId === undefined ? {} : { external_id: externalId }),
    blocks: [...(remark === undefined ? [] : [contextLine(remark)]), ...message.classic],
  };
}

/** Stands until the answer is there. */
export function waitingModal(of: Pick<AnswerModal, 'close' | 'metadata'>): ModalView {
  const blocks = [section('資料を調べています…')];
  return answerModal({ ...of, message: { blocks, classic: blocks, text: '' } });
}

/** Said over what somebody opened who may not be served; closing it closes all of it. */
export function refusedModal(text: string): ModalView {
  return {
    type: 'modal',
    title: plainTextElement('planbot', 24),
    close: plainTextElement('閉じる', 24),
    clear_on_close: true,
    blocks: [section(text)],
  };
}

/** In place of the Home tab: what a former colleague had there must not stay. */
export function refusedHome(text: string): HomeView {
  return { type: 'home', blocks: [section(text)] };
}
