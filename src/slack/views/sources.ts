import type { KnownBlock } from '@slack/web-api';
import { formatSource, type Source } from '../../model/source.ts';
import { LIMITS } from '../limits.ts';
import { contextLine, literal } from './text.ts';

const TITLE_TEXT = 200;
/** Room for 「、ほか40か所」. */
const MORE_TEXT = 20;

/**
 * Where the figures stand, in the answer's order, each place once and each document once:
 * 出典：計画（東京支部） 12行目・40行目／計画（群馬支部） 3ページ・7行目. As many as one line of small print holds.
 */
export function sourceLine(sources: readonly Source[]): KnownBlock[] {
  const documents = placesByTitle(sources);
  if (documents.size === 0) {
    return [];
  }
  const total = [...documents.values()].reduce((sum, places) => sum + places.size, 0);
  let line = '出典：';
  let shown = 0;
  for (const [title, places] of documents) {
    let separator = `${shown === 0 ? '' : '／'}${literal(title, TITLE_TEXT)} `;
    for (const place of places) {
      const piece = `${separator}${place}`;
      if (line.length + piece.length + MORE_TEXT > LIMITS.context) {
        return [contextLine(`${line}、ほか${total - shown}か所`)];
      }
      line += piece;
      shown += 1;
      separator = '・';
    }
  }
  return [contextLine(line)];
}

/** 3ページ・12行目 by the title of its document. */
function placesByTitle(sources: readonly Source[]): Map<string, Set<string>> {
  const documents = new Map<string, Set<string>>();
  for (const source of sources) {
    const places = documents.get(source.title) ?? new Set();
    documents.set(source.title, places.add(formatSource(source).slice(source.title.length).trim()));
  }
  return documents;
}
