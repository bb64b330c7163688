import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';

/** What a matched name means. */
export type Meaning =
  | { type: 'branch'; name: string; by: 'name' | 'reading' | 'city' }
  | { type: 'region'; name: string }
  /** `sure`: the name says one indicator; else any of them may be meant. */
  | { type: 'indicator'; ids: readonly IndicatorId[]; sure: boolean; term: string };

export interface Term {
  /** Folded, without the characters that a match steps over. */
  text: string;
  meaning: Meaning;
}

/** Characters that people add or leave out inside a name: 被保険者(の)特定保健指導. */
export function isSkipped(character: string): boolean {
  return (
    character === 'の' || character === '(' || character === ')' || character === '「' || character === '」'
  );
}

function toTerm(name: string, meaning: Meaning): Term {
  return { text: [...foldText(name)].filter((c) => !isSkipped(c)).join(''), meaning };
}

function branchTerms(catalogue: Catalogue): Term[] {
  return catalogue.branches.flatMap((branch) => {
    const by = (names: string[], how: 'name' | 'reading' | 'city') =>
      names.map((name) => toTerm(name, { type: 'branch', name: branch.name, by: how }));
    return [
      ...by([branch.name, `${branch.name}支部`, ...branch.aliases], 'name'),
      ...by([branch.prefecture].filter(Boolean), 'name'),
      ...by([branch.reading], 'reading'),
      ...by([`${branch.reading}支部`, `${branch.reading}しぶ`, `${branch.reading}けん`], 'name'),
      ...by(branch.cities, 'city'),
    ];
  });
}

function regionTerms(catalogue: Catalogue): Term[] {
  const regions = new Set(catalogue.branches.map((branch) => branch.region).filter(Boolean));
  return [...regions].flatMap((region) =>
    region
      .split('・')
      .filter((part) => !catalogue.branches.some((branch) => branch.name === part))
      .map((part) => toTerm(part, { type: 'region', name: part })),
  );
}

function ownName(id: IndicatorId): string {
  return id.slice('other:'.length);
}

function indicatorTerms(catalogue: Catalogue, others: readonly IndicatorId[]): Term[] {
  const sure = catalogue.indicators.flatMap((indicator) =>
    [indicator.name, ...indicator.official.map((official) => official.name), ...indicator.synonyms].map(
      (name) => toTerm(name, { type: 'indicator', ids: [indicator.id], sure: true, term: name }),
    ),
  );
  const own = others.filter(isOther);
  const unsure = catalogue.ambiguous.map(({ term, indicators }) =>
    toTerm(term, {
      type: 'indicator',
      ids: [...indicators, ...own.filter((id) => belongsTo(id, indicators, catalogue))],
      sure: false,
      term,
    }),
  );
  const named = own.flatMap((id) => {
    const meaning: Meaning = { type: 'indicator', ids: [id], sure: true, term: ownName(id) };
    return [ownName(id), `『${ownName(id)}』`, ...tails(ownName(id))].map((name) => toTerm(name, meaning));
  });
  return [...unsure, ...sure, ...named];
}

/** A plan's own KPI joins the words of the group that one of which its name has: 特定保健指導実施率, 特保. */
function belongsTo(id: IndicatorId, indicators: readonly IndicatorId[], catalogue: Catalogue): boolean {
  const group = catalogue.ambiguous.filter((other) => other.indicators.join() === indicators.join());
  return !indicators.includes(id) && group.some(({ term }) => ownName(id).includes(term));
}

/** What people shorten a long name to: 被保険者の喫煙率 → 喫煙率. */
function tails(name: string): string[] {
  const parts = name.split('の');
  return parts.map((_, at) => parts.slice(at + 1).join('の')).filter((tail) => tail.length >= 3);
}

/** All names that a question can use. The first of two equal names wins. */
export function collectTerms(catalogue: Catalogue, others: readonly IndicatorId[]): Term[] {
  return [...branchTerms(catalogue), ...regionTerms(catalogue), ...indicatorTerms(catalogue, others)];
}
