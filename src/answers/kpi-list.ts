import type { Answer } from '../model/answer.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatDay } from '../model/calendar-day.ts';
import { currentRows } from '../model/current-rows.ts';
import { fiscalYearOf, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Filter, Query, Status } from '../model/query.ts';
import { formatPeriod, reportDeadline } from '../model/reporting-period.ts';
import { whichBranch, withAssumedBranch } from './ask-back.ts';
import { answered, choice, notFound } from './card.ts';
import { combine, withNote } from './combine.ts';
import { type Frame, filterText, leftColumn, resolveOperand, verdictOf } from './conditions.ts';
import {
  actualText,
  COLUMN_NAMES,
  changedFact,
  type Fact,
  figureOf,
  kpiFact,
  rowOf,
  targetText,
} from './fact.ts';
import { figureQuery, listQuery } from './kpi-card.ts';
import { type KpiPool, kpiColumn, loadKpis, yearNote } from './kpi-facts.ts';
import { type BranchReport, officialNameOf, type Sources } from './sources.ts';
import { standingText } from './standing-text.ts';
import { tabulate } from './tabulate.ts';

/** Asked of reports, not of plans. */
const BY_ACTUAL: ReadonlySet<Status> = new Set([
  'met',
  'unmet',
  'behind',
  'on_course',
  'reported',
  'unreported',
  'first_time',
]);
const BY_YEAR: ReadonlySet<Status> = new Set(['new', 'dropped', 'changed', 'continued']);

function statusesOf(filters: readonly Filter[]): Status[] {
  return filters.flatMap((filter) => (filter.type === 'status' ? [filter.status] : []));
}

function lineOf(kpi: Kpi, before: Kpi | undefined, changed: boolean, sources: Sources): string {
  const name = officialNameOf(sources.catalogue, kpi.indicator, kpi.fy);
  if (changed) {
    const old = before === undefined ? '―' : `${targetText(before)}（${before.source.line}行目）`;
    return `・${name}：目標 ${old} → ${targetText(kpi)}（${kpi.source.line}行目）`;
  }
  const target = `目標 ${targetText(kpi)}`;
  if (kpi.actual === null) return `・${name}：${target}（${kpi.source.line}行目）`;
  const previous = kpi.actual.previousText === null ? '' : `、前年度実績 ${kpi.actual.previousText}`;
  return `・${name}：${target}、実績 ${actualText(kpi)}${previous}、${standingText(sources.judge(kpi))}（${kpi.source.line}行目）`;
}

