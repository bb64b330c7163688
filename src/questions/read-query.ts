import { NUMERALS } from '../japanese/periods.ts';
import type { Catalogue, PhraseMeaning } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';
import { type Compute, EMPTY_QUERY, type Facts, type Filter, type Query } from '../model/query.ts';
import { type Composed, isShareWord } from './composed.ts';
import type { LinkName } from './indicators.ts';
import { isKpiWord, readAskedColumns, readFacts } from './read-facts.ts';
import { linkNames, type NamesRead, readNames } from './read-names.ts';
import { readOperators, readStatuses } from './read-operators.ts';
import type { OperatorContext } from './read-order.ts';
import { asksFigure, denies, isBeyondText, isClaim, showOf, useRest } from './read-rest.ts';
import { readQueryScope, readTime, sinceYear, yearsAgainst } from './read-scope.ts';
import { aboutOf, itemsOf, LONGEST_ITEM, PARTED, partOf, textWords } from './search-words.ts';
import { chosenOf, splitAtBranches } from './selection.ts';
import { type Of, openSentence, type Sentence } from './sentence.ts';
import type { Tokens } from './tokens.ts';

/** What one question says by itself, before a thread or a default completes it. */
export interface QueryReading {
  query: Query;
  /** Words that carry meaning and that nothing used, as written. */
  unread: string[];
  /** Those of the unread parts that are content words, not operators. */
  unreadWords: string[];
  /** Those of them that are verbs. */
  unreadVerbs: string[];
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
  /** The next place above or below one that is known: そのひとつ上の支部. */
  neighbour: 'above' | 'below' | null;
  /** They point back to the last list: 最初の支部を全部. */
  pointsToList: boolean;
  /** How many of what was talked about are meant: 2支部とも. */
  all: number | null;
  /** What else is to be worked out of the same rows: 平均と中央値. */
  others: Compute[];
  /** The same as a question about counts, where its words may be rows of those. */
  asCount: Query | null;
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

interface ReadParts {
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
  if (reading.unreadWords.length > 0) return { ...reading, asCount: asCount(items, written, parts, reading) };
  if (reading.unread.length > 0 || reading.query.facts === 'passage') return reading;
  return { ...reading, unread: withoutEffect(items, written, parts, reading) };
}

/** 「特定保健指導の実施者数は健診機関と外部委託でどっちが多い？」: words that no KPI has may be rows of counts. */
function asCount(
  items: readonly Composed[],
  written: Tokens,
  parts: ReadParts,
  { query }: QueryReading,
): Query | null {
  if (query.facts !== 'kpi' || query.indicators.length === 0) return null;
  const counts = readItems(items, written, parts, 'count');
  return counts.unread.length === 0 ? counts.query : null;
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
        // 「合計の何％」: a share is one of the sum.
        !(query.compute?.type === 'share' && item.kind === 'phrase' && item.as === 'sum') &&
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
  return kind === 'phrase' && /^同(?:率|順位|点|着)/.test(plain.slice(from, to));
}

function readItems(
  items: readonly Composed[],
  written: Tokens,
  { catalogue, link }: ReadParts,
  forced?: Facts,
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
    facts: forced ?? first.facts,
    columns,
    catalogue,
    link,
  });
  // No item is searched for by what is done with it: 「使い切ったのはどれ」 asks for more than its name.
  if (facts !== 'kpi') use(names.words.filter(({ verb }) => facts !== 'budget' || !verb));
  if (facts === 'passage') use(of('word'));
  // 両年で without years of a thread or of its own is the course over the years.
  const bothYears = says('both_years');
  const claimed = says('claim');
  const pointsToList = says('earlier');
  const neighbour = says('just_above') ? 'above' : says('just_below') ? 'below' : null;
  const isOnly = says('only') && claimed;
  const scope = readQueryScope(sentence, facts, conditions, isOnly);
  const time = readTime(sentence, facts);
  const parts: OperatorContext = { sentence, facts, names, scope, claimed };
  const operators = readOperators(parts);
  const statuses = readStatuses(parts);
  useRest(parts, first.said);
  const saysTargets = sentence.phrases('target').some((own) => !isKpiWord(sentence.textOf(own)));
  const said = [...conditions, ...operators.filters, ...statuses.filters];
  const filter = [...new Map(said.map((own) => [JSON.stringify(own), own])).values()]
    .map((own) => sinceYear(own, time.since))
    .map((own) => (saysTargets ? ofTarget(own) : own))
    .map((own) => (saysTargets || !claimed || scope.asksBranches ? ofAny(own) : own));
  if (bothYears && time.fys.length < 2) operators.compute ??= { type: 'change' };
  if (facts === 'budget' && operators.compute?.type === 'change' && time.since !== null)
    operators.compute = { ...operators.compute, from: time.since };
  if (time.sinceMonth !== null) operators.compute = { type: 'change', fromMonth: time.sinceMonth };
  const halves = facts === 'budget' && PARTED.has(operators.compute?.type ?? '') ? partOf(sentence) : null;
  const part = operators.compute?.type === 'share' ? halves : null;
  // 「ラジオ番組は動画の作成の何倍？」
  const pair = part === null && halves !== null ? [halves.part, halves.whole] : [];
  const query: Query = {
    ...EMPTY_QUERY,
    facts,
    indicators: [...names.ids],
    sure: names.sure,
    about: part?.part ?? (facts === 'kpi' ? rateWord(sentence, names) : aboutOf(sentence, facts)),
    items:
      pair.length > 0
        ? pair.map((name) => name.slice(0, LONGEST_ITEM))
        : part === null
          ? itemsOf(sentence, facts)
          : [],
    columns: [
      ...new Set([
        ...(facts === 'budget' && saysColumnsBehindOrder(sentence) ? (['amount'] as const) : []),
        ...columns,
        ...statuses.columns,
        ...operators.columns,
        ...(operators.ofChange ? (['increase'] as const) : []),
      ]),
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
  // Of KPIs in several units only what is measured alike can be put in order: how far they have come.
  if (facts === 'kpi' && names.ids.length === 0 && query.order !== null && !saysTargetOnly(query, sentence)) {
    const measured = query.columns.filter((column) => column !== 'target');
    const isPace = query.order === 'best' || query.order === 'worst';
    query.columns = measured.length > 0 || !isPace ? measured : ['state'];
  }
  if (asksReports(query) && scope.asksBranches && !has('kpi_list')) query.show = 'which';
  const fys = facts === 'kpi' ? yearsAgainst(query, sentence) : [];
  if (fys.length > 0) query.scope = { ...query.scope, fys };
  const content = names.words.length > 0 || of('city').length > 0;
  const unusedWords = facts === 'kpi' ? names.words.filter((word) => !sentence.isUsed(word)) : [];
  return {
    query,
    unread: [
      ...sentence.unread(),
      ...scope.noBranch,
      ...foreignColumns(sentence, facts, names),
      ...unreadShare(parts, query),
    ],
    unreadWords: unusedWords.map(sentence.textOf),
    unreadVerbs: unusedWords.filter(({ verb }) => verb).map(sentence.textOf),
    fitsText: !sentence.of('phrase').some((phrase) => isBeyondText(phrase, sentence, scope)),
    textShow: showOf({ ...parts, facts: 'passage' }),
    linked: names.linked,
    yearShift: time.shift,
    adds: of('particle').some(({ as }) => as === 'also'),
    neighbour,
    pointsToList,
    pointsBack: has('that', 'earlier') || operators.counted !== null,
    all: operators.counted?.value ?? thatMany(sentence),
    bothYears: has('both_years'),
    others: operators.others,
    asCount: null,
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

/** 「一番大きい事業はどれで、執行率は？」: what is asked behind the order is none that is ordered. */
function saysColumnsBehindOrder({ items, phrases }: Sentence): boolean {
  const order = items.find(
    (item) => item.kind === 'end' || (item.kind === 'phrase' && item.as === 'extreme'),
  );
  const columns = phrases('executed', 'execution_rate', 'remainder');
  const after = items.filter(({ from }) => order !== undefined && from >= order.to);
  const degree = after.find(
    (item) => item.kind === 'phrase' && ['high', 'low', 'good', 'bad'].includes(item.as),
  );
  const from = degree?.to ?? order?.to;
  return from !== undefined && columns.length > 0 && columns.every((own) => own.from >= from);
}

/** 2つの合計, 三つとも. */
function thatMany({ phrases, textOf }: Sentence): number | null {
  const [many] = phrases('that').flatMap(
    (phrase) => /\d+|[二三四五六七八九十]|^[ふみ]/.exec(textOf(phrase).normalize('NFKC')) ?? [],
  );
  return many === undefined ? null : (MANY[many] ?? Number(many));
}

/** ふたつ and みっつ, too. */
const MANY: Readonly<Record<string, number>> = { ...NUMERALS, ふ: 2, み: 3 };

/** What only budgets have, asked of a KPI. */
function foreignColumns(sentence: Sentence, facts: Facts, { ids }: NamesRead): string[] {
  if (facts !== 'kpi' || ids.length === 0) return [];
  return sentence.phrases('executed', 'remainder', 'execution_rate').map(sentence.textOf);
}

/** 「全国の合計の何％」 where a sum was read, and no share of it. */
function unreadShare({ sentence, facts }: OperatorContext, { compute }: Query): string[] {
  if (facts !== 'kpi' || compute?.type !== 'statistic' || compute.of !== 'sum') return [];
  return sentence.phrases('how_many').map(sentence.textOf).filter(isShareWord);
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

/** 「目標が一番高いKPI」: nothing but the target is asked. */
function saysTargetOnly({ columns, order }: Query, { phrases, textOf }: Sentence): boolean {
  const isPace = order === 'best' || order === 'worst';
  const says = phrases('target').some((own) => !isKpiWord(textOf(own)));
  return columns.every((column) => column === 'target') && (says || !isPace);
}

/** 「未報告の支部は？」: of all that is to be reported. */
function asksReports({ facts, indicators, scope, filter, compute, order }: Query): boolean {
  const [only, ...others] = filter;
  const isPlain = others.length === 0 && order === null && (compute === null || compute.type === 'count');
  const isOfAll = facts === 'kpi' && indicators.length === 0 && scope.branches.length === 0;
  const isStatus = only?.type === 'status' && (only.status === 'unreported' || only.status === 'reported');
  return isPlain && isOfAll && isStatus;
}

/** 「目標が前年の実績より低い」: the target is what is held against it, not what was reached. */
function ofTarget(filter: Filter): Filter {
  const isHeld =
    filter.type === 'compare' && filter.right.type === 'figure' && filter.right.column === 'previous';
  return isHeld && filter.column === null ? { ...filter, column: 'target' } : filter;
}

/** 「95％に届いていない支部」 is about the figure that is asked; 「もう3,120に届いたって本当？」 about what was reached. */
function ofAny(filter: Filter): Filter {
  return filter.type === 'compare' && filter.column === 'actual' && filter.right.type === 'number'
    ? { ...filter, column: null }
    : filter;
}

/** 「受診率は？」: what a rate is called, where no indicator is named. */
function rateWord({ phrases, textOf }: Sentence, { ids }: NamesRead): string {
  return ids.length > 0
    ? ''
    : (phrases('ignore')
        .map(textOf)
        .find((word) => /.率$/.test(word)) ?? '');
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
