import type { Answer } from '../model/answer.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Operand, Query } from '../model/query.ts';
import { COUNTRY } from '../questions/read-scope.ts';
import { acrossBranches, branchRows } from './across-branches.ts';
import { whichBranch, whichIndicator, withAssumedBranch } from './ask-back.ts';
import { answered, choice, clarify, notFound } from './card.ts';
import { withNote } from './combine.ts';
import { STATISTIC_NAMES, statisticOf, valuesOf } from './conditions.ts';
import { COLUMN_NAMES, figureOf, kpiFact, rowOf } from './fact.ts';
import { rankingQuery } from './kpi-card.ts';
import {
  type KpiPool,
  kpiColumn,
  kpiField,
  loadKpis,
  needsReport,
  widestYear,
  yearNote,
} from './kpi-facts.ts';
import { answerKpiList, answerReports } from './kpi-list.ts';
import { missingFigure } from './missing.ts';
import { oneBranch } from './one-branch.ts';
import { numeral, overMonths, overYears } from './over-years.ts';
import { quoteFigure, quotePlanned } from './quote-figure.ts';
import { betweenFigures, setAgainst } from './rows.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** Whether rows of several branches are asked for. */
function isAcross({ scope, subject, order, compute, filter }: Query): boolean {
  if (scope.every || scope.branches.length > 1 || subject.length > 0) return true;
  const over =
    order !== null ||
    filter.length > 0 ||
    compute?.type === 'statistic' ||
    compute?.type === 'count' ||
    compute?.type === 'place';
  return scope.branches.length === 0 && over;
}

/** Figures of KPIs, whatever is asked of them. */
export async function answerKpi(query: Query, vague: boolean, sources: Sources): Promise<Answer> {
  const { indicators, scope } = query;
  if (query.compute?.type === 'only_first') return answerKpiList(query, sources);
  const reports =
    indicators.length === 0 && query.show === 'which' ? await answerReports(query, sources) : null;
  if (reports !== null) return reports;
  if (indicators.length === 0) {
    const says =
      query.show === 'list' ||
      query.filter.length > 0 ||
      query.order !== null ||
      query.columns.length > 0 ||
      query.compute?.type === 'count';
    if (
      vague ||
      (scope.branches.length === 0 && !scope.every && query.subject.length === 0 && query.filter.length === 0)
    )
      return whichIndicator(query, sources);
    if (
      query.compute !== null &&
      query.compute.type !== 'count' &&
      query.compute.type !== 'change' &&
      query.order === null
    )
      return whichIndicator(query, sources);
    // 「神奈川より高いとこどこ？」
    const holdsFigure = query.filter.some(
      (own) =>
        own.type === 'compare' &&
        own.right.type !== 'number' &&
        !(own.right.type === 'figure' && (own.right.branch === null || scope.branches.length === 1)),
    );
    // 「良くなった支部は？」 of all branches tells nothing without an indicator.
    const comparesAll = scope.every && query.filter.some(({ type }) => type === 'compare');
    if (
      holdsFigure ||
      comparesAll ||
      (query.order !== null && query.columns.length === 0 && scope.branches.length !== 1)
    )
      return whichIndicator(query, sources);
    if (says || scope.branches.length > 0) return answerKpiList(query, sources);
    return whichIndicator(query, sources);
  }
  const pool = await loadKpis(sources, { indicators });
  const reported = overReported(query, pool);
  if (reported !== null) return answerKpi(reported, vague, sources);
  const [alone] = scope.branches;
  if (alone !== undefined && scope.branches.length === 1 && query.subject.length === 0 && !scope.every) {
    // 「青森の目標は高い？」 is a place among all.
    if (
      (query.order === 'high' || query.order === 'low') &&
      query.compute === null &&
      query.filter.length === 0
    ) {
      const among = { ...scope, branches: [], every: true };
      const own = pool.current.filter((kpi) => kpi.branch === alone).map((kpi) => kpi.indicator);
      const had = indicators.filter((id) => own.includes(id));
      const claim = query.limit === null ? query.claim : 'holds';
      return answerKpi(
        {
          ...query,
          indicators: had.length > 0 ? had : indicators,
          scope: among,
          subject: [alone],
          compute: { type: 'place' },
          claim,
        },
        vague,
        sources,
      );
    }
    if (query.compute?.type === 'count' || query.compute?.type === 'share')
      return clarify(
        `${formatBranch(alone)}だけでは、支部の数や割合は数えられません。条件（例：目標が80％以上）を書いてお尋ねください。`,
        [],
      );
  }
  // 「宮城の健診の目標で本部を下回るのはどれ？」: of all that the word can mean.
  const heldAgainst = query.filter.some(
    (own) => own.type === 'compare' && own.right.type === 'figure' && own.right.branch !== null,
  );
  if (
    alone !== undefined &&
    scope.branches.length === 1 &&
    heldAgainst &&
    !query.sure &&
    indicators.length > 1
  )
    return query.show === 'list'
      ? answerKpiList({ ...query, claim: null }, sources)
      : answerKpi(
          {
            ...query,
            indicators: indicators.filter((id) =>
              pool.current.some((kpi) => kpi.branch === alone && kpi.indicator === id),
            ),
            sure: true,
          },
          vague,
          sources,
        );
  if (alone !== undefined && scope.branches.length === 1) {
    const between = betweenIndicators(query, alone, pool, sources);
    if (between !== null) return between;
  }
  const asWhole = await ofCountry(query, pool, sources);
  if (asWhole !== null) return asWhole;
  if (isAcross(query)) return acrossBranches(query, pool, sources);
  const { compute } = query;
  const [branch] = scope.branches;
  if (branch === undefined) return withoutBranch(query, pool, sources);
  const against = compute !== null && 'against' in compute ? compute.against : null;
  if (
    against !== null ||
    (compute !== null && compute.type !== 'change' && scope.fys.length < 2 && !isPair(query))
  )
    return besideOne(query, branch, pool, sources);
  if (compute?.type === 'change' && compute.fromMonth !== undefined)
    return overMonths(query, compute.fromMonth, branch, pool, sources);
  if (compute?.type === 'change' || scope.fys.length > 1) return overYears(query, branch, pool, sources);
  if (query.filter.length > 0) return acrossBranches(query, pool, sources);
  const answer = await oneBranch(query, branch, pool, sources);
  if (answer.kind !== 'not_found') return answer;
  return quoteFigure(query, branch, pool, sources) ?? quotePlanned(query, branch, pool, sources) ?? answer;
}

