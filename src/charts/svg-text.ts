import { escapeHtml } from '../model/escape.ts';

/** What XML cannot hold at all, escaped or not: control characters, halves of surrogate pairs. */
const NOT_XML = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu;

export function escapeXml(text: string): string {
  return escapeHtml(text.replace(NOT_XML, ''));
}

/** Latin letters, digits and half-width kana take about this share of the em that a kanji takes. */
const NARROW = 0.63;

/** About how wide the text is, in the unit of `size`. */
export function textWidth(text: string, size: number): number {
  return (
    [...text].reduce((sum, sign) => sum + (/[\u0020-\u007e\uff61-\uff9f]/.test(sign) ? NARROW : 1), 0) * size
  );
}

/** The text, or its beginning with … where it is wider than `room`. */
export function fitText(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const signs = [...text];
  while (signs.length > 0 && textWidth(`${signs.join('')}…`, size) > room) signs.pop();
  return `${signs.join('')}…`;
}

/** Lines no wider than `room`; Japanese may break between any two characters. */
export function wrapText(text: string, size: number, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const sign of text) {
    if (line !== '' && textWidth(line + sign, size) > room) {
      lines.push(line);
      line = '';
    }
    line += sign;
  }
  return line === '' ? lines : [...lines, line];
}

export interface TextStyle {
  size: number;
  fill?: string;
  bold?: boolean;
  anchor?: 'start' | 'middle' | 'end';
  /** White around the letters, so that lines behind them do not cross them. */
  halo?: boolean;
}

/** `y` is the base line. */
export function svgText(text: string, x: number, y: number, style: TextStyle): string {
  const { size, fill = '#1a1a1a', bold = false, anchor = 'start', halo = false } = style;
  const weight = bold ? ' font-weight="700"' : '';
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const around = halo ? ' stroke="#ffffff" stroke-width="4" paint-order="stroke"' : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}"${weight}${side}${around}>${escapeXml(text)}</text>`;
}

/** A tenth of a pixel is finer than anybody sees. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
