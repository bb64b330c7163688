import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Indicator, IndicatorId } from '../model/indicator.ts';

/** The indicators that a question is about, by name or by description. */
interface NamedIndicators {
  ids: IndicatorId[];
  /** The words used mean each of them; else one of them is meant. */
  sure: boolean;
}

/** What words that the catalogue does not know as they stand name; null where nothing is near, or several are. */
export type LinkName = (
  words: readonly string[],
  /** What was named beside them, and how. */
  ids: readonly IndicatorId[],
  names: readonly string[],
) => (NamedIndicators & { /** Those of the words that were used. */ words: string[] }) | null;

/** An indicator's name in a question. */
interface IndicatorMention {
  from: number;
  to: number;
  ids: readonly IndicatorId[];
  sure: boolean;
}

/** A line of a statement's description: a text that fits has all of the words and none that is barred. */
interface Description {
  indicator: Indicator;
  wanted: readonly string[];
  barred: readonly string[];
  length: number;
}

const read = new WeakMap<Catalogue, readonly Description[]>();

/** Read once a catalogue: every question is held against all of them. */
function descriptionsOf(catalogue: Catalogue): readonly Description[] {
  const known = read.get(catalogue);
  if (known !== undefined) return known;
  const descriptions = catalogue.indicators.flatMap((indicator) =>
    indicator.statement
      .filter((line) => line.includes(' '))
      .map((line) => {
        const words = line.split(/\s+/).map(foldText);
        const wanted = words.filter((word) => !word.startsWith('-'));
        const barred = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
        return { indicator, wanted, barred, length: wanted.join('').length };
      }),
  );
  read.set(catalogue, descriptions);
  return descriptions;
}

/**
 * The indicator that a question describes with the words a plan's statement has
 * (健康保険委員がいる事業所の…割合), for questions that use none of its names. The closest fit wins.
 */
function describedIndicator(
  text: string,
  catalogue: Catalogue,
  accept: (indicator: Indicator) => boolean,
): IndicatorId | null {
  const best = descriptionsOf(catalogue).reduce<Description | null>((closest, own) => {
    if (own.length <= (closest?.length ?? 0) || !accept(own.indicator)) return closest;
    const fits =
      own.wanted.every((word) => text.includes(word)) && !own.barred.some((word) => text.includes(word));
    return fits ? own : closest;
  }, null);
  return best?.indicator.id ?? null;
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
  return describedIndicator(text, catalogue, ({ unit }) => (unit === '%') === share) ?? named;
}

/** Two words with several meanings each mean what they share: 特定保健指導（被保険者）. */
function common(meanings: readonly (readonly IndicatorId[])[]): IndicatorId[] {
  const [first = [], ...others] = meanings;
  const shared = first.filter((id) => others.every((ids) => ids.includes(id)));
  return shared.length > 0 ? shared : [...new Set(meanings.flat())];
}

/** Of the indicators that a word can mean, those that are counted as the question asks: 健保委員の割合, …の事業所数. */
function ofUnit(text: string, ids: IndicatorId[], catalogue: Catalogue): IndicatorId[] {
  const share = SHARE.test(text);
  if (share === NUMBER.test(text)) return ids;
  const fitting = ids.filter((id) => {
    const unit = catalogue.indicators.find((known) => known.id === id)?.unit;
    return unit === undefined || (unit === '%') === share;
  });
  return fitting.length > 0 ? fitting : ids;
}

const JOINED = /^(?:の目標|の実績|目標)?(?:と、?|・|、|や|および|及び|&|\/|も、?)$/;

/** Words beside each other with 「と」 between them name one each: ジェネリックと健診. */
function areJoined(text: string, left: IndicatorMention, right: IndicatorMention): boolean {
  return JOINED.test(text.slice(left.to, right.from).replace(/[()「」]/g, ''));
}

/** 特保、被保険者と被扶養者それぞれ: one word with several meanings, narrowed by two others. */
function narrowedEach(text: string, mentions: readonly IndicatorMention[]): IndicatorId[] | null {
  const [general, left, right] = mentions;
  if (mentions.length !== 3 || general === undefined || left === undefined || right === undefined)
    return null;
  if (general.sure || left.sure || right.sure || !areJoined(text, left, right)) return null;
  const each = [left, right].map((mention) => general.ids.filter((id) => mention.ids.includes(id)));
  return each.every((ids) => ids.length === 1) ? each.flat() : null;
}

export function nameIndicators(
  text: string,
  mentions: readonly IndicatorMention[],
  catalogue: Catalogue,
): NamedIndicators {
  const each = narrowedEach(text, mentions);
  if (each !== null) return { ids: each, sure: true };
  const sure = mentions.filter((mention) => mention.sure);
  if (sure.length > 0) {
    const joined = mentions.filter((mention) => {
      if (mention.sure) return false;
      const at = mentions.indexOf(mention);
      const [left, right] = [mentions[at - 1], mentions[at + 1]];
      return (
        (left?.sure && areJoined(text, left, mention)) || (right?.sure && areJoined(text, mention, right))
      );
    });
    // 健診と特定健診 asks for two: the general word means its first, most asked one.
    const general = joined.flatMap((mention) =>
      mention.ids.filter((id) => !sure.some((s) => s.ids.includes(id))).slice(0, 1),
    );
    const named = [...new Set(mentions.flatMap((m) => (m.sure ? m.ids : joined.includes(m) ? general : [])))];
    const [only, ...others] = named;
    if (only !== undefined && others.length === 0)
      return { ids: [byUnit(text, only, catalogue)], sure: true };
    return { ids: named, sure: true };
  }
  const described = describedIndicator(text, catalogue, () => true);
  if (described !== null) return { ids: [described], sure: true };
  return { ids: ofUnit(text, common(mentions.map(({ ids }) => ids)), catalogue), sure: false };
}
