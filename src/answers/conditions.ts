import { formatNumber } from '../japanese/amounts.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Column, Comparator, Filter, Operand, Query, Statistic, Status } from '../model/query.ts';
import { COLUMN_NAMES, type Fact, type Figure, figureOf, increaseOf } from './fact.ts';
import { findIndicator, type Sources } from './sources.ts';

/** What conditions and sums are worked out over. */
export interface Frame {
  sources: Sources;
  /** The column that is meant where none is said. */
  column: Column;
  /** The rows that a statistic is taken of, by its branches; null for those of the question. */
  population: (branches: readonly string[] | null) => readonly Fact[];
  /** The same thing of another branch or year; null where there is none. */
  other: (fact: Fact, branch: string | null, fy: number | null) => Fact | null;
}

const DUST = 1e-9;

/** Whether less is better of what a row measures. */
export function isLowerBetterFor(fact: Fact, { catalogue }: Pick<Sources, 'catalogue'>): boolean {
  if (fact.kind !== 'kpi') return false;
  return fact.kpi.target.op === '<=' || findIndicator(catalogue, fact.indicator)?.direction === 'down';
}

type PlainComparator = Exclude<Comparator, 'better' | 'worse'>;

function plainOp(op: Comparator, fact: Fact, sources: Sources): PlainComparator {
  if (op !== 'better' && op !== 'worse') return op;
  return (op === 'better') === isLowerBetterFor(fact, sources) ? '<' : '>';
}

export function holds(value: number, op: PlainComparator, limit: number): boolean {
  switch (op) {
    case '>=':
      return value >= limit - DUST;
    case '>':
      return value > limit + DUST;
    case '<=':
      return value <= limit + DUST;
    case '<':
      return value < limit - DUST;
    case '=':
      return Math.abs(value - limit) <= DUST;
    case '!=':
      return Math.abs(value - limit) > DUST;
  }
}

/** Null where there is nothing to compute it of. */
export function statisticOf(values: readonly number[], of: Statistic): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? 0;
  const sum = sorted.reduce((total, value) => total + value, 0);
  const middle = sorted.length / 2;
  switch (of) {
    case 'sum':
      return sum;
    case 'mean':
      return sum / sorted.length;
    case 'median':
      return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
    case 'max':
      return at(sorted.length - 1);
    case 'min':
      return at(0);
    case 'spread':
      return at(sorted.length - 1) - at(0);
  }
}

export function valuesOf(facts: readonly Fact[], column: Column, sources: Sources): number[] {
  return facts.flatMap((fact) => figureOf(fact, column, sources)?.value ?? []);
}

export const STATISTIC_NAMES: Record<Statistic, string> = {
  mean: '平均',
  median: '中央値',
  sum: '合計',
  max: '最大',
  min: '最小',
  spread: '最大と最小の差',
};

