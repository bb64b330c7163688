import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

/**
 * npm run evaluate [-- SHARED]: scores extraction and answers against the open gold set and holds them to .ci/floors.json.
 * SHARED holds plans/, dev/ and evaluate/; it lies beside the checkout. Exits 1 below a floor.
 */
const Floors = z.record(z.string(), z.number());
/** What must not rise; all else must not fall. */
const LESS_IS_BETTER = /wrong|refused|asked_back|reported|silent/;
/** Sets of questions, by the name of their scores. */
const QUESTIONS = { ask: 'questions', 'ask-2': 'questions-2', passages: 'passages-2' } as const;
/** Documents of other layouts, and what their rows are. */
const DOCUMENTS = {
  documents: { folder: 'documents', ext: ['.txt'], gold: 'documents' },
  office: {
    folder: join('documents', 'office'),
    ext: ['.docx', '.xlsx', '.pptx', '.pdf'],
    gold: 'documents-office',
  },
} as const;
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
    const missed = floor !== undefined && (LESS_IS_BETTER.test(name) ? value > floor : value < floor);
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
  for (const [name, set] of Object.entries(QUESTIONS)) {
    const questions = join(shared, 'dev', `${set}.jsonl`);
    if (!existsSync(questions)) continue;
    const answers = join(folder, `${name}.jsonl`);
    writeFileSync(answers, planbot(['ask', '--jsonl', '--data', data], readFileSync(questions)));
    collect(scores, name, score('ask', questions, answers));
  }
  for (const [name, { folder: place, ext, gold }] of Object.entries(DOCUMENTS)) {
    const from = join(shared, 'dev', place);
    if (!existsSync(from)) continue;
    const into = join(folder, name);
    const files = readdirSync(from).filter((file) => ext.some((end) => file.endsWith(end)));
    const reports = join(folder, `${name}-reports.jsonl`);
    writeFileSync(reports, files.map((file) => reportOf(join(from, file), into)).join(''));
    for (const [kind, command] of [
      ['kpi', 'documents'],
      ['budget', 'budget'],
    ] as const) {
      const rows = join(folder, `${name}-${kind}.jsonl`);
      writeFileSync(rows, planbot(['export', kind, '--data', into]));
      const known = join(shared, 'dev', `${gold}-${kind}.jsonl`);
      collect(scores, kind === 'kpi' ? name : `${name}.budget`, score(command, known, rows, reports));
    }
  }
  return scores;
}

/** What ingest says of one document; a refusal is its report. */
function reportOf(file: string, data: string): string {
  try {
    return planbot(['ingest', file, '--json', '--data', data]).toString('utf8');
  } catch (refusal) {
    return String((refusal as { stdout?: Buffer }).stdout ?? '');
  }
}

function planbot(args: string[], input?: Buffer): Buffer {
  const options = { maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'] };
  return execFileSync(process.execPath, ['dist/cli.js', ...args], input ? { ...options, input } : options);
}

function score(kind: string, gold: string, answers: string, reports?: string): unknown {
  return JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(shared, 'evaluate', 'evaluate.mjs'),
        kind,
        gold,
        answers,
        ...(reports === undefined || kind !== 'documents' ? [] : [reports]),
      ],
      {
        encoding: 'utf8',
      },
    ),
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
      /f1|precision|recall|provenance|actuals|accuracy|wrong|cited|refused|asked_back|^right$|reported|silent/.test(
        name,
      )
    )
      scores[`${kind}.${name}`] = value;
  }
  for (const [name, { accuracy, hit1, hit3, n }] of Object.entries(by_kind ?? {})) {
    scores[`${kind}.${name}`] = accuracy;
    if (hit1 !== undefined) scores[`${kind}.${name}.hit1`] = Number((hit1 / n).toFixed(4));
    if (hit3 !== undefined) scores[`${kind}.${name}.hit3`] = Number((hit3 / n).toFixed(4));
  }
}