/** 「全国のジェネリックの目標は？」: the association's own figure, where the head office's plan has one. */
async function ofCountry(query: Query, pool: KpiPool, sources: Sources): Promise<Answer | null> {
  const { scope, order, filter, compute, subject, show } = query;
  const isPlain = order === null && filter.length === 0 && compute === null && subject.length === 0;
  if (!scope.every || scope.said !== COUNTRY || !isPlain || show !== 'value') return null;
  if (!pool.current.some(({ branch }) => branch === HEAD_OFFICE)) return null;
  const own = { ...query, scope: { ...scope, branches: [HEAD_OFFICE], every: false, said: null } };
  const answer = await oneBranch(own, HEAD_OFFICE, pool, sources);
  return answer.kind === 'answered' ? withNote(answer, '全国の値は、本部の計画のものです。') : null;
}

/** 「前年度より下がった？」, 「5月時点で超えた？」 of a branch that has reported: its actual is meant, not its target. */
function overReported(query: Query, { current }: KpiPool): Query | null {
  const { scope, columns, filter, compute, indicators } = query;
  const [branch] = scope.branches;
  if (scope.branches.length !== 1 || columns.length > 0 || filter.length + (compute === null ? 0 : 1) === 0)
    return null;
  const isPrevious = (operand: Operand | null) => operand?.type === 'figure' && operand.fy === 'previous';
  const againstPrevious =
    filter.some((own) => own.type === 'compare' && isPrevious(own.right)) ||
    (compute !== null && 'against' in compute && isPrevious(compute.against));
  const inYear = scope.months.length + scope.quarters.length > 0;
  const reported = current.filter(
    (kpi) => kpi.branch === branch && kpi.indicator === indicators[0] && kpi.actual?.value != null,
  );
  const isReported = reported.some(
    (kpi) =>
      (scope.fys.length === 0 || scope.fys.includes(kpi.fy)) && (inYear || kpi.actual?.previousValue != null),
  );
  // 「去年から何社増えてる？」
  const sinceLast =
    compute?.type === 'change' &&
    scope.fys.length === 1 &&
    reported.some((kpi) => scope.fys.includes(kpi.fy - 1) && kpi.actual?.previousValue != null);
  return ((againstPrevious || inYear) && isReported) || sinceLast ? { ...query, columns: ['actual'] } : null;
}

