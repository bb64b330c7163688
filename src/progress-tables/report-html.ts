import { escapeHtml } from '../model/escape.ts';
import {
  cellText,
  columnsOf,
  type ProgressReport,
  type ReportColumn,
  type ReportPillar,
  type ReportSection,
  spanAt,
} from './report.ts';

function lines(text: string): string {
  return escapeHtml(text).replace(/\n/g, '<br>');
}

const STYLE = `
@page { size: A4 landscape; margin: 12mm 10mm; }
* { box-sizing: border-box; }
body { margin: 16px; color: #000; background: #fff; font: 9pt/1.45 'BIZ UDPGothic', 'BIZ UDPゴシック', 'Yu Gothic', 'Hiragino Sans', Meiryo, sans-serif; }
h1 { margin: 0 0 2pt; font-size: 15pt; }
p { margin: 0 0 6pt; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { padding: 3pt 4pt; border: 0.5pt solid #444; vertical-align: top; overflow-wrap: anywhere; }
thead th { text-align: center; vertical-align: middle; background: #dbe5ef; }
.pillar th { text-align: left; background: #eef2f6; font-size: 10pt; }
.section th { text-align: left; font-weight: normal; background: #f8f9fb; }
tbody th[scope='row'] { text-align: left; font-weight: normal; }
.pillar, .section { break-after: avoid; }
.right { text-align: right; }
.center { text-align: center; }
ul { margin: 6pt 0 0; padding: 0; list-style: none; font-size: 8pt; }
@media print { body { margin: 0; } thead th, .pillar th, .section th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;

/** A page by itself that prints on A4 landscape, its head on every sheet. */
export function reportHtml(report: ProgressReport): string {
  const columns = columnsOf(report);
  const whole = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => `<col style="width:${((100 * width) / whole).toFixed(2)}%">`);
  const heads = columns.map(({ head }) => `<th scope="col">${lines(head)}</th>`);
  const small = [...report.notes.map((note) => `※${note}`), ...report.documents.map((one) => `出典 ${one}`)];
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(report.title)}</h1>
<p>${escapeHtml(report.subtitle)}</p>
<table>
<colgroup>${widths.join('')}</colgroup>
<thead><tr>${heads.join('')}</tr></thead>
${report.pillars.map((pillar) => pillarBody(pillar, columns)).join('\n')}
</table>
<ul>${small.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>
</body>
</html>
`;
}

function pillarBody({ heading, sections }: ReportPillar, columns: readonly ReportColumn[]): string {
  const head = `<tr class="pillar"><th colspan="${columns.length}" scope="rowgroup">${escapeHtml(heading)}</th></tr>`;
  return `<tbody>${[head, ...sections.map((section) => sectionRows(section, columns))].join('\n')}</tbody>`;
}

function sectionRows({ heading, rows }: ReportSection, columns: readonly ReportColumn[]): string {
  const head =
    heading === ''
      ? []
      : [
          `<tr class="section"><th colspan="${columns.length}" scope="rowgroup">${escapeHtml(heading)}</th></tr>`,
        ];
  const body = rows.map((row, index) => {
    const cells = columns.map((column, at) => {
      const span = spanAt(column, rows, index);
      if (span === 0) return '';
      const tag = at === 0 ? 'th scope="row"' : 'td';
      const side = column.align === 'left' ? '' : ` class="${column.align}"`;
      const over = span === 1 ? '' : ` rowspan="${span}"`;
      return `<${tag}${side}${over}>${lines(cellText(column.cell(row)))}</${at === 0 ? 'th' : 'td'}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return [...head, ...body].join('\n');
}
