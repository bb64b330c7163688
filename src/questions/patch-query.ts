import type { Query, ThreadContext } from '../model/query.ts';
import type { QueryReading } from './read-query.ts';

/** Conditions and orders work on what the thread's last question selected. */
function works(query: Query): boolean {
  return (
    query.filter.length > 0 ||
    query.compute !== null ||
    query.order !== null ||
    query.limit !== null ||
    query.offset > 0 ||
    query.columns.length > 0 ||
    query.show === 'chart' ||
    query.show === 'list'
  );
}

export function isAcross({ filter, order, compute }: Query): boolean {
  return filter.length > 0 || order !== null || compute !== null;
}

/** 「被扶養者だと？」 after an indicator of insured persons: the sibling that the word and the topic share. */
export function narrowed(query: Query, previous: Query): string[] | null {
  const shared = query.indicators.filter((id) => previous.indicators.includes(id));
  if (shared.length === 1 && previous.indicators.length > 1) return shared;
  const [only] = previous.indicators;
  if (query.sure || only === undefined || previous.indicators.length > 1) return null;
  // 特定保健指導 of insured persons, then 被扶養者: the one whose id names the same measure.
  const siblings = query.indicators.filter((id) => measureOf(id) === measureOf(only));
  return siblings.length === 1 ? siblings : null;
}

/** What an indicator measures, whoever it is of, as the catalogue's ids say: guidance_insured, dependents_checkup. */
function measureOf(id: string): string {
  return id.replace(/^dependents_|_insured$|_dependents$|_rate$/g, '');
}

/** 「島根以外で」 after a group: what is left of that group. */
function withoutExcluded({ query, excluded }: QueryReading, previous: Query): Query {
  const group = previous.scope.branches;
  if (excluded.length === 0 || group.length < 2) return query;
  const branches = group.filter((branch) => !excluded.includes(branch));
  const said = `${excluded.join('・')}以外の${previous.scope.said ?? group.join('・')}`;
  return { ...query, scope: { ...query.scope, branches, every: false, said } };
}

function isBetween({ type }: NonNullable<Query['compute']>): boolean {
  return type === 'difference' || type === 'ratio' || type === 'change';
}