/** Two indicators of one branch against each other: 「被保険者と被扶養者の差は？」. Null where nothing is worked out. */
function betweenIndicators(query: Query, branch: string, pool: KpiPool, sources: Sources): Answer | null {
  const { compute, indicators, scope } = query;
  const sets = compute?.type === 'difference' || compute?.type === 'ratio' || query.order !== null;
  const against = compute !== null && 'against' in compute ? compute.against : null;
  if (!sets || against !== null || indicators.length !== 2 || !query.sure || scope.fys.length > 1)
    return null;
  if (query.filter.length > 0 || query.subject.length > 0) return null;
  const years = indicators.map((id) =>
    pool.current.filter((kpi) => kpi.branch === branch && kpi.indicator === id).map(({ fy }) => fy),
  );
  const [asked] = scope.fys;
  const common = (years[0] ?? []).filter((fy) => years[1]?.includes(fy));
  const fy = asked ?? Math.max(...common);
  if (!common.includes(fy)) return null;
  const kpis = indicators.flatMap((id) =>
    pool.current.filter((kpi) => kpi.branch === branch && kpi.indicator === id && kpi.fy === fy),
  );
  const column = kpiColumn(
    query,
    kpis.every(({ actual }) => actual?.value != null),
  );
  const facts = kpis.map((kpi) => kpiFact(kpi, sources));
  const figures = facts.map((fact) => ({ label: fact.name, ...figureOf(fact, column, sources) }));
  const [first, second] = figures;
  if (first?.unit !== second?.unit) return null;
  const what = `${formatBranch(branch)} ${formatFiscalYear(fy)}`;
  const pairs = figures.flatMap(({ label, value, text }) =>
    value == null ? [] : [{ label, value, text: text ?? '' }],
  );
  const result = betweenFigures(compute, pairs, first?.unit ?? null);
  const name = COLUMN_NAMES[column];
  return answered({
    topic: 'compare',
    title: `${what} ${facts.map((fact) => fact.name).join('と')}の${name}`,
    headline:
      'headline' in result
        ? `${name}は、${result.headline}`
        : `${name}の差は計算できません：${result.reason}`,
    lines: facts.map(
      (fact) => `・${fact.name} ${figureOf(fact, column, sources)?.text ?? '―'}（${fact.source.line}行目）`,
    ),
    notes: [yearNote(query, fy, common)],
    rows: facts.map(rowOf),
  });
}

/** Two indicators side by side, or a target and its actual: the card shows them. */
function isPair({ indicators, sure, columns, compute }: Query): boolean {
  if (compute?.type === 'statistic' || compute?.type === 'ratio') return false;
  return (sure && indicators.length > 1) || columns.length > 1 || compute?.type === 'compare';
}

async function withoutBranch(query: Query, pool: KpiPool, sources: Sources): Promise<Answer> {
  const asksReport = query.columns.some(needsReport) || query.columns.includes('state');
  const able = asksReport ? pool.current.filter(({ actual }) => actual !== null) : pool.current;
  const branches = [...new Set([...able].sort((a, b) => b.fy - a.fy).map(({ branch }) => branch))];
  const [only] = branches;
  if (only !== undefined && branches.length === 1) {
    const own = { ...query, scope: { ...query.scope, branches: [only] } };
    return withAssumedBranch(await answerKpi(own, false, sources), only, asksReport ? '報告' : '資料');
  }
  if (branches.length === 0) return missingFigure(query, null, pool, sources);
  const names = query.indicators.map((id) => shortNameOf(sources.catalogue, id));
  const answer = whichBranch(query, branches, sources);
  if (answer.kind !== 'clarify') return answer;
  return {
    ...answer,
    text: `${names.slice(0, 2).join('、')}${names.length > 2 ? 'など' : ''}ですね。${answer.text}`,
    choices: [
      ...answer.choices.slice(0, 7),
      choice('全支部の順位', rankingQuery(query.indicators[0] ?? '', null)),
    ],
  };
}

