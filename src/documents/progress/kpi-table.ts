import type { Indicator } from '../../model/indicator.ts';
import { type Actual, type Kpi, NO_WEIGHT } from '../../model/kpi.ts';
import type { IndicatorNames } from '../kpi/indicator-names.ts';
import { isNote, itemMark } from '../kpi/marks.ts';
import { parseTarget } from '../kpi/target.ts';
import type { Line } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import type { Page } from './pages.ts';

/** A cell of the table's figures: 88.3%以上, 12,680社以上, ―, 【新設】, 実施. */
const CELL =
  /^(?:[\d,]+(?:\.\d+)?(?:%|円|日|社|事業所|人|件|回)?(?:以上|以下|以内)?|[―-]|【.{1,4}】|実施|未実施|上表のとおり|集計中|\S{1,4}のとおり)$/;
const COLUMNS = 3;

interface Row {
  line: Line;
  statement: string;
  target: string;
  actual: string;
  previous: string;
}

/** KPI rows of a table with the columns 指標, 目標, 実績（時点）, 前年度実績; the target column counts. */
export function kpiTable(
  part: PartText,
  page: Page,
  section: string[],
  names: IndicatorNames,
  indicators: readonly Indicator[],
): Kpi[] {
  const asOf =
    page.header
      .map((line) => /\((.{1,4}月時点)\)/.exec(line.text)?.[1])
      .find((found) => found !== undefined) ?? null;
  return rowsOf(page.lines).flatMap((row): Kpi[] => {
    const statement = row.statement.replace(/\s+/g, '');
    const stated = parseTarget(statement);
    if (!stated) return [];
    const context = { blockHead: null, before: null, group: null, headings: section };
    const indicator = names.recognise(statement, stated, context) ?? names.ownName(statement, stated);
    const printed = parseTarget(`指標の割合を${row.target}`);
    const known = indicators.find(({ id }) => id === indicator);
    const figure = stated.op !== 'do' && printed && printed.value !== null ? printed : null;
    const op = figure && /以[上下内]/.test(row.target) ? figure.op : stated.op;
    const unit = figure ? (figure.unit ?? known?.unit ?? null) : null;
    return [
      {
        branch: part.branch,
        fy: part.fy,
        indicator,
        target: {
          op,
          value: figure?.value ?? null,
          unit,
          relative: figure ? null : stated.relative,
          text: figure ? asPrinted(row.target, op) : stated.text,
          proviso: stated.proviso,
        },
        actual: actualOf(row, asOf),
        stated: statement,
        section,
        ...NO_WEIGHT,
        source: sourceIn(part, row.line.number),
      },
    ];
  });
}

/** A row runs over lines until three cells stand at a line's end. */
function rowsOf(lines: readonly Line[]): Row[] {
  const rows: Row[] = [];
  let first: Line | null = null;
  let statement = '';
  for (const line of lines) {
    const words = line.text.split(/\s+/);
    const cells = words.slice(-COLUMNS);
    if (words.length >= COLUMNS && cells.every((cell) => CELL.test(cell))) {
      const [target = '', actual = '', previous = ''] = cells;
      const own = words.slice(0, -COLUMNS).join(' ');
      statement += withoutMark(own, statement);
      if (statement !== '') rows.push({ line: first ?? line, statement, target, actual, previous });
      first = null;
      statement = '';
      continue;
    }
    if (statement === '' && isNote(line.text)) continue;
    if (isNote(line.text) && /^\(※\)|^※/.test(line.text)) {
      // A footnote below an unfinished statement ends where the figures begin.
      statement += ' ';
      first ??= line;
      continue;
    }
    if (/ $/.test(statement)) continue;
    first ??= line;
    statement += withoutMark(line.text, statement);
  }
  return rows;
}

/** Where the cell leaves 以上 to the statement, the target is said whole. */
function asPrinted(cell: string, op: Kpi['target']['op']): string {
  const whole = /以[上下内]$/.test(cell) || op === '=' ? cell : `${cell}${op === '<=' ? '以下' : '以上'}`;
  return whole.replaceAll('%', '％');
}

function withoutMark(text: string, soFar: string): string {
  return soFar === '' ? text.slice(itemMark(text)?.length ?? 0) : text;
}

function actualOf(row: Row, asOf: string | null): Actual {
  return {
    value: numberOf(row.actual),
    text: row.actual.replaceAll('%', '％'),
    asOf,
    previousValue: numberOf(row.previous),
    previousText: row.previous.replaceAll('%', '％'),
  };
}

/** Null for ―, 【新設】 and words. */
function numberOf(cell: string): number | null {
  const match = /^([\d,]+(?:\.\d+)?)/.exec(cell);
  return match?.[1] ? Number(match[1].replaceAll(',', '')) : null;
}
