import { compact } from '../japanese/normalize.ts';
import { type IsoDay, isoDay, lastDayOfMonth } from '../model/calendar-day.ts';
import { type FiscalYear, fiscalYearFromWestern, westernYear } from '../model/fiscal-year.ts';

/** What a cell says, or why it cannot be taken: the reason is a whole Japanese sentence without its full stop. */
export type CellRead<T> = { value: T } | { problem: string };

export function problem(text: string): { problem: string } {
  return { problem: text };
}

const ERA = '(?:令和|R)\\.?';

function eraYear(digits: string): number {
  return westernYear(digits === '元' ? 1 : Number(digits));
}

/** 令和7年度, R7, 7, 2025年度. */
export function readYear(text: string): CellRead<FiscalYear> {
  const plain = compact(text).toUpperCase();
  const western = /^(20\d\d)(?:年度?)?$/.exec(plain);
  if (western) return { value: fiscalYearFromWestern(Number(western[1])) };
  const era = new RegExp(`^(?:${ERA})?(\\d{1,2}|元)(?:年度?)?$`).exec(plain);
  const fy = era?.[1] === '元' ? 1 : Number(era?.[1] ?? 0);
  return fy >= 1 ? { value: fy } : problem('年度として読めません（例: 令和7年度）');
}

const DAY_FORMS: readonly {
  pattern: RegExp;
  read: (m: RegExpExecArray) => [number, number, number | null];
}[] = [
  {
    pattern: /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:T.*)?$/,
    read: ([, y, m, d]) => [Number(y), Number(m), d === undefined ? null : Number(d)],
  },
  {
    pattern: /^(\d{4})年(\d{1,2})月(?:(\d{1,2})日|末)?$/,
    read: ([, y, m, d]) => [Number(y), Number(m), d === undefined ? null : Number(d)],
  },
  {
    pattern: new RegExp(`^${ERA}(\\d{1,2}|元)[年./-](\\d{1,2})(?:[./-](\\d{1,2})|月(?:(\\d{1,2})日|末)?)?$`),
    read: ([, y, m, d, d2]) => [
      eraYear(y ?? ''),
      Number(m),
      d === undefined && d2 === undefined ? null : Number(d ?? d2),
    ],
  },
];

/**
 * The day that a figure is of, YYYY-MM-DD: 2025/9/30, 令和7年9月末, R7.9.30; with the year also 9月末, 第2四半期,
 * 年度末. A month alone means its last day.
 */
export function readAsOf(text: string, fy: FiscalYear | null): CellRead<IsoDay> {
  const plain = compact(text)
    .toUpperCase()
    .replace(/(?:時点|現在)$/, '');
  for (const { pattern, read } of DAY_FORMS) {
    const match = pattern.exec(plain);
    if (match) return dayIn(...read(match));
  }
  const month = monthAlone(plain);
  if (month !== null && fy !== null) {
    return dayIn(westernYear(fy) + (month.month < 4 ? 1 : 0), month.month, month.day);
  }
  return problem(
    month === null
      ? '日付として読めません（例: 2025-09-30、令和7年9月末）'
      : '年が分かりません。「年度」の列を入れるか、年から書いてください',
  );
}

function monthAlone(plain: string): { month: number; day: number | null } | null {
  const month = /^(\d{1,2})月(?:(\d{1,2})日|末)?$/.exec(plain);
  if (month) return { month: Number(month[1]), day: month[2] === undefined ? null : Number(month[2]) };
  const quarter = /^(?:第?([1-4])四半期末?|Q([1-4])|([1-4])Q)$/.exec(plain);
  if (quarter)
    return { month: ((Number(quarter[1] ?? quarter[2] ?? quarter[3]) * 3 + 2) % 12) + 1, day: null };
  return plain === '年度末' ? { month: 3, day: null } : null;
}

function dayIn(year: number, month: number, day: number | null): CellRead<IsoDay> {
  const last = lastDayOfMonth(year, month);
  const text = day === null ? last : isoDay({ year, month, day });
  const exists = month >= 1 && month <= 12 && (day === null || day >= 1) && text <= last;
  return exists ? { value: text } : problem('ない日付です');
}
