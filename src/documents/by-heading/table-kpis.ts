import { implausible } from '../../model/figure-check.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import type { Indicator } from '../../model/indicator.ts';
import { type Actual, type Kpi, NO_WEIGHT, type ReferenceActual, type Target } from '../../model/kpi.ts';
import type { Rating } from '../../model/measure.ts';
import type { MeasureLine } from '../progress/measures.ts';
import { printed, targetOf, targetWithUnit } from './cell-target.ts';
import { type CellValue, fitsUnit } from './cell-value.ts';
import { type Context, doubtAt, type Findings, sourceAt } from './context.ts';
import { captionFacets, type Facets, type FacetWords, yearsIn } from './facets.ts';
import { joinedText, rowText, type Section } from './headed-table.ts';
import { type Placed, placeCells } from './placed-cells.ts';
import { ratingOf } from './table-measures.ts';

/**
 * The KPIs of a table: every figure whose indicator, branch, year and role its headings, its row and the document say.
 * Null where the table is not one of indicators. What is not certain becomes a doubt.
 */
export function readKpiTable(section: Section, context: Context, words: FacetWords): TableKpis | null {
  const title = `${context.caption}\n${section.caption}`;
  const reference = IS_REFERENCE.exec(context.caption)?.[0];
  const said = captionFacets(title, words);
  const [shown = null] = yearsIn(reference ?? '', context.about.fy);
  const caption = reference === undefined ? said : { ...said, fy: shown };
  const result: TableKpis = { kpis: [], referenceActuals: [], counts: [], measures: [], doubts: [] };
  const evaluation = section.columns.find(({ role }) => role === 'evaluation');
  const placed = placeCells(section, context, words, caption, result.doubts);
  if (placed === null) return null;
  const groups = new Map<string, Placed[]>();
  for (const cell of placed) {
    const key = `${cell.first}|${cell.branch}|${cell.indicator}`;
    const known = groups.get(key);
    if (known) known.push(cell);
    else groups.set(key, [cell]);
  }
  const setting = {
    ...settingOf(section, context, caption.fy, yearsIn(title, context.about.fy)),
    assumed: reference === undefined ? context.about.fy : null,
  };
  for (const cells of groups.values()) readGroup(cells, setting, context, result);
  if (evaluation) {
    for (const kpi of result.kpis) {
      const { row, label } = placed.find((cell) => isOf(cell, kpi)) ?? {};
      const rating = ratingOf(joinedText(row?.cells[evaluation.index]));
      if (label !== undefined && rating !== null && kpi.fy === context.about.fy)
        result.measures.push(ratedKpi(kpi, label, rating));
    }
  }
  return result;
}

type TableKpis = Pick<Findings, 'kpis' | 'referenceActuals' | 'counts' | 'measures' | 'doubts'>;

function isOf({ branch, indicator, row }: Placed, kpi: Kpi): boolean {
  return branch === kpi.branch && indicator === kpi.indicator && row.line === kpi.source.line;
}

/** What the report makes of a KPI: kept as the evaluation of what the plan set out to do. */
function ratedKpi(kpi: Kpi, label: string, evaluation: Rating): MeasureLine {
  const { branch, fy, section, actual, source } = kpi;
  const progress = actual?.text ?? null;
  return {
    measure: { branch, fy, section, number: '', plan: label, progress, evaluation, next: null, source },
    progress: null,
    next: null,
  };
}

/** (参考)主な件数の推移 */
const IS_REFERENCE = /^[(（【]?参考[)）】].*$/m;

/** The years whose targets a table states. */
interface Setting {
  last: FiscalYear;
  states(fy: FiscalYear): boolean;
}

/**
 * A yearly plan sets the targets of its own year. Of a past year it states them where the table's title names that year,
 * where it shows how the year went, or which KPIs came and went since; a target that stands there alone is named to compare. What is no yearly plan (a
 * draft or an outline for the council, a report, a list, a budget, a comparison of two plans) states the targets of each year that it has.
 */
