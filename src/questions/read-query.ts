import type { Catalogue, PhraseMeaning } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { EMPTY_QUERY, type Facts, type Filter, type Query } from '../model/query.ts';
import type { Composed } from './composed.ts';
import type { LinkName } from './indicators.ts';
import { isInterrogative, isKpiWord, readAskedColumns, readFacts } from './read-facts.ts';
import { countsUnit, linkNames, type NamesRead, readNames } from './read-names.ts';
import { type OperatorContext, type OperatorsRead, readOperators, readStatuses } from './read-operators.ts';
import { readQueryScope, readTime } from './read-scope.ts';
import { splitAtBranches } from './selection.ts';
import { type Of, openSentence, type PhraseToken, type Sentence } from './sentence.ts';
import type { Tokens } from './tokens.ts';

/** What one question says by itself, before a thread or a default completes it. */
export interface QueryReading {
  query: Query;
  /** Words that carry meaning and that nothing used, as written. */
  unread: string[];
  /** How many of the unread parts are content words, not operators. */
  unreadWords: number;
  /** Whether a search of text honours all that is said. */
  fitsText: boolean;
  /** What is to be shown where the text is searched. */
  textShow: Query['show'];
  /** Names that were linked softly: what was written, and what it was taken for. */
  linked: { text: string; ids: IndicatorId[] }[];
  /** Counted from the year that is talked about: −1 for 前年, 1 for 次の年度. */
  yearShift: -1 | 1 | null;
  /** 「山梨も」 adds to what was asked before. */
  adds: boolean;
  /** The words point back: それ, そのうち, 2つ. */
  pointsBack: boolean;
  /** How many of what was talked about are meant: 2支部とも. */
  all: number | null;
  /** A figure is asked for, and nothing else. */
  asksFigure: boolean;
  /** What chooses the branches of which the rest is asked: 健康宣言が一番多い支部の郵送化率. */
  choosing: QueryReading | null;
  /** Which end of what was shown is meant: 高い方の支部の郵送化率. */
  chosen: 'high' | 'low' | null;
  /** What comes after the places that were shown: その次は. */
  following: boolean;
  /** The years that were talked about are all meant: 両年で. */
  bothYears: boolean;
  /** Which kind of fact was said in so many words. */
  saysFacts: boolean;
  /** All branches were named as such, not only asked for as 「…の支部は」. */
  saysEvery: boolean;
  /** Words of its own that no name and no operator explains. */
  hasContent: boolean;
  /** The question's own words without branch and year: what texts are searched with. */
  words: string;
  /** A rate was asked for without saying which. */
  vague: boolean;
  /** The asker's own branch is meant: うちの支部. */
  isOwn: boolean;
  /** Branches that a group without a name of its own is without: 島根以外で. */
  excluded: string[];
  /** A year before 令和 was named. */
  beforeReiwa: boolean;
}

export interface ReadParts {
  catalogue: Catalogue;
  link: LinkName;
}

/** Operators that say one thing together: 「高い順に上位3つ」. What one of them says may be said again by another. */
const OPERATORS: readonly { kinds: readonly Composed['kind'][]; meanings: readonly PhraseMeaning[] }[] = [
  {
    kinds: ['end', 'places', 'reference'],
    meanings: [
      ...([
        'high',
        'low',
        'good',
        'bad',
        'top',
        'bottom',
        'extreme',
        'from_top',
        'from_bottom',
        'place',
      ] as const),
      ...(['difference', 'ratio', 'compare', 'rise', 'fall', 'change', 'gap', 'spread'] as const),
      ...(['improved', 'worsened'] as const),
    ],
  },
  { kinds: ['conditions'], meanings: ['same', 'half'] },
  { kinds: [], meanings: ['sum', 'mean', 'median', 'count_branches', 'share_branches'] },
  { kinds: [], meanings: ['met', 'unmet', 'behind', 'on_course', 'over', 'on_time', 'state'] },
  { kinds: [], meanings: ['new', 'dropped', 'continued', 'first_time'] },
  { kinds: [], meanings: ['relative', 'numeric', 'non_numeric', 'set'] },
];

