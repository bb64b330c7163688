import type { KnownBlock } from '@slack/web-api';
import { formatSource, type Source } from '../../model/source.ts';
import { contextLine, literal } from './text.ts';

const SHOWN = 5;
const SOURCE_TEXT = 200;

/** Where the figures stand: each place once, in the answer's order. */
export function sourceLine(sources: readonly Source[]): KnownBlock[] {
  const places = [...new Set(sources.map(formatSource))];
  if (places.length === 0) {
    return [];
  }
  const shown = places.slice(0, SHOWN).map((place) => literal(place, SOURCE_TEXT));
  const left = places.length - shown.length;
  const more = left > 0 ? `、ほか${left}か所` : '';
  return [contextLine(`出典：${shown.join('、')}${more}`)];
}
