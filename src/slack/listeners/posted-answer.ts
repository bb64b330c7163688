import type { Asked } from '../../model/question.ts';
import { answerFoot } from '../views/answer-foot.ts';
import { answerView } from '../views/answer-view.ts';
import type { Rendered } from '../views/blocks.ts';

/** An answer that all can see, with what its readers may do with it. Small talk and questions back have no such foot. */
export function postedAnswer(asker: string): (asked: Asked) => Rendered {
  return ({ answer, question }) => {
    if (answer.kind === 'clarify' || question.kind === 'talk') {
      return answerView(answer);
    }
    const { blocks, classic } = answerFoot(asker);
    return answerView(answer, blocks, classic);
  };
}
