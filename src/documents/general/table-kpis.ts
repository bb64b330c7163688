import type { FiscalYear } from '../../model/fiscal-year.ts';
import type { Indicator, IndicatorId, Unit } from '../../model/indicator.ts';
import { type Actual, type Kpi, NO_WEIGHT, type ReferenceActual, type Target } from '../../model/kpi.ts';
import type { Cell } from '../form/form.ts';
import { itemMark } from '../kpi/marks.ts';
import { parseTarget } from '../kpi/target.ts';
import { type CellValue, readCell } from './cell-value.ts';
import { type Context, doubtAt, isOfOtherInsurer, type Reading, sourceAt } from './context.ts';
import { below, type Facets, type FacetWords, NO_FACETS, readFacets } from './facets.ts';
import { type Column, distinct, joinedText, type Row, type Section } from './headed-table.ts';

/** A cell with all that its column, its row, the table and the document say of it. */
interface Placed {
  row: Row;
  column: Column;
  cell: Cell;
  value: CellValue;
  facets: Facets;
  indicator: IndicatorId;
  branch: string;
  /** The row's name as printed. */
  label: string;
  /** Index of the row in which its name begins: a merged name is of several rows. */
  first: number;
  /** 以上 or 以下 in a column of its own. */
  comparison: string;
  /** The end of the row's name where it states the target in words: …を対前年度以下とする. */
  stated: string;
}

/** Rows of all branches or of a sum are of no branch. */
const NO_BRANCH =
  /^(?:[(（]?参考[)）]?)?(?:全国|全支部|支部平均|ブロック|平均|合計|総計|計$|小計|本部$|最大|最小|中央値|標準偏差)/;
const NOT_A_NAME = /^(?:合計|総計|計|小計|平均|参考|備考|※.*|注.*)$/;

/**
 * The KPIs of a table: every figure whose indicator, branch, year and role its headings, its row and the document say.
 * Null where the table is not one of indicators. What is not certain becomes a doubt.
 */
export function readKpiTable(section: Section, context: Context, words: FacetWords): TableKpis | null {
  const caption = readFacets(`${context.caption} ${section.caption}`.slice(-80), words);
  const result: TableKpis = { kpis: [], referenceActuals: [], counts: [], doubts: [] };
  const placed = placeCells(section, context, words, caption, result);
  if (placed === null) return null;
  const years = targetYears(placed, context);
  const groups = new Map<string, Placed[]>();
  for (const cell of placed) {
    const key = `${cell.first}|${cell.branch}|${cell.indicator}`;
    const known = groups.get(key);
    if (known) known.push(cell);
    else groups.set(key, [cell]);
  }
  for (const cells of groups.values()) readGroup(cells, years, context, result);
  return result;
}

export type TableKpis = Pick<Reading, 'kpis' | 'referenceActuals' | 'counts' | 'doubts'>;

