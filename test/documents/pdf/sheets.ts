/** HTML of sheets as offices print them: text, ruled tables, two columns. Each sheet is a page. */

const STYLE = `
  @page { margin: 10mm }
  body { font: 9px "Noto Sans CJK JP", "IPAGothic", sans-serif; margin: 0 }
  p { margin: 0; white-space: pre-wrap; min-height: 1.5em; line-height: 1.5 }
  section { break-after: page }
  table { border-collapse: collapse; width: 100% }
  td { vertical-align: top; padding: 2px 4px }
  table.ruled td { border: 1px solid #000 }
  td.mid { vertical-align: middle }`;

export function printable(
  sheets: readonly string[],
  size: 'A4' | 'A4 landscape' | 'A3 landscape' = 'A4',
): string {
  const body = sheets.map((sheet) => `<section>${sheet}</section>`).join('');
  return `<!doctype html><html lang="ja"><meta charset="utf-8"><style>@page { size: ${size} }${STYLE}</style>${body}</html>`;
}

/** Lines as they stand, one paragraph each; an empty string is a gap. */
export function paragraphs(lines: readonly string[]): string {
  return lines.map((line) => `<p>${escapeHtml(line.trim())}</p>`).join('');
}

/** A table with rules around every cell; a cell is text or lines, widths are shares of the page. */
export function ruledTable(
  rows: readonly (readonly (string | readonly string[])[])[],
  widths: readonly number[] = [],
): string {
  return table('ruled', rows, widths);
}

/** The same without rules. */
export function bareTable(
  rows: readonly (readonly (string | readonly string[])[])[],
  widths: readonly number[] = [],
): string {
  return table('bare', rows, widths);
}

function table(
  name: string,
  rows: readonly (readonly (string | readonly string[])[])[],
  widths: readonly number[],
): string {
  const columns = widths.map((width) => `<col style="width:${width}%">`).join('');
  const body = rows
    .map((cells) => {
      const tds = cells.map((cell) =>
        typeof cell === 'string'
          ? `<td class="mid">${escapeHtml(cell).replaceAll('\n', '<br>')}</td>`
          : `<td>${paragraphs(cell)}</td>`,
      );
      return `<tr>${tds.join('')}</tr>`;
    })
    .join('');
  return `<table class="${name}">${columns}${body}</table>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
}
