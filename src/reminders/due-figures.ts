import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import {
  decimalsFor,
  difference,
  formatReminderNumber,
  guideOf,
  quoted,
  rounded,
  sentenceUnit,
  shown,
  withSentenceUnit,
  YARDSTICK_NAMES,
} from '../model/figure-words.ts';
import { indicatorName, type Unit, type Yardstick } from '../model/indicator.ts';
import { isLowerBetter, monthsCompleted } from '../model/judgement.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Reminder } from '../model/reminder.ts';
import {
  parsePeriodCode,
  periodCode,
  periodEnd,
  periodOfMonth,
  reportDeadline,
} from '../model/reporting-period.ts';
import { formatSource } from '../model/source.ts';
import { type Standing, standingOf } from '../model/standing.ts';
import { dueItem } from './due-item.ts';
import { isReportMissing, lastDuePeriod, reportOf, type Situation } from './situation.ts';

/** Figures on the wrong side of what their yardstick expects by their as-of month, and figures that cannot be judged. */
export function findFigures(situation: Situation): Reminder[] {
  const isStale = staleIn(situation);
  return situation.kpis
    .filter((kpi) => kpi.branch !== HEAD_OFFICE && isCurrent(situation, kpi))
    .flatMap((kpi): Reminder[] => {
      const standing = standingOf(kpi, situation);
      const fallen = fallenBehind(situation, standing);
      if (fallen) return [behind(situation, fallen, isStale)];
      const why = whyUnjudged(standing);
      return why === null ? [] : [unjudged(situation, kpi, why)];
    });
}

/** Last year's figures count until the new year's first report is due. */
function isCurrent({ fy, today, catalogue }: Situation, kpi: Kpi): boolean {
  if (kpi.fy === fy) return true;
  return kpi.fy === fy - 1 && today <= reportDeadline({ fy, quarter: 1 }, catalogue.calendar);
}

/** A figure that is behind, with all that its sentences say. */
interface Fallen {
  standing: Standing;
  yardstick: Yardstick;
  /** Null for a milestone. */
  gap: number | null;
  /** From April, at the as-of date. */
  months: number;
  /** Nothing can be added any more: no pace is told. */
  isYearOver: boolean;
}

function fallenBehind(situation: Situation, standing: Standing): Fallen | null {
  const { kpi, judgement } = standing;
  const { state, yardstick, expected } = judgement;
  const months = monthsCompleted(kpi.actual?.asOf ?? null);
  if (state !== 'behind' || yardstick === null || months === null) return null;
  const actual = kpi.actual?.value ?? null;
  const gap = actual === null || expected === null ? null : Math.abs(expected - actual);
  return { standing, yardstick, gap, months, isYearOver: situation.fy > kpi.fy };
}

type Aged = Pick<Reminder, 'branch' | 'fy' | 'period' | 'indicator'>;

/**
 * Whether the report that should have brought a newer figure is missing: the last quarter's, in which others of the
 * branch's figures may be there already.
 */
export function staleIn(situation: Situation): (figure: Aged) => boolean {
  const lastDue = lastDuePeriod(situation);
  const missing = new Map<string, ReadonlySet<string>>();
  for (const { name } of situation.catalogue.branches) {
    if (!isReportMissing(situation, name)) continue;
    const report = reportOf(situation, name, lastDue);
    missing.set(name, new Set(report.missing.map(({ indicator }) => indicator)));
  }
  return ({ branch, fy, period, indicator }) => {
    const without = missing.get(branch);
    if (without === undefined) return false;
    const of = parsePeriodCode(period) ?? { fy, quarter: 1 };
    const isNewer = of.fy * 4 + of.quarter > lastDue.fy * 4 + lastDue.quarter;
    return !isNewer && (fy < lastDue.fy || without.has(indicator ?? ''));
  };
}

/**
 * The same figure is said again when its quarter has ended, unless it is the report that is missing, and when its
 * year has ended without a newer one.
 */
function stageOf(
  { standing: { kpi }, months, isYearOver }: Fallen,
  { today }: Situation,
  isStale: (figure: Aged) => boolean,
): { stage: string; step: number } {
  if (isYearOver && months < 12) return { stage: 'year_end', step: 2 };
  const period = periodOfMonth(kpi.fy, months);
  return today > periodEnd(period) && !isStale({ ...kpi, period: periodCode(period) })
    ? { stage: 'quarter_end', step: 1 }
    : { stage: 'actual', step: 0 };
}

