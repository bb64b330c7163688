import { addDays, type IsoDay, isoDay, lastDayOfMonth, weekday } from '../../model/calendar-day.ts';
import { type FiscalYear, westernYear } from '../../model/fiscal-year.ts';

/** A date in words and the days it means. */
export interface When {
  /** As printed. */
  words: string;
  /** Both inclusive. */
  from: IsoDay;
  to: IsoDay;
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

/** What is done again and again, and every how many months; a period of its own may stand beside it. */
const RECURRENCES: readonly { pattern: RegExp; months: (match: RegExpExecArray) => number }[] = [
  {
    pattern: /(\d{1,2})\s*[かヶケカ箇]月(?:ごと|毎|に\s*[1一]\s*(?:回|度))/g,
    months: ([, n]) => Number(n),
  },
  { pattern: /隔月/g, months: () => 2 },
  { pattern: /[各毎]四半期|四半期(?:ごと|毎|に\s*[1一]\s*(?:回|度))/g, months: () => 3 },
  { pattern: /半[期年](?:ごと|毎|に\s*[1一]\s*(?:回|度))/g, months: () => 6 },
  {
    pattern: /毎月|月次|各月|月(?:ごと|毎)に|毎週|(?<![\d年か]\s*)[月週]に?\s*\d+\s*回(?!目)/g,
    months: () => 1,
  },
];

const ERA = '(?:(?:令和|R)\\s*(?<era>\\d{1,2})|(?<western>20\\d\\d))';
const YEAR = `(?:(?:${ERA}\\s*年|(?<next>来年|翌年)の?|今年の?|本年の?)\\s*)?`;
/** 令和8年度, 来年度; the document's own without either. */
const FISCAL = '(?:(?:令和|R)\\s*(?<fiscal>\\d{1,2})\\s*|(?<next>[来次翌])|[今本])?年度';
const MONTH = '(?<month>1[0-2]|0?[1-9])';
const OF = '\\s*の?\\s*';
const WEEKDAY = '(?:\\([月火水木金土日](?:・祝)?\\))?';
const DAY = `\\s*日(?!間)${WEEKDAY}`;
/** Between the members of a list or the ends of a stretch. */
const TO = '\\s*(?:から|~|-|・|、|と|及び)\\s*';
/** Days of the month that its parts begin and end with; the month's last day where none is given. */
const PARTS: Readonly<Record<string, [first: number, last?: number]>> = {
  上旬: [1, 10],
  初旬: [1, 10],
  初め: [1, 10],
  前半: [1, 15],
  上中旬: [1, 20],
  中旬: [11, 20],
  半ば: [11, 20],
  中下旬: [11],
  後半: [16],
  下旬: [21],
};
const PART = `(?<part>${Object.keys(PARTS).join('|')})`;
/** First and last month, counted from January of the calendar year of its summer. A lone 春 may be either of two. */
const SEASONS: Readonly<Record<string, [first: number, last: number]>> = {
  夏: [6, 8],
  秋: [9, 11],
  冬: [12, 14],
  来春: [15, 17],
};

type Named = Record<string, string | undefined>;
type Span = [from: IsoDay, to: IsoDay];

interface Wording {
  pattern: RegExp;
  /** `before` is the day named before it. Null where there is no such day, or none that is known. */
  read: (named: Named, fy: FiscalYear, written: Written | null, before: IsoDay | null) => Span | null;
}

function wording(pattern: string, read: Wording['read']): Wording {
  return { pattern: new RegExp(`(?<![\\d.])(?:${pattern})`, 'yu'), read };
}

/** Not of how many times, how long or of which month's figures. */
const IS_TIME = '(?!\\s*(?:間|\\d*\\s*(?:回|分)))';

/** Tried in this order at each place: the longer wording first. */
const WORDINGS: readonly Wording[] = [
  // R7.10.15, 2025/11/20, R8.1
  wording(`${ERA}[./]${MONTH}(?:[./](?<day>\\d{1,2}))?(?![\\d.%])${WEEKDAY}`, daysOfMonth),
  // 11月29日(土)と30日(日), 10月12、13日
  wording(
    `${YEAR}${MONTH}\\s*月\\s*(?<day>\\d{1,2})(?:${DAY}|(?=${TO}\\d{1,2}\\s*日))(?:${TO}(?<until>\\d{1,2})${DAY})*`,
    daysOfMonth,
  ),
  wording(
    `${YEAR}${MONTH}\\s*月の?\\s*第\\s*(?<nth>[1-5])\\s*(?:(?<weekday>[月火水木金土日])曜日?|週)`,
    nthOfMonth,
  ),
  wording(
    `${YEAR}(?:${MONTH}${TO}(?:\\d{1,2}${TO})*)(?<last>1[0-2]|[1-9])\\s*月${IS_TIME}(?:末?日?までに?)?`,
    (named, fy) => {
      const [year, first, last] = [yearOf(named, fy), Number(named.month), Number(named.last)];
      return months(year, first, last < first ? last + 12 : last);
    },
  ),
  wording(`${YEAR}${MONTH}\\s*月${IS_TIME}${PART}?(?:末?日?までに?)?`, daysOfMonth),
  wording(
    `${MONTH}/(?<day>\\d{1,2})${WEEKDAY}(?=[のにで(~、・:\\s]|から|より|まで|以降|頃|開催|実施|予定|$)`,
    daysOfMonth,
  ),
  wording(`同月\\s*(?:(?<day>\\d{1,2})${DAY}|${PART})`, (named, _fy, _written, before) =>
    before === null ? null : days(Number(before.slice(0, 4)), Number(before.slice(5, 7)), named),
  ),
  wording(`(?:今|(?<coming>来))月\\s*(?:(?<day>\\d{1,2})\\s*日|${PART})?`, (named, _, written) => {
    if (written === null) return null;
    const month = written.month + (named.coming ? 1 : 0);
    return days(written.year + Math.floor(month / 13), month > 12 ? 1 : month, named);
  }),
  wording(
    `(?:${FISCAL}${OF})?第?\\s*(?<first>[1-4])(?:${TO}第?\\s*(?<last>[1-4]))*\\s*(?:四半期|Q)`,
    (named, fy) =>
      fiscalMonths(named, fy, Number(named.first) * 3 - 2, Number(named.last ?? named.first) * 3),
  ),
  wording(`(?:${FISCAL}${OF})?上半?期`, (named, fy) => fiscalMonths(named, fy, 1, 6)),
  wording(`(?:${FISCAL}${OF})?下半?期`, (named, fy) => fiscalMonths(named, fy, 7, 12)),
  wording(`${FISCAL}${OF}前半`, (named, fy) => fiscalMonths(named, fy, 1, 6)),
  wording(`${FISCAL}${OF}後半`, (named, fy) => fiscalMonths(named, fy, 7, 12)),
  wording(`${FISCAL}${OF}(?:当初|初め|はじめ|早々)`, (named, fy) => fiscalMonths(named, fy, 1, 1)),
  wording(`${FISCAL}(?:[内末]|中)`, (named, fy) => fiscalMonths(named, fy, 1, 12)),
  // A later year alone is a time where something begins with it or is to be ready for it: 来年度に向けて.
  wording(`${FISCAL}(?=[^、。]{0,12}(?:に向け|に備え|の前に)|から|より|以降)`, (named, fy) =>
    fiscalYear(named, fy) > fy ? fiscalMonths(named, fy, 1, 12) : null,
  ),
  wording('年内|年末(?!年始|調整)|[今本]年中', (_, fy) => fiscalMonths({}, fy, 1, 9)),
  wording('年明け(?!の?\\d)', (_, fy) => fiscalMonths({}, fy, 10, 10)),
  wording(
    `(?<!\\p{Script=Han})(?<season>今?夏|今?秋|今?冬|来春)(?=頃|ごろ|に|から|より|以降|まで|口|を(?=予定|目途|めど|目処))`,
    ({ season = '' }, fy) => months(westernYear(fy), ...(SEASONS[season.replace('今', '')] ?? [0, 0])),
  ),
];

/** It is to be ready before the period that is named. */
const BEFORE = /^~?\)?(?:の[^、。]{0,12}?)?(?:に向け|にむけ|に備え|前に)/;
/** It begins then, and no end is named. */
const BEGINS = /^(?:号|頃|ごろ)?(?:より|から|以降|~)/;
/** By then at the latest. */
const UNTIL = /まで/;
const UNTIL_AFTER = /^末?日?(?:頃|ごろ)?まで/;
/** The end of a period is what something is to be ready for: 年度末に向けて. */
const IS_END = /[内末中]$/;
/** How long it lasts from the date on. */
const LASTS = /^\s*(?:から|より)\s*(\d{1,2})\s*(?:[かヶケカ箇](月)|週)間/;
/** From the one date to the next. */
const STRETCH = /^\s*(?:から|~|-)\s*$/;
/** The date is of something that was done, and only tells which: ６月に行った調査の結果. */
const PAST = /^[^、。]*?(?:した|された|行った|行われた|開かれた)(?![。)]|$)/;
/** The date is of figures or words that something is made from. */
const OF_SOURCE =
  /^(?:分|末)?(?:時点)?の(?:実績|結果|データ|数値|状況|進捗)|^[^、。]*(?:を踏まえ|をもとに|を基に|に基づ)/;

