import { type FiscalYear, westernYear } from '../../model/fiscal-year.ts';

/** A date in words and the days it means. */
export interface When {
  /** As printed. */
  words: string;
  /** YYYY-MM-DD, both inclusive. */
  from: string;
  to: string;
  /** Months from one time to the next: 1 for 毎月. */
  everyMonths?: number;
  /** `before`: to be ready for what is named with the date; `begins`: from then on. */
  relation?: 'before' | 'begins';
}

/** The month in which a document was written, which 今月 and 来月 count from. */
export interface Written {
  year: number;
  month: number;
}

type Reader = (match: RegExpExecArray, fy: FiscalYear, written: Written | null) => [from: string, to: string];

/** A period of another year than the document's: 令和8年度上期. */
const FISCAL = '(?:令和\\s*(\\d+)\\s*年度\\s*の?\\s*)?';
const THIRD = '(上旬|中旬|下旬)?';
const WEEKDAY = '(?:\\([月火水木金土日](?:・祝)?\\))?';

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
    pattern: new RegExp(`令和\\s*(\\d+)\\s*年\\s*(\\d{1,2})\\s*月(?:\\s*(\\d{1,2})\\s*日|${THIRD})?`),
    read: ([, y, m, d, third]) => monthDays(2018 + Number(y), Number(m), d, third),
  },
  {
    pattern: /(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:から|~)\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?/,
    read: ([, m, d, m2, d2], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m2, d2, 'last')],
  },
  {
    pattern: new RegExp(
      `(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日${WEEKDAY}\\s*(?:から|~|と|及び|・)\\s*(\\d{1,2})\\s*日${WEEKDAY}`,
    ),
    read: ([, m, d, d2], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m, d2, 'last')],
  },
  {
    pattern: /(\d{1,2})\s*月\s*(?:末)?までに?/,
    read: ([, m], fy) => [monthDay(fy, '4', undefined, 'first'), monthDay(fy, m, undefined, 'last')],
  },
  {
    pattern: new RegExp(`(?:来年|翌年)?\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})\\s*日${WEEKDAY}`),
    read: ([, m, d], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m, d, 'last')],
  },
  {
    pattern: new RegExp(`(?:来年|翌年)?\\s*(\\d{1,2})\\s*月${THIRD}(?!\\s*\\d*\\s*(?:回|分))`),
    read: ([, m, third], fy) => monthDays(yearOf(fy, Number(m)), Number(m), undefined, third),
  },
  {
    pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?=[のに(（~]|から|より|まで|頃|開催)/,
    read: ([, m, d], fy) => [monthDay(fy, m, d, 'first'), monthDay(fy, m, d, 'last')],
  },
  {
    pattern: new RegExp(`(今|来)月\\s*(?:(\\d{1,2})\\s*日|${THIRD.slice(0, -1)})?`),
    read: ([, which, d, third], _, written) => {
      if (written === null) return ['', ''];
      const month = written.month + (which === '来' ? 1 : 0);
      return monthDays(written.year + (month > 12 ? 1 : 0), month > 12 ? 1 : month, d, third);
    },
  },
  {
    pattern: new RegExp(`${FISCAL}第\\s*([1-4])\\s*四半期`),
    read: ([, y, q], fy) => quarter(Number(y ?? fy), Number(q)),
  },
  { pattern: new RegExp(`${FISCAL}上半?期`), read: ([, y], fy) => months(Number(y ?? fy), '4', '9') },
  { pattern: new RegExp(`${FISCAL}下半?期`), read: ([, y], fy) => months(Number(y ?? fy), '10', '3') },
  {
    pattern: /(?:令和\s*(\d+)\s*)?年度(?:[内末]|中)/,
    read: ([, y], fy) => months(Number(y ?? fy), '4', '3'),
  },
  {
    pattern: /(?<!\d)年内/,
    read: (_, fy) => months(fy, '4', '12'),
  },
];

/** What is done again and again, and every how many months; a period of its own may stand beside it. */
const RECURRENCES: readonly { pattern: RegExp; months: (match: RegExpExecArray) => number }[] = [
  { pattern: /(\d{1,2})\s*[かヶケカ箇]月に\s*[1一]\s*(?:回|度)/, months: ([, n]) => Number(n) },
  { pattern: /隔月/, months: () => 2 },
  { pattern: /四半期(?:ごと|毎|に\s*[1一]\s*回)/, months: () => 3 },
  { pattern: /半期(?:ごと|毎|に\s*[1一]\s*回)/, months: () => 6 },
  { pattern: /毎月|月次|各月|毎週|(?<![\d年])月\s*\d+\s*回/, months: () => 1 },
];