/** The question of one run of items. Nothing is looked up but names. */
export function readQuery(items: readonly Composed[], written: Tokens, parts: ReadParts): QueryReading {
  const split = splitAtBranches(items);
  if (split === null) return readRun(items, written, parts);
  const choosing = readRun(split.choosing, written, parts);
  const reading = readRun(split.asking, written, parts);
  return { ...reading, choosing, unread: [...choosing.unread, ...reading.unread] };
}

function readRun(items: readonly Composed[], written: Tokens, parts: ReadParts): QueryReading {
  const reading = readItems(items, written, parts);
  if (reading.unread.length > 0 || reading.query.facts === 'passage') return reading;
  return { ...reading, unread: withoutEffect(items, written, parts, reading) };
}

/** Operators without which the same query would have been read: the question is not answered as if they were not there. */
function withoutEffect(
  items: readonly Composed[],
  written: Tokens,
  parts: ReadParts,
  { query }: QueryReading,
): string[] {
  const asRead = JSON.stringify(query);
  return OPERATORS.flatMap(({ kinds, meanings }) => {
    const group = items.filter(
      (item) =>
        (item.kind === 'phrase' ? meanings.includes(item.as) : kinds.includes(item.kind)) &&
        !(query.limit !== null && isTie(item, written.plain)),
    );
    if (group.length === 0) return [];
    const others = items.filter((item) => !group.includes(item));
    const changed = JSON.stringify(readItems(others, written, parts).query) !== asRead;
    return changed ? [] : group.map(({ from, to }) => written.plain.slice(from, to));
  });
}

/** 「トップ3、同率があればそれも」: equal figures always share a place. */
function isTie({ kind, from, to }: Composed, plain: string): boolean {
  return kind === 'phrase' && /^同(?:率|順位)/.test(plain.slice(from, to));
}