/** The dates that a text names, in order; months without a year are of the fiscal year. 今月 needs to know when it was written. */
export function findWhen(text: string, fy: FiscalYear, written: Written | null = null): When[] {
  const found: (When & { at: number })[] = [];
  let rest = text;
  for (const { pattern, months: every } of RECURRENCES) {
    for (const match of rest.matchAll(pattern)) {
      const [from, to] = fiscalMonths({}, fy, 1, 12);
      found.push({ at: match.index, words: match[0], from, to, everyMonths: every(match) });
    }
    rest = rest.replace(pattern, (run) => '　'.repeat(run.length));
  }
  for (const { at, words, from, to } of stretches(datesIn(rest, fy, written), text)) {
    const after = text.slice(at + words.length);
    if (PAST.test(after) || OF_SOURCE.test(after)) continue;
    found.push({ at, words, ...related({ words, from, to }, after, fy) });
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...when }) => when);
}

interface Dated {
  at: number;
  words: string;
  from: IsoDay;
  to: IsoDay;
}

function datesIn(text: string, fy: FiscalYear, written: Written | null): Dated[] {
  const found: Dated[] = [];
  for (let at = 0; at < text.length; at++) {
    for (const { pattern, read } of WORDINGS) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (match === null) continue;
      const [words] = match;
      const span = read(match.groups ?? {}, fy, written, found.at(-1)?.to ?? null);
      if (span !== null && words !== '') found.push({ at, words, from: span[0], to: span[1] });
      at += words.length - 1;
      break;
    }
  }
  return found;
}