/** The KPIs of one branch's year that are asked for, in document order. */
export async function answerKpiList(query: Query, sources: Sources): Promise<Answer> {
  const { scope, filter } = query;
  // 「宮城の目標で本部より高いものは？」
  const others = filter.flatMap((own) =>
    own.type === 'compare' && own.right.type === 'figure' ? (own.right.branch ?? []) : [],
  );
  const pool = await loadKpis(
    sources,
    scope.branches.length === 0 ? {} : { branches: [...scope.branches, ...others] },
  );
  const statuses = statusesOf(filter);
  const judged = statuses.some((status) => BY_ACTUAL.has(status));
  const { columns } = query;
  const ordersActuals = query.order !== null && !columns.includes('increase');
  const needsActual =
    judged ||
    ordersActuals ||
    (columns.includes('actual') && !columns.includes('target') && !columns.includes('increase')) ||
    columns.some((column) => column === 'achievement' || column === 'gap') ||
    (columns.includes('increase') && columns.includes('actual')) ||
    filter.some((own) => own.type === 'compare' && own.column === 'actual');
  const usable = needsActual ? pool.current.filter(({ actual }) => actual !== null) : pool.current;
  const known = [...new Set(usable.map(({ branch }) => branch))];
  if (
    query.compute?.type === 'only_first' ||
    (scope.branches.length === 2 && query.compute?.type === 'compare')
  )
    return onlyFirst(query, sources);
  if (scope.branches.length > 1 || (scope.every && known.length > 1))
    return ofBranches(query, pool, known, sources);
  const branch = scope.branches[0] ?? (known.length === 1 ? known[0] : undefined);
  if (branch === undefined) return whichBranch(query, known, sources);
  if (scope.branches.length === 0) {
    const ofOne = await answerKpiList({ ...query, scope: { ...scope, branches: [branch] } }, sources);
    return withAssumedBranch(ofOne, branch, needsActual ? '報告' : '資料');
  }
  const own = usable.filter((kpi) => kpi.branch === branch);
  const years = [...new Set(own.map(({ fy }) => fy))].sort((a, b) => b - a);
  const [asked] = scope.fys.length > 1 ? [Math.max(...scope.fys)] : scope.fys;
  const fy =
    asked === undefined || (scope.relative !== null && !years.includes(asked))
      ? years[0]
      : years.find((year) => year === asked);
  if (fy === undefined) {
    const there = [...new Set(pool.current.filter((kpi) => kpi.branch === branch).map((kpi) => kpi.fy))].sort(
      (a, b) => a - b,
    );
    const what = needsActual ? '実績の報告' : 'KPI';
    const when = asked === undefined ? '' : `${formatFiscalYear(asked)}の`;
    const rest =
      there.length === 0
        ? `${formatBranch(branch)}の資料は登録されていません。`
        : `資料があるのは${there.map(formatFiscalYear).join('、')}です${needsActual ? '（計画の目標はお答えできます）' : ''}。`;
    return notFound(
      `${formatBranch(branch)}の${when}${what}は資料にありません。${rest}`,
      there.map((year) => choice(`${formatFiscalYear(year)}のKPI一覧`, listQuery(branch, year))),
    );
  }
  const all = pool.current.filter((kpi) => kpi.branch === branch);
  const inYear = all
    .filter(
      (kpi) => kpi.fy === fy && (query.indicators.length === 0 || query.indicators.includes(kpi.indicator)),
    )
    .sort((a, b) => a.source.file.localeCompare(b.source.file) || a.source.line - b.source.line);
  const column = kpiColumn(query, needsActual);
  // 「令和6から令和7に下がった」: the other year that was named, else the latest before.
  const since = filter.flatMap((own) =>
    own.type === 'compare' && own.right.type === 'figure' && typeof own.right.fy === 'number'
      ? [own.right.fy]
      : [],
  );
  const [from] = scope.fys.length > 1 ? [Math.min(...scope.fys)] : since;
  const earlier = [...new Set(all.map((kpi) => kpi.fy))]
    .filter((year) => (from === undefined ? year < fy : year === from))
    .sort((a, b) => b - a)[0];
  const before = earlier === undefined ? [] : all.filter((kpi) => kpi.fy === earlier);
  const changes =
    query.filter.some(
      (f) =>
        f.type === 'compare' &&
        leftColumn(f, column) !== 'actual' &&
        f.right.type === 'figure' &&
        f.right.fy !== null,
    ) ||
    query.compute?.type === 'change' ||
    query.columns.includes('increase');
  const compares = statuses.some((status) => BY_YEAR.has(status)) || changes;
  if (compares && earlier === undefined)
    return notFound(
      `${formatBranch(branch)}には${from === undefined ? `${formatFiscalYear(fy)}より前` : formatFiscalYear(from)}の資料がないため、比べられません。`,
    );
  const facts = inYear.map((kpi) =>
    column === 'increase'
      ? changedFact(
          kpi,
          before.find(({ indicator }) => indicator === kpi.indicator),
          needsActual ? 'actual' : 'target',
          sources,
        )
      : kpiFact(kpi, sources),
  );
  const beforeFacts = before.map((kpi) => kpiFact(kpi, sources));
  const frame: Frame = {
    sources,
    column,
    population: () => facts,
    other: (fact, of, year) => {
      const wanted = year === fy - 1 || year === from ? earlier : (year ?? fact.fy);
      const row = pool.current.find(
        (kpi) =>
          fact.kind === 'kpi' &&
          kpi.indicator === fact.indicator &&
          kpi.branch === (of ?? branch) &&
          kpi.fy === wanted,
      );
      return row === undefined ? null : kpiFact(row, sources);
    },
  };
  const what = `${formatBranch(branch)} ${formatFiscalYear(fy)} KPI`;
  const note = yearNote(
    query,
    fy,
    all.map((kpi) => kpi.fy),
  );
  const isDropped = statuses.includes('dropped');
  if (query.order !== null || (query.filter.some(({ type }) => type === 'compare') && !changes)) {
    const ofColumn = query.columns.some(
      (c) => c === 'achievement' || c === 'gap' || c === 'actual' || c === 'target' || c === 'increase',
    )
      ? column
      : query.filter.some((own) => own.type === 'compare' && leftColumn(own, 'target') === 'actual')
        ? 'actual'
        : 'achievement';
    const units = new Set(facts.flatMap((fact) => figureOf(fact, ofColumn, sources)?.unit ?? []));
    if (query.order !== null && units.size > 1) {
      const reported = inYear.some(({ actual }) => actual?.value != null);
      return notFound(
        `指標によって単位が違うため、${COLUMN_NAMES[ofColumn]}の大きさでは比べられません。指標を書いてお尋ねください。`,
        reported ? [choice('達成率の低い順', { ...query, columns: ['achievement'], order: 'low' })] : [],
      );
    }
    return tabulate(query.order === null ? query : { ...query, limit: query.limit ?? null }, {
      topic: 'rank',
      facts,
      frame: { ...frame, column: ofColumn },
      before: beforeFacts,
      what,
      labelOf: (fact) => fact.name,
      noun: '件',
      scopeText: `${facts.length}件`,
      notes: [note],
      isSubject: () => false,
      choices: [],
      detail: (fact) => {
        if (fact.kind !== 'kpi') return '';
        const held = query.filter.flatMap((own) =>
          own.type === 'compare' && own.right.type === 'figure' && own.right.branch !== null
            ? [`比べた相手は${resolveOperand(own.right, fact, leftColumn(own, ofColumn), frame).text}`]
            : [],
        );
        const reached = fact.kpi.actual === null ? '実績の報告なし' : `実績 ${actualText(fact.kpi)}`;
        const shown = [reached, ...(ofColumn === 'target' ? [] : [`目標 ${targetText(fact.kpi)}`])];
        return `（${[...(held.length > 0 ? held : shown)].join('、')}）`;
      },
    });
  }
  const dropped = beforeFacts.filter(
    (fact) => fact.kind === 'kpi' && !inYear.some(({ indicator }) => indicator === fact.indicator),
  );
  const meets = (fact: Fact) =>
    query.filter.every((own) => verdictOf(own, fact, frame, beforeFacts) === 'meets');
  const changed = (fact: Fact) =>
    fact.kind === 'kpi' &&
    before.some((old) => old.indicator === fact.indicator && targetText(old) !== targetText(fact.kpi));
  const found = isDropped
    ? dropped
    : query.compute?.type === 'change' && query.filter.length === 0
      ? facts.filter(changed)
      : facts.filter(meets);
  const condition =
    query.compute?.type === 'change' && query.filter.length === 0
      ? '前の年度から目標が変わった'
      : query.filter.map((own) => filterText(own, null, null)).join('、');
  const judgements = judged || query.columns.includes('state') || query.columns.includes('actual');
  const missing =
    judged && !statuses.includes('unreported')
      ? inYear.filter((kpi) => sources.judge(kpi).state === 'unreported').length
      : 0;
  const kpis = found.flatMap((fact) => (fact.kind === 'kpi' ? [fact.kpi] : []));
  return answered({
    topic: judgements ? 'progress' : 'list',
    title: `${what}${condition === '' ? 'の一覧' : `：${condition}もの`}`,
    headline:
      found.length === 0
        ? `ありません（${inYear.length}件を確認しました）。`
        : `${found.length}件です${condition === '' ? '' : `（${inYear.length}件中）`}。`,
    table: {
      caption: `${formatFiscalYear(fy)}のKPI`,
      columns: [
        { name: '指標', kind: 'text' },
        { name: '目標', kind: 'number' },
        { name: '実績', kind: 'number' },
      ],
      rows: kpis.map((kpi) => [
        { text: officialNameOf(sources.catalogue, kpi.indicator, kpi.fy), value: null },
        { text: targetText(kpi), value: kpi.target.value },
        { text: kpi.actual === null ? '―' : actualText(kpi), value: kpi.actual?.value ?? null },
      ]),
    },
    lines: kpis.map((kpi) =>
      lineOf(
        kpi,
        before.find(({ indicator }) => indicator === kpi.indicator),
        changes || statuses.includes('changed'),
        sources,
      ),
    ),
    notes: [
      note,
      compares && earlier !== undefined ? `${formatFiscalYear(earlier)}の資料と比べました。` : null,
      missing > 0 ? `実績が未報告の${missing}件は判定していません。` : null,
    ],
    rows: (kpis.length > 0 ? found : facts).map(rowOf),
    choices: kpis.slice(0, 3).map((kpi) => choice(kpiFact(kpi, sources).name, figureQuery(kpi))),
  });
}

