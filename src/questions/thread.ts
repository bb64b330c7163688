import type { Filter, Operand, Query, ThreadContext } from '../model/query.ts';
import { THAT } from './composed.ts';
import { beside, isAcross, isSaid, MOST_RECENT, narrowed, patched, topicOf } from './patch-query.ts';
import type { QueryReading } from './read-query.ts';

/** Text and talk leave what a thread is about alone. */
const ASIDES: ReadonlySet<Query['facts']> = new Set(['talk', 'definition', 'document', 'schedule']);

/** What to keep for the thread's next question. */
export function contextAfter(query: Query, before: ThreadContext | null): ThreadContext | null {
  if (ASIDES.has(query.facts)) return before;
  const recent = before?.recent ?? [];
  const list = before?.listed === undefined ? {} : { listed: before.listed };
  if (query.facts !== 'kpi' && query.facts !== 'budget' && query.facts !== 'count')
    return { ...list, query, recent: [] };
  const earlier = recent.filter((other) => other.facts === query.facts);
  const sums = query.facts !== 'kpi' && query.compute?.type === 'statistic';
  const isSingle =
    query.scope.branches.length === 1 &&
    (query.compute === null || sums) &&
    query.order === null &&
    query.filter.length === 0 &&
    query.items.length === 0;
  return { ...list, query, recent: isSingle ? [query, ...earlier].slice(0, MOST_RECENT) : recent };
}

function sameTopic(a: Query | undefined, b: Query): boolean {
  return a !== undefined && topicOf(a) === topicOf(b) && a.scope.branches.join() === b.scope.branches.join();
}

function shifted(fys: readonly number[], shift: QueryReading['yearShift'], latest: number | null): number[] {
  const [base] = fys.length > 0 ? fys : latest === null ? [] : [latest];
  return shift === null || base === undefined || base + shift < 1 ? [...fys] : [base + shift];
}

/** The question with what it leaves unsaid taken from the thread's last one. */
export function inThread(reading: QueryReading, context: ThreadContext | null): Query {
  const query = withThat(reading.query, context);
  return joined(withoutShown({ ...reading, query }, context), context);
}

/** それ in それより高い is the branch that was talked about. */
function withThat(query: Query, context: ThreadContext | null): Query {
  const earlier = context?.query.compute ?? null;
  const mean =
    earlier?.type === 'statistic' && (earlier.of === 'mean' || earlier.of === 'median')
      ? {
          type: 'statistic' as const,
          of: earlier.of,
          branches: context?.query.scope.branches.length ? context.query.scope.branches : null,
        }
      : null;
  const [top, ...others] = context?.shown ?? [];
  const branch =
    context?.query.subject[0] ??
    context?.query.scope.branches[0] ??
    (others.length === 0 ? top : undefined) ??
    null;
  const resolve = (right: Operand): Operand =>
    right.type === 'figure' && right.branch === THAT ? (mean ?? { ...right, branch }) : right;
  const filter = query.filter.map((own) =>
    own.type === 'compare' ? { ...own, right: resolve(own.right) } : own,
  );
  const { compute } = query;
  const against = compute !== null && 'against' in compute && compute.against !== null ? compute : null;
  return {
    ...query,
    filter,
    compute:
      against === null
        ? compute
        : {
            ...against,
            against: resolve(against.against ?? { type: 'figure', branch, fy: null, column: null }),
          },
  };
}

/** 「その中で健康宣言が一番多いのは？」, 「2支部とも郵送化率は？」: another figure of the branches that were shown. */
function amongShown(
  { query, pointsBack, all }: QueryReading,
  { shown = [], recent, query: { scope } }: ThreadContext,
  scopeSaid: boolean,
): Pick<Query['scope'], 'branches' | 'every' | 'said'> | null {
  if (scopeSaid && !query.scope.every) return null;
  if (query.facts !== 'kpi' || query.indicators.length === 0 || !pointsBack) return null;
  const asked = [...new Set(recent.flatMap((own) => own.scope.branches))].reverse();
  const branches = all !== null && asked.length === all ? asked : shown;
  // 「そこの健康宣言の目標も」: the one that a ranking has shown.
  const isOne = branches.length === 1 && scope.branches.length !== 1;
  if (branches.length < 2 && !isOne) return null;
  return { branches: [...branches], every: false, said: scope.said };
}

