import type { KnownBlock } from '@slack/web-api';
import { formatSource, type Source } from '../../model/source.ts';
import { LIMITS } from '../limits.ts';
import { contextLine, literal, SMALL_PRINT, smallPrint } from './blocks.ts';

const TITLE_TEXT = 200;
/** Room for 「出典（47資料の一覧）：」 and 「）、ほか40か所」. */
const MORE_TEXT = 40;
/** From this many plans of one kind and year on, what they share is said once. */
const GROUPED = 3;

/** A document as it is named in the line: with its title, or within a group of titles that begin alike. */
interface Named {
  /** 令和3年度 事業計画 of a group; null where the document stands for itself. */
  group: string | null;
  name: string;
  places: string[];
}

/**
 * Where the figures stand, in the answer's order, each place once and each document once:
 * 出典：計画（東京支部） 12行目・40行目／計画（群馬支部） 3ページ・7行目; many plans of a year as
 * 令和3年度 事業計画（山形支部 2572行目、山梨支部 9689行目、…）. As many as one line of small print holds.
 */
export function sourceLine(sources: readonly Source[]): KnownBlock[] {
  const documents = namedDocuments(sources);
  if (documents.length === 0) {
    return [];
  }
  const total = documents.reduce((sum, { places }) => sum + places.length, 0);
  let line = '';
  let shown = 0;
  let open: string | null = null;
  for (const { group, name, places } of documents) {
    const close = open !== null && open !== group ? '）' : '';
    const opening = group !== null && open !== group ? `${literal(group, TITLE_TEXT)}（` : '';
    const joint = group !== null && open === group ? '、' : '／';
    let separator = `${close}${shown === 0 ? '' : joint}${opening}${literal(name, TITLE_TEXT)} `;
    for (const place of places) {
      const piece = `${separator}${place}`;
      if (line.length + piece.length + MORE_TEXT > LIMITS.context) {
        return [
          placesLine(`${line}${open === null ? '' : '）'}、ほか${total - shown}か所`, documents.length),
        ];
      }
      line += piece;
      open = group;
      shown += 1;
      separator = '・';
    }
  }
  return [placesLine(`${line}${open === null ? '' : '）'}`, documents.length)];
}

function placesLine(places: string, documents: number): KnownBlock {
  const isList = places.length > SMALL_PRINT && documents > GROUPED;
  return smallPrint(`出典${isList ? `（${documents}資料の一覧）` : ''}：${places}`);
}

/** The documents alone, where the place in them stands beside each figure: 出典：令和3年度 事業計画（47支部）. */
export function documentLine(sources: readonly Source[]): KnownBlock[] {
  const documents = namedDocuments(sources);
  const groups = [...new Set(documents.map(({ group, name }) => group ?? name))];
  const named = groups.map((group) => {
    const count = documents.filter((one) => one.group === group).length;
    return `${literal(group, TITLE_TEXT)}${count === 0 ? '' : `（${count}資料）`}`;
  });
  const shown = named.slice(0, GROUPED).join('／');
  const more = named.length > GROUPED ? `、ほか${named.length - GROUPED}資料` : '';
  return [contextLine(`出典：${shown}${more}。行は表の「出典」の欄にあります。`)];
}

/** Documents of a group one after another, where its first one stands. */
function namedDocuments(sources: readonly Source[]): Named[] {
  const documents = [...placesByTitle(sources)].map(([title, places]) => {
    const [, group = null, name = title] = /^(.+)（([^（）]+)）$/.exec(title) ?? [];
    return { title, group, name, places: [...places] };
  });
  const sizeOf = (wanted: string) => documents.filter(({ group }) => group === wanted).length;
  const named = documents.map(({ title, group, name, places }): Named => {
    const isGrouped = group !== null && sizeOf(group) >= GROUPED;
    return isGrouped ? { group, name, places } : { group: null, name: title, places };
  });
  return named.flatMap((document, at) => {
    if (document.group === null) return [document];
    const own = named.filter(({ group }) => group === document.group);
    return named.findIndex(({ group }) => group === document.group) === at ? own : [];
  });
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
