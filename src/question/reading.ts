import { type Folded, fold } from '../japanese/fold.ts';
import { findPeriods, type Period } from '../japanese/periods.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Day, FiscalYear, Quarter } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Condition } from '../model/question.ts';
import { findValueCondition } from './condition.ts';
import { CUES, type Cue } from './cues.ts';
import { byUnit, cuedIndicators } from './indicator-cues.ts';
import type { Matcher, Mention } from './matcher.ts';
import type { Meaning } from './terms.ts';

/** All that a question says by itself, before it is known what it asks. */
export interface Reading {
  folded: Folded;
  /** In the order they are named, each once. */
  branches: string[];
  fys: FiscalYear[];
  /** A year was said as 今年度, 昨年度. */
  relativeYear: boolean;
  previousYear: boolean;
  nextYear: boolean;
  beforeReiwa: boolean;
  quarter: Quarter | null;
  month: number | null;
  indicators: IndicatorId[];
  /** The words used name one indicator each. */
  sure: boolean;
  /** The words that name the indicators, as the catalogue has them. */
  terms: string[];
  condition: Condition | null;
  cues: ReadonlySet<Cue>;
  /** The question without branches and periods: what to search for. */
  about: string;
  /** What no name, period, cue or turn of politeness explains. */
  rest: string;
}

function branchesOf(mentions: readonly Mention[], catalogue: Catalogue): string[] {
  const named = mentions.flatMap(({ meaning }) =>
    meaning.type === 'branch' && meaning.by !== 'city' ? [meaning.name] : [],
  );
  if (named.length > 0) return [...new Set(named)];
  const inRegions = mentions.flatMap(({ meaning }) =>
    meaning.type === 'region'
      ? catalogue.branches
          .filter((branch) => branch.region.split('・').includes(meaning.name))
          .map((b) => b.name)
      : [],
  );
  if (inRegions.length > 0) return [...new Set(inRegions)];
  const cities = mentions.flatMap(({ meaning }) => (meaning.type === 'branch' ? [meaning.name] : []));
  return [...new Set(cities)];
}

/** Years in the order said; several quarters or months of one year stay one year. */
function yearsOf(periods: readonly Period[]): FiscalYear[] {
  const years = periods.flatMap((period) => {
    if (period.kind === 'year') return [period.fy];
    return period.kind === 'month' && period.fy !== null ? [period.fy] : [];
  });
  return [...new Set(years)];
}

function explain(explained: Uint8Array, from: number, to: number): void {
  explained.fill(1, from, to);
}

function readCues(text: string, explained: Uint8Array): Set<Cue> {
  const cues = new Set<Cue>();
  for (const [cue, pattern] of CUES) {
    for (const match of text.matchAll(pattern)) {
      cues.add(cue);
      if (cue !== 'topic') explain(explained, match.index, match.index + match[0].length);
    }
  }
  return cues;
}

/** Long enough to mean something: particles and endings of one or two hiragana are not. */
function restOf(text: string, explained: Uint8Array): string {
  const open = [...text].map((character, at) => (explained[at] === 1 ? ' ' : character)).join('');
  return open
    .split(/[\s、。,.?!「」()・:;~…ー-]+/)
    .filter((piece) => piece.length > 2 || /[^ぁ-んー]/.test(piece))
    .join(' ')
    .trim();
}

function isPlace(meaning: Meaning): boolean {
  return meaning.type === 'region' || (meaning.type === 'branch' && meaning.by !== 'city');
}

/** Quarters and months stay: plans are searched for them too. */
function aboutOf(folded: Folded, spans: readonly { from: number; to: number; kind?: string }[]): string {
  const blank = new Uint8Array(folded.plain.length);
  for (const { from, to, kind } of spans) {
    if (kind !== 'quarter' && kind !== 'month' && kind !== 'half') explain(blank, from, to);
  }
  return [...folded.plain]
    .map((character, at) => (blank[at] === 1 ? ' ' : `${folded.gaps.has(at) ? ' ' : ''}${character}`))
    .join('')
    .replace(/(?<=\s)(?:支部|年度)?(?:では|でも|だと|って|の|は|が|で|と|や|、|も)(?=\s|[^ぁ-ん])/g, ' ')
    .replace(/[\s、。]+/g, ' ')
    .trim();
}

export function read(input: string, matcher: Matcher, catalogue: Catalogue, today: Day): Reading {
  const folded = fold(input);
  const { text } = folded;
  const periods = findPeriods(text, today);
  const inPeriod = (mention: Mention) => periods.some((p) => mention.from < p.to && mention.to > p.from);
  const mentions = matcher.find(folded).filter((mention) => !inPeriod(mention));
  const explained = new Uint8Array(text.length);
  for (const { from, to } of [...periods, ...mentions]) explain(explained, from, to);
  const value = findValueCondition(maskText(text, [...periods, ...mentions]));
  if (value !== null) explain(explained, value.from, value.to);
  const cues = readCues(
    maskText(
      text,
      mentions.filter((m) => m.meaning.type === 'indicator'),
    ),
    explained,
  );

  const named = mentions.flatMap(({ meaning }) => (meaning.type === 'indicator' ? [meaning] : []));
  const sure = named.filter((meaning) => meaning.sure);
  const cued = sure.length === 0 ? cuedIndicators(text, catalogue) : [];
  const single =
    sure.length === 1 ? sure.flatMap((m) => m.ids.map((id) => byUnit(text, id, catalogue))) : null;
  const indicators =
    single !== null
      ? single
      : sure.length > 0
        ? sure.flatMap((m) => m.ids)
        : cued.length > 0
          ? cued
          : named.flatMap((m) => m.ids);
  return {
    folded,
    branches: branchesOf(mentions, catalogue),
    fys: yearsOf(periods),
    relativeYear: periods.some((p) => p.kind === 'year' && p.relative),
    previousYear: periods.some((p) => p.kind === 'previous_year'),
    nextYear: periods.some((p) => p.kind === 'next_year'),
    beforeReiwa: periods.some((p) => p.kind === 'before_reiwa'),
    quarter: periods.flatMap((p) => (p.kind === 'quarter' ? [p.quarter] : []))[0] ?? null,
    month: periods.flatMap((p) => (p.kind === 'month' ? [p.month] : []))[0] ?? null,
    indicators: [...new Set(indicators)],
    sure: sure.length > 0 || cued.length > 0,
    terms: [...new Set((sure.length > 0 ? sure : named).map((m) => m.term))],
    condition: value?.condition ?? null,
    cues,
    about: aboutOf(folded, [...periods, ...mentions.filter(({ meaning }) => isPlace(meaning))]),
    rest: restOf(text, explained),
  };
}

/** The same length with the given stretches blanked, so that names are not read as cues or figures. */
function maskText(text: string, spans: readonly { from: number; to: number }[]): string {
  let masked = text;
  for (const { from, to } of spans)
    masked = masked.slice(0, from) + '＿'.repeat(to - from) + masked.slice(to);
  return masked;
}
