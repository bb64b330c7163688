import { foldText } from '../japanese/fold.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';

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
export function cuedIndicators(text: string, catalogue: Catalogue): IndicatorId[] {
  let best: { id: IndicatorId; length: number } | null = null;
  for (const { id, statement } of catalogue.indicators) {
    const length = Math.max(0, ...statement.map((line) => (line.includes(' ') ? fit(text, line) : 0)));
    if (length > (best?.length ?? 0)) best = { id, length };
  }
  return best === null ? [] : [best.id];
}