/** 「未報告の支部は？」: which branches lack the figures of a quarter that were due, and how many of them. */
export async function answerReports({ scope, filter }: Query, sources: Sources): Promise<Answer | null> {
  const [only] = filter;
  const [quarter] = scope.quarters;
  const fy = scope.fys[0] ?? fiscalYearOf(sources.today);
  const all = await sources.reports(quarter === undefined ? null : { fy, quarter });
  const planned = all.filter(({ kpis }) => kpis.length > 0);
  const [first] = planned;
  if (first === undefined || only?.type !== 'status') return null;
  const wantsMissing = (only.status === 'unreported') !== only.not;
  const found = planned.filter(({ isIn }) => isIn !== wantsMissing);
  const partly = planned.filter(({ isIn, missing }) => isIn && missing.length > 0);
  const due = reportDeadline(first.period, sources.catalogue.calendar);
  const line = ({ branch, kpis, missing }: BranchReport) =>
    `${formatBranch(branch)}：KPI ${kpis.length}件中、報告 ${kpis.length - missing.length}件`;
  const without = all.length - planned.length;
  return answered({
    topic: 'progress',
    title: `${formatPeriod(first.period)}の実績が${wantsMissing ? '未報告の' : '報告された'}支部`,
    headline:
      found.length === 0
        ? `ありません（計画のある${planned.length}支部を確認しました）。`
        : `${found.length}支部です（計画のある${planned.length}支部中）。`,
    lines: found.map((report) => `・${line(report)}`),
    notes: [
      `報告の期限は${formatDay(due)}です。`,
      wantsMissing && partly.length > 0
        ? `報告が届いた支部にも、一部が未報告のものがあります（${partly.map(line).join('、')}）。`
        : null,
      without === 0
        ? null
        : `${formatFiscalYear(first.period.fy)}の計画が資料にない${without}支部は数えていません。`,
    ],
    sources: found.flatMap(({ kpis }) => kpis.slice(0, 1).map(({ source }) => source)),
  });
}