function settingOf(
  { columns }: Section,
  context: Context,
  ofTable: FiscalYear | null,
  titled: readonly FiscalYear[],
): Setting {
  const { about, comparesPlans } = context;
  // A report may set out next year's targets in a table of its own.
  const ends = Math.max(...about.fys);
  const last = ofTable === ends + 1 ? ofTable : ends;
  const isPlan =
    about.branch !== null &&
    about.kind === 'plan' &&
    about.status !== 'draft' &&
    /事業計画(?!.*概要)/.test(about.title);
  const isRecorded = (year: FiscalYear) =>
    columns.some(({ role, fy }) => fy === year && (role === 'actual' || role === 'forecast'));
  return {
    last,
    states: (fy) =>
      !isPlan || comparesPlans || fy >= Math.min(...about.fys) || titled.includes(fy) || isRecorded(fy),
  };
}

/** Why the target of a year is none that the document states; null where it is one. */
function notStated(fy: FiscalYear, { last, states }: Setting): string | null {
  if (fy > last) return `${formatFiscalYear(fy)}までの目標で、${formatFiscalYear(last)}の目標ではありません`;
  return states(fy)
    ? null
    : `${formatFiscalYear(fy)}の目標は比べるか参考にするもので、この資料の目標ではありません`;
}

function yearOf({ facets }: Placed, fy: FiscalYear | null): FiscalYear | null {
  return facets.fy ?? (facets.otherYears ? null : fy);
}

/** The cells of one row that are of one indicator and branch. */
function readGroup(
  cells: readonly Placed[],
  /** `assumed`: the year of a target whose headings say none. */
  setting: Setting & { assumed: FiscalYear | null },
  context: Context,
  result: TableKpis,
): void {
  const { about } = context;
  const [first] = cells;
  if (!first) return;
  const known = context.catalogue.indicators.find(({ id }) => id === first.indicator) ?? null;
  const doubt = (reason: string, at = first) =>
    result.doubts.push(doubtAt(context, at.row.line, rowText(at.row), reason));
  const targets = cells.filter(
    ({ facets, value }) => facets.role === 'target' && value.kind !== 'removed' && !facets.period,
  );
  const actuals = cells.filter(
    ({ facets, value }) => facets.role === 'actual' && !facets.period && fits(value, facets, known),
  );
  const periods = cells.filter(
    ({ facets }) => facets.period !== null && (facets.role === null || facets.role === 'actual'),
  );
  const taken: Kpi[] = [];
  for (const fy of new Set(targets.map((cell) => yearOf(cell, setting.assumed)))) {
    const all = targets.filter((cell) => yearOf(cell, setting.assumed) === fy);
    // 人数 beside 率: how many people the rate means.
    const fitting = all.filter(({ value, facets }) => fits(value, facets, known));
    const own = fitting.length > 0 ? fitting : all;
    const [cell] = own;
    if (!cell) continue;
    const why = fy === null ? 'どの年度の目標か分かりません' : notStated(fy, setting);
    if (fy === null || why !== null) doubt(why ?? '', cell);
    else if (own.length > 1) doubt('同じ年度の目標が2つあり、どちらか分かりません', cell);
    else {
      const target = targetOf(cell, targets, known);
      const isOfYear = actuals.some((own) => (own.facets.fy ?? about.fy) === fy);
      if (typeof target === 'string') doubt(target, cell);
      else
        taken.push(
          kpiOf(
            cell,
            fy,
            target,
            actualOf(isOfYear ? actuals : [...actuals, ...cumulative(periods)], fy, cell, context),
            context,
          ),
        );
    }
  }
  result.kpis.push(...taken);
  for (const cell of periods) countPeriod(cell, context, result);
  const isTold = (fy: FiscalYear) => taken.some((kpi) => kpi.fy === fy);
  for (const cell of actuals) {
    const fy = yearOf(cell, about.kind === 'progress_report' || cell.facets.asOf ? about.fy : null);
    if (fy === null || isTold(fy)) continue;
    const actual = referenceOf(cell, fy, known, context);
    if (actual) result.referenceActuals.push(actual);
  }
}

