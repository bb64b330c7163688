import { westernYear } from '../model/fiscal-year.ts';

/** A number or year of a text in its normal form: 1,200 → 1200; 令和3年度, R3年度 and 2021年度 → 2021年. */
export interface Numeral {
  base: string;
  /** UTF-16 units of normalised text that it takes. */
  length: number;
}

const HEISEI_OFFSET = 1988;
const ERA_YEAR = /(令和|平成|[RH](?=\d{1,2}(?![A-Za-z\d])))\s?(元|\d{1,2})\s?(?:年度|年)?/uy;
const WESTERN_YEAR = /((?:19|20)\d{2})\s?年(?:度)?/y;
const STARTS = /[\d令平RH]/;
const NUMBER = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/y;

/** The numeral that starts at `at` in normalised text, or undefined. */
export function numeralAt(text: string, at: number): Numeral | undefined {
  if (!STARTS.test(text.charAt(at))) return undefined;
  const era = match(ERA_YEAR, text, at);
  if (era && !isLatin(text[at - 1])) {
    const year = era[2] === '元' ? 1 : Number(era[2]);
    const western = era[1] === '令和' || era[1] === 'R' ? westernYear(year) : HEISEI_OFFSET + year;
    return { base: `${western}年`, length: era[0].length };
  }
  const western = match(WESTERN_YEAR, text, at);
  if (western) return { base: `${western[1]}年`, length: western[0].length };
  const number = match(NUMBER, text, at);
  if (number) return { base: number[0].replaceAll(',', ''), length: number[0].length };
  return undefined;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z]/.test(character);
}
