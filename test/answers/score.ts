import type { Answer } from '../../src/model/answer.ts';

/** A question of a batch with what its answer must and must not say; `|` parts several spellings of one string. */
export interface BatchQuestion {
  id: string;
  kind: string;
  /** One question, or the turns of a thread: the answer is to the last. */
  q?: string;
  turns?: string[];
  must?: string[];
  must_not?: string[];
}

export type Outcome = 'right' | 'asked_back' | 'refused' | 'wrong';

/** Width, white space, commas and marks of emphasis do not count; 対前年度 is 前年度. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,，、*_`~]/g, '')
    .replace(/対前年度/g, '前年度')
    .replace(/[‐‑–—―ー−]/g, '-')
    .toLowerCase();
}

const OUTCOMES = { answered: 'wrong', clarify: 'asked_back', not_found: 'refused' } as const;

/** By the rules of ../shared/evaluate, for questions about figures. */
export function outcomeOf({ kind, must = [], must_not = [] }: BatchQuestion, answer: Answer): Outcome {
  const text = plain(answer.text);
  const isForbidden = must_not.some((said) => text.includes(plain(said)));
  const says = must.every((said) => said.split('|').some((one) => text.includes(plain(one))));
  const isAnswered = answer.kind === 'answered';
  const isRight = () => {
    if (kind === 'none') return !isAnswered || /未報告|ありません|書かれていません/.test(answer.text);
    if (kind === 'clarify') return !isAnswered || (must.length > 0 && says);
    return isAnswered && says && (kind !== 'rank' || inOrder(must, text));
  };
  return isRight() && !(isForbidden && (kind !== 'clarify' || isAnswered)) ? 'right' : OUTCOMES[answer.kind];
}

function inOrder(must: readonly string[], text: string): boolean {
  let from = -1;
  return must.every((said) => {
    const at = said.split('|').map((one) => text.indexOf(plain(one), from + 1));
    const found = at.filter((place) => place >= 0);
    from = Math.min(...found);
    return found.length > 0;
  });
}
