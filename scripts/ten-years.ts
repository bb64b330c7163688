import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { HEAD_OFFICE } from '../src/model/branch.ts';
import { type PostgresServer, startPostgresFor } from './postgres-server.ts';
import { writeDocuments } from './ten-years/write-documents.ts';

/**
 * Years of papers of every branch, five a year, as planbot reads and keeps them: `npm run -s ten-years --
 * [--branches 47] [--years 10] [--postgres]`. Prints a line of a table: time and memory of an ingest, of a start, of
 * questions, of a look for reminders and of /metrics, and the size on disk.
 */

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '47' },
    years: { type: 'string', default: '10' },
    postgres: { type: 'boolean', default: false },
  },
});
const years = Number(values.years);
const branches = loadCatalogue()
  .branches.map(({ name }) => name)
  .filter((name) => name !== HEAD_OFFICE)
  .slice(0, Number(values.branches));
const root = mkdtempSync(join(tmpdir(), 'planbot-ten-years-'));
const postgres = await startPostgresFor(values.postgres);
try {
  const [folder, data] = [join(root, 'documents'), join(root, 'data')];
  mkdirSync(data);
  const documents = writeDocuments(folder, branches, years);
  const step = (name: string) => {
    const args = [join(import.meta.dirname, 'ten-years/step.ts'), name, data, postgres?.url ?? '', folder];
    const out = execFileSync(process.execPath, ['--import', 'tsx', ...args, String(years + 1)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 26,
    });
    const measured = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as Record<string, number>;
    console.error(name, measured);
    return measured;
  };
  const ingest = step('ingest');
  const [ask, remind, metrics] = [step('ask'), step('remind'), step('metrics')];
  const seconds = (ms: number | undefined) => `${((ms ?? 0) / 1_000).toFixed(1)}`;
  const cells = [
    `${branches.length}支部×${years}年`,
    postgres ? 'PostgreSQL' : 'SQLite',
    documents,
    metrics.kpis,
    metrics.passages,
    `${seconds(ingest.ms)}（${seconds(ingest.cpu)}）秒・${ingest.megabytes}MB`,
    `${seconds(ask.ms)}（${seconds(ask.cpu)}）秒`,
    `${ask.p50}・${ask.p95}（${ask.cpuP50}・${ask.cpuP95}）ms`,
    `${ask.megabytes}MB`,
    `${seconds(remind.ms)}（${seconds(remind.cpu)}）秒`,
    `${metrics.metrics}ms`,
    `${await kept(postgres, data)}MB・${megabytes(data, /\.idx$/)}MB`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
} finally {
  await postgres?.stop();
  rmSync(root, { recursive: true, force: true });
}

async function kept(server: PostgresServer | null, data: string): Promise<number> {
  if (server === null) return megabytes(data, /sqlite/);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database()) as bytes');
  await client.end();
  return Math.round(Number(rows[0].bytes) / 1_048_576);
}

function megabytes(folder: string, names: RegExp): number {
  const files = readdirSync(folder).filter((name) => names.test(name));
  return Math.round(files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1_048_576);
}
