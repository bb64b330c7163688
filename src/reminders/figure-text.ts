import { formatBranch } from '../model/branch.ts';
import {
  decimalsFor,
  difference,
  formatReminderNumber,
  guideOf,
  quoted,
  reminderIndicatorName,
  rounded,
  sentenceUnit,
  shown,
  withSentenceUnit,
  YARDSTICK_NAMES,
} from '../model/figure-words.ts';
import type { Unit, Yardstick } from '../model/indicator.ts';
import { isLowerBetter } from '../model/judgement.ts';
import type { Kpi } from '../model/kpi.ts';
import { formatSource } from '../model/source.ts';
import type { Standing } from '../model/standing.ts';

/** A figure that is behind, with all that its sentences say. */
export interface Fallen {
  standing: Standing;
  yardstick: Yardstick;
  /** Null for a milestone. */
  gap: number | null;
  /** From April, at the as-of date. */
  months: number;
  /** Nothing can be added any more: no pace is told. */
  isYearOver: boolean;
}

export interface FigureText {
  /** Stands alone: actual, target, what was expected and how it is computed, the gap, the pace, the source. */
  text: string;
  /** Name, actual with its as-of date, target, gap. */
  line: string;
  /** Yardstick and pace. */
  detail: string;
}

export function figureText(fallen: Fallen): FigureText {
  const { standing, gap, yardstick } = fallen;
  const { kpi, indicator, judgement } = standing;
  const { expected, target } = judgement;
  const actual = kpi.actual?.value ?? null;
  const name = reminderIndicatorName(kpi.indicator, indicator);
  const alone = `${formatBranch(kpi.branch)} ${name}`;
  const source = `（${sourcesOf(kpi)}）`;
  const asOf = kpi.actual?.asOf ?? '';
  if (actual === null || expected === null || target === null || gap === null) {
    const has = `${quoted(kpi.actual?.text ?? '')}（${asOf}${finalMissing(fallen)}）`;
    return {
      text: `${alone}：実績${has}。${milestoneWords(fallen)}${source}`,
      line: `${name}　${has}／目標 ${quoted(kpi.target.text)}`,
      detail: milestoneWords(fallen),
    };
  }
  const unit = sentenceUnit(kpi, indicator);
  const guide = guideOf(standing);
  const against = guide?.value ?? shown(expected, unit, Math.max(decimalsFor(gap), 2));
  // The difference of the figures that are shown, so that whoever subtracts them finds the same.
  const far = rounded(Math.abs(against - actual), MOST_SHOWN);
  const lower = isLowerBetter(kpi, indicator);
  const wanted = targetWords(kpi, target, unit);
  const figure = asPrinted(kpi, actual, unit);
  const has = `実績${figure}（${asOf}）、目標${wanted}`;
  const kind = `（${YARDSTICK_NAMES[yardstick]}の指標）`;
  const by = `を${difference(far, unit)}${lower ? '上回って' : '下回って'}います`;
  const measure =
    guide === null ? `目標${by}${kind}。` : `この時点の目安${guide.figure}＝${guide.from}${kind}${by}。`;
  const next = pace(fallen, { target, actual, unit });
  const place =
    guide === null
      ? `目標とそのまま比較（${YARDSTICK_NAMES[yardstick]}）`
      : `この時点の目安 ${guide.figure}（${YARDSTICK_NAMES[yardstick]}）`;
  return {
    text: `${alone}：${has}。${measure}${next}${source}`,
    line: `${name}　${figure}（${asOf}${finalMissing(fallen)}）／目標 ${wanted}　▲${difference(far, unit)}`,
    detail: next === '' ? place : `${place}　${next}`,
  };
}

const MOST_SHOWN = 6;

/** The year has ended, and what it ended with is not known. */
function finalMissing({ isYearOver, months }: Fallen): string {
  return isYearOver && months < 12 ? '、年度末は未報告' : '';
}

function milestoneWords({ standing: { kpi }, months }: Fallen): string {
  return months === 12
    ? `年度末までの目標「${kpi.target.text}」に届いていません。`
    : `毎月の目標「${kpi.target.text}」に対し、実施していないと報告されています。`;
}

/** The figure's place, and the target's where it is another. */
function sourcesOf({ source, actualSource }: Kpi): string {
  const places = actualSource
    ? [formatSource(actualSource), `目標は${formatSource(source)}`]
    : [formatSource(source)];
  return places.join('、');
}

/** 1.0％ stays 1.0％. */
function asPrinted({ actual }: Kpi, value: number, unit: Unit | null): string {
  const text = actual?.text.trim() ?? '';
  return /[^\d.,]$/.test(text) ? text : withSentenceUnit(value, unit);
}

/** As printed, unless it is printed in another word for the same unit, or is last year's figure. */
function targetWords({ target: { text, relative, value } }: Kpi, target: number, unit: Unit | null): string {
  if (relative !== null && value === null) return `${text}（前年度${withSentenceUnit(target, unit)}）`;
  const isCount = unit === '社' || unit === '事業所';
  return isCount ? text.replace(/社|事業所/, unit) : text;
}

interface Way {
  target: number;
  actual: number;
  unit: Unit | null;
}

function pace({ months, yardstick, isYearOver }: Fallen, { target, actual, unit }: Way): string {
  const left = 12 - months;
  const missing = rounded(Math.abs(target - actual), MOST_SHOWN);
  if (left <= 0) return '年度末の実績です。';
  if (isYearOver) return '年度は終わりましたが、年度末の実績の報告がありません。';
  if (yardstick === 'level') return '';
  const each = missing / left;
  // Rounded up, so that so much a month reaches the target.
  const scale = 10 ** decimalsFor(each);
  const wanted = shown(Math.ceil(rounded(each * scale, MOST_SHOWN)) / scale, unit, decimalsFor(each));
  return `目標に届くには、この時点から残り${formatReminderNumber(left, 1)}か月で毎月${difference(wanted, unit)}の積み上げが必要です。`;
}