/** All cells of figures with what is known of them; null where no row or column names an indicator. */
function placeCells(
  { columns, rows }: Section,
  context: Context,
  words: FacetWords,
  caption: Facets,
  result: TableKpis,
): Placed[] | null {
  const values = columns.filter(({ holds }) => holds === 'value');
  const labels = columns.filter(({ holds, role }) => holds === 'label' && role !== 'branch');
  const comparison = columns.find(({ holds }) => holds === 'comparison');
  const dates = columns.find(({ role }) => role === 'as_of');
  const roles = columns.find(({ holds }) => holds === 'role');
  const unitColumn = columns.find(({ role }) => role === 'unit');
  const named = rows.map((_, at) => nameOf(rows, at, labels, values, context, words));
  const ofColumns = values.some(({ indicator }) => indicator !== null);
  const ofRows = named.filter((name) => name?.indicator).length;
  const hasTargets = values.some(({ role }) => role === 'target') || caption.role === 'target';
  if (!ofColumns && ofRows === 0 && !(hasTargets && labels.length > 0)) return null;
  const placed: Placed[] = [];
  for (const [at, row] of rows.entries()) {
    const name = named[at];
    if (!name || name.skip || name.noBranch) continue;
    if (isOfOtherInsurer(name.whole) || isOfOtherInsurer(context.caption)) {
      result.doubts.push(doubtAt(context, row.line, rowText(row), '協会けんぽの支部の数値ではありません'));
      continue;
    }
    const unit = readFacets(
      `(${joinedText(unitColumn ? row.cells[unitColumn.index] : undefined)})`,
      words,
    ).unit;
    for (const column of values) {
      const cell = row.cells[column.index];
      const text = joinedText(cell);
      // A merged cell of figures is one figure of a merged name, and one of each of several names.
      if (!cell || text === '' || (cell.row !== row.index && name.first < row.index)) continue;
      const value = readCell(text);
      if (value.kind === 'none') continue;
      const rowRole = roles ? readFacets(joinedText(row.cells[roles.index]), words).role : null;
      const rowFacets = { ...name.facets, unit: unit ?? name.facets.unit, role: rowRole ?? name.facets.role };
      const facets = below(rowFacets, { ...column, role: column.role ?? rowFacets.role });
      const indicator = indicatorOf(column, name, value, facets, context);
      const branch = facets.branch ?? context.about.branch;
      if (indicator === 'two') {
        result.doubts.push(
          doubtAt(context, row.line, rowText(row), '行と列がそれぞれ別の指標を示しています'),
        );
        continue;
      }
      if (indicator === null) continue;
      if (branch === null) {
        result.doubts.push(doubtAt(context, row.line, rowText(row), 'どの支部の数値か分かりません'));
        continue;
      }
      const asOf = dates ? readFacets(joinedText(row.cells[dates.index]), words).asOf : null;
      const role =
        facets.role ??
        roleOfCell(value, text) ??
        (caption.role === 'target' ? 'target' : null) ??
        (caption.role === 'actual' ? 'actual' : null);
      placed.push({
        row,
        column,
        cell,
        value,
        facets: {
          ...facets,
          role,
          asOf: asOf ?? facets.asOf,
          fy: facets.fy ?? (facets.otherYears ? null : caption.fy),
          unit: facets.unit ?? caption.unit,
        },
        indicator,
        branch,
        label: name.own,
        first: name.first,
        comparison: comparison ? joinedText(row.cells[comparison.index]) : '',
        stated: /(?:以[上下内])?(?:とする|とします)$/.exec(name.whole)?.[0] ?? '',
      });
    }
  }
  return placed;
}

interface RowName {
  own: string;
  whole: string;
  first: number;
  facets: Facets;
  indicator: boolean;
  /** The row holds nothing of its own: a heading, the rest of the row above. */
  skip: boolean;
  noBranch: boolean;
}

/** The name of a row: its label cells, and where they alone name no indicator, the rows of labels around it. */
function nameOf(
  rows: readonly Row[],
  at: number,
  labels: readonly Column[],
  values: readonly Column[],
  context: Context,
  words: FacetWords,
): RowName | null {
  const row = rows[at];
  if (!row) return null;
  const hasValue = (own: Row | undefined) =>
    own !== undefined && values.some(({ index }) => joinedText(own.cells[index]) !== '');
  const labelsOf = (own: Row | undefined) =>
    own === undefined
      ? []
      : [...new Set(labels.map(({ index }) => own.cells[index]))]
          .map(joinedText)
          .filter((text) => text !== '');
  const own = labelsOf(row);
  const branchCells = distinct(row).map((cell) => ({ cell, facets: readFacets(joinedText(cell), words) }));
  const branch = branchCells.find(({ facets }) => facets.branch !== null)?.facets.branch ?? null;
  const noBranch = distinct(row).some((cell) => NO_BRANCH.test(joinedText(cell).replace(/\s/g, '')));
  const last = own.at(-1) ?? '';
  const whole = own.join('');
  const first = Math.min(
    row.index,
    ...labels.slice(-1).map(({ index }) => row.cells[index]?.row ?? row.index),
  );
  const base = {
    own: cleanName(last),
    whole,
    first,
    noBranch,
    skip: !hasValue(row) || NOT_A_NAME.test(last),
  };
  const facets = own.map((text) => readFacets(text, words)).reduce(below, NO_FACETS);
  const withBranch = { ...facets, branch: noBranch && branch === null ? null : (branch ?? facets.branch) };
  const tried = candidates(rows, at, labelsOf, hasValue);
  const value = values
    .map(({ index }) => readCell(joinedText(row.cells[index])))
    .find(({ kind }) => kind === 'figure');
  const about = {
    unit: value?.kind === 'figure' ? value.unit : null,
    counter: value?.kind === 'figure' ? value.counter : null,
    deed: null,
  };
  for (const text of tried) {
    const indicator = context.names.named(cleanName(text), about);
    if (indicator !== null)
      return { ...base, own: cleanName(text), facets: { ...withBranch, indicator }, indicator: true };
  }
  return { ...base, facets: { ...withBranch, indicator: null }, indicator: false };
}

