import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Facts } from '../model/query.ts';
import { isInterrogative } from './read-facts.ts';
import { countsUnit } from './read-names.ts';
import type { OperatorContext } from './read-order.ts';
import type { PhraseToken, Sentence } from './sentence.ts';

/** Phrases that each kind of fact reads as a part of its words. */
const READ_AS_WORDS: Partial<Record<Facts, readonly PhraseMeaning[]>> = {
  budget: ['budget', 'how_much', 'count', 'state', 'kpi_list', 'text', 'set'],
  count: ['count', 'how_many', 'text', 'not', 'kpi_list', 'contracted'],
  measure: ['not', 'text', 'when', 'why', 'count', 'kpi_list'],
  definition: ['definition', 'text'],
  document: ['documents'],
  schedule: ['schedule', 'when'],
  kpi: ['how_much', 'why', 'kpi_list'],
};

/** Operators that no search of text can honour. */
const NOT_IN_TEXT: ReadonlySet<PhraseMeaning> = new Set([
  'exclude',
  'ratio',
  'median',
  'mean',
  'sum',
  'than',
]);

/**
 * 「京都以外で」 and 「触れていない支部」: what is left out or not said can not be searched for. Within one branch
 * 「医療以外に」 and 「予定より早く」 are words of the text.
 */
export function isBeyondText(
  phrase: PhraseToken,
  sentence: Sentence,
  scope: OperatorContext['scope'],
): boolean {
  const isOne = scope.branches.length === 1 && scope.excluded.length === 0;
  const before = sentence.items[sentence.items.indexOf(phrase) - 1];
  // 「八丈島のほかで」: a place of the branch is left out of what is asked.
  const leavesOut = phrase.as === 'exclude' && before?.kind === 'city';
  if (isOne && !leavesOut && (phrase.as === 'exclude' || phrase.as === 'than')) return false;
  const next = sentence.after(phrase);
  // 「日本語が得意でない人に」: what is not so describes a thing of the text.
  const describes = /(?:では?|じゃ)ない$/.test(sentence.textOf(phrase)) && next?.kind === 'word';
  if (phrase.as === 'exclude' && describes && before?.kind === 'word') return false;
  const isNotOfBranches =
    phrase.as === 'not' &&
    next?.kind === 'phrase' &&
    (next.as === 'branches' || next.as === 'which_branch') &&
    next.from === phrase.to;
  return NOT_IN_TEXT.has(phrase.as) || isNotOfBranches;
}

/** What a ない before it is said of. */
const NOUNS: ReadonlySet<PhraseMeaning> = new Set([
  'target',
  'branches',
  'which_branch',
  'count_branches',
  'kpi_list',
  'budget',
]);

/** What the kind of fact reads beside its names and operators. */
export function useRest({ sentence, facts, names, scope, claimed }: OperatorContext, said: boolean): void {
  const { use, of, phrases, textOf, text } = sentence;
  use(phrases(...(READ_AS_WORDS[facts] ?? [])));
  if (facts !== 'kpi' && facts !== 'budget') use(phrases('following'));
  if (claimed) {
    const every = use(phrases('every_one'));
    // 「違うとこあれば教えて」 is answered with those that differ.
    if (every.length > 0) use(phrases('different'));
  }
  if (facts === 'passage') use(of('phrase').filter((own) => !isBeyondText(own, sentence, scope)));
  if (facts === 'passage' || facts === 'count' || facts === 'measure') use(of('number'));
  // 1件あたり is a part of a name.
  use(of('number').filter(({ to }) => /^(?:あたり|当たり|当り)/.test(text.slice(to))));
  if (facts === 'kpi') {
    if (!said) use(phrases('when'));
    // 何社 asks for the figure itself; 件数 is a thing of its own.
    const asked = phrases('count').filter((phrase) => {
      const own = textOf(phrase);
      return (
        countsUnit(own, names.units) ||
        (names.ids.length === 0 && isInterrogative(own)) ||
        scope.counts !== null
      );
    });
    use(asked);
  }
  // 「足が出てない？」, 「高くない？」 ask for the thing itself; 「変わらないKPIは？」 does not.
  const belongsToNoun = (own: PhraseToken) => {
    const next = sentence.after(own);
    if (next === undefined || next.from !== own.to) return false;
    return next.kind === 'word' || (next.kind === 'phrase' && NOUNS.has(next.as));
  };
  if (claimed || /[?]$/.test(text)) use(phrases('not').filter((own) => claimed || !belongsToNoun(own)));
}
