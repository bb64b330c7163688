import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Indicator, IndicatorId } from '../model/indicator.ts';

/** How well a text fits one line of words: their length together; 0 where one is missing or barred. */
function fit(text: string, line: string): number {
  let length = 0;
  for (const word of line.split(/\s+/)) {
    if (word.startsWith('-')) {
      if (text.includes(foldText(word.slice(1)))) return 0;
      continue;
    }
    const folded = foldText(word);
    if (!text.includes(folded)) return 0;
    length += folded.length;
  }
  return length;
}

/**
 * The indicator that a question describes with the words a plan's statement has
 * (健康保険委員がいる事業所の…割合), for questions that use none of its names. The closest fit wins.
 */
export function cuedIndicators(
  text: string,
  catalogue: Catalogue,
  accept: (indicator: Indicator) => boolean = () => true,
): IndicatorId[] {
  let best: { id: IndicatorId; length: number } | null = null;
  for (const indicator of catalogue.indicators) {
    const { id, statement } = indicator;
    if (!accept(indicator)) continue;
    const length = Math.max(0, ...statement.map((line) => (line.includes(' ') ? fit(text, line) : 0)));
    if (length > (best?.length ?? 0)) best = { id, length };
  }
  return best === null ? [] : [best.id];
}

const SHARE = /割合|率|%|ぱーせんと/;
const NUMBER = /事業所数|何(?:社|事業所)|社数|(?:事業所|会社).{0,3}(?:いくつ|数)|件数|人数/;

/**
 * A name that fits the beginning of a longer description (健康保険委員の委嘱事業所の…割合) gives way to the
 * indicator that fits its unit too: what is asked for as a share is no number of offices.
 */
export function byUnit(text: string, named: IndicatorId, catalogue: Catalogue): IndicatorId {
  const own = catalogue.indicators.find(({ id }) => id === named);
  if (own === undefined) return named;
  const share = SHARE.test(text);
  const number = NUMBER.test(text);
  if (share === number || (own.unit === '%') === share) return named;
  const [better] = cuedIndicators(text, catalogue, (indicator) => (indicator.unit === '%') === share);
  return better ?? named;
}