function joined(said: QueryReading, context: ThreadContext | null): Query {
  if (context === null || said.query.facts === 'talk') return withYearShift(said.query, said, null);
  const previous = (said.pointsToList ? context.listed : undefined) ?? context.query;
  const reading = { ...said, query: changeOfOne(withYears(said, context), previous) };
  const { query } = reading;
  const goesOn = reading.following && query.indicators.length === 0 && query.facts === 'kpi';
  if (goesOn && previous.order !== null && previous.limit !== null) {
    const { limit } = query;
    return {
      ...previous,
      claim: null,
      compute: null,
      offset: previous.offset + previous.limit,
      limit: limit ?? 1,
    };
  }
  const neighbours = nextTo(reading, previous, context);
  if (neighbours !== null) return neighbours;
  const ofPrevious = partOfPrevious(reading, previous);
  if (ofPrevious !== null) return ofPrevious;
  const together = beside(reading, context);
  if (together !== null) return together;
  // 「10％未満の支部は？」 of a thread about 九州 asks of 九州.
  const within =
    previous.scope.branches.length > 1 &&
    query.scope.every &&
    !reading.saysEvery &&
    query.subject.length === 0;
  // 「どこがやった分？」 of counts asks for rows, not for branches.
  const asksRows =
    previous.facts !== 'kpi' &&
    !reading.saysEvery &&
    query.scope.branches.length + query.subject.length === 0;
  const scopeSaid =
    isSaid(reading) && !(within && query.indicators.length === 0) && !(asksRows && !reading.saysFacts);
  // Another thing of another place is a new subject: the year was the other one's.
  const isNewSubject = scopeSaid && reading.saysFacts && query.facts !== previous.facts;
  let fys =
    query.scope.fys.length > 0 || isNewSubject
      ? query.scope.fys
      : shifted(previous.scope.fys, reading.yearShift, context.recent[0]?.scope.fys[0] ?? null);
  const [latest] = context.recent;
  const before = latest === previous || sameTopic(latest, previous) ? latest?.scope.fys : undefined;
  // 「令和7だと何ポイント上がってる？」 after 令和3: from the one to the other.
  // 「前年度は？」「被扶養者も前年と比べて」: the year that the thread began with is held against the one before.
  const [, first] = context.recent;
  const [year] = fys;
  const against = query.compute !== null && 'against' in query.compute ? query.compute.against : null;
  const isBesideBefore =
    against?.type === 'figure' && against.fy === 'previous' && query.scope.fys.length === 0;
  if (isBesideBefore && year !== undefined && first?.scope.fys.join() === String(year + 1)) fys = [year + 1];
  const overBoth =
    query.compute?.type === 'change' &&
    query.compute.from === undefined &&
    query.scope.fys.length === 1 &&
    before?.length === 1 &&
    !scopeSaid &&
    query.indicators.length === 0 &&
    query.columns.length === 0 &&
    query.facts === previous.facts;
  if (overBoth) fys = [...new Set([...(before ?? []), ...query.scope.fys])];
  const shown = amongShown(reading, context, scopeSaid);
  if (shown !== null) {
    const near = narrowed(query, previous);
    const sibling = near === null ? {} : { indicators: near, sure: near.length === 1 };
    return { ...query, ...sibling, scope: { ...query.scope, ...shown, fys } };
  }
  if (reading.saysFacts && !isEllipsis(reading, previous)) {
    // A question of its own: only the place and the year may be left unsaid.
    const branches =
      scopeSaid || query.facts === 'definition' || query.show === 'which'
        ? query.scope.branches
        : reading.pointsBack && context.shown?.length === 1
          ? context.shown
          : previous.subject.length === 1
            ? previous.subject
            : previous.scope.branches;
    const every = scopeSaid
      ? query.scope.every
      : previous.scope.every && branches.length === 0 && isAcross(query);
    const said = scopeSaid ? query.scope.said : previous.scope.said;
    // 「人数だと見込みの何割？」 after a KPI
    const counts = query.facts === 'count' && query.indicators.length === 0 && !reading.hasContent;
    if (counts && previous.indicators.length > 0)
      return joinedCount({ ...query, scope: { ...query.scope, branches, every, said, fys } }, previous);
    const keepsYears = query.facts !== 'passage' || query.scope.fys.length > 0;
    return {
      ...query,
      columns:
        query.columns.length === 0 && query.facts === previous.facts && query.facts === 'kpi'
          ? previous.columns.filter((c) => c === 'target' || c === 'actual')
          : query.columns,
      scope: { ...query.scope, branches, every, said, fys: keepsYears ? fys : query.scope.fys },
    };
  }
  // 「一番大きいのは？」「去年はいくら？」: of that item.
  const ofItem = previous.facts === 'budget' && previous.order !== null && previous.limit === 1;
  const [since] = query.scope.relative === null ? [] : query.scope.fys;
  const asksBefore = reading.yearShift === -1 || since !== undefined;
  if (ofItem && asksBefore && query.about === '' && !scopeSaid)
    return {
      ...previous,
      claim: null,
      compute: { type: 'change', ...(since === undefined ? {} : { from: since }) },
    };
  // 「そこから四国を抜くと？」, 「その5つの中で一番低いのは？」 after a ranking: among those that it showed.
  const { shown: listed = [] } = context;
  const worksOnShown =
    reading.pointsBack &&
    previous.limit !== null &&
    // 「関東は抜きで5つにして」 asks for five anew.
    ((reading.excluded.length > 0 && reading.all === null) ||
      query.order !== null ||
      query.filter.length > 0);
  const ofShown = worksOnShown && previous.facts === 'kpi' && listed.length > 1;
  const scope = { ...previous.scope, branches: [...listed], every: false, said: null };
  // 「一番高い支部は？」「それは令和6からどう変わった？」: of the one that was shown.
  const ofTop =
    reading.pointsBack &&
    previous.facts === 'kpi' &&
    previous.order !== null &&
    listed.length === 1 &&
    query.order === null;
  if (ofTop)
    return patched(
      reading,
      { ...previous, scope, order: null, limit: null, offset: 0, filter: [], compute: null, subject: [] },
      fys,
      scopeSaid,
    );
  // 「その中で一番低いのはどこ？」 names no place of its own.
  const saysPlace = scopeSaid && (reading.saysEvery || query.scope.branches.length > 0);
  const keeps = query.order === null && query.filter.length === 0 ? {} : NO_ORDER;
  if (ofShown) return patched(reading, { ...previous, scope, ...keeps }, fys, saysPlace);
  const { filter, columns, order, limit, offset } = previous;
  if (worksOnShown && order !== null && limit !== null && limit > 1)
    return patched(
      reading,
      { ...previous, ...NO_ORDER, filter: [], among: { filter, columns, order, limit, offset } },
      fys,
      scopeSaid,
    );
  return patched(reading, previous, fys, scopeSaid);
}

