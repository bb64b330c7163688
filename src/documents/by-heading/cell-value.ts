import { BudgetStatus } from '../../model/budget-line.ts';
import type { Indicator, Unit } from '../../model/indicator.ts';
import type { Op } from '../../model/kpi.ts';
import { PRINTED_UNITS, YEN } from '../kpi/target.ts';

/** What a cell of a table holds. */
export type CellValue =
  | { kind: 'none' }
  /** 変更なし, 同左: what stands in the column beside it. */
  | { kind: 'same' }
  /** (削除), 廃止. */
  | { kind: 'removed' }
  | {
      kind: 'figure';
      value: number;
      unit: Unit | null;
      /** The counter where it is none of our units: 機関, 会場. */
      counter: string | null;
      scale: number;
      op: Op | null;
      text: string;
    }
  | { kind: 'relative'; op: Op | null; value: number | null; unit: Unit | null; text: string }
  | { kind: 'increment'; value: number; op: Op; text: string }
  | { kind: 'deed'; text: string }
  | { kind: 'text'; figures: number };

const NONE = /^(?:[―ー－-]+|なし|無し?|該当なし|設定なし|未設定|未定|\/|n\/?a|\*+|…|\.{2,}|集計中|調整中)$/i;
const SAME = /^[(（]?(?:変更なし|変更無し|同左|同右|同上|〃|据え?置き?)[)）]?$/;
const REMOVED = /^[(（【[〈]?\s*(?:削除|廃止|廃止項目|終了)\s*[)）】\]〉]?$/;
const NEW =
  /^[(（【[]\s*(?:新設|新規|新|拡充|継続|変更|見直し)\s*[)）】\]]|[(（【[]\s*(?:新設|新規|新)\s*[)）】\]]$/g;
/** 各支部とも対前年度以上: one cell for many branches. */
const OF_EACH = /^(?:各支部|全支部|全て|すべて|共通|一律)(?:とも|共通|一律)?[:：、で]?/;
const OPS: Record<string, Op> = { 以上: '>=', 超: '>=', 以下: '<=', 以内: '<=', 未満: '<=' };
const COUNTERS =
  '%|パーセント|ポイント|千円|百万円|万円|円|営業日|日間|日|事業所|社|人|名|件|医療機関|機関|会場|校|枠|圏域|施設|市町村|団体|か所|箇所|ヶ所|ヵ所|カ所|種類|回|点|本|枚|部|冊|組|歳|時間|店|台|区|地区|位|倍|校区|薬局|支部|者';
const FIGURE = new RegExp(
  `^(?:約|概ね|年間|累計|年度末|目標[:：]?)?([△▲+\\-]?)(\\d[\\d,]*(?:\\.\\d+)?)(万|千|億)?(${COUNTERS})?(?:[(（](?:[^()（）]*)[)）])?(以上|以下|以内|未満|超)?(?:(?:を)?(?:とする|(?:目指|めざ)す|維持(?:する)?))?[。]?$`,
);
const INCREMENT =
  /^(?:対?前年度?(?:実績|末)?(?:比|より|から|値)?[:：]?)?\+?(\d+(?:\.\d+)?)(?:ポイント|pt|%ポイント|p)(?:以上)?(?:の?(?:増加?|引き?上げ(?:る)?|上昇|改善|向上|プラス))?(?:以上)?(?:とする)?$/i;
/** 前年度以上, 対前年度末以下, 前年度(3.4%)以下: last year's figure may stand beside it. */
const RELATIVE =
  /^(?:年度末時点で?|年度末に?|年間)?(?:対前年度?|前年度?)(?:末|同期)?(?:実績|水準|比|並み)?(?:値)?(?:[(（]([^()（）]*)[)）])?(以上|以下|以内|並み以上|並み|超|を上回る|を下回る)?(?:とする|を維持)?(?:[(（]([^()（）]*)[)）])?$/;
const DEED =
  /^(?:実施|実施する|○|有|あり|毎月(?:実施|発信|配信)?|[^。]{0,60}(?:行う|実施|発信|配信|開催|推進|展開|運用)(?:する)?)$/;

