import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { ingestFile } from '../src/documents/ingest.ts';
import type { Token } from '../src/japanese/token.ts';
import { loadTokenizer } from '../src/japanese/tokenizer.ts';
import { buildConceptFinder, conceptTerm } from '../src/search/concepts.ts';
import { unwrap } from '../src/search/features.ts';
import { isStopWord } from '../src/search/stop-words.ts';

/**
 * npm run -s concepts -- [--least 1] FILE|FOLDER…: words and compounds of the documents that no group of
 * index/catalogue/synonyms.yml covers, in how many branches' plans they stand and under which heading first; then
 * the groups that no document names at all.
 */
const { values, positionals } = parseArgs({
  options: { least: { type: 'string', default: '1' } },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('使い方: npm run -s concepts -- [--least 1] 資料またはフォルダ…');
  process.exit(2);
}
const catalogue = loadCatalogue();
const tokenizer = await loadTokenizer(catalogue.dictionary);
const concepts = buildConceptFinder(catalogue.synonyms, tokenizer);
const uncovered = new Map<string, { branches: Set<string>; heading: string }>();
const named = new Set<string>();

for (const file of positionals.flatMap(filesOf)) {
  for (const { text, branch, section } of (await ingestFile(file, catalogue)).passages) {
    const plain = unwrap(text);
    const tokens = tokenizer.tokenize(plain);
    const found = concepts(plain, tokens);
    for (const { term } of found) named.add(term);
    const free = tokens.filter(
      ({ start, end }) => !found.some((own) => own.start <= start && end <= own.end),
    );
    for (const word of wordsOf(free)) {
      const seen = uncovered.get(word) ?? { branches: new Set(), heading: section.at(-1) ?? '' };
      seen.branches.add(branch);
      uncovered.set(word, seen);
    }
  }
}
const rows = [...uncovered].filter(([, { branches }]) => branches.size >= Number(values.least));
rows.sort(([, a], [, b]) => b.branches.size - a.branches.size);
for (const [word, { branches, heading }] of rows) console.log(`${branches.size}\t${word}\t${heading}`);
for (const [name = ''] of catalogue.synonyms)
  if (!named.has(conceptTerm(name))) console.log(`どの資料にもない組\t${name}`);

function filesOf(path: string): string[] {
  return statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : [path];
}

/** Nouns that stand together are one word; verbs and adjectives stand alone. */
function wordsOf(tokens: readonly Token[]): string[] {
  const words: string[] = [];
  let end = -1;
  for (const token of tokens) {
    if (token.kind === 'number' || token.kind === 'other' || isStopWord(token)) continue;
    if (token.kind === 'noun' && token.start === end) words.push(`${words.pop() ?? ''}${token.surface}`);
    else words.push(token.kind === 'noun' ? token.surface : token.base);
    end = token.kind === 'noun' ? token.end : -1;
  }
  return words;
}
