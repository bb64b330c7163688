import type { KnownBlock } from '@slack/web-api';
import type { Asked } from '../../model/ask.ts';
import { answerFoot } from '../views/answer-foot.ts';
import { answerView } from '../views/answer-view.ts';
import type { Rendered } from '../views/blocks.ts';
import { shareButton } from '../views/choices.ts';
import { pictureButton } from '../views/picture-button.ts';

/** An answer that all can see, with what its readers may do with it. Small talk and questions back have no such foot. */
export function postedAnswer(asker: string): (asked: Asked) => Rendered {
  return (asked) => {
    const { answer, query } = asked;
    if (answer.kind === 'clarify' || query.facts === 'talk') {
      return answerView(answer);
    }
    const { blocks, classic } = answerFoot(asker);
    const picture = pictureButton(asked);
    return answerView(answer, [...picture, ...blocks], [...picture, ...classic]);
  };
}

/** An answer that one person sees, with the button that shows it to the channel. */
export function privatePanel(asked: Asked): Rendered {
  const { answer, query } = asked;
  const isShareable = answer.kind === 'answered' && answer.sources.length > 0;
  const actions: KnownBlock[] = isShareable ? shareButton(query) : [];
  return answerView(answer, [...pictureButton(asked), ...actions]);
}
