import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Column, Compute, Filter } from '../model/query.ts';
import { comparatorOf, compare, isEach, isYear, opposite } from './composed.ts';
import { asksPart, asksShare, EVALUATION_MARKS, isKpiWord, isMark, STATUSES } from './read-facts.ts';
import { type OperatorContext, type OrderRead, readOrder } from './read-order.ts';
import type { PhraseToken, Sentence } from './sentence.ts';

/** What is held against a branch, a statistic, a year or a target. */
function readReferences({ sentence, facts, scope }: OperatorContext): {
  filters: Filter[];
  compute: Compute | null;
  columns: Column[];
} {
  const { has, use, phrases, items } = sentence;
  const filters: Filter[] = [];
  const columns: Column[] = [];
  let compute: Compute | null = null;
  // 「R3と比べたい。R7との差は？」: the two years are set against each other.
  const years = sentence.of('reference').flatMap((own) => (isYear(own.operand) ? [own] : []));
  const overTwo = years.length > 1;
  if (overTwo) {
    use(years);
    compute = years.some(({ how }) => how === 'ratio')
      ? { type: 'ratio', against: null }
      : { type: 'change' };
  }
  for (const { operand, how } of use(sentence.of('reference').filter((own) => !sentence.isUsed(own)))) {
    if (how === 'same') filters.push(compare('=', operand));
    // 「東京の目標の何％まで来てる？」: of its own target
    const isOwn = operand.type === 'figure' && (operand.branch ?? scope.branches[0]) === scope.branches[0];
    const ofOwn = isOwn && scope.branches.length < 2 && operand.column === 'target';
    if (how === 'ratio' && ofOwn) {
      columns.push('achievement');
      continue;
    }
    if (how === 'difference' || how === 'ratio') compute = { type: how, against: operand };
    if (how !== 'than') continue;
    // 「昨年度より何ポイント上がった？」 asks for the difference.
    if (facts === 'kpi' && has('how_many', 'count', 'how_much') && has('rise', 'fall', 'high', 'low')) {
      use(phrases('rise', 'fall', 'high', 'low'));
      compute = { type: 'difference', against: operand };
      continue;
    }
    const word = items.find((item) => comparatorOf(item) !== null && !sentence.isUsed(item));
    const op = word === undefined ? null : comparatorOf(word);
    if (isEach(operand) && op !== '>' && op !== '<') continue;
    if (word === undefined || op === null) {
      compute = { type: has('ratio') ? 'ratio' : 'compare', against: operand };
      continue;
    }
    use([word]);
    const held = compare(sentence.isFollowedBy(word, 'not') ? opposite(op) : op, operand);
    const improves = word.kind === 'phrase' && (word.as === 'improved' || word.as === 'worsened');
    filters.push(improves ? { ...held, column: improvedColumn(sentence) } : held);
  }
  // 「良くなってる？」 is held against the year before where nothing else is said.
  const unsaid = facts === 'kpi' ? phrases('improved', 'worsened') : [];
  for (const phrase of use(unsaid.filter((own) => !sentence.isUsed(own)))) {
    const op = phrase.as === 'improved' ? 'better' : 'worse';
    const before = { type: 'figure', branch: null, fy: 'previous', column: null } as const;
    const column = improvedColumn(sentence);
    const held = compare(sentence.isFollowedBy(phrase, 'not') ? opposite(op) : op, before);
    filters.push({ ...held, column });
  }
  return { filters, compute, columns };
}

/** What gets better is what was reached, unless the targets are asked for. */
function improvedColumn({ phrases, textOf }: Sentence): Column | null {
  return phrases('target').some((own) => !isKpiWord(textOf(own))) ? null : 'actual';
}

const WHICH_CHANGED =
  /^(?:っ?[たてる]|ている|てる)*(?:の[はがを]|もの|やつ|項目|事業|取組|目標|実績|指標|KPI)/i;