function readItems(
  items: readonly Composed[],
  written: Tokens,
  { catalogue, link }: ReadParts,
): QueryReading {
  const sentence = openSentence(items, written);
  const { has, says, of, use } = sentence;
  const columns = readAskedColumns(sentence);
  const conditions: Filter[] = use(conditionsOf(sentence)).flatMap((found) => found.filters);
  const known = readNames(sentence, catalogue);
  const first = readFacts(sentence, known, columns, conditions);
  const { names, facts } = linkNames({
    sentence,
    names: known,
    facts: first.facts,
    columns,
    catalogue,
    link,
  });
  if (facts !== 'kpi') use(names.words);
  if (facts === 'passage') use(of('word'));
  // 両年で without years of a thread or of its own is the course over the years.
  const bothYears = says('both_years');
  const claimed = says('claim');
  const isOnly = says('only') && claimed;
  const scope = readQueryScope(sentence, facts, conditions, isOnly);
  const time = readTime(sentence, facts);
  const parts: OperatorContext = { sentence, facts, names, scope, claimed };
  const operators = readOperators(parts);
  const statuses = readStatuses(parts);
  useRest(parts, first.said);
  const said = [...conditions, ...operators.filters, ...statuses.filters];
  const filter = [...new Map(said.map((own) => [JSON.stringify(own), own])).values()];
  if (bothYears && time.fys.length < 2) operators.compute ??= { type: 'change' };
  if (facts === 'budget' && operators.compute?.type === 'change' && time.since !== null)
    operators.compute = { ...operators.compute, from: time.since };
  const halves = facts === 'budget' && PARTED.has(operators.compute?.type ?? '') ? partOf(sentence) : null;
  const part = operators.compute?.type === 'share' ? halves : null;
  // 「ラジオ番組は動画の作成の何倍？」
  const pair = part === null && halves !== null ? [halves.part, halves.whole] : [];
  const query: Query = {
    ...EMPTY_QUERY,
    facts,
    indicators: [...names.ids],
    sure: names.sure,
    about: part?.part ?? (facts === 'kpi' ? '' : aboutOf(sentence, facts)),
    items:
      pair.length > 0
        ? pair.map((name) => name.slice(0, LONGEST_ITEM))
        : part === null
          ? itemsOf(sentence, facts)
          : [],
    columns: [
      ...new Set([...columns, ...statuses.columns, ...(operators.ofChange ? (['increase'] as const) : [])]),
    ],
    scope: {
      branches: scope.branches,
      every: scope.every,
      said: scope.group,
      fys: time.fys,
      relative: time.relative,
      quarters: time.quarters,
      months: time.months,
    },
    subject: scope.subject,
    filter,
    compute: part === null ? operators.compute : { type: 'share', of: part.whole.slice(0, LONGEST_ITEM) },
    order: operators.order,
    limit: operators.limit,
    offset: operators.offset,
    claim: isClaim(parts, operators, filter)
      ? isOnly
        ? 'only'
        : has('every_one')
          ? 'every'
          : denies(parts)
            ? 'fails'
            : 'holds'
      : null,
    show: showOf(parts),
  };
  const content = names.words.length > 0 || of('city').length > 0;
  return {
    query,
    unread: [...sentence.unread(), ...scope.noBranch, ...foreignColumns(sentence, facts, names)],
    unreadWords: facts === 'kpi' ? names.words.filter((word) => !sentence.isUsed(word)).length : 0,
    fitsText: !sentence.of('phrase').some((phrase) => isBeyondText(phrase, sentence, scope)),
    textShow: showOf({ ...parts, facts: 'passage' }),
    linked: names.linked,
    yearShift: time.shift,
    adds: of('particle').some(({ as }) => as === 'also'),
    pointsBack: has('that') || operators.counted !== null,
    all: operators.counted?.value ?? thatMany(sentence),
    bothYears: has('both_years'),
    following: has('following'),
    asksFigure: asksFigure(sentence),
    choosing: null,
    chosen: chosenOf(sentence),
    saysFacts: first.said && (names.ids.length > 0 || content || facts !== 'kpi' || has('kpi_list')),
    saysEvery: scope.saysEvery,
    hasContent: content,
    words: textWords(sentence),
    vague: isVague(sentence, names, facts),
    isOwn: has('own'),
    excluded: scope.excluded,
    beforeReiwa: time.beforeReiwa,
  };
}

/** 「高い方の支部の郵送化率は？」, 「一番多いところの郵送化率は？」: one of what was shown, asked for something else. */
function chosenOf({ items, phrases, textOf }: Sentence): 'high' | 'low' | null {
  const [chosen] = phrases('chosen');
  if (chosen !== undefined) return /^[低少]/.test(textOf(chosen)) ? 'low' : 'high';
  const at = items.findIndex((item) => item.kind === 'end' && item.limit === 1);
  const [end, of, particle, ...rest] = items.slice(Math.max(0, at));
  if (at < 0 || end?.kind !== 'end' || of?.kind !== 'phrase' || of.as !== 'branches') return null;
  const isOf = particle?.kind === 'particle' && textOf(particle) === 'の';
  const asksOther = rest.some(({ kind }) => kind === 'indicator');
  return isOf && asksOther && (end.order === 'high' || end.order === 'low') ? end.order : null;
}

/** 2つの合計, 三つとも. */
function thatMany({ phrases, textOf }: Sentence): number | null {
  const [many] = phrases('that').flatMap((phrase) => /^[2-9２-９二三四ふみ]/.exec(textOf(phrase)) ?? []);
  return many === undefined ? null : (MANY[many] ?? Number(many.normalize('NFKC')));
}

const MANY: Readonly<Record<string, number>> = { 二: 2, ふ: 2, 三: 3, み: 3, 四: 4 };

