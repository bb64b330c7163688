import type { KnownBlock } from '@slack/web-api';
import { formatSource, type Source } from '../../model/source.ts';
import { LIMITS } from '../limits.ts';
import { contextLine, literal } from './text.ts';

const SOURCE_TEXT = 200;
/** Room for 「、ほか40か所」. */
const MORE_TEXT = 20;

/** Where the figures stand: each place once, in the answer's order, as many as a line of small print holds. */
export function sourceLine(sources: readonly Source[]): KnownBlock[] {
  const places = [...new Set(sources.map(formatSource))];
  if (places.length === 0) {
    return [];
  }
  const texts = places.map((place) => literal(place, SOURCE_TEXT));
  let line = `出典：${texts[0]}`;
  let shown = 1;
  for (const text of texts.slice(1)) {
    if (line.length + text.length + MORE_TEXT > LIMITS.context) {
      break;
    }
    line += `、${text}`;
    shown += 1;
  }
  const left = places.length - shown;
  return [contextLine(left > 0 ? `${line}、ほか${left}か所` : line)];
}