/** 増えた, 下がった: over the years of one thing, or what has risen among many. */
function readChange(
  known: OperatorContext,
  held: readonly Filter[],
  compute: Compute | null,
): { filters: Filter[]; compute: Compute | null } {
  const { sentence, facts, names, scope } = known;
  const changes = sentence.phrases('rise', 'fall');
  const pending = changes.filter((phrase) => !sentence.isUsed(phrase));
  const [change] = changes;
  const isItem = names.words.some(({ verb }) => !verb) || names.ids.length > 0;
  sentence.use(changes);
  // 「あと何ポイント上げたら」 asks how far it is.
  if (change === undefined || sentence.has('gap')) return { filters: [...held], compute };
  // 「広報の予算で減ったのは？」: items are asked for, though a group of them is named.
  // 「たばこを減らす目標」 is a goal, none that has fallen.
  const asksWhich =
    !/す$/.test(sentence.textOf(change)) && WHICH_CHANGED.test(sentence.plain.slice(change.to));
  if (facts === 'budget' && isItem && !scope.asksBranches && !asksWhich)
    return { filters: [], compute: { type: 'change' } };
  const amongMany = scope.asksBranches || (facts === 'budget' && (!isItem || asksWhich));
  const ofList =
    pending.length > 0 &&
    facts === 'kpi' &&
    names.ids.length === 0 &&
    (sentence.has('kpi_list') || isKpis(known) || asksWhich);
  if ((amongMany && sentence.of('reference').length === 0) || ofList) {
    const right = { type: 'figure', branch: null, fy: 'previous', column: null } as const;
    return { filters: [...held, compare(change.as === 'fall' ? '<' : '>', right)], compute };
  }
  return { filters: [...held], compute: pending.length > 0 ? (compute ?? { type: 'change' }) : compute };
}

function isOverYears(filter: Filter): boolean {
  return filter.type === 'compare' && filter.right.type === 'figure' && filter.right.fy !== null;
}

/** 「下がったKPIは」: KPIs themselves are asked for, not one of them. */
function isKpis({ sentence, names }: OperatorContext): boolean {
  const asksKpis = sentence.phrases('target').some((phrase) => isKpiWord(sentence.textOf(phrase)));
  return names.ids.length === 0 && names.words.every(({ verb }) => verb) && asksKpis;
}

export interface OperatorsRead extends Omit<OrderRead, 'bothEnds'> {
  filters: Filter[];
  compute: Compute | null;
  /** What else is to be worked out of the same rows: 平均と中央値, 何位で、平均との差. */
  others: Compute[];
  /** Columns that an operator asks for. */
  columns: Column[];
  /** Of the conditions, those that were held against something. */
  held: boolean;
}

