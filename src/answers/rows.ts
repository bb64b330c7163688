import { formatNumber } from '../japanese/amounts.ts';
import type { AnswerTable, Choice } from '../model/answer.ts';
import type { Compute, Query, Statistic } from '../model/query.ts';
import { chartOf } from './chart.ts';
import { type Frame, isLowerBetterFor, numberText, statisticOf, unitOf } from './conditions.ts';
import { COLUMN_NAMES, degreeWords, differenceText, type Fact, figureOf, withUnit } from './fact.ts';

/** Rows of one kind with all that is needed to speak of them. */
export interface Rows {
  topic: string;
  facts: readonly Fact[];
  frame: Frame;
  /** The rows that were there the year before, for what is new or has changed. */
  before?: readonly Fact[];
  /** 令和7年度 ジェネリック医薬品使用割合. */
  what: string;
  /** How a row is called: 東京支部, a budget item. */
  labelOf: (fact: Fact) => string;
  /** What a row counts as: 支部, 件. */
  noun: string;
  /** How many rows the scope has, as said: 全支部（資料のある47支部）. */
  scopeText: string;
  notes: (string | null)[];
  /** Further text of a row in a list. */
  detail?: (fact: Fact) => string;
  /** Whose place is asked, or of which row something is claimed. */
  isSubject: (fact: Fact) => boolean;
  choices: Choice[];
}

interface Ranked {
  fact: Fact;
  value: number;
  /** Equal figures share a place, and the next place is left out. */
  place: number;
}

/** A list shows this many lines; the rest follows in one. */
export const LINES = 10;

/** For which end of the figures an order asks. */
export function isDescending(query: Query, { facts, frame }: Rows): boolean {
  if (query.order === 'high' || query.order === null) return true;
  if (query.order === 'low') return false;
  const [first] = facts;
  const down = first !== undefined && isLowerBetterFor(first, frame.sources);
  const lowIsGood = down && frame.column !== 'achievement';
  return query.order === 'best' ? !lowIsGood : lowIsGood;
}

export function rank(facts: readonly Fact[], { column, sources }: Frame, descending: boolean): Ranked[] {
  const numbered = facts.flatMap((fact) => {
    const value = figureOf(fact, column, sources)?.value ?? null;
    return value === null ? [] : [{ fact, value }];
  });
  const sorted = numbered.sort((a, b) => (descending ? b.value - a.value : a.value - b.value));
  return sorted.map((entry) => ({
    ...entry,
    place: sorted.findIndex((other) => other.value === entry.value) + 1,
  }));
}

/** The rows that an order and a limit choose, in that order. */
export function topOf(query: Query, rows: Rows): Fact[] {
  const ranked = rank(rows.facts, rows.frame, isDescending(query, rows));
  const { limit, offset } = query;
  const chosen =
    limit === null ? ranked : ranked.filter(({ place }) => place > offset && place <= offset + limit);
  return chosen.map(({ fact }) => fact);
}

export function factText(fact: Fact, { column, sources }: Frame): string {
  return figureOf(fact, column, sources)?.text ?? '―';
}

function line(fact: Fact, rows: Rows, lead = '・'): string {
  const detail = rows.detail?.(fact) ?? '';
  return `${lead}${rows.labelOf(fact)} ${factText(fact, rows.frame)}${detail}（${fact.source.line}行目）`;
}

/** Lines past the tenth in one: nothing is left out. */
export function folded(facts: readonly Fact[], rows: Rows, lead: (fact: Fact) => string): string[] {
  const shown = facts.slice(0, LINES).map((fact) => line(fact, rows, lead(fact)));
  const rest = facts.slice(LINES);
  if (rest.length === 0) return shown;
  if (rest.length <= 2) return facts.map((fact) => line(fact, rows, lead(fact)));
  const short = rest.map(
    (fact) => `${lead(fact).replace('・', '')}${rows.labelOf(fact)} ${factText(fact, rows.frame)}`,
  );
  return [...shown, `ほか${rest.length}${rows.noun}：${short.join('、')}`];
}

export function tableOf(
  facts: readonly Fact[],
  rows: Rows,
  places: ReadonlyMap<Fact, number> | null,
): AnswerTable {
  const { frame } = rows;
  const name = COLUMN_NAMES[frame.column];
  return {
    caption: `${rows.what}の${name}`,
    columns: [
      ...(places === null ? [] : [{ name: '順位', kind: 'number' as const }]),
      { name: rows.noun === '支部' ? '支部' : '項目', kind: 'text' },
      { name, kind: 'number' },
    ],
    rows: facts.map((fact) => {
      const place = places?.get(fact);
      return [
        ...(places === null
          ? []
          : [{ text: place === undefined ? '―' : `${place}位`, value: place ?? null }]),
        { text: rows.labelOf(fact), value: null },
        { text: factText(fact, frame), value: figureOf(fact, frame.column, frame.sources)?.value ?? null },
      ];
    }),
  };
}