/** Names that a row may go by, the nearest first: its own label, with the labels before it, with wrapped rows around it. */
function candidates(
  rows: readonly Row[],
  at: number,
  labelsOf: (row: Row | undefined) => string[],
  hasValue: (row: Row | undefined) => boolean,
): string[] {
  const own = labelsOf(rows[at]);
  const last = own.at(-1) ?? '';
  const whole = own.join('');
  const above: string[] = [];
  for (let back = at - 1; back >= 0 && !hasValue(rows[back]); back--)
    above.unshift(labelsOf(rows[back]).join(''));
  const next = rows[at + 1];
  const rest = next && !hasValue(next) ? labelsOf(next).join('') : '';
  const group = above.join('');
  return [
    last,
    whole,
    ...(rest !== '' ? [`${last}${rest}`] : []),
    ...(group !== '' ? [`${above.at(-1) ?? ''}${last}`, `${group}${whole}`] : []),
    ...(group !== '' && rest !== '' ? [`${group}${whole}${rest}`] : []),
  ].filter((text) => text !== '');
}

function cleanName(text: string): string {
  const bare = text.replace(/\s+/g, '').replace(/^(?:[■□◆◇●○◎▶・※]|【KPI】|KPI[:：]?)+/, '');
  const mark = itemMark(bare);
  const name = (mark ? bare.slice(mark.length) : bare).replace(/^\d{1,2}(?:[.)、]|(?=[^\d.,%年月日か]))/, '');
  // Some tables name an indicator by its whole statement.
  const target = /以[上下内]|とする/.test(name) ? parseTarget(name) : null;
  return target && target.op !== 'do' && target.at > 3
    ? name.slice(0, target.at).replace(/(?:について|[、を])+$/, '')
    : name;
}

function indicatorOf(
  column: Column,
  name: RowName,
  value: CellValue,
  facets: Facets,
  context: Context,
): IndicatorId | 'two' | null {
  const ofRow = name.facets.indicator;
  if (column.indicator !== null) {
    if (ofRow !== null && ofRow !== column.indicator && facets.branch === null) return 'two';
    return column.indicator;
  }
  if (ofRow !== null) return ofRow;
  if (facets.branch !== null && name.own === '') return null;
  const unit = value.kind === 'figure' ? (value.unit ?? facets.unit) : facets.unit;
  const counter = value.kind === 'figure' ? value.counter : null;
  const again = context.names.named(name.own, { unit, counter, deed: value.kind === 'deed' ? true : null });
  if (again !== null) return again;
  // A known name with a figure of another unit is no indicator of its own.
  const known = context.names.named(name.own, { unit: null, counter: null, deed: null });
  if (
    known !== null &&
    context.catalogue.indicators.some(({ id, unit: own }) => id === known && own !== null)
  )
    return known;
  return name.own.length >= 2 &&
    !/^\d|[のをにはがとでてへや、]$|から$/.test(name.own) &&
    name.facets.branch === null
    ? `other:${name.own.slice(0, 40)}`
    : null;
}