/** Order, conditions against something and what is worked out. */
export function readOperators(known: OperatorContext): OperatorsRead {
  const { sentence, facts, names, scope, claimed } = known;
  const { says, has, use, phrases } = sentence;
  const { bothEnds, ...placed } = readOrder(known);
  const reference = readReferences(known);
  let { compute } = reference;
  if (says('difference')) compute ??= { type: 'difference', against: null };
  // A ratio is shown with the difference that it is made of.
  if (says('ratio') && compute?.type !== 'ratio')
    compute = { type: 'ratio', against: compute?.type === 'compare' ? compute.against : null };
  // 「3支部とも同じ？」
  const same = phrases('same').filter((phrase) => !sentence.isUsed(phrase));
  if (same.length > 0 && scope.branches.length > 1) {
    use(same);
    compute ??= { type: 'compare', against: null };
  }
  if (placed.order !== null && placed.limit !== null)
    use(phrases('same').filter((phrase) => /同率|同順位/.test(sentence.textOf(phrase))));
  // 「6県の平均より上はどこ？平均もいれて」: the mean is said with the condition.
  const isHeld = reference.filters.some(
    (filter) => filter.type === 'compare' && filter.right.type === 'statistic',
  );
  const statistics: Compute[] = [
    ...(says('mean') && !isHeld ? [{ type: 'statistic', of: 'mean' } as const] : []),
    ...(says('median') ? [{ type: 'statistic', of: 'median' } as const] : []),
    ...(says('spread') || bothEnds ? [{ type: 'statistic', of: 'spread' } as const] : []),
    ...(says('sum') ? [{ type: 'statistic', of: 'sum' } as const] : []),
  ];
  const [statistic, ...others] = statistics;
  const isSum = statistic?.type === 'statistic' && statistic.of === 'sum';
  if (statistic !== undefined && (compute === null || !isSum)) compute = statistic;
  const [groups] = sentence.of('place').flatMap(({ parts }) => (parts === undefined ? [] : [parts]));
  // 「九州と四国の平均の差」: of the two means, not of each branch to one.
  const against = compute !== null && 'against' in compute ? compute.against : null;
  if (groups !== undefined && against?.type === 'statistic' && against.branches === null)
    compute = { type: 'statistic', of: against.of, groups };
  const sets = phrases('compare', 'difference', 'ratio', 'high', 'low');
  if (compute?.type === 'statistic' && groups !== undefined && sets.length > 0) {
    use(sets);
    compute = { ...compute, groups };
    Object.assign(placed, { order: null, limit: null, offset: 0 });
  }
  // 「令和6年度と令和7年度で何が違う？」 of a text
  if (facts === 'passage' && has('different')) compute ??= { type: 'change' };
  // 「今年と去年の合計と増減」: how the sum has changed.
  const since =
    compute?.type === 'difference' && compute.against?.type === 'figure' && compute.against.fy !== null;
  const ofTotal = facts === 'budget' && has('sum') && (since || has('change', 'difference', 'rise', 'fall'));
  if (ofTotal && (since || has('change', 'difference'))) compute = { type: 'change', total: true };
  // 「目標が変わらない支部は？」
  const unchanged = facts === 'kpi' && phrases('change').some((own) => sentence.isFollowedBy(own, 'not'));
  if (says('change') && !unchanged) compute ??= { type: 'change' };
  const read = readChange(known, reference.filters, compute);
  // 「総額はいくら増えた」: the total has risen, and no item is chosen by it.
  const [total] = phrases('sum');
  const ofSum = ofTotal && phrases('rise', 'fall').some(({ from }) => total !== undefined && from > total.to);
  const changed = ofSum ? { ...read, filters: read.filters.filter((own) => !isOverYears(own)) } : read;
  compute = ofTotal && compute?.type !== 'ratio' ? { type: 'change', total: true } : changed.compute;
  // 「合計の何％」 names the whole.
  const isOfWhole = compute === null || (compute.type === 'statistic' && compute.of === 'sum');
  const isShare =
    facts === 'budget' &&
    asksShare(sentence) &&
    !has('rise', 'fall') &&
    (isOfWhole || compute?.type === 'compare') &&
    !has('execution_rate', 'executed');
  // 「健診機関がやったのは全体の何割？」
  const ofCounts = facts === 'count' && asksShare(sentence) && !has('achievement', 'gap') && isOfWhole;
  // 「それって全体の何％？」 of what the thread is about
  const ofThread =
    facts === 'kpi' && names.ids.length === 0 && has('that') && isOfWhole && asksPart(sentence);
  if (isShare || ofCounts || ofThread) compute = { type: 'share' };
  if (says('compare', 'each')) compute ??= { type: 'compare', against: null };
  // 「令和3のときと比べると、どう変わった？」: the years say what it is compared with.
  if (compute?.type === 'change' && sentence.of('years').length > 0) use(phrases('than'));
  const countsKpis = facts === 'kpi' && has('kpi_list') && has('how_many', 'count');
  const countsMarked =
    facts === 'measure' && has('count', 'how_many') && sentence.of('phrase').some(({ as }) => isMark(as));
  if (scope.counts !== null || countsKpis || countsMarked) {
    use(phrases('count'));
    compute = { type: scope.counts ?? 'count' };
  }
  if (scope.asksPlace) {
    if (compute !== null && compute.type !== 'compare') others.unshift(compute);
    compute = { type: 'place' };
  }
  const filters = [
    ...changed.filters,
    ...(unchanged ? [sameAsBefore(known)] : []),
    ...equalTo(known, compute),
  ];
  // 「差が20ポイントって合ってる？」 is answered with the difference.
  if (claimed && (compute?.type === 'difference' || compute?.type === 'change')) use(sentence.of('number'));
  return {
    ...placed,
    filters,
    compute,
    others,
    columns: reference.columns,
    held: changed.filters.length > 0,
  };
}

/** Of KPIs in a list what is printed counts: 対前年度以上 stays the same too. */
function sameAsBefore({ names }: OperatorContext): Filter {
  if (names.ids.length === 0) return { type: 'status', status: 'changed', not: true };
  return compare('=', { type: 'figure', branch: null, fy: 'previous', column: null });
}

