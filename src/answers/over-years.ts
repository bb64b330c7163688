import { formatNumber } from '../japanese/amounts.ts';
import type { Answer, AnswerRow, Choice } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { ReferenceActual } from '../model/kpi.ts';
import type { Column, Query } from '../model/query.ts';
import type { Source } from '../model/source.ts';
import { answered, choice, notFound } from './card.ts';
import { chartOf } from './chart.ts';
import { combine } from './combine.ts';
import { holds } from './conditions.ts';
import { actualText, COLUMN_NAMES, differenceText, figureOf, kpiFact, monthOf, rowOf } from './fact.ts';
import { figureCard, rankingQuery } from './kpi-card.ts';
import { type KpiPool, kpiColumn, MOST_INDICATORS, mostCommon } from './kpi-facts.ts';
import { missingFigure } from './missing.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** The row of a figure that a document prints as reached, beside no target. */
export function referenceRow({
  branch,
  fy,
  indicator,
  value,
  unit,
  asOf,
  source,
}: ReferenceActual): AnswerRow {
  const none = { op: null, value: null, relative: null };
  return { ...none, branch, fy, indicator, aspect: 'actual', unit, actual: value, asOf, source };
}

/** One year's figure of a branch. */
interface Point {
  text: string;
  value: number | null;
  unit: string | null;
  /** What it is: 目標, 実績（参考）. */
  what: string;
  source: Source;
  row: AnswerRow;
}

