/**
 * The signs by which plans set off their KPIs and number their items. All read text in the form of `plain`.
 */

/** ■KPI：, ■ KPI, 【KPI】, 《KPI》, KPI:, ■令和3年度目標(KPI): at the head of a line. A bare word KPI in prose is no mark. */
const SIGNED_MARK =
  /^(?:[■□◆◇●○◎★▼]\s*)+(?:令和\d+年度\s*|令和\s*\d+\s*年度\s*)?(?:の?(?:数値)?目標)?\s*[【《〈<([]?\s*K\s*P\s*I(?![ぁ-ヶ一-龠])\s*(?:[(（](?:令和\s*\d+\s*年度|案)[)）]\s*)?[】》〉>)\]]?\s*[:：;]?\s*/i;
const BRACKETED_MARK = /^・?\s*[【《〈<[]\s*K\s*P\s*I\s*(?:目標|指標)?\s*[】》〉>\]]\s*[:：;]?\s*/i;
const PLAIN_MARK = /^・?\s*K\s*P\s*I\s*(?:目標|指標)?\s*[:：]\s*/i;

/** ◎ 成果指標(KPI), 【数値目標】, 目標指標：: what offices write instead, with a sign, brackets or a colon, or on a line of its own. */
const NAMED_MARK =
  /^(?:[■□◆◇●○◎★▼▶・※]\s*)*[【《〈<([［]?\s*(?:令和\d+年度の?\s*|重点\s*)?(?:成果指標|評価指標|目標指標|重要業績評価指標|達成指標|業績指標)\s*(?:[(（[]\s*KPI\s*[)）\]])?\s*(?:[】》〉>)\]］]\s*[:：]?\s*|[:：]\s*|$)/i;

/** 【数値目標】, 目標：: the mark of a plan that has no mark of KPIs. Beside such marks these are goals of another kind. */
const GOAL_MARK =
  /^(?:[■□◆◇●○◎★▼▶・※]\s*)*(?:[【《〈<(〔[［]\s*(?:令和\d+年度の?\s*)?(?:支部)?(?:(?:数値|達成|成果|年度|重点)?目標値?|重点指標|主要指標|指標)\s*[】》〉>)〕\]］]\s*[:：]?\s*|(?:令和\d+年度の?\s*)?(?:支部)?(?:数値|達成|成果|年度|重点)?目標値?\s*(?:[:：]\s*|$))/;

/** Length of the mark of a goal at the head of the text; 0 where there is none. */
export function goalMarkLength(text: string): number {
  return GOAL_MARK.exec(text)?.[0].length ?? 0;
}

/** A line whose KPI list repeats the plan's KPIs, with or without the figures of another year. */
const KPI_LIST = /KPI\s*一覧|KPI\s*の.{0,12}対比表/i;

/** The signs of 1 to 20. */
export const ENCLOSED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const ROMAN = ['ⅰ', 'ⅱ', 'ⅲ', 'ⅳ', 'ⅴ', 'ⅵ', 'ⅶ', 'ⅷ', 'ⅸ', 'ⅹ'];
const ROMAN_LATIN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'];
const KANA = 'アイウエオカキクケコ';

export interface ItemMark {
  /** ① and ② are of one style; so are ア and イ. */
  style: 'enclosed' | 'paren' | 'number' | 'roman' | 'kana' | 'sign';
  /** 1 for ①; 0 for a sign such as ■ that does not count. */
  ordinal: number;
  /** Length of the mark in the text. */
  length: number;
}

/** Length of the KPI mark at the head of the text; 0 where there is none. */
export function kpiMarkLength(text: string): number {
  const mark =
    SIGNED_MARK.exec(text) ?? BRACKETED_MARK.exec(text) ?? PLAIN_MARK.exec(text) ?? NAMED_MARK.exec(text);
  return mark?.[0].length ?? 0;
}

export function isKpiListTitle(text: string): boolean {
  return KPI_LIST.test(text) && text.length <= 60;
}

/** The number or sign that opens an item: ①, 1), (1), 1-2), ⅱ), Ⅱ., ア., ■. */
export function itemMark(text: string): ItemMark | null {
  const enclosed = /^[:：]?\s*([①-⑳])\s*[.)]?\s*/.exec(text);
  if (enclosed)
    return {
      style: 'enclosed',
      ordinal: ENCLOSED.indexOf(enclosed[1] ?? '') + 1,
      length: enclosed[0].length,
    };
  const roman = /^\(?\s*([ⅰ-ⅹⅠ-Ⅹ]|[ivx]{1,4}(?=[.)])|[IVX]{1,4}(?=[.)]))\s*[.)]?\s*/.exec(text);
  if (roman) {
    const sign = (roman[1] ?? '').toLowerCase();
    return {
      style: 'roman',
      ordinal: Math.max(ROMAN.indexOf(sign), ROMAN_LATIN.indexOf(sign)) + 1,
      length: roman[0].length,
    };
  }
  const paren = /^(?:\(\s*(\d{1,2})\s*\)|(\d{1,2}(?:-\d{1,2})?)\s*\))\s*/.exec(text);
  if (paren) {
    const digits = (paren[1] ?? paren[2] ?? '').split('-').at(-1);
    return { style: 'paren', ordinal: Number(digits), length: paren[0].length };
  }
  const number = /^(\d{1,2})\s*[.．](?!\d)\s*/.exec(text);
  if (number) return { style: 'number', ordinal: Number(number[1]), length: number[0].length };
  const kana = /^\(?([ア-コ])(?:\s*[.)．]\s*|\s+(?=\S))/.exec(text);
  if (kana) return { style: 'kana', ordinal: KANA.indexOf(kana[1] ?? '') + 1, length: kana[0].length };
  // Fonts of word processors leave their bullets in the private use area.
  const sign = /^[■□◆◇▪◾\uE000-\uF8FF]+\s*/.exec(text);
  if (sign) return { style: 'sign', ordinal: 0, length: sign[0].length };
  return null;
}

/** A list bullet: what follows is a measure, not a KPI. */
export function isBullet(text: string): boolean {
  return /^[・•◦‣○〇●◎▼▽★☆◇>→⇒-]/.test(text);
}

/** A footnote, a reference figure or a split that stands beside a statement and is no part of it. */
export function isNote(text: string): boolean {
  if (
    /^(?:令和|平成)\s*(?:元|\d+)\s*年(?:度|\s*\d+\s*月)(?!.{0,12}以[上下内]).{0,12}(?:実績|見込|現在)/.test(
      text,
    )
  )
    return true;
  if (/^[(（][^)）]*[)）]\s*$/.test(text) && !/以[上下内]/.test(text)) return true;
  return /^(?:[(（]\s*[※*]|[※*＊]|[【＜<(〔]\s*(?:参考|内訳|注|再掲|実績)|注\s*\d?[)）.:：]|参考[:：])/.test(
    text,
  );
}

/** Goals of other kinds that stand beside KPIs: 支部目標, 健診数値目標, 上位目標. */
export function isOtherGoal(text: string): boolean {
  return /^[■□◆○〇●・(【《\s]*(?:支部(?:独自)?|独自|健診)?(?:数値)?(?:上位|中位|下位)?目標(?!\s*[(（]?\s*KPI)/.test(
    text,
  );
}