/** Reads a cell whole: a cell that holds more than one figure is a text, for no one can say which is meant. */
export function readCell(printed: string): CellValue {
  const text = printed
    .replace(/\s+/g, '')
    .replace(NEW, '')
    .replace(OF_EACH, '')
    .replace(/※\d*$|\*\d+$|注\d$/, '');
  if (text === '' || NONE.test(text)) return { kind: 'none' };
  if (SAME.test(text)) return { kind: 'same' };
  if (REMOVED.test(text)) return { kind: 'removed' };
  const bare = text.replace(
    /[(（][^()（）]*(?:年度|実績|目標|前年|全国|現状|見込|うち|件|人|社|注)[^()（）]*[)）]$/,
    '',
  );
  if (NONE.test(bare)) return { kind: 'none' };
  const figure = FIGURE.exec(bare);
  // 67.0%(66.0%): no one can say which is meant.
  if (figure && /[(（]\d[\d,.]*(?:%|円|社|事業所)?[)）]/.test(bare)) return { kind: 'text', figures: 2 };
  if (figure) return figureOf(figure, bare);
  const increment = INCREMENT.exec(bare);
  if (increment?.[1]) return { kind: 'increment', value: Number(increment[1]), op: '>=', text: bare };
  const relative = RELATIVE.exec(text);
  if (relative) {
    const beside = readFigure(relative[1] ?? relative[3] ?? '');
    const op = relative[2] === undefined ? null : /以下|以内|下回/.test(relative[2]) ? '<=' : '>=';
    return { kind: 'relative', op, value: beside?.value ?? null, unit: beside?.unit ?? null, text };
  }
  const figures = bare.match(/\d[\d,.]*/g)?.length ?? 0;
  if (figures === 0 && DEED.test(bare)) return { kind: 'deed', text: bare };
  return { kind: 'text', figures };
}

function readFigure(text: string): { value: number; unit: Unit | null } | null {
  const value = FIGURE.exec(text);
  const figure = value ? figureOf(value, text) : null;
  return figure?.kind === 'figure' ? { value: figure.value, unit: figure.unit } : null;
}

function figureOf(match: RegExpExecArray, text: string): CellValue {
  const [, sign = '', digits = '', big = '', counter = '', comparison = ''] = match;
  const factor = big === '億' ? 1e8 : big === '万' ? 1e4 : big === '千' ? 1e3 : 1;
  const value = Number((Number(digits.replaceAll(',', '')) * factor).toFixed(6));
  const money = YEN[counter];
  const unit = money === undefined ? (PRINTED_UNITS[counter] ?? null) : '円';
  return {
    kind: 'figure',
    value: /[△▲-]/.test(sign) ? -value : value,
    unit,
    counter: counter === '' || unit !== null ? null : counter,
    scale: money ?? 1,
    op: OPS[comparison] ?? null,
    text,
  };
}

/** Whether a cell holds what a row of figures holds, so that its row is no row of headings. */
export function isValue(text: string): boolean {
  const value = readCell(text);
  if (value.kind === 'relative' && value.op === null) return false;
  return value.kind !== 'text' && value.kind !== 'none' && !(value.kind === 'deed' && text.length > 12);
}

/** 契約済み(3万枚), 契約済, 【新規】調達中: the status in its words, with what is said beside it. */
export function budgetStatusIn(text: string): BudgetStatus | null {
  const whole = text.replace(/契約済(?!み)/, '契約済み');
  const named = BudgetStatus.options.filter((status) => whole.includes(status));
  return named.length === 1 ? (named[0] ?? null) : null;
}

const OFFICES = new Set<Unit>(['事業所', '社', '件']);

/** Whether a figure of that unit or counter can be one of the indicator. */
export function fitsUnit({ unit }: Indicator, own: Unit | null, counter: string | null): boolean {
  if (unit === null) return own === null;
  if (counter !== null) return false;
  return own === null || own === unit || (OFFICES.has(own) && OFFICES.has(unit));
}
