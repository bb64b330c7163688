import { normalize } from './normalize.ts';

/** Text in the one form that questions and names are matched in. */
export interface Folded {
  /** NFKC, lower case, hiragana for katakana, without white space. */
  text: string;
  /** The same characters before kana and case were folded; as long as `text`. */
  plain: string;
  /** Indexes of `text` that white space stood before. */
  gaps: ReadonlySet<number>;
}

/** Katakana to hiragana; other characters stay. ヷ and its like have no hiragana and stay too. */
export function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

export function isKana(text: string): boolean {
  return /^[ぁ-ゖァ-ヺー]+$/.test(text);
}

function foldCharacter(character: string): string {
  // 3ヶ月, 3ヵ月 and 3か月 are one.
  if (character === 'ヶ' || character === 'ヵ') return 'か';
  const kana = toHiragana(character);
  const lower = kana.toLowerCase();
  return lower.length === kana.length ? lower : kana;
}

export function fold(input: string): Folded {
  const gaps = new Set<number>();
  let plain = '';
  let text = '';
  for (const character of normalize(input)) {
    if (/\s/.test(character)) {
      gaps.add(plain.length);
      continue;
    }
    plain += character;
    text += foldCharacter(character);
  }
  return { text, plain, gaps };
}

/** The folded form alone, for names and vocabulary. */
export function foldText(input: string): string {
  return fold(input).text;
}
