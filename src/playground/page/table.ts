import { escapeHtml } from '../../model/escape-html.ts';
import type { SentBlock } from '../message.ts';
import { attributes } from './html.ts';
import type { DisplayNames } from './names.ts';
import { renderRichText } from './rich-text.ts';

type Cell = { type: string; text?: string; value?: number; elements?: unknown };
const PAGE_SIZE = 5;
/** Tables of more columns become a list of cards where they have no room. */
const WIDE = 5;

function content(cell: Cell, names: DisplayNames): string {
  if (cell.type === 'rich_text') return renderRichText(cell, names);
  const text = cell.text ?? (cell.value === undefined ? '' : cell.value.toLocaleString('ja-JP'));
  // After ％ and 円 no browser breaks a line by itself: in a narrow column the as-of date goes below its figure.
  return escapeHtml(text).replaceAll('（', '<wbr>（');
}

/** A `table` block: the first row is the header, columns are aligned as they were sent. */
export function renderTable(block: SentBlock, names: DisplayNames): string {
  const [header = [], ...rows] = block.rows as Cell[][];
  const settings = (block.column_settings ?? []) as ({ align?: string } | null)[];
  const align = (column: number): string => `align-${settings[column]?.align ?? 'left'}`;
  const head = header.map(
    (cell, column) => `<th scope="col" class="${align(column)}">${content(cell, names)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.map((cell, column) => `<td class="${align(column)}">${content(cell, names)}</td>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  return frame('', head, body);
}

/** A `data_table` block: columns sort by click, rows past a page wait behind a button. */
export function renderDataTable(block: SentBlock, names: DisplayNames): string {
  const [header = [], ...rows] = block.rows as Cell[][];
  const rowHeader = Number(block.row_header_column_index ?? 0);
  const page = Number(block.page_size ?? PAGE_SIZE);
  // A figure may stand in words: 対前年度以上, ―.
  const isNumber = (column: number): boolean => rows.some((row) => row[column]?.type === 'raw_number');
  const align = header.map((_cell, column) => (isNumber(column) ? 'align-right' : 'align-left'));
  const head = header.map(
    (cell, column) =>
      `<th scope="col" aria-sort="none" class="${align[column]}"><button type="button" class="sort" data-column="${column}">${content(cell, names)}</button></th>`,
  );
  const isWide = header.length >= WIDE;
  const body = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const [tag, scope] = column === rowHeader ? ['th', 'row'] : ['td', null];
      const value = cell.type === 'raw_number' ? cell.value : null;
      return `<${tag}${attributes({ scope, class: align[column], 'data-value': value, 'data-label': isWide ? header[column]?.text : null })}>${content(cell, names)}</${tag}>`;
    });
    return `<tr${attributes({ hidden: index >= page })}>${cells.join('')}</tr>`;
  });
  const caption = `<caption>${escapeHtml(String(block.caption))}</caption>`;
  const more =
    rows.length > page
      ? `<button type="button" class="more" data-page="${page}">残り${rows.length - page}行を表示</button>`
      : '';
  return frame(caption, head, body, isWide ? 'wide' : '') + more;
}

function frame(caption: string, head: string[], body: string[], kind = ''): string {
  return `<div class="scroll" role="group" aria-label="表" tabindex="0"><table${attributes({ class: kind === '' ? null : kind })}>${caption}<thead><tr>${head.join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}