/** Each branch's list by itself; past this many, how many each has. */
const LISTED = 4;

/** The same list of several branches: only those can answer whose documents tell it. */
async function ofBranches(
  query: Query,
  pool: KpiPool,
  known: readonly string[],
  sources: Sources,
): Promise<Answer> {
  const { scope } = query;
  const documented = [...new Set(pool.current.map(({ branch }) => branch))].filter(
    (branch) => branch !== HEAD_OFFICE || scope.branches.includes(branch),
  );
  const asked = scope.branches.length > 0 ? scope.branches : documented;
  const able = asked.filter((branch) => known.includes(branch));
  const where = scope.said ?? (scope.every ? '全支部' : asked.map(formatBranch).join('・'));
  if (able.length === 0) {
    const elsewhere = await reportedBranches(sources);
    const there =
      elsewhere.length === 0 ? '' : `実績の報告があるのは${elsewhere.map(formatBranch).join('、')}だけです。`;
    return notFound(`${where}は、実績の報告が資料にないため判定できません。${there}`);
  }
  const unable = asked.length - able.length;
  const note =
    unable === 0 ? null : `${where}のうち${unable}支部は、実績の報告が資料にないため判定していません。`;
  const single = (branch: string): Query => ({
    ...query,
    scope: { ...scope, branches: [branch], every: false, said: null },
  });
  if (able.length <= LISTED) {
    const each = await Promise.all(able.map((branch) => answerKpiList(single(branch), sources)));
    return withNote(combine(each), note);
  }
  const answers = await Promise.all(
    able.map(async (branch) => ({ branch, answer: await answerKpiList(single(branch), sources) })),
  );
  const counts = answers.flatMap(({ branch, answer }) =>
    answer.kind === 'answered' && answer.table !== null && answer.table.rows.length > 0
      ? [{ branch, count: answer.table.rows.length, fy: answer.rows[0]?.fy ?? 0, answer }]
      : [],
  );
  const condition = query.filter.map((own) => filterText(own, null, null)).join('、');
  return answered({
    topic: 'list',
    title: `${where}：${condition}KPI`,
    headline: `${counts.length}支部にあります（${able.length}支部を確認しました）。`,
    lines: counts.map(
      ({ branch, count, fy }) => `・${formatBranch(branch)} ${formatFiscalYear(fy)}：${count}件`,
    ),
    notes: [note],
    rows: counts.flatMap(({ answer }) => answer.rows),
  });
}

