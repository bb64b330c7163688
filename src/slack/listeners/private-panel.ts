import type { KnownBlock } from '@slack/web-api';
import type { Asked } from '../../model/ask.ts';
import { answerView } from '../views/answer-view.ts';
import type { Rendered } from '../views/blocks.ts';
import { shareButton } from '../views/choices.ts';
import { pictureButton } from '../views/picture-button.ts';

/** An answer that one person sees, with the button that shows it to the channel. */
export function privatePanel(asked: Asked): Rendered {
  const { answer, query } = asked;
  const isShareable = answer.kind === 'answered' && answer.sources.length > 0;
  const actions: KnownBlock[] = isShareable ? shareButton(query) : [];
  return answerView(answer, [...pictureButton(asked), ...actions]);
}
