import type { Answer } from '../model/answer.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Column, Direction, Filter, Operand, Query, Status } from '../model/query.ts';
import { answered, choice, notFound } from './card.ts';
import { combine } from './combine.ts';
import { type Frame, leftColumn, resolveOperand, verdictOf } from './conditions.ts';
import { COLUMN_NAMES, degreeWords, differenceText, type Fact, figureOf, kpiFact, rowOf } from './fact.ts';
import { type Field, type KpiPool, kpiField, loadKpis, MOST_INDICATORS } from './kpi-facts.ts';
import { missingFigure } from './missing.ts';
import { overYears } from './over-years.ts';
import { type Rows, setAgainst, topOf } from './rows.ts';
import { type Sources, shortNameOf } from './sources.ts';
import { tabulate } from './tabulate.ts';

const REVERSE: Record<Direction, Direction> = { high: 'low', low: 'high', best: 'worst', worst: 'best' };

const JUDGED: readonly Status[] = ['met', 'unmet', 'behind', 'on_course'];

/** The other figure that a row's condition compares: the actual beside its target, last year's beside this year's. */
function comparedText({ filter }: Query, fact: Fact, frame: Frame): string {
  const { column, sources } = frame;
  const told = (of: Column) => `${COLUMN_NAMES[of]} ${figureOf(fact, of, sources)?.text ?? '―'}`;
  const parts = filter.flatMap((own): string[] => {
    if (own.type === 'status' && JUDGED.includes(own.status))
      return [told(column === 'target' ? 'actual' : 'target')];
    if (own.type !== 'compare' || own.right.type !== 'figure' || own.right.branch !== null) return [];
    const left = leftColumn(own, column, fact.fy);
    const right = resolveOperand(own.right, fact, left, frame).text;
    return left === column ? [right] : [told(left), ...(own.right.column === column ? [] : [right])];
  });
  return parts.length === 0 ? '' : `（${[...new Set(parts)].join('、')}）`;
}

export function branchRows(query: Query, field: Field, pool: KpiPool, sources: Sources): Rows {
  const { what, column, facts, everywhere } = field;
  const frame: Frame = {
    sources,
    column,
    population: (branches) =>
      branches !== null
        ? everywhere.filter((fact) => branches.length === 0 || branches.includes(fact.branch))
        : facts.length >= 3 && query.scope.said !== null
          ? facts
          : everywhere,
    other: (fact, branch, of) => {
      const row = pool.current.find(
        (kpi) =>
          kpi.branch === (branch ?? fact.branch) &&
          kpi.fy === (of ?? fact.fy) &&
          kpi.indicator === field.indicator,
      );
      return row === undefined ? null : kpiFact(row, sources);
    },
  };
  const absent =
    field.absent.length === 0
      ? null
      : `${field.absent.map(formatBranch).join('、')}は資料にこの指標がありません。`;
  const { scope } = query;
  const isAll = scope.every || scope.branches.length === 0;
  const numeric = facts.filter((fact) => figureOf(fact, column, sources)?.value != null).length;
  const others = query.sure ? [] : query.indicators.filter((id) => id !== field.indicator);
  return {
    topic: 'rank',
    facts,
    frame,
    what,
    labelOf: (fact) => formatBranch(fact.branch),
    noun: '支部',
    scopeText:
      scope.said !== null
        ? `${scope.said}（${facts.length}支部）`
        : isAll
          ? `全支部（資料のある${facts.length}支部）`
          : `${facts.length}支部`,
    notes: [...field.notes, absent],
    isSubject: (fact) => query.subject.includes(fact.branch),
    detail: (fact) => comparedText(query, fact, frame),
    choices: [
      ...others
        .slice(0, 2)
        .map((id) => choice(shortNameOf(sources.catalogue, id), { ...query, indicators: [id], sure: true })),
      ...(query.order === null || query.compute !== null
        ? []
        : [
            choice('反対の順にする', {
              ...query,
              indicators: [field.indicator],
              sure: true,
              claim: null,
              order: REVERSE[query.order],
              offset: 0,
            }),
          ]),
      ...(numeric > 2 && query.compute?.type !== 'statistic'
        ? [
            choice('平均は？', {
              ...query,
              indicators: [field.indicator],
              sure: true,
              subject: [],
              filter: [],
              claim: null,
              order: null,
              limit: null,
              offset: 0,
              compute: { type: 'statistic' as const, of: 'mean' as const },
            }),
          ]
        : []),
    ],
  };
}

