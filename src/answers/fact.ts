import { decimalsOf, formatNumber, formatYen } from '../japanese/amounts.ts';
import type { AnswerRow } from '../model/answer.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Count } from '../model/measure.ts';
import type { Column } from '../model/query.ts';
import type { Source } from '../model/source.ts';
import { findIndicator, type Sources, shortNameOf } from './sources.ts';

/** One row that can be selected, compared and ranked, whatever kind of fact it is. */
export type Fact = {
  branch: string;
  fy: FiscalYear;
  /** What it is a figure of: an indicator, a budget item, a counted thing. */
  name: string;
  source: Source;
} & (
  | { kind: 'kpi'; indicator: IndicatorId; kpi: Kpi /** What a change is counted from. */; since?: Since }
  | { kind: 'budget'; line: BudgetLine }
  | { kind: 'count'; count: Count }
);

/** The figure of an earlier year, and of which column it is. */
export interface Since {
  column: Column;
  figure: Figure | null;
}

/** What a column of a row holds. */
export interface Figure {
  /** Null where none is printed, or where the target is relative or to be done. */
  value: number | null;
  /** As users read it: 88.3％以上, 対前年度以上, 6.18日（5月時点）. */
  text: string;
  unit: string | null;
  /** Of the printed number. */
  decimals: number;
}

export const COLUMN_NAMES: Record<Column, string> = {
  target: '目標',
  actual: '実績',
  state: '実績',
  previous: '前年度実績',
  gap: '目標との差',
  achievement: '達成率',
  as_of: '時点',
  source: '出典',
  unit: '単位',
  proviso: '例外',
  amount: '予算額',
  executed: '執行（予定）額',
  remainder: '残額',
  execution_rate: '執行率',
  previous_amount: '前年度の予算額',
  increase: '増減',
  status: 'ステータス',
  count: '件数',
  evaluation: '評価',
  progress: '実施状況',
  next: '今後の予定',
};

export function kpiFact(kpi: Kpi, { catalogue }: Pick<Sources, 'catalogue'>): Fact & { kind: 'kpi' } {
  const { branch, fy, indicator, source } = kpi;
  return { kind: 'kpi', branch, fy, indicator, kpi, source, name: shortNameOf(catalogue, indicator) };
}

/** A row with what its change is counted from: the row of an earlier year, or last year's actual as it prints it. */
export function changedFact(kpi: Kpi, earlier: Kpi | undefined, column: Column, sources: Sources): Fact {
  const printed = column === 'actual' && earlier?.actual?.value == null;
  const figure = printed
    ? kpiFigure(kpi, 'previous', sources)
    : earlier === undefined
      ? null
      : kpiFigure(earlier, column, sources);
  return { ...kpiFact(kpi, sources), since: { column, figure } };
}

export function budgetFact(line: BudgetLine): Fact {
  const { branch, fy, name, source } = line;
  return { kind: 'budget', branch, fy, name, source, line };
}

export function countFact(count: Count): Fact {
  const { branch, fy, table, label, source } = count;
  return { kind: 'count', branch, fy, name: label === table ? table : `${table} ${label}`, source, count };
}

/** The target with its exception, as users read it. */
export function targetText({ target }: Kpi): string {
  return target.proviso === null ? target.text : `${target.text}（${target.proviso}）`;
}

/** Whether what is printed for an actual is a sign for nothing: ―. */
export function isBlank(text: string | null): boolean {
  return text === null || /^[-―－ー—‐–\s]*$/.test(text);
}

/** 82.1％（5月時点）, 未報告, 実績の報告なし. */
export function actualText({ actual }: Kpi): string {
  if (actual === null) return '実績の報告なし';
  if (actual.value === null && isBlank(actual.text)) return '未報告';
  // 「上表のとおり」 points at a table of the document, which the reader does not see.
  if (actual.value === null && /のとおり$/.test(actual.text))
    return `資料に数値なし（「${actual.text}」と記載）`;
  return actual.asOf === null ? actual.text : `${actual.text}（${actual.asOf}）`;
}

function unitOf(kpi: Kpi, { catalogue }: Sources): string | null {
  return kpi.target.unit ?? findIndicator(catalogue, kpi.indicator)?.unit ?? null;
}

function figure(value: number | null, text: string, unit: string | null): Figure {
  return { value, text, unit, decimals: decimalsOf(text) };
}

/** A number in its unit: 12.3％, 1,580事業所, 2.5ポイント. */
export function withUnit(value: number, unit: string | null, decimals = 4): string {
  return `${formatNumber(value, decimals)}${unit === '%' ? '％' : (unit ?? '')}`;
}

/** A difference of rates is in points, of counts in their unit. */
export function differenceText(difference: number, unit: string | null): string {
  return `${formatNumber(Math.abs(difference), 4)}${unit === '%' ? 'ポイント' : (unit ?? '')}`;
}

function kpiFigure(kpi: Kpi, column: Column, sources: Sources): Figure | null {
  const { target, actual } = kpi;
  const unit = unitOf(kpi, sources);
  const reached = actual?.value ?? null;
  switch (column) {
    case 'target':
      return figure(target.value, targetText(kpi), unit);
    case 'actual':
    case 'state':
    case 'as_of':
      return figure(reached, actualText(kpi), unit);
    case 'previous':
      return figure(actual?.previousValue ?? null, actual?.previousText ?? '資料になし', unit);
    case 'gap': {
      if (reached === null || target.value === null) return figure(null, '計算できません', unit);
      const gap = Number((reached - target.value).toFixed(6));
      const text = gap === 0 ? '目標と同じ' : `${differenceText(gap, unit)}${gap > 0 ? '上回る' : '下回る'}`;
      return {
        value: gap,
        text,
        unit: unit === '%' ? 'ポイント' : unit,
        decimals: decimalsOf(actual?.text ?? ''),
      };
    }
    case 'achievement': {
      if (reached === null || !target.value || target.op === '<=') return figure(null, '計算できません', '%');
      const share = (reached / target.value) * 100;
      return { value: share, text: `${formatNumber(share, 1)}％`, unit: '%', decimals: 1 };
    }
    default:
      return null;
  }
}

