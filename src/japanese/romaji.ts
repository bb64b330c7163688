const ROWS: Readonly<Record<string, string>> = {
  '': 'あいうえお',
  k: 'かきくけこ',
  g: 'がぎぐげご',
  s: 'さしすせそ',
  z: 'ざじずぜぞ',
  t: 'たちつてと',
  d: 'だぢづでど',
  n: 'なにぬねの',
  h: 'はひふへほ',
  b: 'ばびぶべぼ',
  p: 'ぱぴぷぺぽ',
  m: 'まみむめも',
  r: 'らりるれろ',
};
const SINGLE: Readonly<Record<string, string>> = {
  や: 'ya',
  ゆ: 'yu',
  よ: 'yo',
  わ: 'wa',
  を: 'o',
  ゔ: 'bu',
};
const SMALL_Y: Readonly<Record<string, string>> = { ゃ: 'ya', ゅ: 'yu', ょ: 'yo' };
const SMALL_VOWEL: Readonly<Record<string, string>> = { ぁ: 'a', ぃ: 'i', ぅ: 'u', ぇ: 'e', ぉ: 'o' };

const SYLLABLES = new Map(
  Object.entries(ROWS).flatMap(([consonant, row]) =>
    [...row].map((kana, index) => [kana, `${consonant}${'aiueo'.charAt(index)}`] as const),
  ),
);
for (const [kana, latin] of Object.entries(SINGLE)) SYLLABLES.set(kana, latin);

/** Hepburn and the forms that input methods take, in the one spelling of `toRomaji`. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/sh(?=[auo])/g, 'sy'],
  [/shi/g, 'si'],
  [/[tc](?=ch)/g, 't'],
  [/ch(?=[aueo])/g, 'ty'],
  [/chi/g, 'ti'],
  [/ts/g, 't'],
  [/f/g, 'h'],
  [/di|ji/g, 'zi'],
  [/du|dzu/g, 'zu'],
  [/jy?(?=[aueo])/g, 'zy'],
  [/l/g, 'r'],
  [/m(?=[bpm])/g, 'n'],
  [/n['’]/g, 'n'],
  [/n{2,}/g, 'n'],
  [/ou/g, 'o'],
  [/([aiueo])(?:\1|-)+/g, '$1'],
];

/** Romaji as people type it, in one spelling without long vowels: Tōkyō, toukyou, tokyo → tokyo. */
export function foldRomaji(typed: string): string {
  const plain = typed
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\s]/g, '')
    .toLowerCase();
  return SPELLINGS.reduce((text, [pattern, spelling]) => text.replace(pattern, spelling), plain);
}

/** A reading in hiragana in the spelling of `foldRomaji`; other characters stay. */
export function toRomaji(reading: string): string {
  let text = '';
  let doubles = false;
  for (const kana of reading) {
    const glide = SMALL_Y[kana];
    const vowel = SMALL_VOWEL[kana];
    if (glide !== undefined) text = text.replace(/i$/, '') + glide;
    else if (vowel !== undefined) text = text.replace(/i$/, 'y').replace(/[aueo]$/, '') + vowel;
    else if (kana === 'っ') doubles = true;
    else if (kana === 'ん') text += 'n';
    else if (kana !== 'ー') {
      const syllable = SYLLABLES.get(kana) ?? kana;
      text += doubles ? `${syllable.charAt(0)}${syllable}` : syllable;
      doubles = false;
    }
  }
  return foldRomaji(text);
}