/** The rows that a query's conditions and order choose; none where nothing is known of its indicator. */
export async function chosenFacts(query: Query, sources: Sources): Promise<Fact[]> {
  const pool = await loadKpis(sources, { indicators: query.indicators });
  const field = kpiField(query, pool, sources);
  if (field === null) return [];
  const rows = branchRows(query, field, pool, sources);
  const facts = field.facts.filter((fact) =>
    query.filter.every((filter) => verdictOf(filter, fact, rows.frame, []) === 'meets'),
  );
  return query.order === null ? facts : topOf(query, { ...rows, facts });
}

/** 「宮城の健診のKPI3つを本部と比べて」: of what a word can mean, all that the two branches have are set side by side. */
function listedIndicators({ compute, show, scope, indicators }: Query, { current }: KpiPool): string[] {
  if (compute?.type !== 'compare' || show !== 'list' || scope.branches.length !== 2) return [];
  return indicators.filter((id) =>
    scope.branches.every((branch) => current.some((kpi) => kpi.branch === branch && kpi.indicator === id)),
  );
}

/** So many branches are shown each by itself. */
const MOST_CARDS = 8;

/** 「R6→R7に5ポイント以上上がった支部は？」, 「各支部はどう変わった？」: the changes are the figures that are asked for. */
function ofChanges(query: Query): Query {
  const { scope, compute, columns } = query;
  const filter = query.filter.map((own): Filter => {
    const isSincePrevious =
      own.type === 'compare' && own.right.type === 'figure' && own.right.fy === 'previous';
    return isSincePrevious && scope.fys.length > 1
      ? { ...own, column: 'increase', right: { type: 'number', value: 0, unit: null } }
      : own;
  });
  const ofMany =
    compute?.type === 'change' &&
    query.order === null &&
    (scope.branches.length === 0 || scope.branches.length > MOST_CARDS);
  const isLimited = filter.some((own) => own.type === 'compare' && own.column === 'increase');
  if (columns.includes('increase') || !(ofMany || isLimited)) return { ...query, filter };
  return { ...query, filter, columns: [...columns, 'increase'], compute: ofMany ? null : compute };
}

/** Every year that was named is answered: branch by branch where they are only shown, else year by year. */
async function overSeveralYears(query: Query, pool: KpiPool, sources: Sources): Promise<Answer | null> {
  const { scope, compute, order, filter, columns } = query;
  if (columns.includes('increase') || (compute?.type !== 'change' && scope.fys.length < 2)) return null;
  const isShown = compute === null || compute.type === 'change' || compute.type === 'compare';
  const { length } = scope.branches;
  if (isShown && order === null && filter.length === 0 && length > 1 && length <= MOST_CARDS) {
    const single = (branch: string) => ({ ...query, scope: { ...scope, branches: [branch] } });
    return combine(
      await Promise.all(scope.branches.map((branch) => overYears(single(branch), branch, pool, sources))),
    );
  }
  if (scope.fys.length < 2) return null;
  const inYear = (fy: number) => ({ ...query, scope: { ...scope, fys: [fy] } });
  return combine(
    await Promise.all(
      [...scope.fys].sort((a, b) => a - b).map((fy) => acrossBranches(inYear(fy), pool, sources)),
    ),
  );
}

export async function acrossBranches(asked: Query, pool: KpiPool, sources: Sources): Promise<Answer> {
  const query = ofChanges(asked);
  const { indicators } = query;
  if (query.sure && indicators.length > 1) {
    const each = await Promise.all(
      indicators
        .slice(0, MOST_INDICATORS)
        .map((id) => acrossBranches({ ...query, indicators: [id] }, pool, sources)),
    );
    return combine(each);
  }
  const listed = query.sure ? [] : listedIndicators(query, pool);
  if (listed.length > 1) return acrossBranches({ ...query, indicators: listed, sure: true }, pool, sources);
  const ofYears = await overSeveralYears(query, pool, sources);
  if (ofYears !== null) return ofYears;
  const field = kpiField(query, pool, sources);
  const status = query.filter.find((filter) => filter.type === 'status' && filter.status === 'set');
  const [alone = null, ...others] = query.scope.branches;
  if (field === null) return missingFigure(query, others.length > 0 ? null : alone, pool, sources);
  if (status?.type === 'status' && status.not) return branchesWithout(query, field, pool, sources);
  const rows = branchRows(query, field, pool, sources);
  if (field.facts.length === 0) return missingFigure(query, null, pool, sources);
  const judged = query.filter.some(
    (filter) => filter.type === 'status' && ['met', 'unmet', 'behind', 'on_course'].includes(filter.status),
  );
  if (judged && field.facts.every((fact) => fact.kind === 'kpi' && fact.kpi.actual === null))
    return notFound(`${rows.what}は、実績の報告が資料にないため判定できません。`);
  const { compute } = query;
  const sets = compute !== null && ['difference', 'ratio', 'compare', 'change'].includes(compute.type);
  const named =
    query.scope.branches.length > 1 || (compute !== null && 'against' in compute && compute.against !== null);
  const against = compute !== null && 'against' in compute ? compute.against : null;
  if (sets && against !== null && query.scope.branches.length !== 1)
    return eachAgainst(query, rows, field, against, sources);
  if (sets && compute.type !== 'compare' && query.order !== null && query.limit !== null && query.limit > 1) {
    // 「2番目と3番目の差」
    const chosen = topOf(query, rows);
    return sideBySide(
      { ...query, order: null, limit: null, offset: 0 },
      { ...rows, facts: chosen },
      { ...field, facts: chosen },
      sources,
    );
  }
  if (!sets || !named || (compute.type === 'compare' && query.order !== null && query.limit !== null))
    return tabulate(query, rows);
  return sideBySide(query, rows, field, sources);
}