/** 以上 and 以下 are said of targets alone. */
function roleOfCell(value: CellValue, text: string): 'target' | null {
  if (value.kind === 'relative' || value.kind === 'increment') return 'target';
  return value.kind === 'figure' && value.op !== null && /以[上下内]/.test(text) ? 'target' : null;
}

/**
 * A plan sets the targets of its own year and names older ones to compare: where it has some of its own, those alone.
 * A list of many branches, and a comparison of two plans, set beside each other what each year's plans set.
 */
function targetYears(placed: readonly Placed[], { about }: Context): ReadonlySet<FiscalYear> | null {
  if (about.branch === null || /新旧|対照|対比/.test(about.title)) return null;
  const years = new Set(
    placed.filter(({ facets }) => facets.role === 'target').map((cell) => yearOf(cell, about.fy)),
  );
  const own = about.fys.filter((fy) => years.has(fy));
  return own.length > 0 ? new Set(own) : null;
}

function yearOf({ facets }: Placed, fy: FiscalYear | null): FiscalYear | null {
  return facets.fy ?? (facets.otherYears ? null : fy);
}

/** The cells of one row that are of one indicator and branch. */
function readGroup(
  cells: readonly Placed[],
  years: ReadonlySet<FiscalYear> | null,
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
  const actuals = cells.filter(({ facets }) => facets.role === 'actual' && !facets.period);
  const periods = cells.filter(
    ({ facets }) => facets.period !== null && (facets.role === null || facets.role === 'actual'),
  );
  const wanted = targets.filter((cell) => {
    const fy = yearOf(cell, about.fy);
    return years === null || (fy !== null && years.has(fy));
  });
  const taken: Kpi[] = [];
  for (const fy of new Set(wanted.map((cell) => yearOf(cell, about.fy)))) {
    const own = wanted.filter((cell) => yearOf(cell, about.fy) === fy);
    const [cell] = own;
    if (!cell) continue;
    if (fy === null) doubt('どの年度の目標か分かりません', cell);
    else if (own.length > 1) doubt('同じ年度の目標が2つあり、どちらか分かりません', cell);
    else {
      const target = targetOf(cell, targets, known);
      if (typeof target === 'string') doubt(target, cell);
      else
        taken.push(
          kpiOf(
            cell,
            fy,
            target,
            actualOf(actuals.length > 0 ? actuals : cumulative(periods), fy, cell, context),
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
  if (taken.length > 0 || result.doubts.some(({ line }) => line === first.row.line)) return;
  // A known indicator with a figure must not go without a word.
  const unread = cells.filter(
    ({ value, facets }) => isFigure(value) && (facets.role === null || facets.role === 'target'),
  );
  const untold = unread.some((cell) => cell.facets.role === null && cell.facets.period === null);
  if (
    known &&
    (untold || (targets.length === 0 && unread.length > 0 && actuals.length === 0 && periods.length === 0))
  )
    doubt('目標か実績か、見出しから分かりません');
  else if (
    known &&
    cells.every(
      ({ facets }) => facets.role !== 'target' && facets.role !== 'actual' && facets.period === null,
    )
  )
    doubt('目標の列がありません');
}

function isFigure({ kind }: CellValue): boolean {
  return kind === 'figure' || kind === 'relative' || kind === 'increment' || kind === 'text';
}

export function rowText(row: Row): string {
  return distinct(row).map(joinedText).join(' ');
}

/** The target that a cell sets; a reason in words where it cannot be said. */
function targetOf(cell: Placed, targets: readonly Placed[], known: Indicator | null): Target | string {
  const { value, facets, label } = cell;
  if (value.kind === 'same') {
    const other = targets.find(
      ({ column, value: own }) => column.index !== cell.column.index && own.kind === 'figure',
    );
    return other ? targetOf({ ...other, facets }, targets, known) : '「変更なし」が何と同じか分かりません';
  }
  const none = { relative: null, proviso: null } as const;
  if (value.kind === 'deed') {
    if (known !== null && known.yardstick !== 'milestone') return '目標の数値が読み取れません';
    return { op: 'do', value: null, unit: null, text: value.text, ...none };
  }
  if (value.kind === 'relative') {
    const { op, value: figure, unit, text } = value;
    const way = op ?? comparedBy(cell.comparison) ?? comparedBy(cell.stated);
    if (way === null) return '前年度以上か以下か分かりません';
    const said = op === null ? `${text}${cell.comparison}` : text;
    return { op: way, value: figure, unit, relative: 'prev_year', text: printed(said), proviso: null };
  }
  if (value.kind === 'increment') {
    const { op, value: figure, text } = value;
    return { op, value: figure, unit: 'ポイント', relative: 'prev_year', text: printed(text), proviso: null };
  }
  if (value.kind !== 'figure') return '目標の数値が1つに決まりません';
  const unit = value.unit ?? (value.counter === null ? (facets.unit ?? known?.unit ?? null) : null);
  if (known && !fitsUnit(known, value.unit ?? facets.unit, value.counter))
    return `単位が指標（${known.name}）と合いません`;
  if (
    known?.unit === '%' &&
    value.value > 0 &&
    value.value <= 1 &&
    value.unit === null &&
    facets.unit === null &&
    known.id !== 'assessment_rate'
  )
    return '割合が小数で書かれていて、％か分かりません';
  const op =
    value.op ?? comparedBy(cell.comparison) ?? comparedBy(cell.stated) ?? opOf(known, value.value, label);
  const text =
    value.unit === null && unit !== null && value.counter === null ? withUnit(value.text, unit) : value.text;
  return { op, value: value.value, unit, text: printed(text), ...none };
}

function withUnit(text: string, unit: Unit): string {
  return text.replace(/^(\D*[\d,.]+)/, `$1${unit}`);
}

function printed(text: string): string {
  return text.replaceAll('%', '％');
}

const OFFICES = new Set<Unit>(['事業所', '社', '件']);

function fitsUnit({ unit }: Indicator, own: Unit | null, counter: string | null): boolean {
  if (unit === null) return own === null;
  if (counter !== null) return false;
  return own === null || own === unit || (OFFICES.has(own) && OFFICES.has(unit));
}

function comparedBy(words: string): Target['op'] | null {
  const found = /以上|以下|以内|未満|超|とする/.exec(words)?.[0];
  if (found === undefined) return null;
  return found === 'とする' ? '=' : found === '以上' || found === '超' ? '>=' : '<=';
}

/** A bare figure in a column of targets: at least it, or at most, as the indicator is better high or low. */
function opOf(known: Indicator | null, value: number, label: string): Target['op'] {
  if (known?.id === 'service_standard' || (known?.unit === '%' && value === 100)) return '=';
  if (known) return known.direction === 'down' ? '<=' : '>=';
  return /日数|期間|一者応札|喫煙|リスク/.test(label) ? '<=' : '>=';
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
        ? withUnit(figure.text, unit)
        : joinedText(cell.cell),
    ),
    asOf: cell.facets.asOf ?? about.asOf,
    previousValue: previous?.value ?? null,
    previousText: before ? printed(joinedText(before.cell)) : null,
  };
}

/** Months whose heading says that they are added up: the last that is filled stands for all before it. */
function cumulative(periods: readonly Placed[]): Placed[] {
  const summed = periods.filter(
    ({ column, facets, value }) =>
      facets.role === 'actual' && /累計/.test(column.heading) && value.kind === 'figure',
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

function referenceOf(
  cell: Placed,
  fy: FiscalYear,
  known: Indicator | null,
  context: Context,
): ReferenceActual | null {
  const { value, facets, branch, indicator, row } = cell;
  if (value.kind !== 'figure' || known === null || !fitsUnit(known, value.unit ?? facets.unit, value.counter))
    return null;
  const unit = value.unit ?? facets.unit ?? known.unit;
  return {
    branch,
    fy,
    indicator,
    value: value.value,
    unit,
    text: printed(value.unit === null && unit ? withUnit(value.text, unit) : value.text),
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
