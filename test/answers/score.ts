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
  /** Of a question about text: the places that answer, as file and first and last line. */
  gold?: [string, number, number][];
  /** Of a question for branches: those that do it, and those that count neither way. */
  branches?: string[];
  optional?: string[];
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

const PLACES_LOOKED_AT = 3;

function isAt(gold: NonNullable<BatchQuestion['gold']>, { passages }: Answer): boolean {
  return passages
    .slice(0, PLACES_LOOKED_AT)
    .some((shown) =>
      gold.some(([file, from, to]) => shown.file === file && shown.from <= to && from <= shown.to),
    );
}

/** Four of five wanted branches are named, and four of five named ones are wanted. */
function namesBranches(wanted: readonly string[], optional: readonly string[], { text }: Answer): boolean {
  const lines = [...text.matchAll(/^・(.+?)支部 /gm)].map(([, name = '']) => name);
  const named = [...new Set(lines)].filter((name) => !optional.includes(name));
  const right = named.filter((name) => wanted.includes(name)).length;
  return right >= 0.8 * wanted.length && right >= 0.8 * named.length;
}

/** By the rules of ../shared/evaluate. */
export function outcomeOf(
  { kind, must = [], must_not = [], gold = [], branches = [], optional = [] }: BatchQuestion,
  answer: Answer,
): Outcome {
  const text = plain(answer.text);
  const isForbidden = must_not.some((said) => text.includes(plain(said)));
  const says = must.every((said) => said.split('|').some((one) => text.includes(plain(one))));
  const isAnswered = answer.kind === 'answered';
  const isRight = () => {
    if (kind === 'none') return !isAnswered || /未報告|ありません|書かれていません/.test(answer.text);
    if (kind === 'passage') return isAnswered && isAt(gold, answer);
    if (kind === 'which') return isAnswered && namesBranches(branches, optional, answer);
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
