import { type Branch, HEAD_OFFICE } from '../../model/branch.ts';
import { type FiscalYear, fiscalYearFromWestern } from '../../model/fiscal-year.ts';
import type { Line } from '../lines.ts';

/** 令和7年度, 令和七年度, 令和7(2025)年度, R7年度, 2025年度, 2025(令和7)年度. */
const YEAR =
  /(?:令和|R)\s*(元|\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[(（]\d{4}[)）]\s*)?年度|(20\d{2})\s*(?:[(（]令和\s*\S{1,3}[)）]\s*)?年度/g;
/** The year that a meeting is counted in is not the plan's: 令和6年度第3回評議会. */
const MEETING = /(?:(?:令和|R)\s*\S{1,3}\s*年度\s*)?(?:\S{0,8}支部)?(?<!\s)\s*第\s*\d+\s*回\s*\S*?評議会/g;
const KANJI_DIGITS = '〇一二三四五六七八九';

/** The fiscal years that a text names, in order. */
export function fiscalYearsIn(text: string): FiscalYear[] {
  return [...text.replace(MEETING, '').matchAll(YEAR)].map((match) =>
    match[2] === undefined ? eraYear(match[1] ?? '') : fiscalYearFromWestern(Number(match[2])),
  );
}

/** A text without the years that it names. */
export function withoutYears(text: string): string {
  return text.replace(YEAR, '');
}

function eraYear(digits: string): FiscalYear {
  if (digits === '元') return 1;
  if (/^\d+$/.test(digits)) return Number(digits);
  const [tens, ones] = digits.includes('十') ? digits.split('十') : ['', digits];
  const ten = digits.includes('十') ? 10 * (tens === '' ? 1 : KANJI_DIGITS.indexOf(tens ?? '')) : 0;
  return ten + Math.max(0, KANJI_DIGITS.indexOf(ones ?? ''));
}

/** What may stand right before a branch's name: the name of a place that goes on to the left is another place. */
const BEFORE_BRANCH = /(?:^|[^一-龠々]|協会|保険|年度|回|各|当|同|他|及び|並びに|第)$/;

/** The branches that a text names as 支部, and the head office, in order of their places: 東京都支部 is 東京, never 京都. */
export function branchesIn(text: string, branches: readonly Branch[]): string[] {
  if (!text.includes('支部') && !text.includes(HEAD_OFFICE)) return [];
  const found: { at: number; end: number; name: string }[] = [];
  for (const { name, prefecture } of branches) {
    const words = name === HEAD_OFFICE ? [HEAD_OFFICE] : [`${name}支部`, `${prefecture}支部`];
    for (const word of words) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        found.push({ at, end: at + word.length, name });
      }
    }
  }
  found.sort((a, b) => a.at - b.at || b.end - a.end);
  let reach = 0;
  return found
    .filter(({ end }) => {
      const within = end <= reach;
      reach = Math.max(reach, end);
      return !within;
    })
    .filter(({ at, name }) => name === HEAD_OFFICE || BEFORE_BRANCH.test(text.slice(Math.max(0, at - 3), at)))
    .map(({ name }) => name);
}

/** The branch that a text is about: the one it names most often; the head office where its title says so. */
export function mainBranch(lines: readonly Line[], branches: readonly Branch[]): string | null {
  const titled = branchesIn(headTitle(lines) ?? '', branches);
  if (titled[0] !== undefined) return titled[0];
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const name of branchesIn(line.text, branches)) {
      if (name !== HEAD_OFFICE) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? null;
}

/** Title lines of a document: those of its head that name a plan. */
export function headTitle(lines: readonly Line[]): string | null {
  const head = lines.slice(0, 12).map((line) => line.text.replace(MEETING, '').replace(/\s+/g, ' ').trim());
  const titled = head.filter((text) => /事業計画/.test(text) && text.length <= 60 && !text.includes('\t'));
  const title = titled.find((text) => fiscalYearsIn(text).length > 0) ?? titled[0];
  return title === undefined ? null : tidyTitle(title);
}

export function tidyTitle(title: string): string {
  return title
    .replace(/令和\s*(元|\d+)\s*年度/g, '令和$1年度')
    .replace(/[(（](.+?)[)）]/g, '（$1）')
    .replace(/(事業計画(?:（案）)?)及び.*$/, '$1')
    .replace(/について$/, '');
}