/** 「92.7％にしてる支部は？」, 「目標は20.1％で合ってる？」: a figure in the indicator's unit that nothing else has read. */
function equalTo(
  { sentence, facts, names, scope, claimed }: OperatorContext,
  compute: Compute | null,
): Filter[] {
  // 「執行率が0％の予算は？」
  const ofRate = facts === 'budget' && sentence.has('execution_rate');
  const units = facts === 'budget' ? [ofRate ? '%' : '円'] : names.units;
  const [equal] = sentence
    .of('number')
    .filter((item) => !sentence.isUsed(item))
    .filter((item) => units.some((unit) => unit === (item.unit === '社' ? '事業所' : item.unit)));
  const isAsked = scope.asksBranches || claimed || ofRate;
  // 「愛知の5,400で合ってる？」
  const [bare, another] = sentence.of('number').filter((item) => !sentence.isUsed(item));
  const isBare = equal === undefined && another === undefined && bare?.unit === null && claimed;
  if (
    isBare &&
    facts === 'kpi' &&
    names.ids.length > 0 &&
    (scope.subject.length > 0 || scope.branches.length === 1)
  ) {
    sentence.use([bare]);
    return [compare('=', { type: 'number', value: bare.value, unit: null })];
  }
  if (
    (facts !== 'kpi' && facts !== 'budget') ||
    equal === undefined ||
    compute?.type === 'difference' ||
    !isAsked
  )
    return [];
  // 92.7％に揃えている: the verb says no more than the number.
  const verbs = names.words.filter(({ verb, from }) => verb && from >= equal.to && from - equal.to <= 2);
  sentence.use([equal, ...verbs]);
  return [compare('=', { type: 'number', value: equal.value, unit: equal.unit })];
}

/** States of one KPI that its card shows. */
const ON_CARD: ReadonlySet<string> = new Set([
  'met',
  'unmet',
  'behind',
  'on_course',
  'reported',
  'unreported',
]);
/** 「前年度以上とだけ書いてる支部はいらない」: with nothing but verbs and 支部 between. */
function isLeftOut(phrase: PhraseToken, sentence: Sentence): boolean {
  const behind = sentence.items.slice(sentence.items.indexOf(phrase) + 1);
  const at = behind.findIndex((item) => item.kind === 'phrase' && item.as === 'exclude');
  const excluding = behind[at];
  if (excluding === undefined || sentence.isUsed(excluding)) return false;
  const between = behind.slice(0, at);
  const says = between.some(
    (item) =>
      (item.kind === 'word' && !item.verb) ||
      (item.kind !== 'word' && item.kind !== 'particle' && item.kind !== 'phrase') ||
      (item.kind === 'phrase' && !['ignore', 'only', 'branches', 'which_branch', 'set'].includes(item.as)),
  );
  if (says) return false;
  sentence.use([excluding, ...between]);
  return true;
}

const BUDGET_STATUSES: Partial<Record<PhraseMeaning, '未着手' | '調達中' | '契約済み'>> = {
  unstarted: '未着手',
  procuring: '調達中',
  contracted: '契約済み',
};

/** Conditions without a number: 未達, 新規, 未着手, △. For one KPI they ask for its card. */
export function readStatuses({ sentence, facts, names, scope }: OperatorContext): {
  filters: Filter[];
  columns: Column[];
} {
  const filters: Filter[] = [];
  const columns: Column[] = [];
  const ofOne =
    facts === 'kpi' &&
    names.ids.length > 0 &&
    !scope.asksBranches &&
    !scope.every &&
    scope.branches.length <= 1;
  const isRead = (phrase: PhraseToken) => sentence.isUsed(phrase);
  for (const phrase of sentence.of('phrase').filter((own) => !isRead(own))) {
    const status = STATUSES[phrase.as];
    if (status === undefined) continue;
    sentence.use([phrase]);
    // 「まだ出ていない」: its own ない.
    const isNot = sentence.isFollowedBy(phrase, 'not') && status !== 'unreported';
    const negated = isNot || isLeftOut(phrase, sentence);
    // 「予算超えてない？超えてるならいくら」
    if (facts === 'budget' && status === 'over') sentence.use(sentence.phrases('gt'));
    if (facts === 'budget' && status === 'met')
      filters.push({ type: 'status', status: 'over', not: !negated });
    else if (ofOne && ON_CARD.has(status)) columns.push('state');
    else if (ofOne && status === 'numeric') columns.push('target');
    else if (facts !== 'passage' && facts !== 'count')
      filters.push({ type: 'status', status, not: negated !== (phrase.as === 'non_numeric') });
  }
  for (const phrase of sentence.of('phrase')) {
    const status = BUDGET_STATUSES[phrase.as];
    if (status === undefined || facts === 'kpi') continue;
    sentence.use([phrase]);
    const not = sentence.isFollowedBy(phrase, 'exclude', 'not');
    if (facts === 'budget') filters.push({ type: 'budget', status, not });
  }
  const marks = sentence.use(sentence.of('phrase').filter(({ as }) => isMark(as)));
  if (marks.length > 0) {
    const not = marks.some((mark) => sentence.isFollowedBy(mark, 'exclude'));
    const said = marks.flatMap(({ as }) => (isMark(as) ? [EVALUATION_MARKS[as]] : []));
    filters.push({ type: 'evaluation', marks: [...new Set(said)], not });
  }
  return { filters, columns };
}