/** The years of one branch, oldest first, with what has changed between the first and the last. */
export async function overYears(
  query: Query,
  branch: string,
  pool: KpiPool,
  sources: Sources,
): Promise<Answer> {
  const { scope, indicators } = query;
  const known = pool.current.filter((kpi) => kpi.branch === branch);
  const ids = indicators.filter((id) => known.some((kpi) => kpi.indicator === id));
  if (query.sure && ids.length > 1) {
    return combine(
      await Promise.all(
        ids
          .slice(0, MOST_INDICATORS)
          .map((id) => overYears({ ...query, indicators: [id] }, branch, pool, sources)),
      ),
    );
  }
  const indicator = mostCommon(pool.current, ids);
  if (indicator === null) return missingFigure(query, branch, pool, sources);
  const own = known.filter((kpi) => kpi.indicator === indicator).sort((a, b) => a.fy - b.fy);
  const column = kpiColumn(query, own.filter(({ actual }) => actual?.value != null).length > 1);
  // 「令和6年度の実績と令和7年度の目標」: each year has its own column.
  // and 「令和5年度の実績から令和7年度の目標まで」
  const ownColumns = query.columns
    .map((own) => (own === 'gap' ? 'target' : own))
    .filter((own) => own === 'target' || own === 'actual' || own === 'previous');
  const paired = ownColumns.length === 2 && scope.fys.length === 2;
  const columnIn = (fy: FiscalYear): Column =>
    (paired ? ownColumns[scope.fys.indexOf(fy)] : undefined) ?? column;
  const points = new Map<FiscalYear, Point>();
  for (const row of pool.references) {
    if (row.branch !== branch || row.indicator !== indicator || row.asOf !== null) continue;
    if (columnIn(row.fy) === 'target') continue;
    const { fy, text, value, source } = row;
    points.set(fy, { text, value, what: '実績（参考）', unit: row.unit, source, row: referenceRow(row) });
  }
  for (const kpi of own) {
    const fact = kpiFact(kpi, sources);
    const asked = columnIn(kpi.fy);
    const figure = figureOf(fact, asked, sources);
    if (figure !== null && !(asked === 'actual' && figure.value === null))
      points.set(kpi.fy, { ...figure, what: COLUMN_NAMES[asked], source: kpi.source, row: rowOf(fact) });
    const before = kpi.actual?.previousValue ?? null;
    if (columnIn(kpi.fy - 1) === 'actual' && before !== null && !points.has(kpi.fy - 1))
      points.set(kpi.fy - 1, {
        text: kpi.actual?.previousText ?? '',
        value: before,
        unit: figure?.unit ?? null,
        what: '実績（翌年度の資料の前年度実績）',
        source: kpi.source,
        row: rowOf(fact),
      });
  }
  const years = [...points.keys()].sort((a, b) => a - b);
  const [asked] = scope.fys;
  const latest = years.at(-1);
  const [oldest, newest] = [Math.min(...scope.fys), Math.max(...scope.fys)];
  const wanted =
    scope.fys.length > 1
      ? query.compute?.type === 'change' && !paired
        ? [...scope.fys, ...years.filter((fy) => oldest < fy && fy < newest && !scope.fys.includes(fy))]
        : scope.fys
      : asked === undefined
        ? years
        : latest !== undefined && latest !== asked
          ? [asked, latest]
          : years.filter((fy) => fy <= asked).slice(-2);
  const shown = years.filter((fy) => wanted.includes(fy));
  const absent = wanted.filter((fy) => !points.has(fy));
  const [first, last] = [points.get(shown[0] ?? -1), points.get(shown.at(-1) ?? -1)];
  const name = shortNameOf(sources.catalogue, indicator);
  if (first === undefined || last === undefined || shown.length < 2) {
    const there = shown
      .map(
        (fy) => `${formatFiscalYear(fy)}の${points.get(fy)?.what ?? ''}は${points.get(fy)?.text ?? ''}です。`,
      )
      .join('');
    const choices: Choice[] = [choice(`${name}の全支部の順位`, rankingQuery(indicator, null))];
    // A report prints the year before beside its own, and no later one.
    const reported = own.find(
      (kpi) =>
        kpi.fy === shown[0] && kpi.actual?.previousValue != null && absent.every((fy) => fy === kpi.fy - 1),
    );
    const gone =
      absent.length === 0
        ? '比べられるほかの年度の資料がありません。'
        : `${absent.map(formatFiscalYear).join('・')}の資料がないため、比べられません。`;
    const report =
      reported !== undefined && column !== 'actual'
        ? await figureCard({ ...query, columns: ['actual', 'previous'] }, [reported], pool, [], sources)
        : null;
    return (
      report ??
      notFound(
        `${formatBranch(branch)}の「${name}」は、${gone}${there}`,
        choices,
        shown.flatMap((fy) => points.get(fy)?.source ?? []),
      )
    );
  }
  const { unit } = last;
  const change = first.value === null || last.value === null ? null : last.value - first.value;
  const [from, to] = [shown[0] ?? 0, shown.at(-1) ?? 0];
  // A rate has risen by points; a number by a share of itself, too.
  const share =
    change === null || !first.value || unit === '%'
      ? ''
      : `変化の割合は${change > 0 ? '+' : '−'}${formatNumber((Math.abs(change) / first.value) * 100, 1)}％です。`;
  const told = (fy: FiscalYear, { what, text }: Point) =>
    `${formatFiscalYear(fy)}の${paired ? `${what} ` : ''}${text}`;
  const lead = paired ? '' : `${COLUMN_NAMES[column]}は、`;
  const headline =
    change === null
      ? `${COLUMN_NAMES[column]}は、${formatFiscalYear(from)}が${first.text}、${formatFiscalYear(to)}が${last.text}です。数値のない目標があるため、差は計算できません。`
      : Math.abs(change) < 1e-9
        ? `${COLUMN_NAMES[column]}は、${formatFiscalYear(from)}も${formatFiscalYear(to)}も${last.text}で同じです。`
        : `${lead}${told(from, first)}から${told(to, last)}へ、${differenceText(change, unit)}${change > 0 ? '増えています' : '減っています'}（${numeral(last.value)} − ${numeral(first.value)}）。${share}`;
  const verdict = change === null ? '' : increaseText(query, change);
  const lines = shown.map(
    (fy) =>
      `・${formatFiscalYear(fy)} ${points.get(fy)?.what ?? ''} ${points.get(fy)?.text ?? ''}（${points.get(fy)?.source.line ?? ''}行目）`,
  );
  return answered({
    topic: 'compare',
    title: `${formatBranch(branch)} ${name}の${COLUMN_NAMES[column]}の推移`,
    headline:
      query.compute?.type === 'ratio' && first.value
        ? `${formatFiscalYear(to)}は${formatFiscalYear(from)}の${numeral(Number(((last.value ?? 0) / first.value).toFixed(2)))}倍です（${numeral(last.value)} ÷ ${numeral(first.value)}、差は${differenceText(change ?? 0, unit)}）。`
        : `${verdict}${headline}`,
    table: {
      caption: `${name}の${COLUMN_NAMES[column]}`,
      columns: [
        { name: '年度', kind: 'text' },
        { name: COLUMN_NAMES[column], kind: 'number' },
      ],
      rows: shown.map((fy) => [
        { text: formatFiscalYear(fy), value: fy },
        { text: points.get(fy)?.text ?? '', value: points.get(fy)?.value ?? null },
      ]),
    },
    chart: chartOf(
      'line',
      { title: `${formatBranch(branch)} ${name}の${COLUMN_NAMES[column]}`, name: COLUMN_NAMES[column] },
      unit,
      shown.flatMap((fy) => {
        const value = points.get(fy)?.value ?? null;
        return value === null ? [] : [{ label: formatFiscalYear(fy), value }];
      }),
    ),
    lines,
    notes: [
      query.sure || ids.length < 2 ? null : `お尋ねの言葉は「${name}」と読みました。`,
      absent.length === 0 ? null : `${absent.map(formatFiscalYear).join('・')}の資料にはありません。`,
    ],
    rows: shown.flatMap((fy) => {
      const point = points.get(fy);
      return point === undefined ? [] : [point.row];
    }),
    choices: [
      ...query.indicators
        .filter((id) => id !== indicator && ids.includes(id))
        .map((id) => choice(shortNameOf(sources.catalogue, id), { ...query, indicators: [id], sure: true })),
      choice('全支部の順位', rankingQuery(indicator, null)),
    ],
  });
}

