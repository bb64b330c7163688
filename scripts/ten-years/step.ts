import { createPlanbot } from '../../src/app/planbot.ts';
import { run } from '../../src/cli/run.ts';
import { openStore } from '../../src/store/store.ts';
import { serverAt } from '../postgres-server.ts';

/** One step of the simulation in a process of its own, so that its memory is its own; prints what it took as JSON. */

const [step = '', dataDir = '', databaseUrl = '', folder = '', lastYear = ''] = process.argv.slice(2);
const location = { dataDir, database: serverAt(databaseUrl || null) };
const year = Number(lastYear);
const now = new Date(`${2018 + year}-08-10T01:00:00Z`);
/** Processor time of this process: on a busy machine the clock tells of the others. */
const used = () => (process.cpuUsage().user + process.cpuUsage().system) / 1_000;
const [began, begun] = [performance.now(), used()];
const since = () => ({ ms: Math.round(performance.now() - began), cpu: Math.round(used() - begun) });

async function command(...args: string[]): Promise<object> {
  const failed: string[] = [];
  const code = await run([...args, '--data', dataDir], {
    env: databaseUrl ? { PLANBOT_DATABASE_URL: databaseUrl } : {},
    now: () => now,
    input: (async function* () {})(),
    print: () => undefined,
    complain: (line) => failed.push(line),
    progress: () => undefined,
    stopped: async () => undefined,
    crashed: () => new Promise(() => undefined),
  });
  if (code !== 0) throw new Error(failed.slice(-3).join('\n'));
  return since();
}

const BRANCHES = ['東京', '北海道', '沖縄', '群馬', '大阪', '福岡', '新潟', '広島'];
const ASKED = [
  (branch: string, fy: number) => `${branch}支部の令和${fy}年度のサービススタンダードの達成状況の目標は？`,
  (branch: string, fy: number) => `${branch}の令和${fy}年度の健診実施率の実績は？`,
  (_: string, fy: number) => `令和${fy}年度の健診実施率を全支部で高い順に並べて`,
  (branch: string) => `${branch}の健診実施率の推移は？`,
  (branch: string) => `${branch}は健診の会場をどうする？`,
  (branch: string, fy: number) => `${branch}と香川の令和${fy}年度の窓口受付率を比べて`,
];

async function ask() {
  const planbot = await createPlanbot({ ...location, tell: () => undefined });
  const start = since();
  const times: number[] = [];
  const work: number[] = [];
  const today = { year: 2018 + year, month: 8, day: 10 };
  for (let n = 0; n < 240; n += 1) {
    const question =
      ASKED[n % ASKED.length]?.(BRANCHES[n % BRANCHES.length] ?? '', 2 + (n % (year - 1))) ?? '';
    const [asked, before] = [performance.now(), used()];
    await planbot.ask({ text: question, context: null, today });
    times.push(performance.now() - asked);
    work.push(used() - before);
  }
  await planbot.close();
  // The first pays for what is read once.
  const first = times.shift() ?? 0;
  const cpuFirst = work.shift() ?? 0;
  const at = (list: readonly number[], share: number) =>
    Number(([...list].sort((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(1));
  return {
    ...start,
    first: Math.round(first),
    cpuFirst: Math.round(cpuFirst),
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    cpuP50: at(work, 0.5),
    cpuP95: at(work, 0.95),
  };
}

async function metrics() {
  const store = await openStore(location);
  const asked = performance.now();
  await store.outbox.counts();
  const metrics = Math.round(performance.now() - asked);
  const passages = (await store.documents.passages()).length;
  const kpis = (await store.documents.statedKpis()).length;
  await store.close();
  return { metrics, passages, kpis };
}

const STEPS: Record<string, () => Promise<object>> = {
  ingest: () => command('ingest', folder),
  remind: () => command('remind', '--dry-run', '--at', now.toISOString()),
  ask,
  metrics,
};
const measured = await STEPS[step]?.();
console.log(JSON.stringify({ ...measured, megabytes: Math.round(process.resourceUsage().maxRSS / 1024) }));
process.exit(0);
