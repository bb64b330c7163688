import type { Catalogue } from '../model/catalogue.ts';
import type { Quarter } from '../model/fiscal-year.ts';
import { officialName } from '../model/indicator-name.ts';
import type { KnownFigure } from '../model/known-figures.ts';
import type { Actual, Kpi } from '../model/kpi.ts';
import { STATE_MARKS } from '../model/mark.ts';
import { type Measure, measuresUnder } from '../model/measure.ts';
import type { Source } from '../model/source.ts';
import { standingOf } from '../model/standing.ts';
import { placesOf, type SourcePlaces } from './places.ts';
import { type FigureParts, figureAt, isLater, lastYearEnd } from './quarter-figures.ts';
import { NOTHING, type ReportFigure, type ReportRow } from './report.ts';

export interface RowParts extends FigureParts {
  measures: readonly Measure[];
  catalogue: Catalogue;
  quarter: Quarter | null;
  places: SourcePlaces;
}

/** One KPI as it stood at the end of the quarter. */
export function reportRow(kpi: Kpi, parts: RowParts): ReportRow {
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
