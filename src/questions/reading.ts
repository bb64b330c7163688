import { fold, foldText } from '../japanese/fold.ts';
import { findPeriods, type Period } from '../japanese/periods.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Day, FiscalYear, Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId, Unit } from '../model/indicator.ts';
import type { Condition } from '../model/question.ts';
import { type FoundCondition, findValueCondition } from './condition.ts';
import { CUES, type Cue } from './cues.ts';
import { nameIndicators } from './indicator-cues.ts';
import type { Matcher, Mention } from './matcher.ts';
import { aboutOf, branchesOf } from './places.ts';

/** All that a question says by itself, before it is known what it asks. */
export interface Reading {
  /** Folded, with names blanked: 高知 is not high, and 実施率 says nothing of what was carried out. */
  said: string;
  /** In the order they are named, each once. */
  branches: string[];
  fys: FiscalYear[];
  /** A year was said as 今年度, 昨年度. */
  relativeYear: boolean;
  previousYear: boolean;
  nextYear: boolean;
  beforeReiwa: boolean;
  /** Quarters that were said; 上期 is the first two. */
  quarters: Quarter[];
  months: number[];
  /** A city or island was named. */
  byCity: boolean;
  indicators: IndicatorId[];
  /** The words used name one indicator each. */
  sure: boolean;
  condition: Condition | null;
  cues: ReadonlySet<Cue>;
  /** The question without branches and years: what to search for. */
  about: string;
  /** A group that the indicator is asked of and that no KPI is of: 国保 of 「国保の特定健診受診率」. */
  qualifier: string | null;
  /** How many letters no name, period, cue or turn of politeness explains. */
  unexplained: number;
}

interface Span {
  from: number;
  to: number;
}

/** Years in the order said; a month with its year says the fiscal year that it lies in. */
function yearsOf(periods: readonly Period[]): FiscalYear[] {
  const years = periods.flatMap((period) => {
    if (period.kind === 'year') return [period.fy];
    return period.kind === 'month' && period.fy !== null ? [period.fy] : [];
  });
  return [...new Set(years)];
}

function quartersOf(periods: readonly Period[]): Quarter[] {
  const quarters = periods.flatMap((period): Quarter[] => {
    if (period.kind === 'quarter') return [period.quarter];
    if (period.kind !== 'half') return [];
    return period.half === 1 ? [1, 2] : [3, 4];
  });
  return [...new Set(quarters)];
}

/** The same length with the given stretches blanked, so that names are not read as cues or figures. */
function mask(text: string, spans: readonly Span[]): string {
  let masked = text;
  for (const { from, to } of spans)
    masked = masked.slice(0, from) + '＿'.repeat(to - from) + masked.slice(to);
  return masked;
}

function readCues(text: string): { cues: Set<Cue>; spans: Span[] } {
  const cues = new Set<Cue>();
  const spans: Span[] = [];
  for (const [cue, pattern] of CUES) {
    for (const match of text.matchAll(pattern)) {
      cues.add(cue);
      if (cue !== 'topic') spans.push({ from: match.index, to: match.index + match[0].length });
    }
  }
  return { cues, spans };
}

function occurrences(text: string, words: readonly string[]): Span[] {
  return words.flatMap((word) => {
    const from = text.indexOf(word);
    return from < 0 ? [] : [{ from, to: from + word.length }];
  });
}

/**
 * Pieces of one or two hiragana are particles and endings, and mean nothing by themselves; pieces of an
 * indicator's full name (支払基金と合算した) add nothing to the name that was found.
 */
function countUnexplained(text: string, explained: readonly Span[], names: readonly string[]): number {
  return mask(text, explained)
    .split(/[＿\s\p{P}\p{S}]+/u)
    .filter((piece) => piece.length > 2 || /[^ぁ-んー]/.test(piece))
    .filter((piece) => !names.some((name) => name.includes(piece)))
    .reduce((sum, piece) => sum + piece.length, 0);
}

function fullNames(ids: readonly IndicatorId[], catalogue: Catalogue): string[] {
  return catalogue.indicators
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ name, official }) => [name, ...official.map((era) => era.name)])
    .map(foldText);
}

/** A limit in days or people is none on a share: 「月15日以上」 is part of what the share is of. */
function fitsUnit(found: FoundCondition, ids: readonly IndicatorId[], catalogue: Catalogue): boolean {
  const units = catalogue.indicators.filter(({ id }) => ids.includes(id)).map(({ unit }) => unit);
  const counts: readonly (Unit | null)[] = ['事業所', '社'];
  return (
    found.unit === null ||
    units.length === 0 ||
    units.some((unit) => unit === found.unit || (counts.includes(unit) && found.unit !== '%'))
  );
}

/** Groups that the KPIs themselves are of. */
const OWN_GROUPS =
  /被保険者|被扶養者|加入者|協会|支部|本人|家族|年度|全体|事業所|計画|扶養|会社|従業員|社員|当初|期間|時点|全国|各|目標|前年/;

/** 「健活企業の特定健診受診率」: a noun that is explained by nothing, right before the indicator's name. */
function qualifierOf(text: string, mentions: readonly Mention[], explained: readonly Span[]): string | null {
  const unexplained = mask(text, explained);
  for (const { meaning, from } of mentions) {
    if (meaning.type !== 'indicator') continue;
    const noun = /([一-龠]{2,8})の$/.exec(unexplained.slice(0, from))?.[1];
    if (noun !== undefined && !OWN_GROUPS.test(noun)) return noun;
  }
  return null;
}

export function read(input: string, matcher: Matcher, catalogue: Catalogue, today: Day): Reading {
  const folded = fold(input);
  const { text } = folded;
  const periods = findPeriods(text, today);
  const inPeriod = (span: Span) => periods.some(({ from, to }) => span.from < to && span.to > from);
  const mentions = matcher.find(folded).filter((mention) => !inPeriod(mention));
  const { ids, sure, words } = nameIndicators(text, mentions, catalogue);
  const value = findValueCondition(mask(text, [...periods, ...mentions]));
  const condition = value !== null && fitsUnit(value, ids, catalogue) ? value : null;
  const { cues, spans } = readCues(mask(text, [...mentions, ...(condition === null ? [] : [condition])]));
  return {
    said: mask(text, mentions),
    branches: branchesOf(mentions, catalogue, text),
    fys: yearsOf(periods),
    relativeYear: periods.some((period) => period.kind === 'year' && period.relative),
    previousYear: periods.some(({ kind }) => kind === 'previous_year'),
    nextYear: periods.some(({ kind }) => kind === 'next_year'),
    beforeReiwa: periods.some(({ kind }) => kind === 'before_reiwa'),
    quarters: quartersOf(periods),
    months: periods.flatMap((period) => (period.kind === 'month' ? [period.month] : [])),
    byCity: mentions.some(({ meaning }) => meaning.type === 'branch' && meaning.by === 'city'),
    indicators: ids,
    sure,
    condition: condition?.condition ?? null,
    cues,
    about: aboutOf(folded, mentions, periods),
    qualifier: qualifierOf(text, mentions, [...periods, ...spans, ...mentions]),
    unexplained: countUnexplained(
      text,
      [...periods, ...mentions, ...spans, ...occurrences(text, words), ...(value === null ? [] : [value])],
      fullNames(ids, catalogue),
    ),
  };
}