/** What a condition's right side is for a row, with how it is said; a null value where none is known. */
export function resolveOperand(
  operand: Operand,
  fact: Fact,
  column: Column,
  frame: Frame,
): { value: number | null; text: string } {
  const { sources, population, other } = frame;
  if (operand.type !== 'number' && operand.plus !== undefined) {
    const { plus, ...one } = operand;
    const { value, text } = resolveOperand(one, fact, column, frame);
    const sum = value === null ? null : Number((value + plus).toFixed(6));
    return { value: sum, text: `${text}${plusText(plus)}${sum === null ? '' : `＝${formatNumber(sum, 4)}`}` };
  }
  if (operand.type === 'figure' && operand.times !== undefined) {
    const { times, ...one } = operand;
    const { value, text } = resolveOperand(one, fact, column, frame);
    const many = value === null ? null : Number((value * times).toFixed(6));
    return {
      value: many,
      text: `${text}の${formatNumber(times)}倍${many === null ? '' : `（${formatNumber(many, 4)}）`}`,
    };
  }
  if (operand.type === 'number') return { value: operand.value, text: numberText(operand) };
  if (operand.type === 'statistic') {
    const facts = population(operand.branches);
    const values = valuesOf(facts, column, sources);
    const value = statisticOf(values, operand.of);
    const name = STATISTIC_NAMES[operand.of];
    const shown = value === null ? '' : ` ${formatNumber(value, 2)}`;
    return { value, text: `${name}${shown}（数値のある${values.length}支部）` };
  }
  const { branch, fy } = operand;
  const of = operand.column ?? column;
  if (fy === 'previous' && fact.kind === 'budget')
    return { value: fact.line.previousAmountYen, text: '前年度の予算額' };
  const year = fy === 'previous' ? fact.fy - 1 : fy;
  if (branch === null && year === null)
    return {
      value: figureOf(fact, of, sources)?.value ?? null,
      text: `${COLUMN_NAMES[of]} ${figureOf(fact, of, sources)?.text ?? ''}`,
    };
  const found = other(fact, branch, year);
  const figure = found === null ? null : figureOf(found, of, sources);
  const whose = [branch === null ? null : formatBranch(branch), year === null ? null : formatFiscalYear(year)]
    .filter(Boolean)
    .join(' ');
  // Last year's actual stands in this year's report.
  if (figure?.value == null && year === fact.fy - 1 && fact.kind === 'kpi' && of !== 'target') {
    const before = figureOf(fact, 'previous', sources);
    return {
      value: before?.value ?? null,
      text: `前年度実績${before === null ? '' : ` ${before.text}`}`,
    };
  }
  return {
    value: figure?.value ?? null,
    text: `${whose}${figure === null ? '' : `の${COLUMN_NAMES[of]} ${figure.text}`}`,
  };
}

/** The rows of other branches and years that a row's conditions are held against. */
export function heldAgainst({ filter }: Query, fact: Fact, { other }: Frame): Fact[] {
  return filter.flatMap((own) => {
    if (own.type !== 'compare' || own.right.type !== 'figure') return [];
    const { branch, fy } = own.right;
    const year = fy === 'previous' ? fact.fy - 1 : fy;
    return branch === null && year === null ? [] : (other(fact, branch, year) ?? []);
  });
}

function plusText(plus: number | undefined): string {
  return plus === undefined ? '' : `${plus < 0 ? '−' : '＋'}${formatNumber(Math.abs(plus), 4)}`;
}

export function numberText({ value, unit }: { value: number; unit: string | null }): string {
  if (unit === '円' && value >= 10_000 && value % 10_000 === 0) return `${formatNumber(value / 10_000)}万円`;
  return `${formatNumber(value)}${unit === '%' ? '％' : (unit ?? '')}`;
}

/** 実績 is what is held against the target and last year's actual where no column is said: 目標より低い. */
export function leftColumn(
  filter: Filter & { type: 'compare' },
  column: Column,
  fy: FiscalYear | null = null,
): Column {
  if (filter.column !== null) return filter.column;
  const { right } = filter;
  const isBeside =
    right.type === 'figure' &&
    right.branch === null &&
    (right.fy === null || right.fy === fy) &&
    (right.column === 'target' || right.column === 'previous');
  return isBeside && column === 'target' ? 'actual' : column;
}

type ConditionResult = 'meets' | 'fails' | 'unknown';

/** Whether a row meets a condition; `unknown` where a figure for it is missing. */
export function verdictOf(
  filter: Filter,
  fact: Fact,
  frame: Frame,
  before: readonly Fact[],
): ConditionResult {
  const told = (meets: boolean | null, not: boolean): ConditionResult =>
    meets === null ? 'unknown' : meets !== not ? 'meets' : 'fails';
  if (filter.type === 'compare') {
    const column = leftColumn(filter, frame.column, fact.fy);
    const value = figureOf(fact, column, frame.sources)?.value ?? null;
    const limit = resolveOperand(filter.right, fact, column, frame).value;
    // Among KPIs of many units, a limit in one of them is about those.
    if (!fitsUnit(filter.right, figureOf(fact, column, frame.sources)?.unit ?? null)) return 'fails';
    return value === null || limit === null
      ? 'unknown'
      : told(holds(value, plainOp(filter.op, fact, frame.sources), limit), false);
  }
  if (filter.type === 'budget')
    return fact.kind === 'budget'
      ? told(fact.line.status === null ? null : fact.line.status === filter.status, filter.not)
      : 'unknown';
  if (filter.type === 'evaluation') return 'unknown';
  return told(hasStatus(filter.status, fact, frame, before), filter.not);
}

