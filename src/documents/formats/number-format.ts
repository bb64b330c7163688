/** Number formats that a workbook refers to by their number alone. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
};
const DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58,
]);
/** Days from 30 December 1899, which spreadsheets count from, to 1 January 1970. */
const EPOCH = 25569;

export function builtInFormat(id: number): string {
  return DATES.has(id) ? 'yyyy/m/d' : (BUILT_IN[id] ?? 'General');
}

/**
 * A number as a spreadsheet shows it: 0.624 in 0.0% is 62.4%, 3900 in #,##0"社" is 3,900社. What a plan prints is what
 * its readers see, so the figure is read from there.
 */
export function shownNumber(value: number, format: string): string {
  const section = (value < 0 ? format.split(';')[1] : undefined) ?? format.split(';')[0] ?? 'General';
  const bare = section.replace(/\[[^\]]*\]/g, '').replace(/_.|\*./g, '');
  if (/^General$|^@$|^標準$/i.test(bare.trim())) return tidy(value);
  const words = bare.match(/"[^"]*"|\\./g) ?? [];
  const pattern = bare.replace(/"[^"]*"|\\./g, '\ue000');
  if (/[yg]|(?<![0#.,])[md]{1,4}(?![0#.,])|[年月日]/i.test(pattern.replaceAll('\ue000', '')))
    return dateText(value, pattern, words);
  const digits = /[0#?][0#?,]*(?:\.([0#?]+))?(,*)/.exec(pattern);
  if (!digits) return tidy(value);
  const percent = pattern.includes('%');
  const scaled = (percent ? value * 100 : value) / 1000 ** (digits[2]?.length ?? 0);
  const places = digits[1]?.length ?? 0;
  const fewest = (digits[1]?.match(/0/g) ?? []).length;
  const [whole = '0', fraction = ''] = Math.abs(tidyNumber(scaled)).toFixed(places).split('.');
  const kept = fraction.slice(0, fewest) + fraction.slice(fewest).replace(/0+$/, '');
  const grouped = digits[0].replace(/,+$/, '').includes(',') ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  const sign = value < 0 && !format.includes(';') ? '-' : '';
  const figure = `${sign}${grouped}${kept === '' ? '' : `.${kept}`}`;
  let nth = 0;
  const before = pattern.slice(0, digits.index);
  const after = pattern.slice(digits.index + digits[0].length);
  const literal = (text: string) =>
    text.replace(/\ue000/g, () => (words[nth++] ?? '').replace(/^"|"$|^\\/g, ''));
  return `${literal(before)}${figure}${literal(after)}`.trim();
}

function dateText(value: number, pattern: string, words: readonly string[]): string {
  const day = new Date(Math.round((value - EPOCH) * 86_400_000));
  if (Number.isNaN(day.getTime())) return tidy(value);
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  if (/[hs]/i.test(pattern) && !/[yg]/i.test(pattern)) return tidy(value);
  const era = words.some((word) => word.includes('令和')) || /[ge]/i.test(pattern);
  const yearText = era && year >= 2019 ? `令和${year - 2018}年` : `${year}年`;
  if (!/[ygeY]/i.test(pattern)) return `${month}月${/d/i.test(pattern) ? `${date}日` : ''}`;
  return `${yearText}${/m/i.test(pattern) ? `${month}月` : ''}${/d/i.test(pattern) ? `${date}日` : ''}`;
}

/** Binary dust goes: 0.1 + 0.2 is 0.3. */
function tidyNumber(value: number): number {
  return Number(value.toPrecision(12));
}

function tidy(value: number): string {
  return String(tidyNumber(value));
}
