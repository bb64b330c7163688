import { escapeHtml } from '../../model/escape.ts';
import type { SentBlock } from '../emulator/state.ts';
import type { Workspace } from '../emulator/workspace.ts';
import { renderChart } from './chart.ts';
import { type ControlElement, renderControl } from './controls.ts';
import { attributes, namesOf, renderMrkdwn, withEmoji } from './text.ts';

type Cell = { type: string; text?: string; value?: number };
const PAGE_SIZE = 5;
/** Tables of more columns become a list of cards where they have no room. */
const WIDE = 5;
/** A column of words no longer than these is read whole: 鹿児島支部, 22705行目. */
const SHORT = 10;

function content(cell: Cell): string {
  const text = cell.text ?? (cell.value === undefined ? '' : cell.value.toLocaleString('ja-JP'));
  // After ％ and 円 no browser breaks a line by itself: in a narrow column the as-of date goes below its figure.
  return escapeHtml(text).replaceAll('（', '<wbr>（');
}

/** A `data_table` block: columns sort by click, rows past a page wait behind a button. */
function renderDataTable(block: SentBlock): string {
  const [header = [], ...rows] = block.rows as Cell[][];
  const page = Number(block.page_size ?? PAGE_SIZE);
  // A figure may stand in words: 対前年度以上, ―.
  const isNumber = (column: number): boolean => rows.some((row) => row[column]?.type === 'raw_number');
  const align = header.map((_cell, column) => (isNumber(column) ? 'align-right' : 'align-left'));
  const isShort = (column: number): boolean => rows.every((row) => (row[column]?.text ?? '').length <= SHORT);
  const kinds = align.map((side, column) => (!isNumber(column) && isShort(column) ? `${side} whole` : side));
  const head = header.map(
    (cell, column) =>
      `<th scope="col" aria-sort="none" class="${align[column]}"><button type="button" class="sort" data-column="${column}">${content(cell)}</button></th>`,
  );
  const isWide = header.length >= WIDE;
  const body = rows.map((row, index) => {
    const cells = row.map((cell, column) => {
      const [tag, scope] = column === 0 ? ['th', 'row'] : ['td', null];
      const value = cell.type === 'raw_number' ? cell.value : null;
      return `<${tag}${attributes({ scope, class: kinds[column], 'data-value': value, 'data-label': isWide ? header[column]?.text : null })}>${content(cell)}</${tag}>`;
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

interface BlockContext {
  workspace: Workspace;
  /** True in a modal, whose inputs are sent together. */
  inForm: boolean;
}

type Text = { type: string; text: string };

/** Blocks as they were really sent. One that cannot be shown says so, with its content. */
export function renderBlocks(blocks: SentBlock[], context: BlockContext): string {
  return blocks
    .map((block) => `<div class="block ${escapeHtml(block.type)}">${render(block, context)}</div>`)
    .join('');
}

function render(block: SentBlock, context: BlockContext): string {
  const control = (element: unknown): string =>
    renderControl(element as ControlElement, { ...context, blockId: block.block_id ?? '' });
  switch (block.type) {
    case 'section':
      return renderSection(block, context, control);
    case 'header':
      return `<h2>${renderText(block.text, context)}</h2>`;
    case 'divider':
      return '<hr>';
    case 'context':
      return (block.elements as ControlElement[])
        .map((element) => `<span>${renderText(element, context)}</span>`)
        .join('');
    case 'actions':
    case 'context_actions':
      return (block.elements as ControlElement[]).map(control).join('');
    case 'input':
      return renderInput(block, context, control);
    case 'data_table':
      return renderDataTable(block);
    case 'data_visualization':
      return renderChart(block);
    default:
      return `<p class="unknown">表示できないブロックです：${escapeHtml(block.type)}</p><details><summary>内容</summary><pre>${escapeHtml(JSON.stringify(block, null, 2))}</pre></details>`;
  }
}

/** Several boxes or circles are a group with a legend; anything else has one label. */
function renderInput(block: SentBlock, context: BlockContext, control: (element: unknown) => string): string {
  const { type } = block.element as ControlElement;
  const isGroup = type === 'checkboxes' || type === 'radio_buttons' || type === 'multi_static_select';
  const [frame, label] = isGroup ? ['fieldset', 'legend'] : ['label', 'span'];
  const needed = block.optional === true ? '<small>（任意）</small>' : '';
  const hint = block.hint ? `<small>${renderText(block.hint, context)}</small>` : '';
  const error = `<span class="field-error" data-error-for="${escapeHtml(block.block_id ?? '')}" role="alert"></span>`;
  return `<${frame} class="field"><${label} class="field-label">${renderText(block.label, context)}${needed}</${label}>${control(block.element)}${hint}${error}</${frame}>`;
}

function renderSection(
  block: SentBlock,
  context: BlockContext,
  control: (element: unknown) => string,
): string {
  const text = block.text ? `<div>${renderText(block.text, context)}</div>` : '';
  const fields = ((block.fields ?? []) as Text[])
    .map((field) => `<div>${renderText(field, context)}</div>`)
    .join('');
  const grid = fields === '' ? '' : `<div class="fields">${fields}</div>`;
  const accessory = block.accessory as ControlElement | undefined;
  const beside = accessory ? control(accessory) : '';
  const isFolded = block.expand !== true && isLong((block.text as Text | undefined)?.text ?? '');
  const more = isFolded ? '<details><summary>もっと見る</summary></details>' : '';
  return `<div class="words${isFolded ? ' folded' : ''}">${text}${grid}${more}</div>${beside}`;
}

/** About what Slack folds in a thread, unless it is to stand open. */
function isLong(text: string): boolean {
  return text.length > 300 || text.split('\n').length > 5;
}

export function renderText(text: unknown, { workspace }: { workspace: Workspace }): string {
  const { type, text: source } = text as Text;
  if (type === 'mrkdwn') return renderMrkdwn(source, namesOf(workspace));
  return withEmoji(escapeHtml(source)).replaceAll('\n', '<br>');
}
