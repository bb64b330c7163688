import { formatNumber } from '../japanese/amounts.ts';
import { foldText } from '../japanese/fold.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Count } from '../model/measure.ts';
import type { Query } from '../model/query.ts';
import { withAssumedBranch } from './ask-back.ts';
import { answered, notFound } from './card.ts';
import { countFact, figureOf, rowOf } from './fact.ts';
import { type Rows, setAgainst } from './rows.ts';
import { officialNameOf, type Sources, shortNameOf } from './sources.ts';
import { tabulate } from './tabulate.ts';

/** The quarter that a column names: ４～６月 is 1, ５月 is 1; null for columns that are no time. */
function quarterOfPeriod(period: string): number | null {
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
  const name = `${shortNameOf(catalogue, kpi.indicator)} ${officialNameOf(catalogue, kpi.indicator, kpi.fy)}`;
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
  /第?[1-4一二三四]四半期|\d{1,2}~\d{1,2}月|\d{1,2}月|何(?:人|件|社|名|回|通|枚|機関|事業所)|件数|人数|内訳|実績|現在|今年度|支部|実施状況|終わっ|やった|出した|見込\S*|割合|占める|全体|年間|何割|何%/g;
const LEAST = 0.55;

/** By the question's own words; where those fail, with the names of the indicators it is about. */
function near(
  { about, indicators }: Query,
  counts: readonly Count[],
  { catalogue, indexNames }: Sources,
): Count[] {
  // An island or a ward is named by nothing else: rows of a table whose columns are no times.
  const places = counts.filter(
    ({ label, period }) =>
      !WHOLE_YEAR.test(period) &&
      quarterOfPeriod(period) === null &&
      foldText(about).includes(foldText(label)),
  );
  if (places.length > 0) return places;
  const key = `count|${counts.map(({ branch, fy, source, label, period }) => `${branch}${fy}${source.line}${label}${period}`).join()}`;
  const index = indexNames(key, () =>
    counts.map((count, id) => ({ id, name: `${count.table} ${count.label}`, context: count.period })),
  );
  const names = indicators.map((id) => shortNameOf(catalogue, id)).join(' ');
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

const WHOLE_YEAR = /年間/;
const TOTAL = /^(?:合計|総?計)$/;
const EXPECTED = /見込/;

/** Rows that the question names by their label; none where it names none. */
function named(about: string, counts: readonly Count[]): Count[] {
  const words = foldText(about);
  const own = counts.filter(
    ({ label, table }) => label.length > 1 && label !== table && words.includes(foldText(label)),
  );
  if (own.length > 0) return own;
  return EXPECTED.test(words) ? counts.filter(({ label }) => EXPECTED.test(label)) : [];
}

/** Rows by their label with the total beside them; all of a table where no label is named. */
function byLabel(about: string, counts: readonly Count[]): readonly Count[] {
  const own = named(about, counts);
  if (own.length === 0 || /内訳|うちわけ/.test(about)) return counts;
  return counts.filter((count) => own.includes(count) || TOTAL.test(count.label));
}

/** The months of a column that is a stretch of them: 4~6月. */
function monthsOf(period: string): number[] {
  const [from, to] = [...period.normalize('NFKC').matchAll(/(\d{1,2})/g)].map((match) => Number(match[1]));
  if (!/月/.test(period) || from === undefined) return [];
  const last = to ?? from;
  return Array.from({ length: Math.max(0, last - from) + 1 }, (_, at) => from + at);
}

/** Whether a figure is of the months asked: of that month alone, or of a stretch that is told as it stood then. */
function isOfMonths(count: Count, months: readonly number[], inTable: readonly Count[]): boolean {
  const own = monthsOf(count.period);
  if (own.length === 1) return own.some((month) => months.includes(month));
  if (own.length === 0) return false;
  const stood = inTable.filter(({ table, period }) => table === count.table && period === count.period);
  return months.some((month) =>
    stood.some(({ text, asOf }) => `${text}${asOf ?? ''}`.normalize('NFKC').includes(`${month}月`)),
  );
}

const HOW_MANY = /何(?:人|名|件|社)|数(?:は|って|を|$|[?？\s])|いくつ|どのくらい|どれくらい|対象者|受診者/;

/** Counts per quarter, month or place as the report prints them; null where none is about this. */
export async function answerCounts(query: Query, sources: Sources): Promise<Answer | null> {
  const { scope, about } = query;
  const all = await sources.knowledge.counts(scope.branches.length === 0 ? {} : { branches: scope.branches });
  const branch =
    scope.branches[0] ?? (new Set(all.map((count) => count.branch)).size === 1 ? all[0]?.branch : undefined);
  if (branch === undefined) return null;
  if (scope.branches.length === 0) {
    const ofOne = await answerCounts({ ...query, scope: { ...scope, branches: [branch] } }, sources);
    return ofOne === null ? null : withAssumedBranch(ofOne, branch, '報告');
  }
  const own = all.filter((count) => count.branch === branch);
  const years = [...new Set(own.map(({ fy }) => fy))];
  const [asked] = scope.fys;
  const fy =
    asked === undefined || (scope.relative !== null && !years.includes(asked))
      ? Math.max(...years)
      : years.find((year) => year === asked);
  if (fy === undefined || !Number.isFinite(fy)) return null;
  const inYear = own.filter((count) => count.fy === fy);
  const before =
    query.within === '' ? [] : tablesOf(near({ ...query, about: query.within }, inYear, sources), inYear);
  const found = named(about, before).length > 0 ? before : near(query, inYear, sources);
  if (found.length === 0) return null;
  const inTables = tablesOf(found, inYear);
  const tables = new Set(inTables.map(({ table }) => table));
  const labelled = byLabel(about, inTables);
  // Of a table by places the columns are no times.
  const isTimed = inTables.some(({ period }) => quarterOfPeriod(period) !== null);
  const { quarters, months } = isTimed ? scope : { quarters: [], months: [] };
  const place = `${formatBranch(branch)}の${formatFiscalYear(fy)}`;
  const isAsked = (count: Count) =>
    (quarters.length === 0 || quarters.some((quarter) => quarterOfPeriod(count.period) === quarter)) &&
    (months.length === 0 || isOfMonths(count, months, inTables));
  const isDated = quarters.length + months.length > 0;
  // 「5月末で何人取れた？見込みは？」: what is expected of the year has no month.
  const expected = isDated
    ? labelled.filter(({ label, period }) => EXPECTED.test(label) && WHOLE_YEAR.test(period))
    : [];
  const dated = expected.length > 0 && expected.length === labelled.length ? inTables : labelled;
  const exact = isDated
    ? [...dated.filter((count) => isAsked(count) && !expected.includes(count)), ...expected]
    : labelled;
  // 5月 of a table by quarters: the quarter's figure, said to be that.
  const around =
    months.length > 0 && !exact.some(({ value }) => value !== null)
      ? labelled.filter(
          ({ period, value }) => value !== null && months.some((month) => monthsOf(period).includes(month)),
        )
      : [];
  const shown = around.length > 0 ? around : exact;
  const wider =
    around.length === 0
      ? null
      : `${months.join('・')}月だけの数値は資料にありません。${months.join('・')}月を含む${[...new Set(around.map(({ period }) => period))].join('、')}の数値です。`;
  if (isDated && !shown.some(({ value }) => value !== null)) {
    const there = labelled.filter(({ value, period }) => value !== null && quarterOfPeriod(period) !== null);
    const periods = [...new Set(there.map(({ period }) => period))].join('、');
    const known =
      there.length === 0
        ? ''
        : `資料にあるのは${periods}の数値です。\n${there.slice(0, 6).map(countLine).join('\n')}`;
    const when = [...quarters.map((quarter) => `第${quarter}四半期`), ...months.map((month) => `${month}月`)];
    return notFound(
      `${place}の${when.join('・')}の${[...tables].join('、')}の数値は、資料にありません。${known}`,
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
    // The row is there and says that there is no figure: the text need not be looked at.
    return answered({
      topic: 'progress',
      title: `${formatBranch(branch)} ${formatFiscalYear(fy)} ${[...tables].join('、')}`,
      headline: `${place}の資料には、${[...new Set(shown.map(({ label }) => label))].join('、')}の数値はまだありません（${[...new Set(printed)].join('、')}）。`,
      rows: shown.map((count) => rowOf(countFact(count))),
    });
  }
  const measured = againstExpected(query, inTables, isDated ? shown : labelled);
  if (measured !== null) return measured;
  const noShare = query.compute?.type === 'share';
  if (!noShare && (query.compute !== null || query.order !== null || query.filter.length > 0))
    return ofCounts(
      query,
      shown,
      `${formatBranch(branch)} ${formatFiscalYear(fy)} ${[...tables].join('、')}`,
      sources,
    );
  const lines = shown.map(({ source }) => source.line);
  const [first] = shown;
  const blank = shown.filter(({ value }) => value === null);
  return answered({
    headline:
      wider ??
      (noShare
        ? '割合を計算できる数値は、資料にまだありません。'
        : blank.length > 0 && blank.length <= 2
          ? `${blank.map(({ label, period, text }) => `${label}の${period}の数値はまだありません（${text}）。`).join('')}`
          : null),
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(fy)} ${[...tables].join('、')}`,
    lines: shown.map(countLine),
    notes: [asked === undefined ? `${formatFiscalYear(fy)}の資料でお答えしました。` : null],
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

function hasTimes(counts: readonly Count[]): boolean {
  return counts.some(({ period }) => quarterOfPeriod(period) !== null);
}

function tablesOf(found: readonly Count[], counts: readonly Count[]): Count[] {
  const tables = new Set(found.map(({ table }) => table));
  return counts.filter(({ table }) => tables.has(table));
}

/** What a table has reached: its printed total, else its only row of the year so far. */
function reachedOf(counts: readonly Count[]): Count | null {
  const timed = counts.filter(({ period, value }) => value !== null && quarterOfPeriod(period) !== null);
  const [total] = timed.filter(({ label }) => TOTAL.test(label));
  const [only, ...others] = timed;
  return total ?? (others.length === 0 ? (only ?? null) : null);
}

/** 見込みの何割, あと何人, 全体に占める割合: of each table that prints what it needs; null where nothing like it is asked. */
function againstExpected(
  query: Query,
  inTables: readonly Count[],
  labelled: readonly Count[],
): Answer | null {
  const asksGap = query.columns.includes('gap');
  const asksRate = query.columns.includes('achievement');
  const asksShare = query.compute?.type === 'share';
  if (!asksGap && !asksRate && !asksShare) return null;
  const lines: string[] = [];
  const used: Count[] = [];
  for (const table of new Set(inTables.map((count) => count.table))) {
    const own = inTables.filter((count) => count.table === table);
    const reached = reachedOf(own);
    const expected = own.find(({ label, value }) => EXPECTED.test(label) && value !== null) ?? null;
    const parts = labelled.filter(
      (count) => count.table === table && count.value !== null && count.label !== reached?.label,
    );
    const timed = parts.filter(({ period }) => quarterOfPeriod(period) !== null);
    if (reached?.value == null) continue;
    const percent = (part: number, whole: number) =>
      `${formatNumber((part / whole) * 100, 1)}％（${formatNumber(part)} ÷ ${formatNumber(whole)}）`;
    if (asksShare && timed.length > 0 && TOTAL.test(reached.label)) {
      for (const part of timed)
        lines.push(
          `${table}の「${part.label}」は、${reached.label}の${percent(part.value ?? 0, reached.value)}です。`,
        );
      used.push(...timed, reached);
      continue;
    }
    if (expected?.value == null || expected.value === 0) continue;
    const rest = expected.value - reached.value;
    lines.push(
      asksGap
        ? rest > 0
          ? `${table}は、${expected.label}まであと${formatNumber(rest)}${reached.unit ?? ''}です（${formatNumber(expected.value)} − ${formatNumber(reached.value)}）。`
          : `${table}は、${expected.label}に届いています（${formatNumber(reached.value)}、見込みは${formatNumber(expected.value)}）。`
        : `${table}は、${expected.label}の${percent(reached.value, expected.value)}です。`,
    );
    used.push(reached, expected);
  }
  const [first] = used;
  if (first === undefined) return null;
  return answered({
    topic: 'progress',
    title: `${formatBranch(first.branch)} ${formatFiscalYear(first.fy)} ${[...new Set(used.map(({ table }) => table))].join('、')}`,
    headline: lines.join(''),
    lines: used.map(countLine),
    rows: used.map((count) => rowOf(countFact(count))),
    notes: [query.scope.fys.length === 0 ? `${formatFiscalYear(first.fy)}の資料でお答えしました。` : null],
    sources: [],
  });
}

/** Sums, orders and conditions over counts; a printed total is no addend. */
function ofCounts(query: Query, counts: readonly Count[], what: string, sources: Sources): Answer {
  const { compute } = query;
  const isSum = compute?.type === 'statistic' && compute.of === 'sum';
  const printed = isSum ? counts.filter(({ label, value }) => value !== null && TOTAL.test(label)) : [];
  const whole = new Set(counts.map(({ table }) => table)).size === 1 ? printed[0] : undefined;
  if (whole !== undefined)
    return answered({
      topic: 'progress',
      title: what,
      headline: `${whole.label} ${whole.text}（${whole.period}）`,
      lines: counts.map(countLine),
      rows: [whole, ...counts.filter((count) => count !== whole)].map((count) => rowOf(countFact(count))),
    });
  // What is expected or entitled is no part of what was done.
  const ofWhat = isSum || query.order !== null;
  const parts = counts.filter(
    ({ label, value, period }) =>
      value !== null &&
      !TOTAL.test(label) &&
      (!ofWhat || quarterOfPeriod(period) !== null || !hasTimes(counts)),
  );
  // Of a table by places, one column is added up or compared, not one to another.
  const columns = new Set(parts.filter(() => !hasTimes(counts)).map(({ period }) => period));
  const named = [...columns].filter((column) => query.about.includes(column));
  if (columns.size > 1 && named.length !== 1)
    return notFound(
      `${[...columns].join('、')}のどれを計算するかが読み取れませんでした。どれかを書いてお尋ねください。`,
    );
  const facts = parts.filter(({ period }) => columns.size < 2 || named.includes(period)).map(countFact);
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
