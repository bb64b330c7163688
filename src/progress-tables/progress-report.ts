import { compact } from '../japanese/normalize.ts';
import { formatBranch } from '../model/branch.ts';
import { dayOf, type IsoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { currentRows } from '../model/current-rows.ts';
import {
  type FiscalYear,
  fiscalYearFromWestern,
  formatFiscalYear,
  type Quarter,
} from '../model/fiscal-year.ts';
import { officialName } from '../model/indicator.ts';
import { monthsCompleted, STATE_MARKS } from '../model/judgement.ts';
import { figuresOf, type KnownFigure, type SourcedActual } from '../model/known-figures.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import { type Measure, measuresUnder } from '../model/measure.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import { standingOf } from '../model/standing.ts';
import {
  NOTHING,
  type ProgressReport,
  type ReportFigure,
  type ReportPillar,
  type ReportRow,
} from './report.ts';

export interface ProgressReportParts extends Omit<RowParts, 'quarter' | 'places'> {
  branch: string;
  fy: FiscalYear;
  documents: readonly DocumentPart[];
  /** Null is the last one that was reported. */
  quarter: Quarter | null;
  today: IsoDay;
}

/** The KPIs of a branch's year as they stood at the end of a quarter; null where no document has that year. */
export function progressReport(parts: ProgressReportParts): ProgressReport | null {
  const { branch, fy, today } = parts;
  const newest = currentRows(parts.kpis, parts.documents);
  const kpis = newest.filter((kpi) => kpi.branch === branch && kpi.fy === fy);
  if (kpis.length === 0) return null;
  const quarter = parts.quarter ?? lastReported(kpis, parts);
  const places = createPlaces();
  const rows = kpis.map((kpi) => ({ kpi, row: reportRow(kpi, { ...parts, quarter, places }) }));
  const year = formatFiscalYear(fy);
  return {
    title: `${year}${quarter === null ? '' : ` 第${quarter}四半期`} KPIの進捗状況（${formatBranch(branch)}）`,
    branch,
    fy,
    quarter,
    subtitle: `実績の時点：${asOfSpan(kpis, quarter, parts)}　作成：${reiwaDay(today)}`,
    heads: {
      target: `${year}\n目標`,
      actual: `${year}\n実績`,
      previous: fy > 1 ? `${formatFiscalYear(fy - 1)}\n実績` : '前年度\n実績',
    },
    pillars: pillarsOf(rows),
    notes: notesOf(
      rows.map(({ row }) => row),
      laterFigures(kpis, quarter, parts),
      quarter,
    ),
    documents: places.documents(),
  };
}

function asOfSpan(kpis: readonly Kpi[], quarter: Quarter | null, parts: ProgressReportParts): string {
  const figures = kpis
    .flatMap((kpi) => figureAt(kpi, quarter, parts) ?? [])
    .filter(({ actual }) => actual.value !== null)
    .sort((a, b) => a.months - b.months);
  const [first, last] = [figures[0]?.actual.asOf, figures.at(-1)?.actual.asOf];
  if (!first || !last) return '報告なし';
  return first === last ? first : `${first}～${last}（KPIごとに記載）`;
}

function reiwaDay(today: IsoDay): string {
  const { year, month, day } = dayOf(today);
  return `令和${fiscalYearFromWestern(year)}年${month}月${day}日`;
}

/** In the order in which the plan comes to them; a section that it comes back to stays one, however it is spaced. */
function pillarsOf(rows: readonly { kpi: Kpi; row: ReportRow }[]): ReportPillar[] {
  const pillars: ReportPillar[] = [];
  for (const { kpi, row } of rows) {
    const [first = 'その他', ...below] = kpi.section;
    const heading = below.join(' ＞ ');
    const pillar = named(pillars, first) ?? { heading: first, sections: [] };
    if (!pillars.includes(pillar)) pillars.push(pillar);
    const section = named(pillar.sections, heading) ?? { heading, rows: [] };
    if (!pillar.sections.includes(section)) pillar.sections.push(section);
    section.rows.push(row);
  }
  return pillars;
}

function named<T extends { heading: string }>(groups: readonly T[], heading: string): T | undefined {
  return groups.find((group) => compact(group.heading) === compact(heading));
}

function laterFigures(kpis: readonly Kpi[], quarter: Quarter | null, parts: ProgressReportParts): number {
  return kpis.filter((kpi) => {
    const newest = figureAt(kpi, null, parts);
    return quarter !== null && newest?.actual.value != null && newest.months > quarter * 3;
  }).length;
}

function notesOf(rows: readonly ReportRow[], later: number, quarter: Quarter | null): string[] {
  const has = (key: 'evaluation' | 'next') => rows.some((row) => row[key] !== NOTHING);
  return [
    '「―」は、資料に記載がないことを示します。',
    ...(has('evaluation')
      ? [
          '評価は、資料または報告にあるものです（○ 実施・順調、△ 一部、× 未実施、― これから。丸数字は同じ項目の取組の番号）。',
        ]
      : ['評価は、資料にありません。']),
    '判定は、目標とこの時点の目安に照らした planbot の計算で、資料にある評価ではありません。',
    ...(has('next') ? [] : ['今後の取組予定は、取り込んだ資料にありません（付属の数値には含まれません）。']),
    ...(later === 0
      ? []
      : [`第${quarter}四半期より後の実績があるKPIが${later}件ありますが、含めていません。`]),
    ...(quarter === null ? ['この年度の実績は、資料にありません。'] : []),
  ];
}

interface RowParts extends FigureParts {
  measures: readonly Measure[];
  catalogue: Catalogue;
  quarter: Quarter | null;
  places: SourcePlaces;
}

/** One KPI as it stood at the end of the quarter. */
function reportRow(kpi: Kpi, parts: RowParts): ReportRow {
  const figure = figureAt(kpi, parts.quarter, parts) ?? undatedOf(kpi);
  const previous = previousOf(kpi, parts);
  const seen = { ...kpi, actual: figure === null ? null : withPrevious(figure.actual, kpi) };
  const { indicator, judgement } = standingOf(seen, parts);
  const measures = measuresAt(kpi, figure, parts);
  const { proviso } = kpi.target;
  const name = officialName(kpi.indicator, indicator, kpi.fy);
  return {
    name: proviso === null ? name : `${name}\n※${proviso}`,
    target: printedFigure(kpi.target.text, kpi.target.value),
    actual: printedFigure(figure?.actual.text ?? null, figure?.actual.value ?? null),
    asOf: figure?.actual.asOf ?? NOTHING,
    previous: previous.figure,
    evaluation: evaluationOf(figure, measures),
    mark: STATE_MARKS[judgement.state],
    next: nextOf(figure, measures),
    source: placesOf(parts.places, [
      { what: '目標', source: kpi.source },
      { what: '実績', source: figure?.source ?? null },
      { what: '前年度', source: previous.source },
    ]),
  };
}

/** A figure that names no month belongs to the report it stands in. */
function undatedOf({ actual, actualSource, source }: Kpi): KnownFigure | null {
  const isUndated = actual !== null && actual.value !== null && actual.asOf === null;
  return isUndated ? { months: 0, actual, source: actualSource ?? source, reported: null } : null;
}

function withPrevious(actual: Actual, { actual: own }: Kpi): Actual {
  return {
    ...actual,
    previousValue: actual.previousValue ?? own?.previousValue ?? null,
    previousText: actual.previousText ?? own?.previousText ?? null,
  };
}

function previousOf(kpi: Kpi, parts: RowParts): { figure: ReportFigure; source: Source | null } {
  const { previousText = null, previousValue = null } = kpi.actual ?? {};
  if (previousText !== null) {
    return {
      figure: printedFigure(previousText, previousValue),
      source: kpi.documented?.source ?? kpi.source,
    };
  }
  const end = lastYearEnd(kpi, parts);
  return {
    figure: printedFigure(end?.actual.text ?? null, end?.actual.value ?? null),
    source: end?.source ?? null,
  };
}

/** Of the document that states the figure, unless it speaks of a later time than the quarter. */
function measuresAt(kpi: Kpi, figure: KnownFigure | null, parts: RowParts): Measure[] {
  const stated = figure === null || figure.reported !== null ? kpi.source.file : figure.source.file;
  if (isLater(stated, parts.quarter, parts)) return [];
  return measuresUnder(kpi, parts.measures).filter(({ source }) => source.file === stated);
}

/** What staff say of this very KPI, else the evaluations of the measures around it. */
function evaluationOf(figure: KnownFigure | null, measures: readonly Measure[]): string {
  const own = figure?.reported?.evaluation ?? null;
  if (own !== null) return own;
  const given = measures.flatMap(({ number, evaluation }) =>
    evaluation === null ? [] : [`${number}${evaluation}`],
  );
  return given.length === 0 ? NOTHING : given.join(' ');
}

/** Longer text would not fit on a page; its document has the rest. */
const LONGEST_NEXT = 280;

function nextOf(figure: KnownFigure | null, measures: readonly Measure[]): string {
  const own = figure?.reported?.next ?? null;
  if (own !== null) return own;
  const planned = measures.flatMap(({ number, next }) => {
    const text = shorten((next ?? '').replace(/\s+/g, ' ').trim())
      .replace(/ ?• ?/g, '\n・')
      .trim();
    return /^[-―－ー—]?$/.test(text) ? [] : [`${number}${text}`];
  });
  return planned.length === 0 ? NOTHING : [...new Set(planned)].join('\n');
}

function shorten(text: string): string {
  const signs = [...text];
  return signs.length > LONGEST_NEXT ? `${signs.slice(0, LONGEST_NEXT - 1).join('')}…` : text;
}

const PRINTED = /^(\D*)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\D*)$/;

