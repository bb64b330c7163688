import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Column, Facts, Filter, Status } from '../model/query.ts';
import { isOf, isShareWord } from './composed.ts';
import { countsUnit, type NamesRead } from './read-names.ts';
import type { PhraseToken, Sentence } from './sentence.ts';

export const STATUSES: Partial<Record<PhraseMeaning, Status>> = {
  met: 'met',
  unmet: 'unmet',
  behind: 'behind',
  on_course: 'on_course',
  reported: 'reported',
  unreported: 'unreported',
  new: 'new',
  dropped: 'dropped',
  continued: 'continued',
  first_time: 'first_time',
  relative: 'relative',
  numeric: 'numeric',
  non_numeric: 'numeric',
  set: 'set',
  over: 'over',
  overdue: 'overdue',
};

export const EVALUATION_MARKS = { mark_good: '○', mark_partly: '△', mark_bad: '×', mark_none: '―' } as const;

export function isMark(as: PhraseMeaning): as is keyof typeof EVALUATION_MARKS {
  return as in EVALUATION_MARKS;
}

const COLUMNS: Partial<Record<PhraseMeaning, Column>> = {
  target: 'target',
  actual: 'actual',
  state: 'state',
  on_time: 'state',
  previous: 'previous',
  gap: 'gap',
  achievement: 'achievement',
  as_of: 'as_of',
  source: 'source',
  unit: 'unit',
  proviso: 'proviso',
  amount: 'amount',
  executed: 'executed',
  remainder: 'remainder',
  execution_rate: 'execution_rate',
  evaluation: 'evaluation',
  progress: 'progress',
  next: 'next',
};
const KPI_COLUMNS: ReadonlySet<Column> = new Set([
  'target',
  'actual',
  'state',
  'previous',
  'gap',
  'achievement',
  'as_of',
  'source',
  'unit',
  'proviso',
]);
const MEASURE_COLUMNS: ReadonlySet<Column> = new Set(['evaluation', 'progress', 'next']);

/** What of the rows is asked, in the order said. */
export function readAskedColumns(sentence: Sentence): Column[] {
  const said = sentence.use(sentence.of('phrase').filter(({ as }) => COLUMNS[as] !== undefined));
  // KPI is the figure itself; beside another column it is no target.
  const named = said.filter((phrase) => !(phrase.as === 'target' && isKpiWord(sentence.textOf(phrase))));
  const counted = named.length > 0 ? named : said;
  const columns = [...new Set(counted.flatMap(({ as }) => COLUMNS[as] ?? []))];
  // 「予算の何％が執行済み？」
  // and 「予算額に対する執行額の率」
  const saysRate = sentence.phrases('ignore').some((own) => sentence.textOf(own) === '率');
  return columns.includes('executed') && (saysRate || asksShare(sentence))
    ? columns
        .filter((column) => column !== 'amount')
        .map((column) => (column === 'executed' ? 'execution_rate' : column))
    : columns;
}

/** KPI as such, not 目標. */
export function isKpiWord(text: string): boolean {
  return /^(?:kpi|けーぴーあい|重要業績評価指標)$/i.test(text.normalize('NFKC'));
}

/** What 「…のどのくらい」 is a share of. */
const WHOLES: ReadonlySet<PhraseMeaning> = new Set(['sum', 'budget', 'amount', 'among']);

/** 何割, 何％, 割合, 総額のどのくらい: a share, of what is no rate by itself. */
export function asksShare({ items, of, textOf }: Sentence): boolean {
  const isOfWhole = (phrase: PhraseToken) => {
    const at = items.indexOf(phrase);
    const [whole, particle] = at < 2 ? [] : items.slice(at - 2, at);
    return whole?.kind === 'phrase' && WHOLES.has(whole.as) && particle !== undefined && isOf(particle);
  };
  return of('phrase').some(
    (phrase) =>
      (phrase.as === 'how_many' && (isShareWord(textOf(phrase)) || isOfWhole(phrase))) ||
      (phrase.as === 'ignore' && /^(?:割合|比率)$/.test(textOf(phrase))),
  );
}

/** 「全体の何％」: a share of the whole, which is not named otherwise. */
export function asksPart(sentence: Sentence): boolean {
  return asksShare(sentence) && /占める|のうち|全体|内訳|合計|総額/.test(sentence.text);
}

interface FactsRead {
  facts: Facts;
  /** The kind was said in so many words; else a thread or the indicator decides. */
  said: boolean;
}

