import { type IndicatorId, isOther, type Unit } from '../../model/indicator.ts';
import type { Doubt } from '../../model/plan-document.ts';
import type { Cell } from '../formats/form.ts';
import { itemMark } from '../kpi/marks.ts';
import { parseTarget, withoutBrackets } from '../kpi/target.ts';
import { type CellValue, fitsUnit, readCell } from './cell-value.ts';
import { type Context, doubtAt, isOfOtherInsurer } from './context.ts';
import { below, type Facets, type FacetWords, NO_FACETS, readFacets, withoutYearWords } from './facets.ts';
import {
  ASIDE,
  distinct,
  type HeadedColumn,
  joinedText,
  type Row,
  rowText,
  type Section,
} from './headed-table.ts';

/** A cell with all that its column, its row, the table and the document say of it. */
export interface Placed {
  row: Row;
  column: HeadedColumn;
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
  /** The end of the row's name where it states the target in words: …を対前年度以下とする, …(対前年度以下). */
  stated: string;
}

/** Rows of all branches or of a sum are of no branch. */
export const NOT_A_BRANCH =
  /^(?:[(（]?参考[)）]?)?(?:全国|全支部|支部平均|ブロック|平均(?!所要)|合計|総計|計$|小計|本部$|最大|最小|中央値|標準偏差)/;
/** 窓口での受付率(対前年度以下): what the target is held against, behind the name. */
const STATED_IN_BRACKETS = /[(（][^()（）]*前年度?末?(?:実績)?以[上下内](?:とする)?[)）]$/;
/** 〃(被扶養者) below 特定保健指導実施率(被保険者). */
const DITTO = /^(?:〃|″|同上)/;
/** (％以上) in a heading; not the ages of 40歳以上. */
const SETS_TARGET = /(?<!\d[歳才])以[上下内]/;
export const NOT_A_NAME = /^(?:合計|総計|計|小計|平均|参考|備考|[(（]?単位[)）]?|※.*|注.*)$/;