export function chartFor(facts: readonly Fact[], rows: Rows) {
  const { column, sources } = rows.frame;
  return chartOf(
    'bar',
    { title: `${rows.what}の${COLUMN_NAMES[column]}`, name: COLUMN_NAMES[column] },
    unitOf(facts, column, sources),
    facts.flatMap((fact) => {
      const value = figureOf(fact, column, sources)?.value ?? null;
      return value === null ? [] : [{ label: rows.labelOf(fact), value }];
    }),
  );
}

/** 80.9 + 80.5 of few, else how many figures there are. */
function addends(values: readonly number[]): string {
  return values.length <= 12 ? values.map((value) => formatNumber(value)).join(' + ') : '';
}

export function statisticText(
  values: readonly number[],
  of: Statistic,
  unit: string | null,
  noun: string,
): string {
  const value = statisticOf(values, of) ?? 0;
  const sum = statisticOf(values, 'sum') ?? 0;
  const high = statisticOf(values, 'max') ?? 0;
  const low = statisticOf(values, 'min') ?? 0;
  const count = values.length;
  switch (of) {
    case 'sum': {
      const parts = addends(values);
      return `合計 ${withUnit(value, unit)}（${parts === '' || count < 2 ? `${count}${noun}` : `${count}${noun}：${parts}`}）`;
    }
    case 'mean':
      return `平均 ${withUnit(value, unit, 2)}（数値のある${count}${noun}の合計 ${formatNumber(sum, 4)} ÷ ${count}）`;
    case 'median':
      return `中央値 ${withUnit(value, unit)}（数値のある${count}${noun}）`;
    case 'max':
      return `最大 ${withUnit(value, unit)}`;
    case 'min':
      return `最小 ${withUnit(value, unit)}`;
    case 'spread':
      return `差 ${differenceText(value, unit)}（${formatNumber(high)} − ${formatNumber(low)}）`;
  }
}

/** Two figures against each other, or one against a statistic, a branch, a year. */
export function setAgainst(
  query: Query,
  rows: Rows,
  pairs: readonly { label: string; value: number; text: string }[],
  missing: readonly string[],
): { headline: string } | { reason: string } {
  const { compute } = query;
  const [first, second] = pairs;
  if (first === undefined || second === undefined || compute === null) {
    const why =
      missing.length === 0 ? '比べる相手の数値がありません' : `${missing.join('、')}に数値がありません`;
    return { reason: `${why}。そのため計算できません。` };
  }
  return betweenFigures(compute, pairs, unitOf(rows.facts, rows.frame.column, rows.frame.sources));
}

/** The same for figures of one unit, whatever they are of. */
export function betweenFigures(
  compute: Compute | null,
  pairs: readonly { label: string; value: number; text: string }[],
  unit: string | null,
): { headline: string } | { reason: string } {
  const [first, second] = pairs;
  if (first === undefined || second === undefined) return { reason: '比べる数値がそろっていません。' };
  const words = degreeWords(unit);
  if (compute?.type === 'ratio') {
    if (second.value === 0) return { reason: '0では割れません。' };
    const times = first.value / second.value;
    const gap = Number((first.value - second.value).toFixed(4));
    // 「何倍ちがう？」 does not say of which: a small part is told the other way round, too.
    const back =
      times > 0 && times < 0.5
        ? `${second.label}は${first.label}の${formatNumber(1 / times, 2)}倍です。`
        : '';
    return {
      headline: `${first.label}は${second.label}の${formatNumber(times, 2)}倍です（${numberText({ value: first.value, unit: null })} ÷ ${numberText({ value: second.value, unit: null })}、${formatNumber(times * 100, 1)}％、差は${differenceText(gap, unit)}）。${back}`,
    };
  }
  const gap = first.value - second.value;
  if (pairs.every(({ value }) => Math.abs(value - first.value) < 1e-9))
    return { headline: `${pairs.map(({ label }) => label).join('と')}は同じです（${first.text}）。` };
  const [high, low] = gap > 0 ? [first, second] : [second, first];
  if (pairs.length > 2) {
    const sorted = [...pairs].sort((a, b) => b.value - a.value);
    const [top, bottom] = [sorted[0] ?? first, sorted.at(-1) ?? second];
    return {
      headline: `${words.most}のは${top.label}（${top.text}）、${words.least}のは${bottom.label}（${bottom.text}）で、差は${differenceText(top.value - bottom.value, unit)}です（${formatNumber(top.value, 2)} − ${formatNumber(bottom.value, 2)}）。`,
    };
  }
  return {
    headline: `${high.label}のほうが${differenceText(Number(gap.toFixed(4)), unit)}${words.more}です（${formatNumber(high.value, 2)} − ${formatNumber(low.value, 2)}）。`,
  };
}