/** Whether amounts of money are asked for. */
function isBudget(sentence: Sentence, { ids, units, words }: NamesRead, filters: readonly Filter[]): boolean {
  const { has, phrases, textOf } = sentence;
  if (ids.length > 0 && has('target')) return false;
  const inWords =
    has('budget', 'amount', 'executed', 'execution_rate', 'unstarted', 'procuring') ||
    phrases('contracted').some((phrase) => textOf(phrase).includes('済')) ||
    phrases('sum', 'over', 'met').some((phrase) => /予算|総額/.test(textOf(phrase)));
  if (inWords) return true;
  if (has('why')) return false;
  const inYen =
    sentence.of('number').some(({ unit }) => unit === '円') ||
    filters.some(
      (filter) => filter.type === 'compare' && filter.right.type === 'number' && filter.right.unit === '円',
    );
  const asksMoney = has('how_much') && !has('target', 'gap');
  if (!units.includes('円') && (inYen || asksMoney)) return true;
  if (ids.length > 0) return false;
  const ofItems = sentence
    .of('phrase')
    .some(
      ({ as, ...span }) =>
        (as === 'ignore' || as === 'new') && /事業/.test(sentence.plain.slice(span.from, span.to)),
    );
  const aboutItem =
    words.some(({ verb }) => !verb) && !has('text', 'when', 'which_branch', 'target', 'actual');
  const isItemsState = has('new', 'dropped', 'continued') && (ofItems || aboutItem);
  return has('over') || isItemsState || (has('remainder') && aboutItem);
}

/** 件数 and 対象者数 are counted things of their own; 何社 of an indicator in 事業所 is its figure. */
function isCount(
  sentence: Sentence,
  { ids, units, words }: NamesRead,
  filters: readonly Filter[],
  content: boolean,
): boolean {
  const { has, textOf } = sentence;
  const counts = sentence.phrases('count');
  if (counts.length === 0 || has('target', 'when') || filters.length > 0) return false;
  const isKpi =
    ids.length > 0 && words.length === 0 && counts.every((phrase) => countsUnit(textOf(phrase), units));
  const isThing = counts.some((phrase) => !isInterrogative(textOf(phrase)));
  return !isKpi && (content || ids.length > 0 || isThing);
}

/** 何人, 何件: they ask, 人数 and 件数 name. */
export function isInterrogative(text: string): boolean {
  return /^(?:何|なん)/.test(text);
}

/** Which table a question is about, by its words. */
export function readFacts(
  sentence: Sentence,
  names: NamesRead,
  columns: readonly Column[],
  filters: readonly Filter[],
): FactsRead {
  const { has, textOf } = sentence;
  const { ids, sure, words } = names;
  const cities = sentence.of('city');
  const content = words.length > 0 || cities.length > 0;
  const isWhen = has('when');
  const isWhy = has('why');
  // 「査定率の実績はなぜ低い？」 asks about a figure, which is shown with what the text has on it.
  const ofFigure =
    isWhy && ids.length > 0 && !content && has('actual', 'rise', 'fall', 'high', 'low', 'unmet', 'behind');
  const asksText =
    has('text') ||
    (isWhen && (content || ids.length > 0)) ||
    (isWhy && !ofFigure && sentence.of('reference').length === 0 && (content || ids.length > 0));
  const kpiColumns = columns.filter((column) => KPI_COLUMNS.has(column));
  const said = (facts: Facts): FactsRead => ({ facts, said: true });
  const isMarked = sentence.of('phrase').some(({ as }) => isMark(as)) || columns.includes('evaluation');
  const saysMoney = has('budget', 'amount', 'executed', 'execution_rate', 'how_much');
  if ((isMarked && !saysMoney) || has('overdue')) return said('measure');
  if (isBudget(sentence, names, filters)) return said('budget');
  if (isMarked) return said('measure');
  if (has('documents') && ids.length === 0 && !content) return said('document');
  if (has('schedule') && ids.length === 0 && !content) return said('schedule');
  const bare = sentence.of('place').length === 0 && sentence.of('years').length === 0 && !content;
  const isKpiItself = ids.length === 0 && sentence.phrases('target').some((own) => isKpiWord(textOf(own)));
  if (has('definition') && ((ids.length > 0 && sure) || isKpiItself) && bare) return said('definition');
  if (isCount(sentence, names, filters, content)) return said('count');
  const isPart = asksPart(sentence) && filters.length === 0;
  if (isPart && content && !has('target', 'which_branch', 'count_branches', 'share_branches'))
    return said('count');
  // An island or a ward is no branch: no KPI is of it.
  const isSmallPlace = cities.some((city) => /[島区町村]$/.test(textOf(city)));
  if (isSmallPlace && !has('target')) return said(asksText || isWhen ? 'passage' : 'count');
  const aboutMeasures = columns.some((column) => MEASURE_COLUMNS.has(column));
  if (aboutMeasures && kpiColumns.every((column) => column === 'state')) return said('measure');
  if (asksText || (has('definition') && content)) return said('passage');
  if (ids.length > 0 || has('kpi_list') || kpiColumns.length > 0) return said('kpi');
  const hasStatus = sentence.of('phrase').some(({ as }) => STATUSES[as] !== undefined);
  if (hasStatus && !content) return said('kpi');
  return content ? said('passage') : { facts: 'kpi', said: false };
}
