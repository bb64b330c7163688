import { foldText } from '../japanese/fold.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Count } from '../model/measure.ts';
import type { Query } from '../model/query.ts';
import { answered, notFound } from './card.ts';
import { countFact, figureOf, rowOf } from './fact.ts';
import { type Rows, setAgainst } from './rows.ts';
import { nameOf, officialNameOf, type Sources } from './sources.ts';
import { tabulate } from './tabulate.ts';

/** The quarter that a column names: ４～６月 is 1, ５月 is 1; null for columns that are no time. */
export function quarterOfPeriod(period: string): number | null {
  const month = Number(/(\d{1,2})/.exec(period.normalize('NFKC'))?.[1] ?? 0);
  return /月/.test(period) && month >= 1 && month <= 12 ? quarterOfMonth(month) : null;
}

export function countLine(count: Count): string {
  const asOf = count.asOf === null || count.text.includes(count.asOf) ? '' : `（${count.asOf}）`;
  const label = count.label === count.table ? '' : ` ${count.label}`;
  return `・${count.table}${label} ${count.period}：${count.text}${asOf}（${count.source.line}行目）`;
}

/** Counts stand right after the KPI table that they belong to. */
const REACH_OF_COUNTS = 60;

function pairs(text: string): Set<string> {
  const characters = foldText(text);
  return new Set(
    Array.from({ length: Math.max(0, characters.length - 1) }, (_, at) => characters.slice(at, at + 2)),
  );
}

/** The counts that a report prints under a KPI. */
export function countsOf(kpi: Kpi, counts: readonly Count[], { catalogue }: Sources): Count[] {
  const name = `${nameOf(catalogue, kpi.indicator)} ${officialNameOf(catalogue, kpi.indicator, kpi.fy)}`;
  const own = pairs(name.replace(/実施|率|数|割合/g, ' '));
  return counts.filter(({ source, table }) => {
    const distance = source.line - kpi.source.line;
    const near = source.file === kpi.source.file && distance >= 0 && distance <= REACH_OF_COUNTS;
    return (
      near &&
      [...pairs(table.replace(/実施|率|数|割合/g, ' '))].some((pair) => own.has(pair) && !/\s/.test(pair))
    );
  });
}

/** Words of the question itself, and words that every table of counts has. */
const ASKING =
  /第?[1-4一二三四]四半期|\d{1,2}~\d{1,2}月|\d{1,2}月|何(?:人|件|社|名|回|通|枚|機関|事業所)|件数|人数|内訳|実績|現在|今年度|支部|実施状況|終わっ|やった|出した/g;
const LEAST = 0.55;

/** By the question's own words; where those fail, with the names of the indicators it is about. */
function near(
  { about, indicators }: Query,
  counts: readonly Count[],
  { catalogue, indexNames }: Sources,
): Count[] {
  const key = `count|${counts.map(({ branch, fy, source, label, period }) => `${branch}${fy}${source.line}${label}${period}`).join()}`;
  const index = indexNames(key, () =>
    counts.map((count, id) => ({ id, name: `${count.table} ${count.label}`, context: count.period })),
  );
  const names = indicators.map((id) => nameOf(catalogue, id)).join(' ');
  const short = indicators.length === 0 ? '' : about.split(' ').slice(1).join(' ');
  for (const words of [about, `${about} ${names}`, short]) {
    const asked = words.normalize('NFKC').replace(ASKING, ' ').trim();
    if (asked === '') continue;
    const found = index.search(asked).sort((a, b) => b.coverage - a.coverage);
    const [best] = found;
    if (best === undefined || best.coverage < LEAST) continue;
    return found
      .filter(({ coverage }) => coverage >= best.coverage * 0.85)
      .flatMap(({ id }) => counts[id] ?? []);
  }
  return [];
}

/** Rows that the question names by their label; all of a table where it names none. */
function byLabel(about: string, counts: readonly Count[]): readonly Count[] {
  const words = foldText(about);
  const named = counts.filter(
    ({ label, table }) => label.length > 1 && label !== table && words.includes(foldText(label)),
  );
  if (named.length === 0) return counts;
  return counts.filter((count) => named.includes(count) || /^(?:合計|総?計)$/.test(count.label));
}

const HOW_MANY = /何(?:人|名|件|社)|数(?:は|って|を|$|[?？\s])|いくつ|どのくらい|どれくらい|対象者|受診者/;