function actualOf(
  actuals: readonly Placed[],
  fy: FiscalYear,
  target: Placed,
  { about, names: _ }: Context,
): Actual | null {
  const own = actuals.filter(
    (cell) =>
      cell.facets.fy === fy ||
      (cell.facets.fy === null &&
        !cell.facets.otherYears &&
        about.kind === 'progress_report' &&
        fy === about.fy),
  );
  const cell = latest(own);
  const before = latest(actuals.filter(({ facets }) => facets.fy === fy - 1));
  if (!cell) return null;
  const figure = cell.value.kind === 'figure' ? cell.value : null;
  const previous = before?.value.kind === 'figure' ? before.value : null;
  const unit = cell.facets.unit ?? target.facets.unit;
  return {
    value: figure?.value ?? null,
    text: printed(
      figure && figure.unit === null && figure.counter === null && unit
        ? targetWithUnit(figure.text, unit)
        : joinedText(cell.cell).replace(/[(（]\d{1,2}月[^()（）]*[)）]$/, ''),
    ),
    asOf: cell.facets.asOf ?? about.asOf,
    previousValue: previous?.value ?? null,
    previousText: before ? printed(joinedText(before.cell)) : null,
  };
}

/** Months whose heading says that they are added up, or how it stood at their end: the last that is filled is the newest. */
function cumulative(periods: readonly Placed[]): Placed[] {
  const summed = periods.filter(
    ({ column, facets, value }) =>
      facets.role === 'actual' && /累計|月末/.test(column.heading) && value.kind === 'figure',
  );
  const last = summed.toSorted((a, b) => a.column.index - b.column.index).at(-1);
  const month = /\d{1,2}月/.exec(last?.facets.period ?? '')?.[0];
  return last && month ? [{ ...last, facets: { ...last.facets, asOf: `${month}末` } }] : [];
}

/** The newest of several dates of one year; null where they cannot be told apart. */
function latest(cells: readonly Placed[]): Placed | null {
  const filled = cells.filter(({ value }) => value.kind !== 'none');
  if (filled.length <= 1) return filled[0] ?? null;
  const month = ({ facets }: Placed) => {
    const number = Number(/(\d{1,2})月/.exec(facets.asOf ?? '')?.[1] ?? Number.NaN);
    return Number.isNaN(number)
      ? /下/.test(facets.asOf ?? '')
        ? 12
        : /上/.test(facets.asOf ?? '')
          ? 6
          : Number.NaN
      : (number + 8) % 12;
  };
  const dated = filled.filter((cell) => !Number.isNaN(month(cell)));
  if (dated.length === filled.length) return dated.toSorted((a, b) => month(b) - month(a))[0] ?? null;
  const cumulative = filled.filter(({ column }) => /累計|合計/.test(column.heading));
  return cumulative.length === 1 ? (cumulative[0] ?? null) : null;
}

function kpiOf(cell: Placed, fy: FiscalYear, target: Target, actual: Actual | null, context: Context): Kpi {
  const { branch, indicator, label, row } = cell;
  return {
    branch,
    fy,
    indicator,
    target,
    actual,
    stated: `${label} ${target.text}`.trim(),
    section: context.section,
    ...NO_WEIGHT,
    source: sourceAt(context, row.line, cell.cell.column),
  };
}

function fits(value: CellValue, { unit }: Facets, known: Indicator | null): boolean {
  if (known === null) return true;
  if (value.kind !== 'figure') return fitsUnit(known, unit, null);
  return fitsUnit(known, value.unit ?? unit, value.counter) && implausible(value.value, known.unit) === null;
}

function referenceOf(
  cell: Placed,
  fy: FiscalYear,
  known: Indicator | null,
  context: Context,
): ReferenceActual | null {
  const { value, facets, branch, indicator, row } = cell;
  if (value.kind !== 'figure' || known === null || !fits(value, facets, known)) return null;
  const unit = value.unit ?? facets.unit ?? known.unit;
  return {
    branch,
    fy,
    indicator,
    value: value.value,
    unit,
    text: printed(value.unit === null && unit ? targetWithUnit(value.text, unit) : value.text),
    asOf: facets.asOf ?? (fy === context.about.fy ? context.about.asOf : null),
    source: sourceAt(context, row.line, cell.cell.column),
  };
}

function countPeriod(cell: Placed, context: Context, result: TableKpis): void {
  const { value, facets, branch, label, row, column } = cell;
  const fy = yearOf(cell, context.about.fy);
  if (value.kind !== 'figure' || fy === null) return;
  result.counts.push({
    branch,
    fy,
    table: context.section.at(-1) ?? context.about.title,
    label,
    period: facets.period ?? column.heading,
    value: value.value,
    unit: value.counter ?? value.unit ?? facets.unit,
    text: printed(value.text),
    asOf: null,
    source: sourceAt(context, row.line, cell.cell.column),
  });
}
