import type { Count } from '../../model/measure.ts';
import type { Line } from '../lines.ts';
import { type PartText, sourceIn } from '../part-text.ts';
import { isPeriodHeader, isPlaceTable, type Page } from './pages.ts';

const PERIOD = /\d{1,2}\s*~\s*\d{1,2}\s*月|\d{1,2}月/g;
/** 31,973件(4月), 1,541人(5月末時点), 2, ―, 集計中. */
const VALUE = /^([\d,]+(?:\.\d+)?)(件|人|社|回|円|%)?(?:\((.+)\))?$/;
const EMPTY = /^(?:[―-]|集計中)$/;
/** A figure of the whole year that stands before those of the quarters. */
const YEARLY = /見込|対象者数|計画/;

/** Rows of a table of counts by quarter or month, or by place. */
export function countTable(part: PartText, page: Page): Count[] {
  const places = page.lines.findIndex((line) => isPlaceTable(line.text));
  if (places >= 0) return placeRows(part, page.lines.slice(places));
  const header = page.lines.findIndex((line) => isPeriodHeader(line.text));
  const head = page.lines[header];
  if (!head) return [];
  const title = page.lines
    .slice(0, header)
    .map((line) => line.text)
    .join(' ');
  const periods = head.text.match(PERIOD) ?? [];
  const counts: Count[] = titleCounts(part, title, page.lines[0] ?? head);
  const table = bareTitle(title);
  let label = '';
  let reported = 0;
  for (const line of page.lines.slice(header + 1)) {
    const words = line.text.split(/\s+/);
    const firstValue = words.findIndex((word) => VALUE.test(word) || EMPTY.test(word));
    if (firstValue < 0) {
      label = words.join('').replace(/[:：]$/, '');
      continue;
    }
    const own = words
      .slice(0, firstValue)
      .join('')
      .replace(/[:：]$/, '');
    const yearly = own === '' && YEARLY.test(label);
    const values = withoutPageNumber(words.slice(firstValue), line === page.lines.at(-1));
    // One figure below several is not of the first period: it stands for all that are reported.
    const spans = values.length === 1 && reported > 1;
    const span = `${periods[0]}~${periods[reported - 1]}`;
    for (const [index, value] of values.entries()) {
      const period = yearly ? '年間' : spans ? span : (periods[index] ?? '');
      if (period !== '') counts.push(count(part, line, table, own || label || table, period, value));
    }
    reported = Math.max(reported, yearly ? 0 : values.length);
    if (own !== '' || yearly) label = own === '' ? table : own;
  }
  return counts;
}

/** A page's number may run into the last row of its table: the one figure without the unit of the others. */
function withoutPageNumber(values: string[], isLastRow: boolean): string[] {
  const others = values.slice(0, -1);
  const ranIn = isLastRow && /^\d{1,3}$/.test(values.at(-1) ?? '') && others.length > 0;
  return ranIn && others.every((value) => VALUE.exec(value)?.[2] !== undefined) ? others : values;
}

/** The population that a title states: 40歳以上被保険者数:2,545,834人. */
function titleCounts(part: PartText, title: string, line: Line): Count[] {
  return [...title.matchAll(/([^\s(:]*数)[:：]\s*([\d,]+人)/g)].map((match) =>
    count(part, line, bareTitle(title), match[1] ?? '', '年間', match[2] ?? ''),
  );
}

function bareTitle(title: string): string {
  return title
    .replace(/\(.*$/, '')
    .replace(/\s*\S*数[:：].*$/, '')
    .trim();
}

function placeRows(part: PartText, lines: readonly Line[]): Count[] {
  const [header, ...rows] = lines;
  if (!header) return [];
  const [table = '', ...columns] = header.text.split(/\s+/);
  return rows.flatMap((row): Count[] => {
    const [place = '', ...cells] = row.text.split(/\s+/);
    if (cells.length < columns.length) return [];
    const month = cells[0] ?? '';
    return cells.slice(1, columns.length).map((cell, index) => ({
      ...count(part, row, table, place, (columns[index + 1] ?? '').replace(/\(.*\)$/, ''), cell),
      asOf: month,
    }));
  });
}

function count(
  part: PartText,
  line: Line,
  table: string,
  label: string,
  period: string,
  text: string,
): Count {
  const [, digits, unit, note] = VALUE.exec(text) ?? [];
  return {
    branch: part.branch,
    fy: part.fy,
    table,
    label,
    period: period.replace(/\s+/g, ''),
    value: digits === undefined ? null : Number(digits.replaceAll(',', '')),
    unit: unit ?? null,
    text,
    asOf: note ?? null,
    source: sourceIn(part, line.number),
  };
}
