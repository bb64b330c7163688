import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createJudge } from '../src/answers/judge.ts';
import { answerPassages } from '../src/answers/passages.ts';
import type { Sources } from '../src/answers/sources.ts';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { createNameIndex, createWordReader } from '../src/catalogue/name-index.ts';
import { answerLine } from '../src/cli/ask.ts';
import { ingestFile } from '../src/documents/ingest.ts';
import { fold } from '../src/japanese/fold.ts';
import { findPeriods } from '../src/japanese/periods.ts';
import { loadTokenizer } from '../src/japanese/tokenizer.ts';
import type { Branch } from '../src/model/branch.ts';
import { buildPassageIndex } from '../src/search/passage-index.ts';
import { openPassageSearch } from '../src/search/passage-search.ts';
import { knowledgeOfDocuments } from '../src/store/document-knowledge.ts';

/**
 * npm run -s evaluate:passages -- --plans FOLDER QUESTIONS.jsonl…: answers the questions of the kinds passage, which
 * and none from the plans' text alone, without the question parser: branch and year are taken out by their names.
 * Writes one answer line each, as `planbot ask --jsonl` does, for ../shared/evaluate/evaluate.mjs.
 */
const { values, positionals } = parseArgs({
  options: { plans: { type: 'string', default: '../shared/plans' } },
  allowPositionals: true,
});
if (positionals.length === 0) {
  console.error('使い方: npm run -s evaluate:passages -- [--plans フォルダ] 質問.jsonl…');
  process.exit(2);
}
const Question = z.object({ id: z.string(), kind: z.string(), q: z.string().optional() });
const KINDS = new Set(['passage', 'which', 'none']);
/** 今年度 is 令和7 on this day. */
const TODAY = { year: 2025, month: 8, day: 10 };

const catalogue = loadCatalogue();
const tokenizer = await loadTokenizer(catalogue.dictionary);
const documents = [];
for (const name of readdirSync(values.plans).sort())
  documents.push(await ingestFile(join(values.plans, name), catalogue));
const knowledge = knowledgeOfDocuments(documents);
const index = buildPassageIndex(await knowledge.passages(), tokenizer, catalogue.synonyms);
const passages = openPassageSearch(index, tokenizer, catalogue.synonyms);
const judge = await createJudge({ catalogue, knowledge, actuals: [] });
const wordsOf = createWordReader(catalogue, tokenizer);
const indexNames: Sources['indexNames'] = (_key, entries) => createNameIndex(entries(), wordsOf);
const commitments = async () => [];
const reports = async () => [];
const sources = { catalogue, knowledge, passages, judge, today: TODAY, commitments, reports, indexNames };
const known = new Set(index.passages.map(({ branch, fy }) => `${branch}/${fy}`));

for (const file of positionals) {
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { id, kind, q } = Question.parse(JSON.parse(line));
    if (q === undefined || !KINDS.has(kind)) continue;
    const question = { ...withoutScope(q, catalogue.branches), indicators: [], which: kind === 'which' };
    const asking = performance.now();
    const answer = await answerPassages(question, sources);
    const ms = performance.now() - asking;
    console.log(JSON.stringify(answerLine(id, { answer, understood: q, ms })));
  }
}

/** Branches by their longest names first, then the years; a year that the branch has no text of is left out. */
function withoutScope(q: string, branches: readonly Branch[]) {
  let rest = fold(q).plain;
  const named: string[] = [];
  const names = branches.flatMap(({ name, prefecture, aliases, cities }) =>
    [`${name}支部`, prefecture, name, ...aliases]
      .filter((word) => word !== '')
      .map((word) => ({ word, name, city: false }))
      .concat(cities.map((word) => ({ word, name, city: true }))),
  );
  for (const { word, name, city } of names.sort((a, b) => b.word.length - a.word.length)) {
    if (!rest.includes(word) || (city && named.length > 0)) continue;
    named.push(name);
    // A city stays a word of the question: the plan names it.
    if (!city) rest = rest.replaceAll(word, ' ');
  }
  const periods = findPeriods(fold(rest).text, TODAY).filter(({ kind }) => kind === 'year');
  const fys = periods.flatMap((period) => (period.kind === 'year' ? [period.fy] : []));
  for (const { from, to } of periods.toReversed()) rest = `${rest.slice(0, from)} ${rest.slice(to)}`;
  const unique = [...new Set(named)];
  const there = fys.filter((fy) => unique.length === 0 || unique.some((name) => known.has(`${name}/${fy}`)));
  return { about: rest.trim(), branches: unique, fys: [...new Set(there)] };
}
