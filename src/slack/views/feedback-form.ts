import type { ModalView, PlainTextOption } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

export const FEEDBACK_FORM = 'feedback_form';
export const FEEDBACK_FIELDS = { wrong: 'wrong', words: 'words' } as const;

/** What an answer can have wrong, as it is kept with the feedback. */
export const WRONGS = [
  '数値が違う',
  '出典が違う',
  '別の質問に答えている',
  '知りたいことが載っていない',
  '読みにくい',
] as const;

export const FEEDBACK_WORDS = 500;

/** 「何が違いましたか」. `metadata` says which answer is meant. */
export function feedbackForm(metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: FEEDBACK_FORM,
    private_metadata: metadata,
    title: plainTextElement('回答へのご意見', 24),
    submit: plainTextElement('送信', 24),
    close: plainTextElement('やめる', 24),
    blocks: [
      {
        type: 'input',
        block_id: FEEDBACK_FIELDS.wrong,
        optional: true,
        label: plainTextElement('何が違いましたか', 100),
        element: {
          type: 'checkboxes',
          action_id: FEEDBACK_FIELDS.wrong,
          options: WRONGS.map(
            (wrong): PlainTextOption => ({ text: plainTextElement(wrong, LIMITS.buttonLabel), value: wrong }),
          ),
        },
      },
      {
        type: 'input',
        block_id: FEEDBACK_FIELDS.words,
        optional: true,
        label: plainTextElement('詳しく', 100),
        element: {
          type: 'plain_text_input',
          action_id: FEEDBACK_FIELDS.words,
          multiline: true,
          max_length: FEEDBACK_WORDS,
          placeholder: plainTextElement('例：目標は88.3％ではなく89.0％です', 150),
        },
      },
    ],
  };
}
