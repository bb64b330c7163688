import type { Button, KnownBlock } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

/** Of the thumbs; the classic buttons are feedback:good and feedback:bad. */
export const FEEDBACK_ACTION = /^feedback(?::(?:good|bad))?$/;
export const DELETE_ACTION = 'delete_answer';

const GOOD = '役に立った';
const BAD = '違っていた';
const DELETE = 'この回答を削除';
const confirm = {
  title: plainTextElement(DELETE, 100),
  text: plainTextElement('この回答を全員の画面から削除します。よろしいですか？', 300),
  confirm: plainTextElement('削除する', 30),
  deny: plainTextElement('やめる', 30),
};

/** What a reader may do with an answer: say whether it helped, and, for whoever asked, take it away. */
export function answerFoot(asker: string): { blocks: KnownBlock[]; classic: KnownBlock[] } {
  return {
    blocks: [
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'feedback',
            positive_button: { text: plainTextElement(GOOD, LIMITS.buttonLabel), value: 'good' },
            negative_button: { text: plainTextElement(BAD, LIMITS.buttonLabel), value: 'bad' },
          },
          {
            type: 'icon_button',
            icon: 'trash',
            text: plainTextElement(DELETE, LIMITS.buttonLabel),
            action_id: DELETE_ACTION,
            visible_to_user_ids: [asker],
            confirm,
          },
        ],
      },
    ],
    classic: [
      {
        type: 'actions',
        elements: [
          button('feedback:good', `👍 ${GOOD}`, 'good'),
          button('feedback:bad', `👎 ${BAD}`, 'bad'),
          { ...button(DELETE_ACTION, DELETE, 'delete'), confirm },
        ],
      },
    ],
  };
}

function button(action_id: string, label: string, value: string): Button {
  return { type: 'button', action_id, text: plainTextElement(label, LIMITS.buttonLabel), value };
}