/** Counts per quarter, month or place as the report prints them; null where none is about this. */
export async function answerCounts(query: Query, sources: Sources): Promise<Answer | null> {
  const { scope, about } = query;
  const all = await sources.knowledge.counts(scope.branches.length === 0 ? {} : { branches: scope.branches });
  const branch =
    scope.branches[0] ?? (new Set(all.map((count) => count.branch)).size === 1 ? all[0]?.branch : undefined);
  if (branch === undefined) return null;
  const own = all.filter((count) => count.branch === branch);
  const years = [...new Set(own.map(({ fy }) => fy))];
  const [asked] = scope.fys;
  const fy =
    asked === undefined || (scope.relative !== null && !years.includes(asked))
      ? Math.max(...years)
      : years.find((year) => year === asked);
  if (fy === undefined || !Number.isFinite(fy)) return null;
  const inYear = own.filter((count) => count.fy === fy);
  const found = near(query, inYear, sources);
  if (found.length === 0) return null;
  const tables = new Set(found.map(({ table }) => table));
  const inTables = inYear.filter(({ table }) => tables.has(table));
  const labelled = byLabel(about, inTables);
  // Of a table by places the columns are no times.
  const isTimed = inTables.some(({ period }) => quarterOfPeriod(period) !== null);
  const quarters = isTimed ? [...scope.quarters, ...scope.months.map(quarterOfMonth)] : [];
  const place = `${formatBranch(branch)}の${formatFiscalYear(fy)}`;
  const shown =
    quarters.length === 0
      ? labelled
      : labelled.filter(({ period }) => quarters.some((quarter) => quarterOfPeriod(period) === quarter));
  if (quarters.length > 0 && !shown.some(({ value }) => value !== null)) {
    const there = [...new Set(inTables.filter(({ value }) => value !== null).map(({ period }) => period))];
    const known = there.length === 0 ? '' : `資料にあるのは${there.join('、')}の数値です。`;
    return notFound(
      `${place}の${quarters.map((quarter) => `第${quarter}四半期`).join('・')}の${[...tables].join('、')}の数値は、資料にありません。${known}`,
    );
  }
  if (
    labelled.length < inTables.length &&
    HOW_MANY.test(about) &&
    !shown.some(({ value }) => value !== null)
  ) {
    const printed = shown.map(
      ({ period, text, asOf }) => `${period} ${text}${asOf === null ? '' : `（${asOf}）`}`,
    );
    return notFound(
      `${place}の資料には、${[...new Set(shown.map(({ label }) => label))].join('、')}の数値はまだありません（${[...new Set(printed)].join('、')}）。`,
    );
  }
  if (query.compute !== null || query.order !== null || query.filter.length > 0)
    return ofCounts(
      query,
      shown,
      `${formatBranch(branch)} ${formatFiscalYear(fy)} ${[...tables].join('、')}`,
      sources,
    );
  const lines = shown.map(({ source }) => source.line);
  const [first] = shown;
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(fy)} ${[...tables].join('、')}`,
    lines: shown.map(countLine),
    notes: [
      scope.branches.length === 0 ? `支部の指定がないため、${formatBranch(branch)}でお答えしました。` : null,
      asked === undefined ? `${formatFiscalYear(fy)}の資料でお答えしました。` : null,
    ],
    rows: shown.map((count) => rowOf(countFact(count))),
    passages:
      first === undefined
        ? []
        : [
            {
              file: first.source.file,
              title: first.source.title,
              section: [first.table],
              from: Math.min(...lines),
              to: Math.max(...lines),
              text: shown.map(countLine).join('\n').slice(0, 600),
              score: 1,
            },
          ],
  });
}

/** Sums, orders and conditions over counts; a printed total is no addend. */
function ofCounts(query: Query, counts: readonly Count[], what: string, sources: Sources): Answer {
  const parts = counts.filter(({ label, value }) => value !== null && !/^(?:合計|総?計)$/.test(label));
  const facts = parts.map(countFact);
  const { compute } = query;
  const rows: Rows = {
    topic: 'progress',
    facts,
    frame: { sources, column: 'count', population: () => facts, other: () => null },
    what,
    labelOf: ({ name }) => name,
    noun: '件',
    scopeText: `${facts.length}件`,
    notes: [],
    detail: (fact) => (fact.kind === 'count' ? `（${fact.count.period}）` : ''),
    isSubject: () => false,
    choices: [],
  };
  if (compute?.type !== 'difference' && compute?.type !== 'ratio' && compute?.type !== 'compare')
    return tabulate(query, rows);
  const pairs = facts.flatMap((fact) => {
    const figure = figureOf(fact, 'count', sources);
    return figure?.value == null ? [] : [{ label: fact.name, value: figure.value, text: figure.text }];
  });
  const result = setAgainst(query, rows, pairs.slice(0, 2), []);
  return answered({
    topic: 'progress',
    title: what,
    headline: 'headline' in result ? result.headline : result.reason,
    lines: counts.map(countLine),
    rows: facts.map(rowOf),
  });
}