async function reportedBranches({ knowledge }: Sources): Promise<string[]> {
  const kpis = await knowledge.kpis({});
  return [...new Set(kpis.filter(({ actual }) => actual !== null).map(({ branch }) => branch))];
}

/** KPIs that the first branch has and the second has not, in the same year. */
async function onlyFirst(query: Query, sources: Sources): Promise<Answer> {
  const [have, lack] = query.scope.branches;
  if (have === undefined || lack === undefined) return notFound('比べる支部が分かりませんでした。');
  const [all, parts] = await Promise.all([
    sources.knowledge.kpis({ branches: [have, lack] }),
    sources.knowledge.parts(),
  ]);
  const rows = currentRows(all, parts);
  const yearsOf = (branch: string) => rows.filter((kpi) => kpi.branch === branch).map((kpi) => kpi.fy);
  const common = [...new Set(yearsOf(have))].filter((fy) => yearsOf(lack).includes(fy));
  const [asked] = query.scope.fys;
  const fy = asked === undefined ? Math.max(...common) : common.find((year) => year === asked);
  if (fy === undefined || !Number.isFinite(fy))
    return notFound(
      `${formatBranch(have)}と${formatBranch(lack)}の同じ年度の資料がないため、比べられません。`,
    );
  const of = (branch: string) => rows.filter((kpi) => kpi.fy === fy && kpi.branch === branch);
  const only = (own: readonly Kpi[], other: readonly Kpi[]) =>
    own.filter((kpi) => !other.some(({ indicator }) => indicator === kpi.indicator));
  const [left, right] = [only(of(have), of(lack)), only(of(lack), of(have))];
  const line = (kpi: Kpi) =>
    `・${officialNameOf(sources.catalogue, kpi.indicator, kpi.fy)}：目標 ${targetText(kpi)}（${kpi.source.line}行目）`;
  return answered({
    topic: 'list',
    title: `${formatFiscalYear(fy)} ${formatBranch(have)}と${formatBranch(lack)}のKPIの違い`,
    headline: `${formatBranch(have)}だけにあるKPIは${left.length}件、${formatBranch(lack)}だけにあるKPIは${right.length}件です。`,
    lines: [
      `${formatBranch(have)}だけ：`,
      ...left.map(line),
      `${formatBranch(lack)}だけ：`,
      ...right.map(line),
    ],
    rows: [...left, ...right].map((kpi) => rowOf(kpiFact(kpi, sources))),
    sources:
      left.length + right.length === 0
        ? of(have)
            .slice(0, 1)
            .map(({ source }) => source)
        : [],
  });
}
