import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Facts, Filter, Query } from '../model/query.ts';
import { isInterrogative, isKpiWord } from './read-facts.ts';
import { countsUnit } from './read-names.ts';
import type { OperatorsRead } from './read-operators.ts';
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

const WHICH = /[いたる]の(?:は|って)[?？。]?$/;

/** Whether yes or no is asked for. */
export function isClaim(
  { sentence, facts, names, scope, claimed }: OperatorContext,
  operators: OperatorsRead,
  filters: readonly Filter[],
): boolean {
  if (claimed) return true;
  const { order, limit } = operators;
  if (scope.subject.length > 0 && order !== null && limit !== null && !scope.asksPlace) return true;
  const isSingle = !scope.asksBranches && scope.branches.length <= 1 && !scope.every;
  const isNamed = names.ids.length > 0 || names.words.length > 0;
  if (!isSingle || !isNamed) return false;
  const compares = filters.some(({ type }) => type === 'compare');
  // 「去年より高いのは？」 asks which.
  if (facts === 'kpi' && scope.branches.length === 0 && WHICH.test(sentence.plain)) return false;
  if (operators.held || (compares && facts === 'kpi' && names.ids.length > 0)) return true;
  // 「予算内に収まってる？」
  if (facts === 'budget' && sentence.has('met')) return true;
  return sentence.has('over', 'on_time', 'new', 'continued');
}

/** What a number is a number of, by its last characters: 保険料率, 平均年齢, 加入者数. */
const QUANTITY = /(?:率|数|額|年齢|人口|金利|残高|費|番号)$/;

/** 「保険料率は何％？」, 「職員は何人？」: a figure is asked of the text, and nothing else of it. */
export function asksFigure(sentence: Sentence): boolean {
  const { has, items, textOf } = sentence;
  if (has('text', 'why', 'when', 'which_branch', 'definition', 'next', 'progress', 'evaluation'))
    return false;
  if (has('count', 'how_many', 'how_much')) return true;
  const last = items.findLast(({ kind }) => kind === 'word' || kind === 'indicator');
  // 「電話番号みたいなのも知らせてる？」 asks for no number.
  const isAsked = last !== undefined && /^(?:[はがをも?。、]|って|$)/.test(sentence.plain.slice(last.to));
  return isAsked && last.kind === 'word' && !last.verb && QUANTITY.test(textOf(last));
}

/** 「最下位ではないよね」: that it is not so is what shall be confirmed. */
export function denies({ sentence, claimed }: OperatorContext): boolean {
  const [denied] = sentence
    .phrases('exclude')
    .filter((phrase) => !sentence.isUsed(phrase) && /(?:では?|じゃ)ない/.test(sentence.textOf(phrase)));
  if (denied === undefined || !claimed) return false;
  sentence.use([denied]);
  return true;
}

export function showOf({ sentence, facts, scope }: OperatorContext): Query['show'] {
  const { has } = sentence;
  if (has('chart')) return 'chart';
  // 「滋賀はどこの役所と…」 asks where within one branch.
  const isWhich = scope.branches.length !== 1 && (scope.asksBranches || has('branches'));
  if (facts === 'passage' && isWhich) return 'which';
  if (has('why')) return 'reason';
  if (has('when')) return 'time';
  if ((facts === 'passage' || facts === 'count') && asksFigure(sentence)) return 'figure';
  if (facts === 'passage') return 'text';
  // 「健診のKPI3つ」
  const several = sentence.of('number').some(({ unit, value }) => unit === 'つ' && value > 1);
  const isKpis = several && sentence.phrases('target').some((own) => isKpiWord(sentence.textOf(own)));
  return isKpis || has('list', 'kpi_list', 'each') ? 'list' : 'value';
}
