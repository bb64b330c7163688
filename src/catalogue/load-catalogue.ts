import { join } from 'node:path';
import { z } from 'zod';
import { foldText } from '../japanese/fold.ts';
import { Branch } from '../model/branch.ts';
import {
  AmbiguousTerm,
  type Catalogue,
  CataloguePhrase,
  DictionaryTerm,
  HeadingWords,
  Region,
  ReportingCalendar,
  SynonymGroup,
  splitGroup,
} from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { Indicator, isOther } from '../model/indicator.ts';
import { indexFolder } from '../model/package-folder.ts';
import { type Entry, readCsvRows, readYamlList, readYamlMapping } from './files.ts';

const DictionaryRow = z
  .strictObject({ surface: z.string(), reading: z.string(), parts: z.string() })
  .transform((row) => ({ ...row, parts: row.parts === '' ? [] : row.parts.split('|') }))
  .pipe(DictionaryTerm);

/**
 * What people edit in index/catalogue, checked entry by entry. Throws AppError `bad_catalogue` with the file,
 * the line and the text of the first entry that is wrong or stands there twice.
 */
export function loadCatalogue(folder?: string): Catalogue {
  if (folder !== undefined) return readCatalogue(folder);
  own ??= readCatalogue(join(indexFolder(), 'catalogue'));
  return own;
}

/** Read once a process: what is edited counts from the next start. */
let own: Catalogue | undefined;

function readCatalogue(folder: string): Catalogue {
  const at = (name: string) => join(folder, name);
  const branches = readYamlList(at('branches.yml'), Branch);
  refuseTwice(at('branches.yml'), branches, (b) => [b.name]);
  refuseTwice(at('branches.yml'), branches, (b) => [b.name, b.reading, ...b.aliases, ...b.cities]);

  const indicators = readYamlList(at('indicators.yml'), Indicator);
  refuseTwice(at('indicators.yml'), indicators, (i) => [i.id]);
  refuseTwice(at('indicators.yml'), indicators, (i) => [i.name, ...i.synonyms]);

  const ambiguous = readYamlList(at('ambiguous.yml'), AmbiguousTerm);
  refuseTwice(at('ambiguous.yml'), ambiguous, (a) => [a.term]);
  const ids = new Set(indicators.map(({ value }) => value.id));
  const listed = ambiguous.map(({ value, line }) => ({
    value: { names: value.indicators.filter((id) => !isOther(id)) },
    line,
  }));
  refuseUnknown(at('ambiguous.yml'), listed, ids, 'indicators.ymlにない指標です');

  const regions = readYamlList(at('regions.yml'), Region);
  refuseTwice(at('regions.yml'), regions, (r) => [r.name, ...r.words]);
  const names = new Set(branches.map(({ value }) => value.name));
  const places = regions.map(({ value, line }) => ({ value: { names: value.branches }, line }));
  refuseUnknown(at('regions.yml'), places, names, 'branches.ymlにない支部です');
  const phrases = readYamlList(at('phrases.yml'), CataloguePhrase);
  refuseTwice(at('phrases.yml'), phrases, (phrase) => phrase.words.map(foldText));

  const synonyms = readYamlList(at('synonyms.yml'), SynonymGroup);
  refuseTwice(at('synonyms.yml'), synonyms, ([name = '']) => [name]);
  const groups = new Set(synonyms.map(({ value }) => value[0] ?? ''));
  const narrower = synonyms.map(({ value, line }) => ({
    value: { names: splitGroup(value).narrower },
    line,
  }));
  refuseUnknown(at('synonyms.yml'), narrower, groups, '＞のあとの名前の組がありません');
  const headings = readYamlList(at('headings.yml'), HeadingWords);
  const dictionary = readCsvRows(at('dictionary.csv'), DictionaryRow, 'bad_catalogue');
  refuseTwice(at('dictionary.csv'), dictionary, (term) => [term.surface]);

  return {
    branches: branches.map(({ value }) => value),
    indicators: indicators.map(({ value }) => value),
    ambiguous: ambiguous.map(({ value }) => value),
    regions: regions.map(({ value }) => value),
    phrases: phrases.map(({ value }) => value),
    synonyms: synonyms.map(({ value }) => value),
    headings: headings.map(({ value }) => value),
    dictionary: dictionary.map(({ value }) => value),
    calendar: readYamlMapping(at('calendar.yml'), ReportingCalendar),
  };
}

/** One word must mean one thing: a word in two entries would make an answer depend on their order. */
function refuseTwice<T>(file: string, entries: Entry<T>[], words: (value: T) => string[]): void {
  const seen = new Map<string, number>();
  for (const { value, line } of entries) {
    for (const word of new Set(words(value).map((w) => w.normalize('NFKC')))) {
      const first = seen.get(word);
      if (first !== undefined) {
        throw new AppError('bad_catalogue', {
          message: `${first}行目と重複しています`,
          file,
          line,
          text: word,
        });
      }
      seen.set(word, line);
    }
  }
}

/** Every name that an entry lists must be one of another file. */
function refuseUnknown(
  file: string,
  entries: Entry<{ names: readonly string[] }>[],
  known: ReadonlySet<string>,
  message: string,
): void {
  for (const { value, line } of entries) {
    const unknown = value.names.find((name) => !known.has(name));
    if (unknown !== undefined) throw new AppError('bad_catalogue', { message, file, line, text: unknown });
  }
}
