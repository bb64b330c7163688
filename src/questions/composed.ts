import { HEAD_OFFICE } from '../model/branch.ts';
import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Column, Comparator, Direction, Filter, Operand } from '../model/query.ts';
import type { Particle, QueryToken } from './query-token.ts';

/** What runs of tokens say together. */
export type Composed = { from: number; to: number } & (
  | QueryToken
  /** Conditions that all must hold. */
  | { kind: 'conditions'; filters: Filter[] }
  /** What the next comparison is held against: 島根より, 全国平均との差. */
  | { kind: 'reference'; operand: Operand; how: 'than' | 'same' | 'difference' | 'ratio' }
  /** Which end of an order is asked, and how many; null for all. `ofChange`: by how much they have changed. */
  | { kind: 'end'; order: Direction; limit: number | null; ofChange: boolean }
  /** Places of an order: the 4th and the 5th. */
  | { kind: 'places'; offset: number; limit: number; order: Direction | null }
);
type Kind = Composed['kind'];

/** One letter a kind, so that a rule is a regular expression over the letters of a question. */
const LETTERS: Record<Exclude<Kind, 'phrase' | 'particle'>, string> = {
  place: 'P',
  city: 'p',
  indicator: 'I',
  years: 'Y',
  year_before: 'y',
  year_after: 'z',
  before_reiwa: 'j',
  part: 'Q',
  number: 'N',
  ordinal: 'n',
  word: 'u',
  conditions: 'C',
  reference: 'R',
  end: 'E',
  places: 'M',
};
const PARTICLES: Record<Particle, string> = {
  of: '-',
  from: 'f',
  to: 'l',
  and: '&',
  also: '+',
  comma: ',',
  stop: '.',
  because: ';',
  at: '-',
  other: '-',
};
const PHRASES: Partial<Record<PhraseMeaning, string>> = {
  all_branches: 'A',
  target: 'K',
  actual: 'K',
  previous: 'K',
  amount: 'K',
  executed: 'K',
  remainder: 'K',
  ge: 'k',
  gt: 'k',
  le: 'k',
  lt: 'k',
  around: 'a',
  exactly: 'e',
  same: 's',
  than: 't',
  high: 'h',
  low: 'h',
  good: 'g',
  bad: 'g',
  behind: 'L',
  extreme: 'x',
  top: 'T',
  bottom: 'T',
  order: 'o',
  order_low: 'o',
  from_bottom: 'b',
  from_top: 'b',
  exclude: 'X',
  among: 'm',
  mean: 'S',
  median: 'S',
  sum: 'G',
  difference: 'd',
  ratio: '*',
  half: 'H',
  both: '&',
  budget: 'K',
  rise: 'r',
  fall: 'r',
  improved: 'i',
  different: 'D',
  definition: '~',
  correct: 'V',
  worsened: 'i',
  next: 'Z',
  not: '!',
  how_many: 'q',
  count: 'v',
  met: 'w',
  over: 'O',
  unmet: 'w',
  base: '=',
  which_branch: 'W',
  that: '@',
  branches: 'B',
};

export function letterOf(token: Composed): string {
  if (token.kind === 'phrase') return PHRASES[token.as] ?? '?';
  return token.kind === 'particle' ? PARTICLES[token.as] : LETTERS[token.kind];
}

/** What rules know beside the run. */
export interface Composing {
  branches: readonly string[];
  textOf(item: Composed): string;
}

export interface CompositionRule {
  pattern: RegExp;
  /** The token in place of the run; null where the run says something else. */
  build(run: Composed[], known: Composing): Composed | Composed[] | null;
}

/** 何％, 何割: a share is asked for, of what is no rate by itself. */
export function isShareWord(text: string): boolean {
  return /割|%|パー|ぱー/.test(text.normalize('NFKC'));
}

export function isOf(item: Composed): boolean {
  return item.kind === 'particle' && item.as === 'of';
}

type Of<K extends Kind> = Extract<Composed, { kind: K }>;

export function all<K extends Kind>(run: readonly Composed[], kind: K): Of<K>[] {
  return run.filter((token): token is Of<K> => token.kind === kind);
}

export function spanOf(run: readonly Composed[]): { from: number; to: number } {
  return { from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0 };
}