/** It is to be ready before the period that is named. */
const BEFORE = /^(?:の[^、。]{1,12}?)?(?:に向け|にむけ|に備え|前に)/;
/** It begins then, and no end is named. */
const BEGINS = /^(?:号)?(?:より|から|以降|~)/;
/** By then at the latest. */
const UNTIL = /^末?まで/;
/** The date is of something that was done, and only tells which: ６月に行った調査の結果. */
const PAST = /^[^、。]*?(?:した|された|行った|行われた|開かれた)(?![。)]|$)/;
/** The date is of figures that something is made from. */
const OF_FIGURES = /^(?:分|末?時点)?の(?:実績|結果|データ|数値|状況)/;

/** The dates that a text names, in order; months without a year are of the fiscal year. 今月 needs to know when it was written. */
export function findWhen(text: string, fy: FiscalYear, written: Written | null = null): When[] {
  const found: (When & { at: number })[] = [];
  let rest = text;
  const take = (
    pattern: RegExp,
    read: (match: RegExpExecArray, after: string) => Omit<When, 'words'> | null,
  ) => {
    const all = new RegExp(pattern.source, 'g');
    for (const match of rest.matchAll(all)) {
      const when = read(match as RegExpExecArray, text.slice(match.index + match[0].length));
      if (when !== null) found.push({ at: match.index, words: match[0], ...when });
    }
    rest = rest.replace(all, (run) => '　'.repeat(run.length));
  };
  for (const { pattern, months } of RECURRENCES) {
    take(pattern, (match) => ({ ...wholeYear(fy), everyMonths: months(match) }));
  }
  for (const { pattern, read } of WORDINGS) {
    take(pattern, (match, after) => {
      const [from, to] = read(match, fy, written);
      const tellsWhich = PAST.test(after) || OF_FIGURES.test(after);
      return from === '' || to === '' || tellsWhich
        ? null
        : related({ from, to }, { words: match[0], after }, fy);
    });
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...when }) => when);
}

function related(
  { from, to }: Pick<When, 'from' | 'to'>,
  { words, after }: { words: string; after: string },
  fy: FiscalYear,
): Omit<When, 'words'> {
  const first = monthDay(fy, '4', undefined, 'first');
  if (BEFORE.test(after)) {
    const last = dayBefore(from);
    return { from: first < last ? first : last, to: last, relation: 'before' };
  }
  if (BEGINS.test(after)) return { from, to: from, relation: 'begins' };
  const isRange = /から|~/.test(words);
  return UNTIL.test(after) && !isRange ? { from: first < to ? first : to, to } : { from, to };
}

function wholeYear(fy: FiscalYear): Pick<When, 'from' | 'to'> {
  const [from, to] = months(fy, '4', '3');
  return { from, to };
}

function months(fy: FiscalYear, first: string, last: string): [string, string] {
  return [monthDay(fy, first, undefined, 'first'), monthDay(fy, last, undefined, 'last')];
}

function dayBefore(text: string): string {
  return new Date(Date.parse(`${text}T00:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function quarter(fy: FiscalYear, number: number): [string, string] {
  const first = 4 + (number - 1) * 3;
  return [
    monthDay(fy, String(first > 12 ? first - 12 : first), undefined, 'first'),
    monthDay(fy, String(first + 2 > 12 ? first - 10 : first + 2), undefined, 'last'),
  ];
}

/** A day, a third of a month or all of it. */
function monthDays(
  year: number,
  month: number,
  date: string | undefined,
  third: string | undefined,
): [string, string] {
  const first = third === '中旬' ? '11' : third === '下旬' ? '21' : date;
  const last = third === '上旬' ? '10' : third === '中旬' ? '20' : date;
  return [day(year, month, first, 'first'), day(year, month, last, 'last')];
}

function monthDay(
  fy: FiscalYear,
  month: string | undefined,
  date: string | undefined,
  end: 'first' | 'last',
): string {
  const number = Number(month);
  return day(yearOf(fy, number), number, date, end);
}

/** The calendar year of a month of the fiscal year. */
function yearOf(fy: FiscalYear, month: number): number {
  return westernYear(fy) + (month < 4 ? 1 : 0);
}

/** What is written in years of five digits is no date. */
const LAST_YEAR = 9999;

/** Empty where there is no such day. */
function day(year: number, month: number, date: string | undefined, end: 'first' | 'last'): string {
  if (month < 1 || month > 12 || !(year <= LAST_YEAR)) return '';
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const own = date === undefined ? (end === 'first' ? 1 : lastOfMonth) : Number(date);
  if (own < 1 || own > lastOfMonth) return '';
  return `${year}-${String(month).padStart(2, '0')}-${String(own).padStart(2, '0')}`;
}
