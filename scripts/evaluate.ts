import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/**
 * npm run evaluate [-- SHARED]: scores extraction and answers against the open gold set and holds them to .ci/floors.json.
 * SHARED holds plans/, dev/ and evaluate/; it lies beside the checkout. Exits 1 below a floor.
 */
const Floors = z.record(z.string(), z.number());
const Kind = z.object({
  accuracy: z.number(),
  hit1: z.number().optional(),
  hit3: z.number().optional(),
  n: z.number(),
});
const shared = resolve(process.argv[2] ?? '../shared');
if (!existsSync(join(shared, 'evaluate', 'evaluate.mjs'))) {
  console.log(`評価データがないため、評価を省略しました（${shared}）`);
  process.exit(0);
}
const floors = Floors.parse(JSON.parse(readFileSync('.ci/floors.json', 'utf8')));
const work = mkdtempSync(join(tmpdir(), 'planbot-evaluate-'));
try {
  const scores = measure(work);
  let below = 0;
  for (const [name, value] of Object.entries(scores)) {
    const floor = floors[name];
    const missed = floor !== undefined && (name.endsWith('wrong_figures') ? value > floor : value < floor);
    if (missed) below++;
    console.log(
      `${missed ? 'NG' : '  '} ${name.padEnd(28)} ${value}${floor === undefined ? '' : ` (基準 ${floor})`}`,
    );
  }
  for (const name of Object.keys(floors))
    if (!(name in scores)) throw new Error(`基準にある ${name} が測れませんでした`);
  process.exitCode = below > 0 ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function measure(folder: string): Record<string, number> {
  const data = join(folder, 'data');
  planbot(['ingest', join(shared, 'plans'), '--data', data]);
  const scores: Record<string, number> = {};
  for (const kind of ['kpi', 'budget'] as const) {
    const file = join(folder, `${kind}.jsonl`);
    writeFileSync(file, planbot(['export', kind, '--data', data]));
    collect(scores, kind, score(kind, join(shared, 'dev', `${kind}.jsonl`), file));
  }
  const questions = join(shared, 'dev', 'questions.jsonl');
  const answers = join(folder, 'answers.jsonl');
  writeFileSync(answers, planbot(['ask', '--jsonl', '--data', data], readFileSync(questions)));
  collect(scores, 'ask', score('ask', questions, answers));
  return scores;
}

function planbot(args: string[], input?: Buffer): Buffer {
  const options = { maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'] };
  return execFileSync(process.execPath, ['dist/cli.js', ...args], input ? { ...options, input } : options);
}

function score(kind: string, gold: string, answers: string): unknown {
  return JSON.parse(
    execFileSync(process.execPath, [join(shared, 'evaluate', 'evaluate.mjs'), kind, gold, answers], {
      encoding: 'utf8',
    }),
  );
}

/** Numbers of an evaluation as `kpi.f1`, `ask.accuracy`, `ask.passage.hit1`. */
function collect(scores: Record<string, number>, kind: string, result: unknown): void {
  const { by_kind, ...totals } = z
    .looseObject({ by_kind: z.record(z.string(), Kind).optional() })
    .parse(result);
  for (const [name, value] of Object.entries(totals)) {
    if (
      typeof value === 'number' &&
      /f1|precision|recall|provenance|actuals|accuracy|wrong_figures|cited/.test(name)
    )
      scores[`${kind}.${name}`] = value;
  }
  for (const [name, { accuracy, hit1, hit3, n }] of Object.entries(by_kind ?? {})) {
    scores[`${kind}.${name}`] = accuracy;
    if (hit1 !== undefined) scores[`${kind}.${name}.hit1`] = Number((hit1 / n).toFixed(4));
    if (hit3 !== undefined) scores[`${kind}.${name}.hit3`] = Number((hit3 / n).toFixed(4));
  }
}