export function patched(reading: QueryReading, previous: Query, fys: number[], scopeSaid: boolean): Query {
  const query = withoutExcluded(reading, previous);
  const base: Query = { ...previous, claim: query.claim };
  const branches = scopeSaid
    ? reading.adds &&
      previous.scope.branches.length > 0 &&
      query.scope.branches.length > 0 &&
      previous.facts === 'kpi' &&
      (isAcross(previous) || isAcross(query) || query.show === 'list' || previous.scope.branches.length > 1)
      ? [...new Set([...previous.scope.branches, ...query.scope.branches])]
      : query.scope.branches
    : previous.scope.branches;
  base.scope = {
    ...previous.scope,
    branches,
    every: scopeSaid ? query.scope.every : previous.scope.every,
    said: scopeSaid ? query.scope.said : previous.scope.said,
    fys,
    relative: query.scope.relative,
    quarters: query.scope.quarters.length > 0 ? query.scope.quarters : previous.scope.quarters,
    months: query.scope.months.length > 0 ? query.scope.months : previous.scope.months,
  };
  if (query.indicators.length > 0) base.indicators = narrowed(query, previous) ?? query.indicators;
  if (query.indicators.length > 0) base.sure = query.sure || base.indicators.length === 1;
  // 「LINEは？」 after a budget names an item, whatever else has that name.
  const about = query.facts === 'kpi' && query.indicators.length > 0 ? reading.words : query.about;
  const isItem =
    about !== '' && (query.facts === previous.facts || query.facts === 'passage' || query.facts === 'kpi');
  if (isItem && previous.facts !== 'kpi') {
    base.about = about;
    base.items = query.items;
    if (previous.facts === 'count') base.within = previous.within || previous.about;
    base.indicators = query.indicators.length > 0 ? query.indicators : previous.indicators;
    base.filter = [];
    base.order = null;
    base.limit = null;
    base.offset = 0;
  }
  if (query.facts === 'measure' && previous.facts === 'kpi') base.facts = 'measure';
  if (query.subject.length > 0) {
    base.subject = query.subject;
    base.scope.every = query.scope.every;
    base.scope.branches = query.scope.branches;
  }
  // One place takes the place of many: the order and the conditions were about the many.
  const becomesOne =
    scopeSaid && branches.length === 1 && previous.scope.branches.length !== 1 && !works(query);
  if (becomesOne) Object.assign(base, { filter: [], compute: null, order: null, limit: null, offset: 0 });
  const columns = query.columns.filter((column) => column !== 'remainder' || previous.facts === 'budget');
  if (columns.length > 0) {
    // 「執行率が5割以上のもの」, then 「執行額の合計は？」: the condition stays one on the rate.
    const [before] = previous.columns;
    base.filter = base.filter.map((own) =>
      own.type === 'compare' && own.column === null && before !== undefined && !columns.includes(before)
        ? { ...own, column: before }
        : own,
    );
    base.columns = columns;
  }
  if (query.filter.length > 0)
    base.filter = [
      ...base.filter.filter((old) => !query.filter.some((own) => own.type === old.type)),
      ...query.filter,
    ];
  // A condition behind 「一番高いのは？」 is none on that one alone.
  if (query.filter.length > 0 && previous.limit === 1)
    Object.assign(base, { order: null, limit: null, offset: 0 });
  if (query.order !== null)
    Object.assign(base, { order: query.order, limit: query.limit ?? previous.limit, offset: query.offset });
  if (query.offset > 0 || (query.limit !== null && query.order === null))
    Object.assign(base, { limit: query.limit, offset: query.offset, order: base.order ?? 'high' });
  if (query.compute !== null) {
    const { compute } = previous;
    const held = compute !== null && 'against' in compute ? compute.against : null;
    base.compute =
      'against' in query.compute
        ? { ...query.compute, against: query.compute.against ?? held }
        : query.compute;
    // 「2番目は？」「その差は？」: between it and those before it.
    if (previous.order !== null && previous.limit !== null && previous.offset > 0 && isBetween(query.compute))
      Object.assign(base, {
        limit: previous.offset + previous.limit,
        offset: 0,
        compute: query.compute.type === 'change' ? { type: 'difference', against: null } : query.compute,
      });
    // What changes is the figure, not how far it is from its target.
    const measured = base.columns.some((column) => column === 'gap' || column === 'state');
    const isChange = ['change', 'difference', 'ratio'].includes(query.compute.type);
    if (query.columns.length === 0 && measured && isChange) base.columns = ['actual'];
    if (query.compute.type === 'place') {
      base.subject = query.subject.length > 0 ? query.subject : previous.scope.branches.slice(0, 1);
      base.scope = { ...base.scope, branches: query.scope.branches, every: true, said: query.scope.said };
      base.order = query.order ?? 'high';
    }
    if (query.compute.type === 'statistic' && !reading.pointsBack && query.limit === null)
      Object.assign(base, { order: null, limit: null, offset: 0 });
    const among = previous.scope.branches.length > 1 ? previous.scope.branches : null;
    const asksWithin = query.compute.type === 'place' && !query.scope.said && query.subject.length > 0;
    if (asksWithin && among !== null && query.subject.every((branch) => among.includes(branch)))
      base.scope = previous.scope;
    if (
      query.compute.type === 'statistic' &&
      previous.scope.branches.length === 1 &&
      previous.facts === 'kpi' &&
      !scopeSaid
    )
      base.scope = { ...base.scope, branches: [], every: true, said: null };
  } else if (query.order !== null || query.filter.length > 0 || query.offset > 0) base.compute = null;
  if (query.show !== 'value') base.show = query.show;
  // 「島根より低い？」 about one branch is a yes or no.
  const compares = query.filter.some(({ type }) => type === 'compare');
  if (compares && base.facts === 'kpi' && base.scope.branches.length === 1 && !base.scope.every)
    base.claim ??= 'holds';
  // 「それって新規？」 about one item, too.
  const isState = query.filter.some(({ type }) => type === 'status');
  if (isState && base.facts === 'budget' && base.about !== '') base.claim ??= 'holds';
  return base;
}

