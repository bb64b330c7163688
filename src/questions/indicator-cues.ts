import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Indicator, IndicatorId } from '../model/indicator.ts';
import type { Mention } from './matcher.ts';

/** The indicators that a question is about, by name or by description. */
export interface NamedIndicators {
  ids: IndicatorId[];
  /** The words used mean one indicator each. */
  sure: boolean;
  /** The words of a description, folded; empty where a name was used. */
  words: string[];
}

interface Fit {
  id: IndicatorId;
  words: string[];
  length: number;
}

/** The words of one line of a statement's description that the text has; null where one is missing or barred. */
function fit(text: string, line: string): string[] | null {
  const words = line.split(/\s+/).map(foldText);
  const wanted = words.filter((word) => !word.startsWith('-'));
  const barred = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
  const fits = wanted.every((word) => text.includes(word)) && !barred.some((word) => text.includes(word));
  return fits ? wanted : null;
}

/**
 * The indicator that a question describes with the words a plan's statement has
 * (健康保険委員がいる事業所の…割合), for questions that use none of its names. The closest fit wins.
 */
function describedIndicator(
  text: string,
  catalogue: Catalogue,
  accept: (indicator: Indicator) => boolean,
): Fit | null {
  let best: Fit | null = null;
  for (const indicator of catalogue.indicators.filter(accept)) {
    for (const line of indicator.statement.filter((words) => words.includes(' '))) {
      const words = fit(text, line);
      const length = words?.join('').length ?? 0;
      if (words !== null && length > (best?.length ?? 0)) best = { id: indicator.id, words, length };
    }
  }
  return best;
}

const SHARE = /割合|率|%|ぱーせんと/;
const NUMBER = /事業所数|何(?:社|事業所)|社数|(?:事業所|会社).{0,3}(?:いくつ|数)|件数|人数/;

/**
 * A name that fits the beginning of a longer description (健康保険委員の委嘱事業所の…割合) gives way to the
 * indicator that fits its unit too: what is asked for as a share is no number of offices.
 */
function byUnit(text: string, named: IndicatorId, catalogue: Catalogue): IndicatorId {
  const own = catalogue.indicators.find(({ id }) => id === named);
  const share = SHARE.test(text);
  if (own === undefined || share === NUMBER.test(text) || (own.unit === '%') === share) return named;
  return describedIndicator(text, catalogue, ({ unit }) => (unit === '%') === share)?.id ?? named;
}

/** Two words with several meanings each mean what they share: 特定保健指導（被保険者）. */
function common(meanings: readonly (readonly IndicatorId[])[]): IndicatorId[] {
  const [first = [], ...others] = meanings;
  const shared = first.filter((id) => others.every((ids) => ids.includes(id)));
  return shared.length > 0 ? shared : [...new Set(meanings.flat())];
}

/** What a word with several meanings means beside a name: 「ジェネリックと健診の目標」 asks for both. */
function joinedIds(text: string, mentions: readonly Mention[]): IndicatorId[] {
  const named = mentions.filter(({ meaning }) => meaning.type === 'indicator');
  return named.flatMap((mention, at) => {
    const beside = [named[at - 1], named[at + 1]].some((other) => {
      if (other === undefined || !isSure(other)) return false;
      const between = text.slice(Math.min(mention.to, other.to), Math.max(mention.from, other.from));
      return /^(?:の目標)?(?:と|・|、|や|および|及び)$/.test(between);
    });
    return beside && mention.meaning.type === 'indicator' && !mention.meaning.sure ? mention.meaning.ids : [];
  });
}

function isSure({ meaning }: Mention): boolean {
  return meaning.type === 'indicator' && meaning.sure;
}

export function nameIndicators(
  text: string,
  mentions: readonly Mention[],
  catalogue: Catalogue,
): NamedIndicators {
  const named = mentions.flatMap(({ meaning }) => (meaning.type === 'indicator' ? [meaning] : []));
  const sure = named.filter((meaning) => meaning.sure).flatMap((meaning) => meaning.ids);
  const [only] = sure;
  if (only !== undefined) {
    const joined = joinedIds(text, mentions);
    if (joined.length > 0) return { ids: [...new Set([...sure, ...joined])], sure: true, words: [] };
    const ids = sure.length === 1 ? [byUnit(text, only, catalogue)] : [...new Set(sure)];
    return { ids, sure: true, words: [] };
  }
  const described = describedIndicator(text, catalogue, () => true);
  if (described !== null) return { ids: [described.id], sure: true, words: described.words };
  return { ids: common(named.map((meaning) => meaning.ids)), sure: false, words: [] };
}