/** Digits, points and commas in one width; the words around them stay as printed. */
function plainDigits(text: string): string {
  return text.replace(/[０-９．，]/g, (sign) => sign.normalize('NFKC')).trim();
}

/**
 * A figure as printed, with the number format that shows its value so: 3,120社以上 is 3120 as #,##0"社以上".
 * Words where the text is not one number, or another than the value.
 */
export function printedFigure(text: string | null, value: number | null): ReportFigure {
  const plain = plainDigits(text ?? '');
  const words: ReportFigure = {
    text: /^[-―－ー—]?$/.test(plain) ? NOTHING : plain,
    value: null,
    format: null,
  };
  const [, before = '', whole = '', decimals = '', after = ''] = PRINTED.exec(plain) ?? [];
  const isSame = whole !== '' && Number(`${whole.replaceAll(',', '')}${decimals}`) === value;
  if (value === null || !isSame) return words;
  const digits = `${whole.includes(',') ? '#,##0' : '0'}${decimals.replace(/\d/g, '0')}`;
  return { text: plain, value, format: `${quoted(before)}${digits}${quoted(after)}` };
}

function quoted(words: string): string {
  const safe = words.replace(/["\\]/g, '');
  return safe === '' ? '' : `"${safe}"`;
}

interface FigureParts {
  /** Of the branch; the year and the one before. */
  kpis: readonly Kpi[];
  actuals: readonly SourcedActual[];
}

const YEAR_END = 12;

/** The newest figure up to the end of the quarter, as of the month that it names; null where there is none. */
export function figureAt(kpi: Kpi, quarter: Quarter | null, parts: FigureParts): KnownFigure | null {
  const known = figuresOf(kpi, parts).filter(({ months }) => quarter === null || months <= quarter * 3);
  return known.at(-1) ?? null;
}

/** What last year ended with by its own report; null where that is not known. */
function lastYearEnd(kpi: Kpi, parts: FigureParts): KnownFigure | null {
  return figuresOf({ ...kpi, fy: kpi.fy - 1 }, parts).find(({ months }) => months === YEAR_END) ?? null;
}

/** The quarter of the newest figure of the year; null where none was reported. */
function lastReported(kpis: readonly Kpi[], parts: FigureParts): Quarter | null {
  const months = kpis.flatMap((kpi) =>
    figuresOf(kpi, parts)
      .filter(({ actual }) => actual.value !== null)
      .map((figure) => figure.months),
  );
  return months.length === 0
    ? null
    : (Math.min(4, Math.max(1, Math.ceil(Math.max(...months) / 3))) as Quarter);
}

/** Whether a document already tells of months after the quarter, so that what it plans next came later. */
function isLater(file: string, quarter: Quarter | null, { kpis }: FigureParts): boolean {
  const own = kpis.filter(({ source }) => source.file === file);
  const stated = own.map(({ actual, documented }) => documented?.actual ?? actual);
  const newest = Math.max(0, ...stated.map((actual) => monthsCompleted(actual?.asOf ?? null) ?? 0));
  return quarter !== null && newest > quarter * 3;
}

/** Gives each document a number, and says where a figure stands with it. */
function createPlaces() {
  const titles: string[] = [];
  return {
    /** [1] 12ページ・126行目. */
    place({ title, page, line }: Source): string {
      if (!titles.includes(title)) titles.push(title);
      return `[${titles.indexOf(title) + 1}] ${page === null ? '' : `${page}ページ・`}${line}行目`;
    },
    /** [1] 令和7年度 事業計画の実施状況（東京支部）, a line a document. */
    documents: (): string[] => titles.map((title, index) => `[${index + 1}] ${title}`),
  };
}

type SourcePlaces = ReturnType<typeof createPlaces>;

/** What is said of one row: the places that differ, each with what stands there. */
function placesOf(places: SourcePlaces, stands: readonly { what: string; source: Source | null }[]): string {
  const known = stands.flatMap(({ what, source }) =>
    source === null ? [] : [{ what, at: places.place(source) }],
  );
  const distinct = [...new Set(known.map(({ at }) => at))];
  if (distinct.length <= 1) return distinct.join('');
  return distinct
    .map((at) => {
      const what = known.filter((one) => one.at === at).map((one) => one.what);
      return `${what.join('・')} ${at}`;
    })
    .join('\n');
}