/** What only budgets have, asked of a KPI. */
function foreignColumns(sentence: Sentence, facts: Facts, { ids }: NamesRead): string[] {
  if (facts !== 'kpi' || ids.length === 0) return [];
  return sentence.phrases('executed', 'remainder', 'execution_rate').map(sentence.textOf);
}

/** Conditions on the figures. Two of two indicators, or of the branches (全体の半分以上), are more than a query holds. */
function conditionsOf(sentence: Sentence): Of<'conditions'>[] {
  const found = sentence.of('conditions');
  const [first] = found;
  const indicators = new Set(sentence.of('indicator').map(({ ids }) => ids.join()));
  const between = (a: Composed, b: Composed) =>
    sentence.of('indicator').some(({ from }) => from >= a.to && from < b.from);
  return found.filter((own) => {
    if (own === first || first === undefined) return true;
    const ofOther = indicators.size > 1 && between(first, own);
    if (excludesAll([...first.filters, ...own.filters])) return false;
    return !ofOther && !/半分|半数/.test(sentence.textOf(own));
  });
}

/** 10％超 and 5％未満: nothing is both, so that two lists are asked for. */
function excludesAll(filters: readonly Filter[]): boolean {
  const limits = (...ops: string[]) =>
    filters.flatMap((own) =>
      own.type === 'compare' && own.right.type === 'number' && ops.includes(own.op) ? [own.right.value] : [],
    );
  return Math.max(...limits('>=', '>')) > Math.min(...limits('<=', '<'));
}

/** 「東京の実施率」, 「目標は何％？」: a rate, and none is named. */
function isVague({ of, textOf }: Sentence, { ids }: NamesRead, facts: Facts): boolean {
  const asksRate = of('phrase').some(
    (phrase) =>
      (phrase.as === 'ignore' && /率|割合/.test(textOf(phrase))) ||
      (phrase.as === 'how_many' && /%|ぱ|パー/.test(textOf(phrase))),
  );
  return ids.length === 0 && facts === 'kpi' && asksRate;
}