const NO_ORDER = { order: null, limit: null, offset: 0, compute: null } as const;

/** 「高い方の支部の去年は？」: what is asked of the branches that are chosen, with what it leaves unsaid. */
export function ofChosen(reading: QueryReading, selection: Query): Query {
  const { query, yearShift } = reading;
  const fys = shiftedYears(query, selection, yearShift);
  const own = query.indicators.length > 0 || query.facts !== 'kpi' ? query : selection;
  const { indicators, sure } = own;
  return {
    ...query,
    indicators,
    sure,
    ...(reading.chosen === null ? {} : { order: null, limit: null, offset: 0, claim: null, subject: [] }),
    scope: { ...query.scope, fys },
  };
}

/** 「そのひとつ上の支部は？」: the nearest figure above that of the one whose place was told. */
function nextTo({ neighbour, query }: QueryReading, previous: Query, context: ThreadContext): Query | null {
  const [branch, ...others] = previous.subject.length > 0 ? previous.subject : (context.shown ?? []);
  if (neighbour === null || previous.facts !== 'kpi' || query.indicators.length > 0) return null;
  if (branch === undefined || others.length > 0) return null;
  const right = { type: 'figure', branch, fy: null, column: null } as const;
  const isAbove = neighbour === 'above';
  return {
    ...previous,
    scope:
      previous.scope.branches.length > 1 ? previous.scope : { ...previous.scope, branches: [], every: true },
    subject: [],
    claim: null,
    compute: null,
    filter: [{ type: 'compare', column: null, op: isAbove ? '>' : '<', right }],
    order: isAbove ? 'low' : 'high',
    limit: 1,
    offset: 0,
  };
}

function joinedCount(query: Query, { indicators, sure, about, facts }: Query): Query {
  return { ...query, indicators, sure, within: facts === 'count' ? about : '' };
}

