import { join } from 'node:path';
import { z } from 'zod';
import { Branch } from '../model/branch.ts';
import {
  AmbiguousTerm,
  type Catalogue,
  DictionaryTerm,
  ReportingCalendar,
  SynonymGroup,
} from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { Indicator } from '../model/indicator.ts';
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
export function loadCatalogue(folder: string = join(indexFolder(), 'catalogue')): Catalogue {
  const at = (name: string) => join(folder, name);
  const branches = readYamlList(at('branches.yml'), Branch);
  refuseTwice(at('branches.yml'), branches, (b) => [b.name]);
  refuseTwice(at('branches.yml'), branches, (b) => [b.name, b.reading, ...b.aliases, ...b.cities]);

  const indicators = readYamlList(at('indicators.yml'), Indicator);
  refuseTwice(at('indicators.yml'), indicators, (i) => [i.id]);
  refuseTwice(at('indicators.yml'), indicators, (i) => [i.name, ...i.synonyms]);

  const ambiguous = readYamlList(at('ambiguous.yml'), AmbiguousTerm);
  refuseTwice(at('ambiguous.yml'), ambiguous, (a) => [a.term]);
  refuseUnknown(at('ambiguous.yml'), ambiguous, new Set(indicators.map(({ value }) => value.id)));

  const synonyms = readYamlList(at('synonyms.yml'), SynonymGroup);
  refuseTwice(at('synonyms.yml'), synonyms, ([name = '']) => [name]);
  const dictionary = readCsvRows(at('dictionary.csv'), DictionaryRow, 'bad_catalogue');
  refuseTwice(at('dictionary.csv'), dictionary, (term) => [term.surface]);

  return {
    branches: branches.map(({ value }) => value),
    indicators: indicators.map(({ value }) => value),
    ambiguous: ambiguous.map(({ value }) => value),
    synonyms: synonyms.map(({ value }) => value),
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

function refuseUnknown(file: string, entries: Entry<AmbiguousTerm>[], known: Set<string>): void {
  for (const { value, line } of entries) {
    const unknown = value.indicators.find((id) => !id.startsWith('other:') && !known.has(id));
    if (unknown) {
      throw new AppError('bad_catalogue', {
        message: 'indicators.ymlにない指標です',
        file,
        line,
        text: unknown,
      });
    }
  }
}