/** 【新】 or (新) before an item's name: where a document marks what is new, its marks count. */
const MARKED_NEW = /^[（(【]新/;

function isMarkedNew(name: string): boolean {
  return MARKED_NEW.test(name);
}

function hasStatus(status: Status, fact: Fact, { sources }: Frame, before: readonly Fact[]): boolean | null {
  const earlier = before.find((other) =>
    fact.kind === 'kpi' && other.kind === 'kpi'
      ? other.indicator === fact.indicator
      : other.name === fact.name,
  );
  if (fact.kind === 'budget') {
    const { line } = fact;
    if (status === 'reported' || status === 'unreported')
      return (line.executedYen === null) === (status === 'unreported');
    if (status === 'over') return line.executedYen === null ? null : line.executedYen > line.amountYen;
    if (status === 'new')
      return isMarkedNew(line.name)
        ? true
        : line.previousAmountYen !== null || earlier !== undefined
          ? false
          : null;
    if (status === 'continued') return line.previousAmountYen !== null || earlier !== undefined;
    if (status === 'changed') return increaseOf(line) === null ? null : increaseOf(line) !== 0;
    return null;
  }
  if (fact.kind !== 'kpi') return null;
  const { state, target: wanted } = sources.judge(fact.kpi);
  const { target, actual } = fact.kpi;
  // Without a yardstick it is known all the same that a target is not reached.
  const isUnknown = state === 'unreported' || (state === 'unclear' && wanted === null);
  switch (status) {
    case 'met':
      return isUnknown ? null : state === 'met';
    case 'unmet':
      return isUnknown ? null : state !== 'met';
    case 'behind':
      return state === 'unreported' || state === 'unclear' ? null : state === 'behind';
    case 'on_course':
      return state === 'unreported' || state === 'unclear' ? null : state === 'on_course' || state === 'met';
    case 'reported':
      return state !== 'unreported';
    case 'unreported':
      return state === 'unreported';
    case 'relative':
      return target.relative !== null && target.value === null;
    case 'numeric':
      return target.value !== null;
    case 'first_time':
      return actual?.previousText?.includes('新設') ?? false;
    case 'new':
      return before.length === 0 ? null : earlier === undefined;
    case 'continued':
      return before.length === 0 ? null : earlier !== undefined;
    case 'changed':
      return earlier?.kind === 'kpi' ? earlier.kpi.target.text !== target.text : null;
    case 'set':
      return true;
    default:
      return null;
  }
}

const STATUS_WORDS: Record<Status, string> = {
  met: '目標に届いている',
  unmet: '目標に届いていない',
  behind: '遅れている',
  on_course: '順調な',
  reported: '実績が報告されている',
  unreported: '実績が未報告の',
  new: '新しく加わった',
  dropped: 'なくなった',
  changed: '変わった',
  continued: '前年度から続く',
  first_time: '前年度実績が【新設】の',
  relative: '対前年度で定めている',
  numeric: '数値で定めている',
  set: '定めている',
  over: '予算を超えている',
  overdue: '期限を過ぎた',
};
const OPPOSITE_WORDS: Partial<Record<Status, string>> = {
  met: '目標に届いていない',
  unmet: '目標に届いている',
  numeric: '数値のない',
  relative: '対前年度ではない',
  set: '定めていない',
  over: '予算の範囲内の',
  new: '前からある',
  changed: '目標が変わらない',
};
const OPS: Record<Comparator, string> = {
  '>=': '以上の',
  '>': 'を超える',
  '<=': '以下の',
  '<': '未満の',
  '=': 'ちょうどの',
  '!=': 'ではない',
  better: 'より良い',
  worse: 'より悪い',
};

/** A change held against nothing. */
const CHANGED: Record<Comparator, string> = {
  '>=': '減っていない',
  '>': '増えた',
  '<=': '増えていない',
  '<': '減った',
  '=': '変わらない',
  '!=': '変わった',
  better: '良くなった',
  worse: '悪くなった',
};

/** A condition as it stands before a noun: 目標が80％以上の, 島根支部より低い, 未着手の. */
export function filterText(filter: Filter, column: Column | null, unit: string | null): string {
  if (filter.type === 'status' && column === 'executed' && filter.status.endsWith('reported'))
    return `執行額の記載が${(filter.status === 'unreported') === filter.not ? 'ある' : 'ない'}`;
  if (filter.type === 'status')
    return filter.not
      ? (OPPOSITE_WORDS[filter.status] ?? `${STATUS_WORDS[filter.status]}もの以外の`)
      : STATUS_WORDS[filter.status];
  if (filter.type === 'budget') return `${filter.status}${filter.not ? '以外の' : 'の'}`;
  if (filter.type === 'evaluation') return `評価が${filter.marks.join('・')}${filter.not ? '以外の' : 'の'}`;
  const what = column === null ? '' : `${COLUMN_NAMES[leftColumn(filter, column)]}が`;
  const { right, op } = filter;
  if (filter.column === 'increase' && right.type === 'number' && right.value === 0) return CHANGED[op];
  if (right.type === 'number')
    return `${what}${numberText({ value: right.value, unit: right.unit ?? unit })}${OPS[op]}`;
  const held =
    right.type === 'statistic'
      ? (right.of === 'max' || right.of === 'min') && right.branches !== null
        ? `${right.branches.map(formatBranch).join('・')}のどれ`
        : STATISTIC_NAMES[right.of]
      : [
          right.branch === null ? '' : formatBranch(right.branch),
          right.fy === 'previous' ? '前年度' : right.fy === null ? '' : formatFiscalYear(right.fy),
          right.column === null ? '' : COLUMN_NAMES[right.column],
          right.times === undefined ? '' : `${formatNumber(right.times)}倍`,
        ]
          .filter(Boolean)
          .join('の');
  const against = `${held}${plusText(right.plus)}`;
  const many = unit !== null && unit !== '%' && unit !== '円' && unit !== '日';
  const words: Record<Comparator, string> = {
    '>': many ? 'より多い' : 'より高い',
    '<': many ? 'より少ない' : 'より低い',
    '>=': '以上の',
    '<=': '以下の',
    '=': 'と同じ',
    '!=': 'と異なる',
    better: 'より良い',
    worse: 'より悪い',
  };
  return `${what}${against}${words[op]}`;
}

const OFFICES: readonly (string | null)[] = ['事業所', '社', '件', '支部'];

function fitsUnit(right: Operand, unit: string | null): boolean {
  if (right.type !== 'number' || right.unit === null || right.unit === unit) return true;
  if (OFFICES.includes(unit) && OFFICES.includes(right.unit)) return true;
  return unit === 'ポイント' && right.unit === '%';
}

/** A limit in a unit that no figure has can not be read: 60％ of a number of offices. */
export function misfit(query: Query, units: readonly (string | null)[]): string | null {
  for (const filter of query.filter) {
    if (filter.type !== 'compare' || filter.right.type !== 'number' || filter.column !== null) continue;
    const { right } = filter;
    if (!units.some((unit) => fitsUnit(right, unit))) return numberText(right);
  }
  return null;
}

export function unitOf(facts: readonly Fact[], column: Column, sources: Sources): string | null {
  for (const fact of facts) {
    const figure: Figure | null = figureOf(fact, column, sources);
    if (figure?.unit != null) return figure.unit;
  }
  const [first] = facts;
  return first?.kind === 'kpi' ? (findIndicator(sources.catalogue, first.indicator)?.unit ?? null) : null;
}