function shiftedYears(query: Query, previous: Query, shift: QueryReading['yearShift']): number[] {
  return query.scope.fys.length > 0 ? query.scope.fys : shifted(previous.scope.fys, shift, null);
}

/** 「両年で」: the years that the thread has asked for. */
function withYears({ query, bothYears }: QueryReading, { recent }: ThreadContext): Query {
  const fys = [...new Set(recent.flatMap(({ scope }) => scope.fys))].sort((a, b) => a - b);
  if (!bothYears || query.scope.fys.length > 0 || fys.length < 2) return query;
  return { ...query, scope: { ...query.scope, fys: fys.slice(-2) }, compute: null };
}

/** 「それって健診推進経費の何％？」: what was talked about, as a share of what is named. */
function partOfPrevious({ query, pointsBack }: QueryReading, previous: Query): Query | null {
  const { compute, about, facts } = query;
  if (facts !== 'budget' || previous.facts !== 'budget' || compute?.type !== 'share') return null;
  if (compute.of !== undefined || !pointsBack || about === '' || previous.about === '') return null;
  return { ...previous, compute: { type: 'share', of: about.slice(0, 100) } };
}

/** 「LINEは？」 after a budget, 「利島は？」 after a count ask the same of another item; 「それの今後の予定は？」 of the same. */
function isEllipsis(reading: QueryReading, previous: Query): boolean {
  const { query } = reading;
  const bare =
    query.columns.length === 0 && query.filter.length === 0 && query.compute === null && query.order === null;
  const itemised = previous.facts === 'budget' || previous.facts === 'count' || previous.facts === 'measure';
  const isItem =
    (query.facts === 'passage' && query.show !== 'which') ||
    (query.facts === 'kpi' && query.indicators.length > 0 && !reading.asksFigure) ||
    query.facts === previous.facts;
  const asksText = query.facts === 'passage' && query.show !== 'text' && query.show !== 'figure';
  if (itemised && bare && isItem && !asksText) return query.about.length <= 20;
  if (query.facts === 'measure' && query.about === '' && query.indicators.length === 0) return true;
  if (query.facts === 'budget' && query.about === '' && previous.facts === 'budget') return true;
  return (
    query.facts === 'kpi' &&
    query.indicators.length > 0 &&
    !query.sure &&
    previous.indicators.length > 0 &&
    previous.facts === 'kpi' &&
    narrowed(query, previous) !== null
  );
}

/** 「それを除くと？」: without the branches that the last answer showed. */
function withoutShown(reading: QueryReading, context: ThreadContext | null): QueryReading {
  if (!reading.excluded.includes(THAT)) return reading;
  const shown = context?.shown ?? [];
  const { scope } = reading.query;
  const branches = scope.branches.filter((branch) => !shown.includes(branch));
  const said = `${shown.join('・')}以外の支部`;
  const query = { ...reading.query, scope: { ...scope, branches, said } };
  return { ...reading, query, excluded: shown };
}

/** 「減った？」 after one budget item asks for its change; among many it chooses those that have. */
function changeOfOne(query: Query, previous: Query): Query {
  const isHeld = (own: Filter) =>
    own.type === 'compare' && own.right.type === 'figure' && own.right.fy !== null;
  if (previous.facts !== 'budget' || previous.about === '' || query.about !== '') return query;
  if (!query.filter.some(isHeld) || query.compute !== null) return query;
  return { ...query, filter: query.filter.filter((own) => !isHeld(own)), compute: { type: 'change' } };
}

/** 「前年は？」 without a thread counts from the year that is asked, or from the latest there is. */
function withYearShift(
  query: Query,
  { yearShift }: Pick<QueryReading, 'yearShift'>,
  latest: number | null,
): Query {
  if (yearShift === null) return query;
  const [fy] = query.scope.fys;
  if (fy !== undefined && fy + yearShift >= 1 && query.compute?.type !== 'change') {
    return {
      ...query,
      scope: { ...query.scope, fys: [fy + yearShift, fy] },
      compute: query.compute ?? { type: 'compare', against: null },
    };
  }
  if (latest === null && query.compute === null && query.facts === 'kpi' && query.columns.length === 0)
    return { ...query, columns: ['previous'] };
  return query.compute === null ? { ...query, compute: { type: 'change' } } : query;
}