/** Several single questions of the thread side by side: 「3つ並べて」, 「どっちが高い？」, 「何社増えた？」. */
export function beside(reading: QueryReading, context: ThreadContext): Query | null {
  const { query } = reading;
  const { recent } = context;
  const [latest] = recent;
  const sets =
    query.compute?.type === 'compare' ||
    query.compute?.type === 'difference' ||
    query.compute?.type === 'ratio' ||
    query.compute?.type === 'change' ||
    query.compute?.type === 'statistic' ||
    query.order !== null;
  const against = query.compute !== null && 'against' in query.compute && query.compute.against !== null;
  const ofEnds = query.compute?.type === 'statistic' && query.compute.of === 'spread' && !reading.saysEvery;
  if (query.compute?.type === 'statistic' && !reading.pointsBack && query.compute.of !== 'sum' && !ofEnds)
    return null;
  if (latest === undefined || recent.length < 2 || !sets || against) return null;
  // 「一番多いところと一番少ないところの差は？」 names no branch of its own.
  const names = query.scope.branches.length > 0 || query.subject.length > 0 || (isSaid(reading) && !ofEnds);
  if (names || query.scope.fys.length > 0 || query.indicators.length > 0) return null;
  const compute = query.compute ?? { type: 'compare', against: null };
  const show = query.show === 'chart' ? 'chart' : 'list';
  const columns = query.columns.length > 0 ? query.columns : latest.columns;
  const [, second] = recent;
  // What was asked last goes with what was asked right before it.
  if (second !== undefined && topicOf(second) !== topicOf(latest))
    return besideOther(reading, compute, recent);
  const own = recent.filter((other) => topicOf(other) === topicOf(latest));
  const branches = [...new Set(own.flatMap(({ scope }) => scope.branches))].reverse();
  const fys = [...new Set(own.flatMap(({ scope }) => scope.fys))].sort((a, b) => a - b);
  if (branches.length >= 2) {
    return {
      ...latest,
      columns,
      scope: {
        ...latest.scope,
        branches,
        fys: fys.length === 1 ? fys : latest.scope.fys.length > 0 && fys.length > 0 ? fys.slice(-1) : [],
      },
      compute,
      order: query.order,
      show,
    };
  }
  if (fys.length < 2 && own.length < 2) return null;
  const keeps = compute.type === 'compare' || compute.type === 'ratio' || compute.type === 'statistic';
  return {
    ...latest,
    scope: { ...latest.scope, fys },
    compute: keeps ? compute : { type: 'change' },
  };
}

/** Two or more things of one branch: 「健康経営の広報は？」「講師派遣は？」「2つ足して」. */
function besideOther(
  { query, all, pointsBack, yearShift }: QueryReading,
  compute: NonNullable<Query['compute']>,
  recent: readonly Query[],
): Query | null {
  const [latest] = recent;
  if (latest === undefined) return null;
  const together = compute.type === 'statistic' || compute.type === 'compare' || query.order !== null;
  if (query.filter.length > 0 || (query.columns.length > 0 && latest.facts === 'kpi')) return null;
  // 「それって前の年からいくら減ってる？」 is about the last one alone.
  if (yearShift !== null || (pointsBack && all === null && !together)) return null;
  const sameBranch = recent.filter(({ scope }) => scope.branches.join() === latest.scope.branches.join());
  const distinct = [...new Map(sameBranch.map((own) => [topicOf(own), own])).values()];
  const taken = distinct.slice(0, all ?? (together && !pointsBack ? MOST_RECENT : 2)).reverse();
  if (taken.length < 2) return null;
  if (latest.facts !== 'kpi') {
    if (taken.some(({ about }) => about === '' || about.length > 100)) return null;
    return {
      ...latest,
      about: taken.map(({ about }) => about).join(' '),
      items: taken.map(({ about }) => about),
      compute: compute.type === 'change' ? { type: 'difference', against: null } : compute,
      order: query.order,
      limit: null,
    };
  }
  if (taken.length !== 2 || taken.some(({ indicators }) => indicators.length !== 1)) return null;
  if (compute.type === 'change' || compute.type === 'statistic') return null;
  return {
    ...latest,
    indicators: taken.flatMap(({ indicators }) => indicators),
    sure: true,
    compute,
    order: query.order,
  };
}

/** What two queries of a thread are about: the same indicators, or the same item of a budget. */
export function topicOf({ facts, indicators, about }: Query): string {
  return facts === 'kpi' ? indicators.join() : about;
}

export function isSaid(reading: QueryReading): boolean {
  const { scope } = reading.query;
  return scope.branches.length > 0 || scope.every || reading.query.subject.length > 0;
}

export const MOST_RECENT = 8;
