import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { minisearchPeer } from './search-systems/minisearch-peer.ts';
import { plainPeer } from './search-systems/plain-peer.ts';
import { planbotSystem } from './search-systems/planbot.ts';
import type { SearchSystem } from './search-systems/search-system.ts';

/**
 * npm run -s evaluate:search -- --passages P.jsonl --queries Q.jsonl: how well and how fast questions find
 * their passages. P holds {"id","title","text"}, Q {"id","q","relevant":[id]}. One JSON line a system, each
 * measured in a process of its own: planbot; MiniSearch with the same terms, weights and re-ranking as the fair
 * peer; and MiniSearch over kuromoji's content words as the plain one.
 */
const SYSTEMS: Record<string, () => Promise<SearchSystem>> = {
  planbot: planbotSystem,
  'minisearch, same terms': minisearchPeer,
  'minisearch+kuromoji': plainPeer,
};
const DEPTH = 10;

const Id = z.union([z.string(), z.number()]).transform(String);
const Title = z
  .string()
  .nullish()
  .transform((title) => title ?? '');
const PassageLine = z.object({ id: Id, title: Title, text: z.string() });
const QueryLine = z.object({ id: Id, q: z.string(), relevant: z.array(Id) });

const { values } = parseArgs({
  options: {
    passages: { type: 'string' },
    queries: { type: 'string' },
    system: { type: 'string' },
  },
});
if (!values.passages || !values.queries) {
  console.error('使い方: npm run -s evaluate:search -- --passages P.jsonl --queries Q.jsonl');
  process.exit(2);
}
try {
  if (values.system) {
    console.log(JSON.stringify(await measure(values.system, values.passages, values.queries)));
  } else {
    for (const name of Object.keys(SYSTEMS)) await inOwnProcess(name);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function inOwnProcess(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(import.meta.url).pathname, [...process.argv.slice(2), '--system', name]);
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${name} を測れませんでした（${code}）`)),
    );
  });
}

async function measure(name: string, passagesFile: string, queriesFile: string) {
  const open = SYSTEMS[name];
  if (!open) throw new Error(`知らない方式です: ${name}`);
  const passages = readLines(passagesFile, PassageLine);
  // Some sets hold questions that nothing answers: they have no rank.
  const queries = readLines(queriesFile, QueryLine).filter(({ relevant }) => relevant.length > 0);
  if (queries.length === 0) throw new Error(`${queriesFile}: 答えのある質問がありません`);
  const system = await open();
  const building = performance.now();
  const search = system.build(passages);
  const buildSeconds = (performance.now() - building) / 1000;
  const ranks: number[] = [];
  const times: number[] = [];
  const found = { 1: 0, 5: 0, 10: 0 };
  for (const { q, relevant } of queries) {
    const asking = performance.now();
    const ids = search(q, DEPTH);
    times.push(performance.now() - asking);
    ranks.push(ids.findIndex((id) => relevant.includes(id)) + 1);
    for (const depth of [1, 5, 10] as const) {
      found[depth] += relevant.filter((id) => ids.slice(0, depth).includes(id)).length / relevant.length;
    }
  }
  times.sort((a, b) => a - b);
  const mean = (sum: number) => Number((sum / queries.length).toFixed(4));
  const quantile = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
  return {
    system: name,
    passages: passages.length,
    queries: queries.length,
    'mrr@10': mean(ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0)),
    'recall@1': mean(found[1]),
    'recall@5': mean(found[5]),
    'recall@10': mean(found[10]),
    build_s: Number(buildSeconds.toFixed(2)),
    p50_ms: quantile(0.5),
    p95_ms: quantile(0.95),
    rss_mb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  };
}

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  return readFileSync(file, 'utf8')
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      try {
        return [schema.parse(JSON.parse(line))];
      } catch (error) {
        const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        throw new Error(`${file}:${at + 1}: ${reason.replace(/\s*\n\s*/g, ' ')}`);
      }
    });
}
