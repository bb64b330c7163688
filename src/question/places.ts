import type { Folded } from '../japanese/fold.ts';
import type { Period } from '../japanese/periods.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Mention } from './matcher.ts';

/** Branches in the order they are named; those of a region where none is named; a city's where neither is. */
export function branchesOf(mentions: readonly Mention[], catalogue: Catalogue): string[] {
  const named = mentions.flatMap(({ meaning }) =>
    meaning.type === 'branch' && meaning.by !== 'city' ? [meaning.name] : [],
  );
  if (named.length > 0) return [...new Set(named)];
  const inRegions = mentions.flatMap(({ meaning }) =>
    meaning.type === 'region' ? branchesIn(meaning.name, catalogue) : [],
  );
  if (inRegions.length > 0) return [...new Set(inRegions)];
  return [...new Set(mentions.flatMap(({ meaning }) => (meaning.type === 'branch' ? [meaning.name] : [])))];
}

function branchesIn(region: string, catalogue: Catalogue): string[] {
  return catalogue.branches
    .filter((branch) => branch.region.split('・').includes(region))
    .map(({ name }) => name);
}

function isPlace({ meaning }: Mention): boolean {
  return meaning.type === 'region' || (meaning.type === 'branch' && meaning.by !== 'city');
}

/** The question without branches and years: what to search for. Quarters, months and cities stay. */
export function aboutOf(
  { plain, gaps }: Folded,
  mentions: readonly Mention[],
  periods: readonly Period[],
): string {
  const years = periods.filter(({ kind }) => kind !== 'quarter' && kind !== 'month' && kind !== 'half');
  const blank = new Uint8Array(plain.length);
  for (const { from, to } of [...years, ...mentions.filter(isPlace)]) blank.fill(1, from, to);
  return [...plain]
    .map((character, at) => (blank[at] === 1 ? ' ' : `${gaps.has(at) ? ' ' : ''}${character}`))
    .join('')
    .replace(/(?<=\s)(?:支部|年度)?(?:では|でも|だと|って|の|は|が|で|と|や|、|も)(?=\s|[^ぁ-ん])/g, ' ')
    .replace(/[\s、。]+/g, ' ')
    .trim();
}