/** 10月から12月, 10月から3か月間: one time with both its ends. */
function stretches(dates: readonly Dated[], text: string): Dated[] {
  const found: Dated[] = [];
  for (const date of dates) {
    const last = found.at(-1);
    const between = last && text.slice(last.at + last.words.length, date.at);
    // What goes on from a later year is of that year: 令和8年10月から12月.
    const to = last && date.to < last.from ? yearLater(date.to) : date.to;
    if (last && STRETCH.test(between ?? '') && last.from <= to) {
      last.words = text.slice(last.at, date.at + date.words.length);
      last.to = to;
    } else found.push({ ...date });
  }
  return found.map((date) => {
    const [lasts, count, inMonths] = LASTS.exec(text.slice(date.at + date.words.length)) ?? [];
    if (lasts === undefined) return date;
    const to = inMonths ? monthsOn(date.from, Number(count)) : addDays(date.from, Number(count) * 7 - 1);
    return { ...date, words: `${date.words}${lasts}`, to };
  });
}

function related({ words, from, to }: Omit<Dated, 'at'>, after: string, fy: FiscalYear): Omit<When, 'words'> {
  const [first] = fiscalMonths({}, fy, 1, 1);
  if (BEFORE.test(after)) {
    const last = IS_END.test(words) ? to : addDays(from, -1);
    return { from: first < last ? first : last, to: last, relation: 'before' };
  }
  if (BEGINS.test(after)) return { from, to: from, relation: 'begins' };
  const isStretch = /から|~|-|より/.test(words);
  const isUntil = !isStretch && (UNTIL.test(words) || UNTIL_AFTER.test(after));
  return isUntil ? { from: first < to ? first : to, to } : { from, to };
}

function daysOfMonth(named: Named, fy: FiscalYear): Span | null {
  return days(yearOf(named, fy), Number(named.month), named);
}

/** A day or some, a part of a month or all of it. */
function days(year: number, month: number, { day, until, part = '' }: Named): Span | null {
  const end = lastDayOfMonth(year, month);
  const [first, last = Number(end.slice(8))] = day ? [day, until ?? day].map(Number) : (PARTS[part] ?? [1]);
  return first && last <= Number(end.slice(8))
    ? [isoDay({ year, month, day: first }), isoDay({ year, month, day: last })]
    : null;
}

/** 第2週 is its second seven days, 第3木曜日 its third Thursday. */
function nthOfMonth(named: Named, fy: FiscalYear): Span | null {
  const [year, month, nth] = [yearOf(named, fy), Number(named.month), Number(named.nth)];
  const first = addDays(isoDay({ year, month, day: 1 }), (nth - 1) * 7);
  if (first > lastDayOfMonth(year, month)) return null;
  if (named.weekday === undefined) {
    const last = addDays(first, 6);
    return [first, last < lastDayOfMonth(year, month) ? last : lastDayOfMonth(year, month)];
  }
  const day = addDays(first, ('日月火水木金土'.indexOf(named.weekday) - weekday(first) + 7) % 7);
  return day <= lastDayOfMonth(year, month) ? [day, day] : null;
}

/** The calendar year of a month: as it is named, else that of the fiscal year. */
function yearOf({ era, western, next, month }: Named, fy: FiscalYear): number {
  if (era) return 2018 + Number(era);
  if (western) return Number(western);
  return westernYear(fy) + (Number(month) < 4 || next ? 1 : 0);
}

function fiscalYear({ fiscal, next }: Named, fy: FiscalYear): FiscalYear {
  return fiscal ? Number(fiscal) : fy + (next ? 1 : 0);
}

/** Of a fiscal year, from one month to another, counted from April. */
function fiscalMonths(named: Named, fy: FiscalYear, first: number, last: number): Span {
  return months(westernYear(fiscalYear(named, fy)), first + 3, last + 3);
}

/** Months after December are of the next year. */
function months(year: number, first: number, last: number): Span {
  return [`${lastDayOfMonth(year, first).slice(0, 8)}01`, lastDayOfMonth(year, last)];
}

function yearLater(day: IsoDay): IsoDay {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
}

/** The last day of so many months from a day on. */
function monthsOn(day: IsoDay, count: number): IsoDay {
  const end = lastDayOfMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + count);
  const same = `${end.slice(0, 8)}${day.slice(8)}`;
  return addDays(same < end ? same : end, -1);
}
