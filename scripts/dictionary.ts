import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { loadTokenizer } from '../src/japanese/tokenizer.ts';
import { unwrap } from '../src/search/features.ts';
import { proposeTerms } from './term-proposals.ts';

/**
 * npm run -s dictionary -- [--least 12] FILE…: words of the documents that the general dictionary splits and
 * index/catalogue/dictionary.csv does not have, most frequent first, as rows of that file with their count in
 * front. A reader keeps what is a word of the domain, and puts its reading right.
 */
const { values, positionals } = parseArgs({
  options: { least: { type: 'string', default: '12' } },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('使い方: npm run -s dictionary -- [--least 12] 資料.txt…');
  process.exit(2);
}
const tokenizer = await loadTokenizer([]);
const known = new Set(loadCatalogue().dictionary.map(({ surface }) => surface));
const texts = positionals.map((file) => tokenizer.tokenize(unwrap(readFileSync(file, 'utf8'))));
for (const { count, surface, reading, parts } of proposeTerms(texts, Number(values.least))) {
  if (!known.has(surface)) console.log(`${count}\t${surface},${reading},${parts.join('|')}`);
}