/** All cells of figures with what is known of them; null where no row or column names an indicator. */
export function placeCells(
  { columns, rows }: Section,
  context: Context,
  words: FacetWords,
  caption: Facets,
  doubts: Doubt[],
): Placed[] | null {
  const values = columns.filter(({ holds }) => holds === 'value');
  const labels = columns.filter(({ holds, role }) => holds === 'label' && role !== 'branch');
  const comparison = columns.find(({ holds }) => holds === 'comparison');
  const dates = columns.find(({ role }) => role === 'as_of');
  const roles = columns.find(({ holds }) => holds === 'role');
  const unitColumn = columns.find(({ role }) => role === 'unit');
  const names = columns.filter(({ holds }) => holds === 'label');
  const periods = columns.find(({ holds }) => holds === 'period');
  const begins = (roles ?? periods) ? beginsOf(rows, names) : null;
  const named = rows.map((_, at) => nameOf(rows, at, labels, values, context, words));
  const ofColumns = values.some(({ indicator }) => indicator !== null);
  const ofRows = named.filter((name) => name?.indicator).length;
  const hasTargets = values.some(({ role }) => role === 'target') || caption.role === 'target';
  const ofCaption = caption.indicator !== null && columns.some(({ role }) => role === 'branch');
  if (!ofColumns && ofRows === 0 && !ofCaption && !(hasTargets && labels.length > 0)) return null;
  const branchesAbove = branchesOf(rows, columns, words);
  const placed: Placed[] = [];
  for (const [at, row] of rows.entries()) {
    const begin = begins?.[at] ?? at;
    const name = named[at]?.whole === '' ? named[begin] : named[at];
    if (!name || name.skip || name.noBranch || distinct(row).length < 2) continue;
    if (isOfOtherInsurer(name.whole) || isOfOtherInsurer(context.caption)) {
      doubts.push(doubtAt(context, row.line, rowText(row), '協会けんぽの支部の数値ではありません'));
      continue;
    }
    const period = periods ? joinedText(row.cells[periods.index]) : null;
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
      const ofRow = below(
        { ...name.facets, unit: unit ?? name.facets.unit },
        readFacets(roles ? joinedText(row.cells[roles.index]) : '', words),
      );
      // 目標 beside the name says more than 累計 over the months: each row has its own role.
      const isOfRow = column.role === null || (column.period !== null && roles !== undefined);
      const facets = below(ofRow, { ...column, role: isOfRow ? ofRow.role : column.role });
      const indicator = indicatorOf(column, name, value, facets, context) ?? ofTitle(column, name, caption);
      const branch =
        facets.branch ?? named[begin]?.facets.branch ?? branchesAbove[at] ?? context.about.branch;
      if (indicator === 'two') {
        doubts.push(doubtAt(context, row.line, rowText(row), '行と列がそれぞれ別の指標を示しています'));
        continue;
      }
      if (indicator === null) continue;
      if (branch === null && facets.role !== null && ASIDE.includes(facets.role)) continue;
      if (branch === null) {
        doubts.push(doubtAt(context, row.line, rowText(row), 'どの支部の数値か分かりません'));
        continue;
      }
      const asOf = dates ? readFacets(joinedText(row.cells[dates.index]), words).asOf : null;
      // 40歳以上被保険者数 beside the KPIs of branches is none of them: an unknown name has to say that it sets a target.
      const isUnknown = name.own === '' && isOther(indicator) && !SETS_TARGET.test(column.heading);
      const role =
        facets.role ??
        roleOfCell(value, text) ??
        (saysNoOther(column) && !isUnknown ? roleOfCaption(caption) : null);
      placed.push({
        row,
        column,
        cell,
        value,
        facets: {
          ...facets,
          role,
          period: facets.period ?? (role === 'target' ? null : period),
          asOf: asOf ?? facets.asOf ?? asOfBeside(text, words),
          fy: facets.fy ?? (facets.otherYears ? null : caption.fy),
          unit: facets.unit ?? unitOfCaption(caption, indicator, context),
        },
        indicator,
        branch,
        label: name.own,
        first: begins ? (rows[begin]?.index ?? row.index) : name.first,
        comparison: comparison ? joinedText(row.cells[comparison.index]) : '',
        stated:
          STATED_IN_BRACKETS.exec(name.whole)?.[0] ??
          STATED_IN_BRACKETS.exec(text)?.[0] ??
          /(?:以[上下内])?(?:とする|とします)$/.exec(name.whole)?.[0] ??
          '',
      });
    }
  }
  return placed;
}

/** 38.5%(9月末時点) */
function asOfBeside(text: string, words: FacetWords): string | null {
  const beside = /[(（]([^()（）]+)[)）]$/.exec(text)?.[1];
  return beside === undefined ? null : readFacets(beside, words).asOf;
}

/** Rows of 目標 and 実績 one below the other are of one name, whether it is merged, stands at the first, or at each: the index at which each name begins. */
function beginsOf(rows: readonly Row[], names: readonly HeadedColumn[]): number[] {
  const begins: number[] = [];
  let last = '';
  for (const [at, row] of rows.entries()) {
    const name = names.map(({ index }) => joinedText(row.cells[index])).join('\t');
    const same = at > 0 && (name.trim() === '' || name === last);
    begins.push(same ? (begins[at - 1] ?? at) : at);
    if (!same) last = name;
  }
  return begins;
}

