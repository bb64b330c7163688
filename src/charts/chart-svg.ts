import { bars } from './bars.ts';
import { type Body, type Drawing, MARGIN } from './drawing.ts';
import { lines } from './lines.ts';
import { QUIET } from './palette.ts';
import { escapeXml, round, svgText, wrapText } from './svg-text.ts';

const WIDTH = 960;

/** A picture that says all by itself, in pixels; its height follows from what is in it. */
export function chartSvg(drawing: Drawing, { width = WIDTH }: { width?: number } = {}): string {
  const draw = drawing.chart.kind === 'bar' ? bars : lines;
  return frame(drawing, width, (top) => draw(drawing, width, top));
}

const TITLE = 22;
const SMALL = 12;

const FONT = "'BIZ UDPGothic','BIZ UDPゴシック','Yu Gothic','Hiragino Sans',Meiryo,sans-serif";

/** The picture: title, unit, body, notes, and at the foot where the figures come from. */
function frame({ chart, notes, sources }: Drawing, width: number, draw: (top: number) => Body): string {
  const room = width - MARGIN * 2;
  const parts: string[] = [];
  let y = MARGIN + TITLE;
  for (const line of wrapText(chart.title, TITLE, room)) {
    parts.push(svgText(line, MARGIN, y, { size: TITLE, bold: true }));
    y += TITLE * 1.35;
  }
  if (chart.unit !== '') {
    parts.push(
      svgText(`単位：${chart.unit.replace('%', '％')}`, MARGIN, y - 4, { size: SMALL + 1, fill: QUIET }),
    );
    y += SMALL;
  }
  const body = draw(y + 4);
  parts.push(body.markup);
  y += 4 + body.height + SMALL * 2;
  const small = [
    ...[...notes, ...(body.notes ?? [])].map((note) => `※${note}`),
    ...(sources.length === 0 ? [] : [`出典：${sources.join('／')}`]),
  ];
  for (const line of small.flatMap((text) => wrapText(text, SMALL, room))) {
    parts.push(svgText(line, MARGIN, y, { size: SMALL, fill: QUIET }));
    y += SMALL * 1.5;
  }
  const height = round(y + MARGIN - SMALL);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" role="img" aria-label="${escapeXml(chart.title)}"><rect width="${width}" height="${height}" fill="#ffffff"/>${parts.join('')}</svg>`;
}
