import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { plainTextElement } from './text.ts';

export const MOVE_FORM = 'reminder_move';
export const MOVE_FIELD = 'day';

/** Which promise the form moves, and where its message stands. */
export const MoveTarget = z.strictObject({
  messageId: z.int().positive(),
  series: z.string().min(1),
  channel: z.string().min(1),
});
export type MoveTarget = z.infer<typeof MoveTarget>;

/** 「予定の時期を変える」. */
export function moveForm(target: MoveTarget): ModalView {
  return {
    type: 'modal',
    callback_id: MOVE_FORM,
    private_metadata: JSON.stringify(target),
    title: plainTextElement('予定の時期を変える', 24),
    submit: plainTextElement('変える', 24),
    close: plainTextElement('やめる', 24),
    blocks: [
      {
        type: 'input',
        block_id: MOVE_FIELD,
        label: plainTextElement('新しい期日', 100),
        hint: plainTextElement('この日が近づいたら、改めてお知らせします。', 150),
        element: { type: 'datepicker', action_id: MOVE_FIELD },
      },
    ],
  };
}