/** Every branch's figure against one: 高知を基準に他はそれぞれ何ポイント違う. */
function eachAgainst(query: Query, rows: Rows, field: Field, against: Operand, sources: Sources): Answer {
  const { column } = field;
  const order = { ...query, compute: null, claim: null };
  const facts = query.order === null ? field.facts : topOf(order, { ...rows, facts: field.facts });
  const lines = facts.map((fact) => {
    const figure = figureOf(fact, column, sources);
    const limit = resolveOperand(against, fact, column, rows.frame).value;
    const gap = figure?.value == null || limit === null ? null : Number((figure.value - limit).toFixed(4));
    const words = degreeWords(figure?.unit ?? null);
    const said =
      gap === null
        ? '比べられません'
        : gap === 0
          ? '同じ'
          : `${differenceText(gap, figure?.unit ?? null)}${gap > 0 ? words.more : words.less}`;
    return `・${formatBranch(fact.branch)} ${figure?.text ?? '―'}：${said}（${fact.source.line}行目）`;
  });
  const [first] = facts;
  const base = first === undefined ? '' : resolveOperand(against, first, column, rows.frame).text;
  return answered({
    topic: 'compare',
    title: `${rows.what}の${COLUMN_NAMES[column]}と${base}との差`,
    lines,
    notes: rows.notes,
    rows: facts.map(rowOf),
    choices: query.order === null ? rows.choices : [],
  });
}

/** Branches beside each other, with the difference or the ratio. */
function sideBySide(query: Query, rows: Rows, field: Field, sources: Sources): Answer {
  const { scope, compute } = query;
  const ordered = [...field.facts].sort(
    (a, b) => scope.branches.indexOf(a.branch) - scope.branches.indexOf(b.branch),
  );
  const shown = query.order === null ? ordered : field.facts;
  const pairs = shown.flatMap((fact) => {
    const figure = figureOf(fact, field.column, sources);
    return figure?.value == null
      ? []
      : [{ label: formatBranch(fact.branch), value: figure.value, text: figure.text }];
  });
  const missing = shown
    .filter((fact) => figureOf(fact, field.column, sources)?.value == null)
    .map((fact) => formatBranch(fact.branch));
  const result = setAgainst(query, rows, pairs, [...missing, ...field.absent.map(formatBranch)]);
  const name = COLUMN_NAMES[field.column];
  const base = tabulate(
    { ...query, compute: null, order: query.order, limit: null, filter: query.filter, claim: null },
    { ...rows, facts: shown },
  );
  if (base.kind !== 'answered') return base;
  const headline =
    'headline' in result ? `${name}は、${result.headline}` : `${name}の差は計算できません：${result.reason}`;
  return answered({
    ...base,
    topic: 'compare',
    title: `${rows.what}の${name}の比較`,
    headline:
      compute?.type === 'compare' && pairs.length > 4 && query.order === null ? base.headline : headline,
    lines: base.lines,
    notes: [base.note],
  });
}

async function branchesWithout(query: Query, field: Field, pool: KpiPool, sources: Sources): Promise<Answer> {
  const asked =
    query.scope.branches.length > 0
      ? query.scope.branches
      : sources.catalogue.branches.map(({ name }) => name).filter((name) => name !== HEAD_OFFICE);
  const documented = asked.filter((branch) =>
    pool.parts.some((part) => part.branch === branch && part.fy === field.fy),
  );
  const without = documented.filter((branch) => !field.facts.some((fact) => fact.branch === branch));
  return answered({
    topic: 'list',
    title: `${formatFiscalYear(field.fy)} ${field.name}をKPIにしていない支部`,
    headline:
      without.length === 0
        ? 'ありません。'
        : `${without.length}支部です（資料のある${documented.length}支部中）。`,
    lines: without.length === 0 ? [] : [without.map(formatBranch).join('、')],
    notes: ['資料からKPIとして読み取れたものに限ります。'],
    sources: field.facts.map((fact) => fact.source),
  });
}
