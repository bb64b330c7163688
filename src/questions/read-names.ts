import type { Catalogue } from '../model/catalogue.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Column, Facts } from '../model/query.ts';
import { type Composed, comparatorOf } from './composed.ts';
import { type LinkName, nameIndicators } from './indicators.ts';
import type { Of, Sentence } from './sentence.ts';

export interface NamesRead {
  ids: IndicatorId[];
  /** The words name each of them; else one of them is meant. */
  sure: boolean;
  /** Units that the indicators are counted in; null for those that are to be done, undefined for a plan's own. */
  units: (string | null | undefined)[];
  /** Content words that no name explains. */
  words: Of<'word'>[];
  /** Names that were linked softly: what was written, and what it was taken for. */
  linked: { text: string; ids: IndicatorId[] }[];
}

/** The indicators that the catalogue knows by the words used. */
export function readNames(sentence: Sentence, catalogue: Catalogue): NamesRead {
  const mentions = sentence.use(sentence.of('indicator'));
  const named = nameIndicators(
    ownText(sentence),
    mentions.map(({ from, to, ids, sure }) => ({ from, to, ids, sure })),
    catalogue,
  );
  const words = sentence
    .of('word')
    .filter((word) => !(word.verb && /^[ぁ-ん]{1,2}$/.test(sentence.textOf(word))));
  return { ...named, words, units: unitsOf(named.ids, catalogue), linked: [] };
}

/** The text of one question of a message, its positions kept. */
function ownText({ items, text }: Sentence): string {
  const from = items[0]?.from ?? 0;
  const to = items.at(-1)?.to ?? 0;
  return ' '.repeat(from) + text.slice(from, to);
}

function unitsOf(ids: readonly IndicatorId[], catalogue: Catalogue): NamesRead['units'] {
  return ids.map((id) => catalogue.indicators.find((known) => known.id === id)?.unit);
}

/** Columns of a KPI that ask for a figure in so many words. */
const STRONG: ReadonlySet<Column> = new Set([
  'target',
  'actual',
  'previous',
  'gap',
  'achievement',
  'as_of',
  'unit',
  'proviso',
]);

interface Linking {
  sentence: Sentence;
  names: NamesRead;
  facts: Facts;
  columns: readonly Column[];
  catalogue: Catalogue;
  link: LinkName;
}

/**
 * Names that the catalogue does not know as they stand. Where none is near, words that nothing explains make it a
 * question about text, unless a figure is asked for in so many words: then they are told back.
 */
export function linkNames({ sentence, names, facts, columns, catalogue, link }: Linking): {
  names: NamesRead;
  facts: Facts;
} {
  const { words, ids, sure } = names;
  const { has, textOf } = sentence;
  const aboutText = has('text', 'when', 'why', 'definition', 'which_branch');
  if (words.length === 0 || !(facts === 'kpi' || (facts === 'passage' && !aboutText)))
    return { names, facts };
  const mentions = sentence.of('indicator');
  const asked = words.filter(({ verb }) => !verb || ids.length === 0);
  // One character is near to too many names.
  const isLong = asked.reduce((sum, { from, to }) => sum + to - from, 0) > 1;
  const found = !isLong ? null : link(asked.map(textOf), ids, mentions.map(textOf));
  // A limit in ％ is one of figures.
  const isLimited = sentence
    .of('conditions')
    .some(({ filters }) =>
      filters.some((own) => own.type === 'compare' && own.right.type === 'number' && own.right.unit === '%'),
    );
  const isStrong = isLimited || columns.some((column) => STRONG.has(column));
  if (found === null) {
    if (ids.length === 0) return { names, facts: isStrong ? 'kpi' : 'passage' };
    const isText = !isStrong && (!sure || words.some(({ verb }) => verb));
    return { names, facts: isText ? 'passage' : facts };
  }
  const isNew = found.ids.join() !== ids.join();
  // Numbers and limits within the stretch are part of the name: 勧奨後3か月以内に受診.
  const stretch = [...mentions, ...words];
  const from = Math.min(...stretch.map((item) => item.from));
  const to = Math.max(...stretch.map((item) => item.to));
  const isAttached = (limit: Composed) => words.some((word) => word.to === limit.from);
  const within = sentence.items.filter((item) => {
    const isNumber = item.kind === 'number' && item.unit !== '%' && item.unit !== '円';
    const isLimit = item.kind === 'phrase' && comparatorOf(item) !== null && (isNew || isAttached(item));
    return (isNumber || isLimit) && item.from >= from && item.to <= to;
  });
  sentence.use([...asked.filter((word) => found.words.includes(textOf(word))), ...within]);
  const linked = isNew ? [{ text: found.words.join('・'), ids: found.ids }] : [];
  return {
    names: { ...names, ids: found.ids, sure: found.sure, units: unitsOf(found.ids, catalogue), linked },
    facts: 'kpi',
  };
}

const COUNTED: Readonly<Record<string, readonly string[]>> = {
  社: ['事業所', '社'],
  事業所: ['事業所', '社'],
  件: ['件', '事業所', '社'],
  人: ['人'],
  名: ['人'],
};

/** 何社 counts what an indicator in 事業所 measures; what a plan's own is counted in is not known. */
export function countsUnit(text: string, units: NamesRead['units']): boolean {
  const said = Object.keys(COUNTED).find((unit) => text.includes(unit));
  return (
    said !== undefined &&
    units.some((unit) => unit === undefined || (unit !== null && COUNTED[said]?.includes(unit)))
  );
}
