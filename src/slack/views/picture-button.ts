import type { KnownBlock } from '@slack/web-api';
import type { Answer } from '../../model/answer.ts';
import type { Asked } from '../../model/ask.ts';
import { buttonValue } from '../button-question.ts';
import { LIMITS } from '../limits.ts';
import { plainTextElement } from './text.ts';

export const PICTURE_ACTION = 'picture';

/** Offers rankings and trends as a picture; the button carries the query. */
export function pictureButton({ answer, query }: Asked): KnownBlock[] {
  const value = isDrawable(answer) ? buttonValue(query) : null;
  if (value === null) return [];
  return [
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: PICTURE_ACTION,
          text: plainTextElement('グラフを画像で受け取る', LIMITS.buttonLabel),
          value,
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
