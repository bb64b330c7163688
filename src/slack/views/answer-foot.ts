import type { Button, KnownBlock } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import { plainText } from './text.ts';

/** Of the thumbs; the classic buttons are feedback:good and feedback:bad. */
export const FEEDBACK_ACTION = /^feedback(?::(?:good|bad))?$/;
export const DELETE_ACTION = 'delete_answer';

const GOOD = '役に立った';
const BAD = '違っていた';
const DELETE = 'この回答を削除';
const confirm = {
  title: plainText(DELETE, 100),
  text: plainText('この回答を全員の画面から削除します。よろしいですか？', 300),
  confirm: plainText('削除する', 30),
  deny: plainText('やめる', 30),
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
            positive_button: { text: plainText(GOOD, LIMITS.buttonLabel), value: 'good' },
            negative_button: { text: plainText(BAD, LIMITS.buttonLabel), value: 'bad' },
          },
          {
            type: 'icon_button',
            icon: 'trash',
            text: plainText(DELETE, LIMITS.buttonLabel),
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
  return { type: 'button', action_id, text: plainText(label, LIMITS.buttonLabel), value };
}