export function phraseIn(run: readonly Composed[], ...meanings: PhraseMeaning[]): PhraseMeaning | null {
  return all(run, 'phrase').find(({ as }) => meanings.includes(as))?.as ?? null;
}

export function place(run: readonly Composed[], branches: string[], group: string | null): Of<'place'> {
  return { kind: 'place', branches: [...new Set(branches)], group, ...spanOf(run) };
}

export function years(run: readonly Composed[], parts: readonly Of<'years'>[]): Composed {
  const fys = [...new Set(parts.flatMap((part) => part.fys))];
  return { kind: 'years', fys, relative: parts.every(({ relative }) => relative), ...spanOf(run) };
}

export function named({ branches, group }: Of<'place'>): string {
  return group ?? branches.join('・');
}

export function without(
  from: Of<'place'> | null,
  taken: Of<'place'>,
  run: Composed[],
  known: readonly string[],
): Composed {
  const of = from?.branches ?? known.filter((branch) => branch !== HEAD_OFFICE);
  const left = of.filter((branch) => !taken.branches.includes(branch));
  const group = `${named(taken)}以外の${from === null ? '支部' : named(from)}`;
  return { ...place(run, left, group), ...(from === null ? { excluded: taken.branches } : {}) };
}

const COMPARATORS: Partial<Record<PhraseMeaning, Comparator>> = {
  ge: '>=',
  gt: '>',
  le: '<=',
  lt: '<',
};
const OPPOSITE: Record<Comparator, Comparator> = {
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '=': '!=',
  '!=': '=',
  better: 'worse',
  worse: 'better',
};

export function opposite(op: Comparator): Comparator {
  return OPPOSITE[op];
}

/** The comparison that a word makes: 以上, 高い, 増えた. */
export function comparatorOf(token: Composed): Comparator | null {
  if (token.kind !== 'phrase') return null;
  const direct = COMPARATORS[token.as];
  if (direct !== undefined) return direct;
  if (token.as === 'good' || token.as === 'improved') return 'better';
  if (token.as === 'bad' || token.as === 'worsened') return 'worse';
  if (token.as === 'high' || token.as === 'rise') return '>';
  return token.as === 'low' || token.as === 'fall' ? '<' : null;
}

export function compare(
  op: Comparator,
  right: Operand,
  column: Column | null = null,
): Filter & { type: 'compare' } {
  // 佐賀と熊本より低い: lower than the lower one.
  const held = isEach(right)
    ? { ...right, of: op === '<' || op === '<=' ? ('min' as const) : right.of }
    : right;
  return { type: 'compare', column, op, right: held };
}

/** Branches that were named one by one: what is higher than them is higher than each. */
export function isEach(operand: Operand): operand is Operand & { type: 'statistic' } {
  return operand.type === 'statistic' && (operand.of === 'max' || operand.of === 'min');
}

export function numberOperand({ value }: Of<'number'>, unit: string | null): Operand & { type: 'number' } {
  return { type: 'number', value, unit };
}

const MIRRORED: Partial<Record<Comparator, Comparator>> = { '>=': '<=', '>': '<', '<=': '>=', '<': '>' };

/** The same comparison below zero: 2ポイント以上低い. */
export function mirrored(op: Comparator): Comparator {
  return MIRRORED[op] ?? op;
}

/** By how much something has risen or fallen; a fall is a rise below zero. */
export function changed(
  op: Comparator,
  by: Operand & { type: 'number' },
  run: readonly Composed[],
): Composed {
  const falls = phraseIn(run, 'fall') !== null;
  const filter: Filter = {
    type: 'compare',
    column: 'increase',
    op: falls ? mirrored(op) : op,
    right: { ...by, value: falls ? -by.value : by.value },
  };
  return conditions(run.slice(0, -1), [filter]);
}

export function conditions(run: readonly Composed[], filters: Filter[]): Composed {
  return { kind: 'conditions', filters, ...spanOf(run) };
}

/** Stands for the branch that the thread's last answer was about: それより高い. */
export const THAT = 'それ';

function figure(part: Partial<Extract<Operand, { type: 'figure' }>>): Operand {
  return { type: 'figure', branch: null, fy: null, column: null, ...part };
}

/** A year and nothing else of the row: R3と比べて. */
export function isYear(operand: Operand): operand is Operand & { type: 'figure'; fy: number } {
  return operand.type === 'figure' && typeof operand.fy === 'number' && operand.branch === null;
}