/** Phrases that each kind of fact reads as a part of its words. */
const READ_AS_WORDS: Partial<Record<Facts, readonly PhraseMeaning[]>> = {
  budget: ['budget', 'how_much', 'count', 'state', 'kpi_list', 'text', 'set'],
  count: ['count', 'how_many', 'text', 'not', 'kpi_list'],
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
function isBeyondText(phrase: PhraseToken, sentence: Sentence, scope: OperatorContext['scope']): boolean {
  const isOne = scope.branches.length === 1 && scope.excluded.length === 0;
  const before = sentence.items[sentence.items.indexOf(phrase) - 1];
  // 「八丈島のほかで」: a place of the branch is left out of what is asked.
  const leavesOut = phrase.as === 'exclude' && before?.kind === 'city';
  if (isOne && !leavesOut && (phrase.as === 'exclude' || phrase.as === 'than')) return false;
  const next = sentence.after(phrase);
  const isNotOfBranches =
    phrase.as === 'not' && next?.kind === 'phrase' && (next.as === 'branches' || next.as === 'which_branch');
  return NOT_IN_TEXT.has(phrase.as) || isNotOfBranches;
}

/** What the kind of fact reads beside its names and operators. */
function useRest({ sentence, facts, names, scope, claimed }: OperatorContext, said: boolean): void {
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
  // 「足が出てない？」, 「高くない？」 ask for the thing itself.
  if (claimed || /[?]$/.test(text)) use(phrases('not'));
}

/** Whether yes or no is asked for. */
function isClaim(
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
  if (operators.held || (compares && facts === 'kpi' && names.ids.length > 0)) return true;
  return sentence.has('over', 'on_time', 'new', 'continued');
}

/** What a number is a number of, by its last characters: 保険料率, 平均年齢, 加入者数. */
const QUANTITY = /(?:率|数|額|年齢|人口|金利|残高|費|番号)$/;

/** 「保険料率は何％？」, 「職員は何人？」: a figure is asked of the text, and nothing else of it. */
function asksFigure(sentence: Sentence): boolean {
  const { has, items, textOf } = sentence;
  if (has('text', 'why', 'when', 'which_branch', 'definition', 'next', 'progress', 'evaluation'))
    return false;
  if (has('count', 'how_many', 'how_much')) return true;
  const last = items.findLast(({ kind }) => kind === 'word' || kind === 'indicator');
  return last?.kind === 'word' && !last.verb && QUANTITY.test(textOf(last));
}

/** 「最下位ではないよね」: that it is not so is what shall be confirmed. */
function denies({ sentence, claimed }: OperatorContext): boolean {
  const [denied] = sentence
    .phrases('exclude')
    .filter((phrase) => !sentence.isUsed(phrase) && /(?:では?|じゃ)ない/.test(sentence.textOf(phrase)));
  if (denied === undefined || !claimed) return false;
  sentence.use([denied]);
  return true;
}

function showOf({ sentence, facts, scope }: OperatorContext): Query['show'] {
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

/** Phrases that are a part of what is searched for. */
const IN_TEXT: ReadonlySet<PhraseMeaning> = new Set([
  'text',
  'count',
  'next',
  'new',
  'when',
  'why',
  'how_many',
  'change',
  'rise',
  'fall',
  'budget',
  'evaluation',
  'met',
  'continued',
  'dropped',
  'definition',
  'how_much',
  'state',
  'progress',
  'target',
  'actual',
  'unit',
  'source',
  'contracted',
]);
const IN_COUNTS: ReadonlySet<PhraseMeaning> = new Set(['count', 'text']);
const LONGEST = 500;

/** Content words of the question without branches, years and operators. */
interface Run {
  text: string;
  from: number;
  to: number;
}

/** The question without branches, years and operators: what items or texts are searched with. */
function aboutOf(sentence: Sentence, facts: Facts): string {
  const runs = runsOf(sentence, facts).map(({ text }) => text);
  const isText = facts === 'passage';
  // A particle that joins nothing is none of the words.
  const words = runs.map((run) => run.replace(/(?:って|[のはがをにもとや])$/, ''));
  return (runs.length === 0 && isText ? sentence.plain : words.join(' ')).slice(0, LONGEST);
}

/** What a table of counts calls a plan's figure: 実施見込者数. */
const EXPECTED = /見込/;

function runsOf({ items, textOf }: Sentence, facts: Facts): Run[] {
  const isText = facts === 'passage';
  const runs: Run[] = [];
  for (const item of items) {
    const isPhrase =
      item.kind === 'phrase' &&
      ((isText && IN_TEXT.has(item.as)) ||
        (facts === 'count' && (IN_COUNTS.has(item.as) || EXPECTED.test(textOf(item)))));
    const isContent =
      (item.kind === 'word' && !(item.verb && facts === 'budget')) ||
      item.kind === 'city' ||
      item.kind === 'indicator' ||
      (item.kind === 'part' && (isText || facts === 'count')) ||
      (item.kind === 'number' && isText) ||
      isPhrase;
    const isJoint = isText && item.kind === 'particle' && item.as !== 'stop' && item.as !== 'comma';
    const last = runs.at(-1);
    if (!isContent && !(isJoint && item.from === last?.to)) continue;
    const text = textOf(item).replace(/^[「『]|[」』]$/g, '');
    if (last !== undefined && item.from === last.to) {
      last.text += text;
      last.to = item.to;
    } else if (isContent) runs.push({ text, from: item.from, to: item.to });
  }
  return runs;
}

const LONGEST_ITEM = 100;

/** Names that stand one beside another: 広報と保健指導, LINE、ラジオ. None where there is but one. */
function itemsOf(sentence: Sentence, facts: Facts): string[] {
  if (facts !== 'budget') return [];
  const names: string[] = [];
  let end = -1;
  for (const { text, from, to } of runsOf(sentence, facts)) {
    const between = sentence.items.filter((item) => item.from >= end && item.to <= from);
    const isJoint = between.some(
      (item) =>
        (item.kind === 'particle' && (item.as === 'and' || item.as === 'comma')) ||
        (item.kind === 'phrase' && (item.as === 'both' || item.as === 'also')),
    );
    if (names.length === 0 || isJoint) names.push(text);
    else names[names.length - 1] += ` ${text}`;
    end = to;
  }
  return names.length > 1 ? names.slice(0, 8).map((name) => name.slice(0, LONGEST_ITEM)) : [];
}

/** What is worked out of two items where one is said of the other. */
const PARTED: ReadonlySet<string> = new Set(['share', 'ratio']);

/** 「ラジオは広報予算の何％」, 「広報予算のうちラジオの割合」: what is a part, and of what. */
function partOf(sentence: Sentence): { part: string; whole: string } | null {
  const runs = runsOf(sentence, 'budget');
  const [first, ...others] = runs;
  const last = runs.at(-1);
  if (first === undefined || last === undefined || others.length === 0) return null;
  const between = sentence.items.filter((item) => item.from >= first.to && item.to <= last.from);
  const text = sentence.plain.slice(first.to, last.from);
  const wholeFirst =
    between.some((item) => item.kind === 'phrase' && item.as === 'among') || /に占める|に対する/.test(text);
  if (wholeFirst) return { whole: first.text, part: others.map((run) => run.text).join(' ') };
  if (!/^[^、]*(?:は|って)/.test(text)) return null;
  return {
    part: runs
      .slice(0, -1)
      .map((run) => run.text)
      .join(' '),
    whole: last.text,
  };
}

/** Phrases that say whom or how is asked, not about what. */
const NOT_OF_TEXT: ReadonlySet<PhraseMeaning> = new Set([
  'which_branch',
  'all_branches',
  'count_branches',
  'own',
  'follow',
  'correct',
  'greeting',
  'thanks',
  'documents',
  'chart',
]);
/** What is left of a name's own phrase, and what ends a sentence. */
const AROUND = /^(?:さん)?[\s、。!?]+|(?:って|[のはがをにもとや])?[\s、。!?]*$/g;
const SENTENCE_END = /[。!?]/;

/**
 * The question as it was asked, without branches and years: texts are searched with its verbs and kana too. It goes
 * to the next question or the end of its sentence.
 */
function textWords({ items, plain, gaps, tokens }: Sentence): string {
  const [first] = items;
  const last = items.at(-1);
  if (first === undefined || last === undefined) return plain.slice(0, LONGEST);
  const { from } = first;
  let { to } = last;
  const next = tokens.find((token) => token.from >= to)?.from ?? plain.length;
  while (to < next && !SENTENCE_END.test(plain.charAt(to))) to++;
  const cut = new Uint8Array(plain.length);
  items.forEach((item, at) => {
    const isScope = item.kind === 'place' || item.kind === 'years' || item.kind === 'before_reiwa';
    // 「ついでに」 leads over to a question, and is a word within one.
    const isLeft = item.kind === 'phrase' && NOT_OF_TEXT.has(item.as) && (at === 0 || item.as !== 'follow');
    if (!isScope && !isLeft) return;
    cut.fill(1, item.from, item.to);
    const next = items[at + 1];
    if (next?.kind === 'particle' && next.from === item.to) cut.fill(1, next.from, next.to);
  });
  let words = '';
  for (let at = from; at < to; at++)
    words += (gaps.has(at) ? ' ' : '') + (cut[at] === 1 ? ' ' : plain.charAt(at));
  const text = words.replace(/\s+/g, ' ').replace(AROUND, '').trim();
  return (text === '' ? plain.slice(from, to) : text).slice(0, LONGEST);
}
