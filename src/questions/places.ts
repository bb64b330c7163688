import type { Folded } from '../japanese/fold.ts';
import type { Period } from '../japanese/periods.ts';
import { HEAD_OFFICE } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Mention } from './matcher.ts';

/** 全国 by itself is the association as a whole; 全国の支部, 全国で一番 are its branches. */
const WHOLE_COUNTRY = /全国(?!の?(?:支部|平均|順|らんきんぐ|各|全|比較|で|健康保険)|健康保険協会)/;

/** 「全国の目標より高い？」, 「全国と比べて」: a branch is set beside the association as a whole. */
const BESIDE_COUNTRY =
  /全国(?:の(?:目標|実績|kpi|数値)?)?(?:値)?(?:より|と(?:比べ|くらべ|の差|の違い|どっち|どちら))/;

/**
 * Branches in the order they are named; those of a region where none is named or a list goes on with one
 * (九州・沖縄); a city's where neither is.
 */
export function branchesOf(mentions: readonly Mention[], catalogue: Catalogue, text: string): string[] {
  const places = mentions.filter(isPlace);
  const joined = places.some((place, at) => {
    const next = places[at + 1];
    return (
      next !== undefined &&
      place.meaning.type !== next.meaning.type &&
      /^(?:・|、|,|と|や|および)$/.test(text.slice(place.to, next.from))
    );
  });
  const of = ({ meaning }: Mention) =>
    meaning.type === 'region'
      ? branchesIn(meaning.name, catalogue)
      : meaning.type === 'branch'
        ? [meaning.name]
        : [];
  if (joined) return [...new Set(places.flatMap(of))];
  const named = places.filter(({ meaning }) => meaning.type === 'branch').flatMap(of);
  const beside = BESIDE_COUNTRY.test(text) ? [HEAD_OFFICE] : [];
  if (named.length > 0) return [...new Set([...named, ...beside])];
  if (places.length > 0) return [...new Set(places.flatMap(of))];
  const cities = mentions.filter(({ meaning }) => meaning.type === 'branch').flatMap(of);
  return cities.length === 0 && WHOLE_COUNTRY.test(text) ? [HEAD_OFFICE] : [...new Set(cities)];
}

function branchesIn(region: string, catalogue: Catalogue): string[] {
  return catalogue.branches
    .filter((branch) => branch.region.split('・').includes(region))
    .map(({ name }) => name);
}

function isPlace({ meaning }: Mention): boolean {
  return meaning.type === 'region' || (meaning.type === 'branch' && meaning.by !== 'city');
}

/** Periods that are part of what is asked about. */
const KEPT: ReadonlySet<Period['kind']> = new Set(['quarter', 'month', 'half', 'before_reiwa']);

/** The question without branches and years: what to search for. Quarters, months and cities stay. */
export function aboutOf(
  { plain, gaps }: Folded,
  mentions: readonly Mention[],
  periods: readonly Period[],
): string {
  const years = periods.filter(({ kind }) => !KEPT.has(kind));
  const blank = new Uint8Array(plain.length);
  for (const { from, to } of [...years, ...mentions.filter(isPlace)]) blank.fill(1, from, to);
  const about = [...plain]
    .map((character, at) => (blank[at] === 1 ? ' ' : `${gaps.has(at) ? ' ' : ''}${character}`))
    .join('')
    .replace(/(?<=\s)(?:支部|年度)?(?:では|でも|だと|って|の|は|が|で|と|や|、|も)(?=\s|[^ぁ-ん])/g, ' ')
    .replace(/[\s、。]+/g, ' ')
    .trim();
  return about === '' ? plain : about;
}