/** What a comparison is held against: a branch, the mean, the target, a year; null for a group. */
export function operandOf(run: readonly Composed[]): Operand | null {
  const statistic = phraseIn(run, 'mean', 'median', 'sum');
  const [where] = all(run, 'place');
  if (phraseIn(run, 'that') !== null) return figure({ branch: THAT });
  if (statistic === 'mean' || statistic === 'median' || statistic === 'sum') {
    // 全国平均, 全支部の平均: of all, whatever the question's own branches are.
    const everywhere = phraseIn(run, 'all_branches') === null ? null : [];
    return { type: 'statistic', of: statistic, branches: everywhere ?? where?.branches ?? null };
  }
  const money = phraseIn(run, 'budget') === null ? null : 'amount';
  const said = phraseIn(run, 'target', 'actual', 'previous', 'amount', 'executed') ?? money;
  const column =
    said === 'target' || said === 'actual' || said === 'previous' || said === 'amount' || said === 'executed'
      ? said
      : null;
  const [branch, ...others] = where?.branches ?? [];
  if (where !== undefined) {
    if (branch === undefined) return null;
    if (others.length === 0) return figure({ branch, column });
    return { type: 'statistic', of: where.group === null ? 'max' : 'mean', branches: where.branches };
  }
  if (phraseIn(run, 'all_branches') !== null) return figure({ branch: HEAD_OFFICE, column });
  const [years] = all(run, 'years');
  const [fy] = years?.fys ?? [];
  if (fy !== undefined) return figure({ fy, column });
  if (run.some(({ kind }) => kind === 'year_before')) return figure({ fy: 'previous', column });
  return column === null ? null : figure({ column });
}

export function reference(run: Composed[], how: Of<'reference'>['how']): Composed[] | null {
  const [scene, particle, ...rest] = run;
  const sets =
    particle?.kind === 'particle' && particle.as === 'at' && phraseIn(rest, 'previous', 'target', 'actual');
  if (scene?.kind === 'place' && sets) {
    const held = reference(rest, how);
    return held === null ? null : [scene, particle, ...held];
  }
  const operand = operandOf(run);
  if (operand !== null && isEach(operand) && how !== 'than') return null;
  return operand === null
    ? null
    : [...groupsOf(run, operand), { kind: 'reference', operand, how, ...spanOf(run) }];
}

/** 中国地方で平均より: the group is the scope too, where no other is. */
export function groupsOf(run: readonly Composed[], operand: Operand): Of<'place'>[] {
  if (operand.type !== 'statistic') return [];
  return all(run, 'place').filter(({ group, branches }) => group !== null && branches.length > 1);
}

export function end(
  run: readonly Composed[],
  order: Direction,
  limit: number | null,
  ofChange = false,
): Of<'end'> {
  return { kind: 'end', order, limit, ofChange, ...spanOf(run) };
}

const REVERSE: Record<Direction, Direction> = { high: 'low', low: 'high', best: 'worst', worst: 'best' };

/** The end of a change: the largest fall is the lowest change. */
export function endOfChange(run: readonly Composed[], order: Direction, limit: number | null): Of<'end'> {
  if (phraseIn(run, 'improved', 'worsened') !== null)
    return end(run, phraseIn(run, 'improved') === null ? 'worst' : 'best', limit, true);
  return end(run, phraseIn(run, 'fall') === null ? order : REVERSE[order], limit, true);
}

export function directionOf(run: readonly Composed[]): Direction {
  if (phraseIn(run, 'low', 'bottom', 'order_low') !== null) return 'low';
  if (phraseIn(run, 'good') !== null) return 'best';
  return phraseIn(run, 'bad', 'behind') !== null ? 'worst' : 'high';
}

export function places(run: readonly Composed[]): Composed | null {
  const said = all(run, 'ordinal').map((ordinal) => ordinal.place);
  const [first, last] = [Math.min(...said), Math.max(...said)];
  if (said.length === 0 || first < 1) return null;
  const from = phraseIn(run, 'from_bottom', 'from_top');
  const order = from === null ? null : from === 'from_bottom' ? 'low' : 'high';
  return { kind: 'places', offset: first - 1, limit: last - first + 1, order, ...spanOf(run) };
}