/** One branch's figure against the mean, another branch or the year before. */
async function besideOne(query: Query, branch: string, pool: KpiPool, sources: Sources): Promise<Answer> {
  const { compute } = query;
  const against = compute !== null && 'against' in compute ? compute.against : null;
  if (against === null) {
    if ((compute?.type === 'difference' || compute?.type === 'ratio') && query.columns.includes('target'))
      return clarify(
        `${compute.type === 'ratio' ? '何倍' : '差'}を計算する相手が読み取れませんでした。比べる支部か年度を書いてお尋ねください。`,
        [],
      );
    if (compute?.type === 'difference')
      return oneBranch(
        { ...query, compute: null, columns: query.columns.length > 0 ? query.columns : ['gap'] },
        branch,
        pool,
        sources,
      );
    if (compute?.type === 'statistic') {
      return withNote(
        await acrossBranches(
          { ...query, scope: { ...query.scope, branches: [], every: true } },
          pool,
          sources,
        ),
        `${formatBranch(branch)}だけでは計算にならないため、全支部の値です。`,
      );
    }
    return oneBranch({ ...query, compute: null }, branch, pool, sources);
  }
  if (against.type === 'number') return oneBranch({ ...query, compute: null }, branch, pool, sources);
  if (against.type === 'figure' && against.branch !== null) {
    return acrossBranches(
      {
        ...query,
        scope: { ...query.scope, branches: [branch, against.branch] },
        compute:
          compute?.type === 'compare' || compute === null
            ? { type: 'compare', against: null }
            : { type: compute.type === 'ratio' ? 'ratio' : 'difference', against: null },
      },
      pool,
      sources,
    );
  }
  if (against.type === 'figure' && against.fy !== null) {
    const latest = Math.max(...pool.current.filter((kpi) => kpi.branch === branch).map(({ fy }) => fy));
    const [asked] = query.scope.fys;
    const to = asked ?? latest;
    const fys =
      against.fy === 'previous' ? [to - 1, to] : asked === undefined ? [against.fy] : [against.fy, asked];
    const scope = { ...query.scope, fys, relative: null };
    return overYears(
      {
        ...query,
        scope,
        compute: compute?.type === 'ratio' ? { type: 'ratio', against: null } : { type: 'change' },
      },
      branch,
      pool,
      sources,
    );
  }
  if (against.type === 'figure') {
    return oneBranch(
      {
        ...query,
        compute: null,
        columns: [against.column === 'target' || against.column === null ? 'gap' : against.column],
      },
      branch,
      pool,
      sources,
    );
  }
  // The year in which the branch has company: a mean of one is none.
  const numeric = pool.current.filter(({ target }) => target.value !== null);
  const widest = widestYear(numeric);
  const hasRow = numeric.some((kpi) => kpi.branch === branch && kpi.fy === widest);
  const fys = query.scope.fys.length === 0 && widest !== null && hasRow ? [widest] : query.scope.fys;
  const single = {
    ...query,
    scope: { ...query.scope, branches: [branch], fys },
    filter: [],
    claim: null,
    order: null,
  };
  const field = kpiField(single, pool, sources);
  const [fact] = field?.facts ?? [];
  if (field === null || fact === undefined) return missingFigure(query, branch, pool, sources);
  const rows = branchRows(query, field, pool, sources);
  const figure = figureOf(fact, field.column, sources);
  const values = valuesOf(rows.frame.population(against.branches), field.column, sources);
  const value = statisticOf(values, against.of);
  const ofAll = against.branches === null || against.branches.length === 0;
  const name = `${ofAll && against.of !== 'median' ? '全国' : ''}${ofAll && against.of === 'sum' ? 'の' : ''}${STATISTIC_NAMES[against.of]}`;
  if (figure?.value == null || value === null)
    return notFound(
      `${formatBranch(branch)}の${rows.what}は${figure?.text ?? '―'}で、数値がないため比べられません。`,
      [],
      [fact.source],
    );
  const shown = numeral(Number(value.toFixed(2)));
  const result = setAgainst(
    { ...query, compute: compute?.type === 'ratio' ? compute : { type: 'difference', against } },
    rows,
    [
      { label: formatBranch(branch), value: figure.value, text: figure.text },
      { label: `${name}（${shown}）`, value: Number(value.toFixed(2)), text: shown },
    ],
    [],
  );
  return answered({
    topic: 'compare',
    title: `${formatBranch(branch)} ${rows.what}の${COLUMN_NAMES[field.column]}と${name}`,
    headline: `${COLUMN_NAMES[field.column]}は、${'headline' in result ? result.headline : result.reason}`,
    details: [
      { label: `${formatBranch(branch)}の${COLUMN_NAMES[field.column]}`, value: figure.text },
      { label: name, value: `${shown}（数値のある${values.length}支部）` },
    ],
    notes: rows.notes,
    rows: [rowOf(fact)],
    choices: rows.choices,
  });
}