/** 「5月から何ポイント上がった？」: between two reports of one year, where both have a figure. */
export function overMonths(
  { scope, indicators }: Query,
  since: number,
  branch: string,
  pool: KpiPool,
  sources: Sources,
): Answer {
  const own = pool.all.filter((kpi) => kpi.branch === branch && indicators.includes(kpi.indicator));
  const fy = scope.fys[0] ?? Math.max(...own.map((kpi) => kpi.fy));
  const reported = own
    .filter((kpi) => kpi.fy === fy && kpi.indicator === own[0]?.indicator && kpi.actual?.value != null)
    .map((kpi) => ({ kpi, month: monthOf(kpi.actual?.asOf ?? ''), value: kpi.actual?.value ?? 0 }))
    .sort((a, b) => ((a.month + 8) % 12) - ((b.month + 8) % 12));
  const [asked] = scope.months;
  const from = reported.find(({ month }) => month === since);
  const to = reported.findLast(({ month }) => asked === undefined || month === asked);
  const name = shortNameOf(sources.catalogue, own[0]?.indicator ?? indicators[0] ?? '');
  const what = `${formatBranch(branch)} ${formatFiscalYear(fy)} ${name}`;
  const lines = reported.map(({ kpi }) => `・実績 ${actualText(kpi)}（${kpi.source.line}行目）`);
  if (from === undefined || to === undefined || from === to) {
    const there = reported.length === 0 ? '' : `資料にあるのは次の実績です。\n${lines.join('\n')}`;
    const lacks = from === undefined ? since : (asked ?? since);
    return notFound(
      from === undefined || asked !== undefined
        ? `${what}は、${lacks}月時点の実績が資料にないため、比べられません。${there}`
        : `${what}は、${since}月より後の実績が資料にないため、比べられません。${there}`,
      [],
      reported.map(({ kpi }) => kpi.actualSource ?? kpi.source),
    );
  }
  const unit = figureOf(kpiFact(to.kpi, sources), 'actual', sources)?.unit ?? null;
  const change = to.value - from.value;
  const how = change > 0 ? '増えています' : '減っています';
  const step =
    change === 0
      ? '変わっていません'
      : `${differenceText(change, unit)}${how}（${numeral(to.value)} − ${numeral(from.value)}）`;
  return answered({
    topic: 'compare',
    title: `${what}の実績の推移`,
    headline: `実績は、${actualText(from.kpi)}から${actualText(to.kpi)}へ、${step}。`,
    lines,
    rows: [from, to].map(({ kpi }) => rowOf(kpiFact(kpi, sources))),
  });
}

/** 「10ポイント以上上がった？」: whether the change meets what was asked of it. */
function increaseText({ filter }: Query, change: number): string {
  const asked = filter.flatMap((own) =>
    own.type === 'compare' && own.column === 'increase' && own.right.type === 'number' ? [own] : [],
  );
  if (asked.length === 0) return '';
  const rounded = Number(change.toFixed(6));
  const yes = asked.every(({ op, right }) =>
    right.type === 'number' && op !== 'better' && op !== 'worse' ? holds(rounded, op, right.value) : false,
  );
  return yes ? 'はい。' : 'いいえ。';
}

export function numeral(value: number | null): string {
  return value === null
    ? '―'
    : String(Number(value.toFixed(4))).replace(/\B(?=(\d{3})+(?!\d)(?!.*\.))/g, ',');
}
