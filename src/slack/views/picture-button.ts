import type { KnownBlock } from '@slack/web-api';
import type { Answer } from '../../model/answer.ts';
import type { Asked } from '../../model/question.ts';
import { LIMITS } from '../limits.ts';
import { plain, plainText } from './text.ts';

export const PICTURE_ACTION = 'picture';

/** Offers rankings and trends as a picture; the button carries the question as it was understood. */
export function pictureButton({ answer, context }: Asked): KnownBlock[] {
  if (!isDrawable(answer) || context.asked === '' || context.asked.length > LIMITS.buttonValue) {
    return [];
  }
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: PICTURE_ACTION,
          text: plainText('グラフを画像で受け取る', LIMITS.buttonLabel),
          value: plain(context.asked, LIMITS.buttonValue),
        },
      ],
    },
  ];
}

/** Two figures at least, beside each other or over time. */
function isDrawable(answer: Answer): boolean {
  if (answer.kind !== 'answered') return false;
  if (answer.chart !== null) return true;
  const numbered = answer.table?.rows.filter((cells) => cells.at(-1)?.value != null) ?? [];
  return answer.topic === 'rank' && numbered.length > 1;
}