/** The branch of each row by the column of branches, where an empty cell is of the branch above it. */
function branchesOf(
  rows: readonly Row[],
  columns: readonly HeadedColumn[],
  words: FacetWords,
): (string | null)[] {
  const column = columns.find(({ role }) => role === 'branch');
  let above: string | null = null;
  return rows.map((row) => {
    if (!column) return null;
    const text = joinedText(row.cells[column.index]);
    if (text !== '') above = readFacets(text, words).branch;
    return above;
  });
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
  labels: readonly HeadedColumn[],
  values: readonly HeadedColumn[],
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
          .map((cell) => joinedText(cell).replace(DITTO, () => aboveOf(cell, rows, at)))
          .filter((text) => text !== '');
  const own = labelsOf(row);
  const branchCells = distinct(row).map((cell) => ({ cell, facets: readFacets(joinedText(cell), words) }));
  const branch = branchCells.find(({ facets }) => facets.branch !== null)?.facets.branch ?? null;
  const noBranch = distinct(row).some((cell) => NOT_A_BRANCH.test(joinedText(cell).replace(/\s/g, '')));
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

/** What the nearest cell above says, without the bracket that the cell has anew. */
function aboveOf(cell: Cell | undefined, rows: readonly Row[], at: number): string {
  if (!cell) return '';
  for (let back = at - 1; back >= 0; back--) {
    const text = joinedText(rows[back]?.cells[cell.column]);
    if (text !== '' && !DITTO.test(text)) return withoutBrackets(text);
  }
  return '';
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
  const plain = name.replace(STATED_IN_BRACKETS, '');
  const target = /以[上下内]|とする/.test(plain) ? parseTarget(plain) : null;
  return target && target.op !== 'do' && target.at > 3
    ? withoutBrackets(plain)
        .slice(0, target.at)
        .replace(/(?:について|[、を])+$/, '')
    : plain;
}

function indicatorOf(
  column: HeadedColumn,
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
  if (facets.branch !== null && name.own === '') return otherInHeading(column.heading);
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
    isBalanced(name.own) &&
    !/^\d|[のをにはがとでてへや、]$|から$/.test(name.own) &&
    name.facets.branch === null
    ? `other:${name.own.slice(0, 40)}`
    : null;
}

/** A bracket that is left open is a name cut by the line. */
function isBalanced(name: string): boolean {
  return ['()', '「」', '『』', '【】'].every(
    ([open, close]) => name.split(open ?? '').length === name.split(close ?? '').length,
  );
}

/** 喫煙率(％) over a column of many branches' figures: an indicator that the catalogue has not. */
function otherInHeading(heading: string): IndicatorId | null {
  const name = withoutYearWords(heading.replace(/\s+/g, ''))
    .replace(/[(（【].*?[)）】]/g, '')
    .replace(/^(?:KPI|目標値?|の)+|(?:の?(?:KPI|目標値?))+$/g, '');
  return /.{2}(?:率|割合|数|額|者)$/.test(name) ? `other:${name.slice(0, 40)}` : null;
}

/** 生活習慣病予防健診実施率の目標(支部別): what years of branches are of, the title says. */
function ofTitle(
  { heading }: HeadedColumn,
  { own, facets: { branch } }: RowName,
  caption: Facets,
): IndicatorId | null {
  const isOfYear = /^(?:目標|実績|見込)?値?$/.test(withoutYearWords(heading).replace(/\s+/g, ''));
  return isOfYear && own === '' && branch !== null ? caption.indicator : null;
}

/** What stands over a table says the role of columns that are headed by what they are of, and by nothing else. */
function saysNoOther({ heading, period, asOf, indicator, branch, fy, group, unit }: HeadedColumn): boolean {
  const isOf = indicator ?? branch ?? fy ?? group ?? unit;
  return period === null && asOf === null && (heading.trim() === '' || isOf !== null);
}

/** (単位:%、事業所) over several indicators is of those that it fits. */
function unitOfCaption({ unit }: Facets, id: IndicatorId, { catalogue }: Context): Unit | null {
  const known = catalogue.indicators.find((indicator) => indicator.id === id);
  return known && !fitsUnit(known, unit, null) ? null : unit;
}

function roleOfCaption({ role }: Facets): 'target' | 'actual' | null {
  return role === 'target' || role === 'actual' ? role : null;
}

/** 以上 and 以下 are said of targets alone. */
function roleOfCell(value: CellValue, text: string): 'target' | null {
  if (value.kind === 'relative' || value.kind === 'increment') return 'target';
  return value.kind === 'figure' && value.op !== null && /以[上下内]/.test(text) ? 'target' : null;
}