/** Last year's amount of the same item; null where the document prints none. */
export function increaseOf({ amountYen, previousAmountYen }: BudgetLine): number | null {
  return previousAmountYen === null ? null : amountYen - previousAmountYen;
}

function yen(value: number | null, missing = '記載なし'): Figure {
  return { value, text: value === null ? missing : formatYen(value), unit: '円', decimals: 0 };
}

function budgetFigure(line: BudgetLine, column: Column): Figure | null {
  const { amountYen, executedYen, previousAmountYen, amountText } = line;
  switch (column) {
    case 'amount':
    case 'target': {
      const shown = formatYen(amountYen);
      return figure(amountYen, amountText.includes('千円') ? `${shown}（${amountText}）` : shown, '円');
    }
    case 'executed':
    case 'actual':
      return yen(executedYen);
    case 'remainder':
      return yen(executedYen === null ? null : amountYen - executedYen, '執行額の記載なし');
    case 'execution_rate': {
      if (executedYen === null || amountYen === 0) return figure(null, '執行額の記載なし', '%');
      const rate = (executedYen / amountYen) * 100;
      return { value: rate, text: `${formatNumber(rate, 1)}％`, unit: '%', decimals: 1 };
    }
    case 'previous_amount':
    case 'previous':
      return yen(previousAmountYen);
    case 'increase': {
      const more = increaseOf(line);
      if (more === null) return yen(null, '前年度の記載なし');
      return (
        yen(more) && {
          ...yen(more),
          text: more === 0 ? '同額' : `${formatYen(Math.abs(more))}${more > 0 ? '増' : '減'}`,
        }
      );
    }
    case 'status':
      return figure(null, line.status ?? '記載なし', null);
    default:
      return null;
  }
}

/** 6.6ポイント増（56.0％以上 → 62.6％以上） */
function increaseFigure(kpi: Kpi, { column, figure: from }: Since, sources: Sources): Figure {
  const to = kpiFigure(kpi, column, sources);
  const unit = to?.unit === '%' ? 'ポイント' : (to?.unit ?? null);
  const texts = `（${from?.text ?? 'なし'} → ${to?.text ?? 'なし'}）`;
  if (from?.value == null || to?.value == null) return figure(null, `計算できません${texts}`, unit);
  const gap = Number((to.value - from.value).toFixed(6));
  const text = gap === 0 ? '増減なし' : `${differenceText(gap, to.unit)}${gap > 0 ? '増' : '減'}`;
  return { ...figure(gap, `${text}${texts}`, unit), decimals: to.decimals };
}

/** What a column of a row holds; null where rows of its kind have no such column. */
export function figureOf(fact: Fact, column: Column, sources: Sources): Figure | null {
  if (fact.kind === 'kpi' && column === 'increase')
    return fact.since === undefined ? null : increaseFigure(fact.kpi, fact.since, sources);
  if (fact.kind === 'kpi') return kpiFigure(fact.kpi, column, sources);
  if (fact.kind === 'budget') return budgetFigure(fact.line, column);
  const { value, text, unit } = fact.count;
  return column === 'count' || column === 'actual' ? figure(value, text, unit) : null;
}

/** The month that a figure stands for: 5 of 5月末時点; 0 where it tells none. */
export function monthOf(asOf: string): number {
  return Number(/(\d{1,2})月/.exec(asOf.normalize('NFKC'))?.[1] ?? 0);
}

/** The row as answers carry it. */
export function rowOf(fact: Fact): AnswerRow {
  const { branch, fy, source } = fact;
  if (fact.kind === 'kpi') {
    const { target, actual, actualSource, indicator } = fact.kpi;
    const { op, value, unit, relative } = target;
    return {
      branch,
      fy,
      indicator,
      aspect: 'target',
      op,
      value,
      unit,
      relative,
      actual: actual?.value ?? null,
      asOf: actual?.asOf ?? null,
      source,
      actualSource,
    };
  }
  const none = { op: null, relative: null, branch, fy, source };
  if (fact.kind === 'budget') {
    const { amountYen, executedYen, note } = fact.line;
    return {
      ...none,
      indicator: `other:${fact.name}`,
      aspect: 'budget',
      value: amountYen,
      unit: '円',
      actual: executedYen,
      asOf: note,
    };
  }
  const { value, unit, asOf } = fact.count;
  return { ...none, indicator: `other:${fact.name}`, aspect: 'count', value, unit, actual: value, asOf };
}

/** Which words of order a unit takes: rates are 高い, counts are 多い, days are 長い; a change is 大きい. */
export function degreeWords(
  unit: string | null,
  column?: Column,
): {
  more: string;
  less: string;
  most: string;
  least: string;
} {
  if (column === 'increase')
    return {
      more: '増え方の大きい',
      less: '増え方の小さい',
      most: '増え方が最も大きい',
      least: '増え方が最も小さい',
    };
  if (unit === '%' || unit === 'ポイント' || unit === '円' || unit === null)
    return { more: '高い', less: '低い', most: '最も高い', least: '最も低い' };
  if (unit === '日') return { more: '長い', less: '短い', most: '最も長い', least: '最も短い' };
  return { more: '多い', less: '少ない', most: '最も多い', least: '最も少ない' };
}
