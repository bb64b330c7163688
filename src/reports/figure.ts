import { NOTHING, type ReportFigure } from './report.ts';

const PRINTED = /^(\D*)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(\D*)$/;

/** Digits, points and commas in one width; the words around them stay as printed. */
function plainDigits(text: string): string {
  return text.replace(/[０-９．，]/g, (sign) => sign.normalize('NFKC')).trim();
}

/**
 * A figure as printed, with the number format that shows its value so: 3,120社以上 is 3120 as #,##0"社以上".
 * Words where the text is not one number, or another than the value.
 */
export function printedFigure(text: string | null, value: number | null): ReportFigure {
  const plain = plainDigits(text ?? '');
  const words: ReportFigure = {
    text: /^[-―－ー—]?$/.test(plain) ? NOTHING : plain,
    value: null,
    format: null,
  };
  const [, before = '', whole = '', decimals = '', after = ''] = PRINTED.exec(plain) ?? [];
  const isSame = whole !== '' && Number(`${whole.replaceAll(',', '')}${decimals}`) === value;
  if (value === null || !isSame) return words;
  const digits = `${whole.includes(',') ? '#,##0' : '0'}${decimals.replace(/\d/g, '0')}`;
  return { text: plain, value, format: `${quoted(before)}${digits}${quoted(after)}` };
}

function quoted(words: string): string {
  const safe = words.replace(/["\\]/g, '');
  return safe === '' ? '' : `"${safe}"`;
}
