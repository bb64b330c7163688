import { type FiscalYear, westernYear } from '../../model/fiscal-year.ts';

/** A date in words and the days it means. */
export interface When {
  /** As printed. */
  words: string;
  /** YYYY-MM-DD, both inclusive. */
  from: string;
  to: string;
}

type Reader = (match: RegExpExecArray, fy: FiscalYear) => [from: string, to: string];

/** Tried in this order at each place: the longer wording first. */
const WORDINGS: readonly { pattern: RegExp; read: Reader }[] = [
  {
    pattern:
      /令和\s*(\d+)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:から|~)\s*(?:令和\s*(\d+)\s*年)?\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/,
    read: ([, y, m, d, y2, m2, d2]) => [
      day(2018 + Number(y), Number(m), d, 'first'),
      day(2018 + Number(y2 ?? y), Number(m2), d2, 'last'),
    ],
  },
  {
    pattern: /令和\s*(\d+)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/,
    read: ([, y, m, d]) => [
      day(2018 + Number(y), Number(m), d, 'first'),
      day(2018 + Number(y), Number(m), d, 'last'),
    ],
  },
  {
    pattern: /(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:から|~)\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/,
    read: ([, m, d, m2, d2], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m2, d2, 'last')],
  },
  {
    pattern: /(\d{1,2})\s*月\s*(?:末)?までに?/,
    read: ([, m], fy) => [monthDay(fy, '4', undefined, 'first'), monthDay(fy, m, undefined, 'last')],
  },
  {
    pattern: /(\d{1,2})\s*月\s*(\d{1,2})\s*日/,
    read: ([, m, d], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m, d, 'last')],
  },
  {
    pattern: /(\d{1,2})\s*月(?!\s*\d*\s*(?:回|分))/,
    read: ([, m], fy) => [monthDay(fy, m, undefined, 'first'), monthDay(fy, m, undefined, 'last')],
  },
  { pattern: /第\s*([1-4])\s*四半期/, read: ([, q], fy) => quarter(fy, Number(q)) },
  {
    pattern: /上半?期/,
    read: (_, fy) => [monthDay(fy, '4', undefined, 'first'), monthDay(fy, '9', undefined, 'last')],
  },
  {
    pattern: /下半?期/,
    read: (_, fy) => [monthDay(fy, '10', undefined, 'first'), monthDay(fy, '3', undefined, 'last')],
  },
  {
    pattern: /年度[内末]|年度中|毎月|月次/,
    read: (_, fy) => [monthDay(fy, '4', undefined, 'first'), monthDay(fy, '3', undefined, 'last')],
  },
];

/** The dates that a text names, in order; months without a year are of the fiscal year. */
export function findWhen(text: string, fy: FiscalYear): When[] {
  const found: (When & { at: number })[] = [];
  let rest = text;
  for (const { pattern, read } of WORDINGS) {
    const all = new RegExp(pattern.source, 'g');
    for (const match of rest.matchAll(all)) {
      const [from, to] = read(match as RegExpExecArray, fy);
      if (from !== '' && to !== '') found.push({ at: match.index, words: match[0], from, to });
    }
    rest = rest.replace(all, (run) => '　'.repeat(run.length));
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...when }) => when);
}

function quarter(fy: FiscalYear, number: number): [string, string] {
  const first = 4 + (number - 1) * 3;
  return [
    monthDay(fy, String(first > 12 ? first - 12 : first), undefined, 'first'),
    monthDay(fy, String(first + 2 > 12 ? first - 10 : first + 2), undefined, 'last'),
  ];
}

function monthDay(
  fy: FiscalYear,
  month: string | undefined,
  date: string | undefined,
  end: 'first' | 'last',
): string {
  const number = Number(month);
  return day(westernYear(fy) + (number < 4 ? 1 : 0), number, date, end);
}

/** Empty where there is no such day. */
function day(year: number, month: number, date: string | undefined, end: 'first' | 'last'): string {
  if (month < 1 || month > 12) return '';
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const own = date === undefined ? (end === 'first' ? 1 : lastOfMonth) : Number(date);
  if (own < 1 || own > lastOfMonth) return '';
  return `${year}-${String(month).padStart(2, '0')}-${String(own).padStart(2, '0')}`;
}