function behind(situation: Situation, fallen: Fallen, isStale: (figure: Aged) => boolean): Reminder {
  const { months, gap } = fallen;
  const { kpi, indicator, judgement } = fallen.standing;
  const { expected, target } = judgement;
  const { stage, step } = stageOf(fallen, situation, isStale);
  const asOf = kpi.actual?.asOf ?? null;
  return dueItem(
    situation,
    { id: kpi.indicator, occurrence: String(asOf) },
    {
      kind: 'kpi_behind',
      branch: kpi.branch,
      fy: kpi.fy,
      period: periodCode(periodOfMonth(kpi.fy, months)),
      stage,
      rank: (kpi.fy * 12 + months) * 10 + step,
      indicator: kpi.indicator,
      yardstick: fallen.yardstick,
      unit: sentenceUnit(kpi, indicator),
      actual: kpi.actual?.value ?? null,
      asOf,
      expected: expected === null ? null : tidy(expected),
      target,
      gap: gap === null ? null : tidy(gap),
      due: periodEnd({ fy: kpi.fy, quarter: 4 }),
      source: kpi.actualSource ?? kpi.source,
      version: [asOf, kpi.actual?.text, target, expected === null ? '' : tidy(expected)].join('|'),
      ...figureText(fallen),
    },
  );
}

/** Shares of a year leave binary dust; no figure has more than six decimals. */
function tidy(value: number): number {
  return Number(value.toFixed(6));
}

const REASONS = {
  no_target: '目標の数値が資料にないため',
  no_previous: '前年度の実績が資料にないため',
  no_month: '実績の時点が資料にないため',
  no_yardstick: '目標に届いていませんが、水準・累計などの区別が登録されていないため',
  unclear_words: '実施したかどうかが報告の言葉から読み取れないため',
} as const;
type Reason = keyof typeof REASONS;

/** Null where it can be judged. */
function whyUnjudged({ judgement: { state, unjudged } }: Standing): Reason | null {
  return state === 'unclear' ? (unjudged ?? 'unclear_words') : null;
}

function unjudged(situation: Situation, kpi: Kpi, reason: Reason): Reminder {
  const { branch, fy, actual, target } = kpi;
  const indicator = situation.catalogue.indicators.find(({ id }) => id === kpi.indicator) ?? null;
  const name = indicatorName(kpi.indicator, indicator);
  const why = `${REASONS[reason]}判定できません。`;
  const asOf = actual?.asOf ?? null;
  // Words stand in brackets, figures as they are.
  const figure = actual?.value == null ? quoted(actual?.text ?? '') : actual.text;
  const has = `${figure}${asOf === null ? '' : `（${asOf}）`}`;
  const wanted = target.op === 'do' ? quoted(target.text) : target.text;
  const source = kpi.actualSource ?? kpi.source;
  return dueItem(
    situation,
    { id: kpi.indicator },
    {
      kind: 'kpi_unjudged',
      branch,
      fy,
      period: `R${fy}`,
      stage: reason,
      rank: 0,
      indicator: kpi.indicator,
      unit: sentenceUnit(kpi, indicator),
      actual: actual?.value ?? null,
      asOf,
      source,
      version: [asOf, actual?.text, reason].join('|'),
      text: `${formatBranch(branch)} ${name}：実績${has}、目標${wanted}。${why}（${formatSource(source)}）`,
      line: `${name}　${has}／目標 ${wanted}`,
      detail: why,
    },
  );
}

/** `text` stands alone: actual, target, what was expected and how it is computed, the gap, the pace, the source. */
function figureText(fallen: Fallen): Pick<Reminder, 'text' | 'line' | 'detail'> {
  const { standing, gap, yardstick } = fallen;
  const { kpi, indicator, judgement } = standing;
  const { expected, target } = judgement;
  const actual = kpi.actual?.value ?? null;
  const name = indicatorName(kpi.indicator, indicator);
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

function pace(
  { months, yardstick, isYearOver }: Fallen,
  { target, actual, unit }: { target: number; actual: number; unit: Unit | null },
): string {
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
