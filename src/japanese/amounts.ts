/** A number in text with what it counts; `from` and `to` are indexes, `to` exclusive. */
export interface Amount {
  /** In the unit itself: 千円 and 億円 become yen, 割 becomes per cent. */
  value: number;
  /** %, 円, 件, 人, 事業所 …; null where none follows. */
  unit: string | null;
  from: number;
  to: number;
}

const KANJI_DIGITS = '〇一二三四五六七八九';
const SCALES: Record<string, number> = {
  億: 100_000_000,
  千万: 10_000_000,
  百万: 1_000_000,
  万: 10_000,
  千: 1_000,
};
const UNITS: Record<string, string> = {
  '%': '%',
  パーセント: '%',
  ぱーせんと: '%',
  ぱー: '%',
  ポイント: 'ポイント',
  ぽいんと: 'ポイント',
  事業所: '事業所',
  社: '社',
  円: '円',
  件: '件',
  人: '人',
  名: '人',
  日: '日',
};
const AMOUNT =
  /([一二三四五六七八九]|(?<![\d.,])\d)割([一二三四五六七八九\d])?分?|(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(億|千万|百万|万|千)?(%|パーセント|ぱーせんと|ぱー(?!せ)|ポイント|ぽいんと|事業所|社|円|件|人|名|日)?|(?<![\d.])(億|千万|百万|万|千)(円)/g;

function digit(text: string): number {
  const kanji = KANJI_DIGITS.indexOf(text);
  return kanji >= 0 ? kanji : Number(text);
}

/** Scaling by powers of ten leaves binary dust (0.1億); figures in plans have at most six decimals. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}

/** Amounts in text that NFKC has been applied to, in order. */
export function findAmounts(text: string): Amount[] {
  const found: Amount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const [whole, tenths, hundredths, digits, decimals, scale, unit, bareScale] = match;
    const from = match.index;
    const to = from + whole.length;
    if (tenths !== undefined) {
      found.push({ value: digit(tenths) * 10 + (hundredths ? digit(hundredths) : 0), unit: '%', from, to });
      continue;
    }
    if (bareScale !== undefined) {
      found.push({ value: SCALES[bareScale] ?? 1, unit: '円', from, to });
      continue;
    }
    const number = Number(`${(digits ?? '').replaceAll(',', '')}${decimals ?? ''}`);
    const value = tidy(number * (scale === undefined ? 1 : (SCALES[scale] ?? 1)));
    found.push({ value, unit: unit === undefined ? null : (UNITS[unit] ?? null), from, to });
  }
  return found;
}

/** 30360000 → 30,360,000円. */
export function formatYen(yen: number): string {
  return `${formatNumber(yen)}円`;
}

/** At most `decimals` places, with thousands separators; 0.30000000000000004 → 0.3. */
export function formatNumber(value: number, decimals = 6): string {
  const [whole = '0', fraction] = String(Number(Math.abs(value).toFixed(decimals))).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const sign = value < 0 ? '-' : '';
  return fraction === undefined ? `${sign}${grouped}` : `${sign}${grouped}.${fraction}`;
}

/** How many decimals a figure is printed with: 88.30％ → 2. */
export function decimalsOf(text: string): number {
  return /\d\.(\d+)/.exec(text.normalize('NFKC'))?.[1]?.length ?? 0;
}
