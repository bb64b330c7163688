import {
  type Day,
  type FiscalYear,
  fiscalYearFromWestern,
  fiscalYearOf,
  type Quarter,
  quarterOfMonth,
} from '../model/fiscal-year.ts';

/** A stretch of time that text names; `from` and `to` are indexes, `to` exclusive. */
export type Period = { from: number; to: number } & (
  | { kind: 'year'; fy: FiscalYear /** Counted from today: 今年度. */; relative: boolean }
  /** 平成30年度, 2010年度: no 令和 year. */
  | { kind: 'before_reiwa' }
  /** 前年度, 前の年: counted from the year that is talked about. */
  | { kind: 'previous_year' }
  | { kind: 'next_year' }
  | { kind: 'quarter'; quarter: Quarter }
  | { kind: 'half'; half: 1 | 2 }
  | { kind: 'month'; month: number; fy: FiscalYear | null }
);

/** The numerals of one character; 元 is the first year of an era. */
export const NUMERALS: Readonly<Record<string, number>> = {
  元: 1,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
const NUMBER = '(?:\\d{1,2}|元|十?[一二三四五六七八九]|十)';
/** A number with no counter of its own, right after a year and 「と」. */
const ANOTHER_YEAR = /^(と|・|、|から|~)(\d{1,2})(?:年度?)?(?![\d.,%年月日期か件人社名回枚千万億円位つ四時])/;
const RELATIVE: [RegExp, number][] = [
  [/(?:一昨年度?|おととし|先々年度)末?/g, -2],
  [/(?:昨年度?|去年度?|きょねん|さくねんど?)末?/g, -1],
  [/(?:今年度?|本年度|今期|ことし|こんねんど)/g, 0],
  [/(?:来年度?|次年度|翌年度)(?!から)/g, 1],
];

const RELATIVE_MONTHS: [RegExp, number][] = [
  [/先月/g, -1],
  [/今月/g, 0],
  [/来月|翌月/g, 1],
];

function number(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return [...text].reduce((sum, character) => sum + (NUMERALS[character] ?? 0), 0);
}

function year(fy: number, from: number, to: number, relative = false): Period {
  return fy >= 1 && fy <= 99 ? { kind: 'year', fy, relative, from, to } : { kind: 'before_reiwa', from, to };
}

function monthOfYear(western: number, month: number, from: number, to: number): Period {
  const fy = fiscalYearOf({ year: western, month, day: 1 });
  return fy < 1 ? { kind: 'before_reiwa', from, to } : { kind: 'month', month, fy, from, to };
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

/** No plan is of a later 令和 year: 「令和3年度、95ちょうど」 names one year. */
const LATEST = 30;

/** Japanese years, western years, relative years, quarters and months in folded text, in order. */
export function findPeriods(text: string, today: Day): Period[] {
  const found: Period[] = [];
  const taken = (from: number, to: number) => found.some((p) => from < p.to && to > p.from);
  const take = (
    pattern: RegExp,
    read: (match: RegExpMatchArray, from: number, to: number) => Period | null,
  ) => {
    for (const match of text.matchAll(pattern)) {
      const from = match.index ?? 0;
      const to = from + match[0].length;
      const period = taken(from, to) ? null : read(match, from, to);
      if (period !== null) found.push(period);
    }
  };
  const current = fiscalYearOf(today);

  take(new RegExp(`(?:令和|れいわ)(${NUMBER})年(\\d{1,2})月`, 'g'), (m, from, to) => {
    const month = Number(m[2]);
    return isMonth(month) ? monthOfYear(2018 + number(m[1] ?? ''), month, from, to) : null;
  });
  take(
    new RegExp(`(?:令和|令(?!和)|れいわ|(?<![a-z])r\\.?)(${NUMBER})(?:年度?末?|fy)?(?![\\d.%])`, 'g'),
    (m, from, to) => year(number(m[1] ?? ''), from, to),
  );
  take(new RegExp(`(?:平成|昭和|(?<![a-z])h)(${NUMBER})(?:年度?)?(?![\\d.%])`, 'g'), (_m, from, to) => ({
    kind: 'before_reiwa',
    from,
    to,
  }));
  take(
    /(?:fy)?(20\d\d)(?:年(\d{1,2})月|年度?末?|(?![\d,.%]|事業|社|円|件|人|名|以|を|より|千|万))/g,
    (m, from, to) => {
      const western = Number(m[1]);
      const month = Number(m[2]);
      return isMonth(month)
        ? monthOfYear(western, month, from, to)
        : year(fiscalYearFromWestern(western), from, to);
    },
  );
  // 令和6と7: the second number is a year because it follows one.
  for (let at = 0; at < found.length; at++) {
    const before = found[at];
    if (before?.kind !== 'year') continue;
    const also = ANOTHER_YEAR.exec(text.slice(before.to));
    if (also === null || Number(also[2]) > LATEST) continue;
    const [whole, joint = '', second] = also;
    const [from, to] = [before.to + joint.length, before.to + whole.length];
    if (!taken(from, to)) found.push(year(Number(second), from, to));
  }
  take(/(?<![\d.])(\d{1,2})年度末?/g, (m, from, to) => year(Number(m[1]), from, to));
  take(/(?<![\d.])(\d{1,2}|[一二三四五六七八九])年前/g, (m, from, to) =>
    year(current - number(m[1] ?? ''), from, to, true),
  );
  for (const [pattern, offset] of RELATIVE) {
    take(pattern, (_m, from, to) => year(current + offset, from, to, true));
  }
  take(/(?<!対)(?:前の?年度?|前年度?|ぜんねんど?|前回の年)末?/g, (_m, from, to) => ({
    kind: 'previous_year',
    from,
    to,
  }));
  take(/次の年度?/g, (_m, from, to) => ({ kind: 'next_year', from, to }));
  take(/第?([1-4一二三四])(?:四半期|し半期|しはんき|q(?![a-z]))|(?<![a-z])q([1-4])/g, (m, from, to) => {
    const quarter = number(m[1] ?? m[2] ?? '');
    return { kind: 'quarter', quarter: quarter as Quarter, from, to };
  });
  take(/(\d{1,2})月?(?:~|-|から|・|、)(\d{1,2})月(?:期|分)?/g, (m, from, to) => {
    const [first, last] = [Number(m[1]), Number(m[2])];
    const whole = isMonth(first) && isMonth(last) && quarterOfMonth(first) === quarterOfMonth(last);
    return whole ? { kind: 'quarter', quarter: quarterOfMonth(first), from, to } : null;
  });
  for (const [pattern, offset] of RELATIVE_MONTHS) {
    take(pattern, (_m, from, to) => {
      const month = ((today.month - 1 + offset + 12) % 12) + 1;
      return { kind: 'month', month, fy: null, from, to };
    });
  }
  take(/上半?期|下半?期/g, (m, from, to) => ({
    kind: 'half',
    half: m[0].startsWith('上') ? 1 : 2,
    from,
    to,
  }));
  take(/(?<![\d.])(\d{1,2})月(?!間)(?:時点|末|分)?/g, (m, from, to) =>
    isMonth(Number(m[1])) ? { kind: 'month', month: Number(m[1]), fy: null, from, to } : null,
  );
  return found.sort((a, b) => a.from - b.from);
}
