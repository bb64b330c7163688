import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { load as parseYaml } from 'js-yaml';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { freshFolder } from '../store/data-folder.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const DEPLOY = join(ROOT, 'scripts/deploy');
const packageJson = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { files: string[] };

/** What `npm ci --omit=dev` puts into node_modules, by npm's own reckoning. */
async function installed(folder: string): Promise<void> {
  const list = await run('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: ROOT });
  for (const path of list.stdout.trim().split('\n').slice(1)) {
    const name = path.slice(join(ROOT, 'node_modules/').length);
    // A package inside another comes with that one.
    if (name.includes('/node_modules/') || !existsSync(path)) continue;
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(path, join(folder, 'node_modules', name));
  }
}

let building: Promise<{ clone: string; packed: string }> | undefined;
afterAll(async () => rmSync((await building)?.clone ?? '', { recursive: true, force: true }));

/** A bare clone, built by what `npm ci` does at its end, and what npm packs of it: once for the tests of this file. */
function built() {
  building ??= (async () => {
    const clone = mkdtempSync(join(tmpdir(), 'planbot-clone-'));
    const files = ['manifest.yml', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE'];
    for (const name of ['index', 'scripts', 'src', ...files])
      cpSync(join(ROOT, name), join(clone, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
    const { stdout } = await run('npm', ['pack', '--silent'], { cwd: clone });
    return { clone, packed: join(clone, stdout.trim().split('\n').at(-1) ?? '') };
  })();
  return building;
}

test('what npm packs runs in a clean folder without development packages', async () => {
  const { packed } = await built();
  const clean = freshFolder();
  await run('tar', ['xf', packed, '-C', clean]);
  const folder = join(clean, 'planbot');
  renameSync(join(clean, 'package'), folder);
  await installed(folder);
  expect(existsSync(join(folder, 'node_modules/esbuild'))).toBe(false);
  // The last step of `npm ci`, which has nothing to build with.
  await run('npm', ['run', '-s', 'prepare'], { cwd: folder });

  const env = { PATH: process.env.PATH, PLANBOT_DATA: join(clean, 'data') };
  const options = { cwd: clean, env };
  const ask = await run(
    process.execPath,
    [join(folder, 'dist/cli.js'), 'ask', '東京支部のジェネリックKPIは？'],
    options,
  );
  expect(ask.stdout).toMatch(/％/);
  const doctor = await run(process.execPath, [join(folder, 'dist/cli.js'), 'doctor'], options);
  expect(doctor.stdout).toContain('資料はまだありません');
  expect(readdirSync(join(folder, 'dist'))).toEqual(
    expect.arrayContaining(['read-worker.js', 'index-worker.js', 'delivered.idx']),
  );
}, 300_000);

/** Lines of the README's shell blocks that need neither Slack nor a new install. */
function printedCommands(): string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks
    .filter((block) => !block.includes('SLACK_BOT_TOKEN'))
    .flatMap((block) => block.trim().split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''));
}

test('every command of the README runs as it is printed, on a bare clone, in that order', async () => {
  const { clone } = await built();
  const env = { ...process.env, PLANBOT_DATA: '' };
  const commands = printedCommands();
  expect(commands.length).toBeGreaterThan(12);
  for (const command of commands) {
    const { stderr } = await run('sh', ['-c', command], { cwd: clone, env }).catch(
      (fault: { stderr: string; stdout: string }) => ({
        stderr: `${command}: ${fault.stderr}${fault.stdout}`,
      }),
    );
    expect(stderr).toBe('');
  }
  expect(existsSync(join(clone, '資料.xlsx')) && existsSync(join(clone, '順位.png'))).toBe(true);
}, 300_000);

test('the image holds what is packed, and runs as somebody who is not root', () => {
  const stages = readFileSync(join(DEPLOY, 'Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .slice(1);
  const last = stages.at(-1) ?? '';
  for (const file of [...packageJson.files, 'package.json', 'node_modules'])
    expect(last).toContain(`/planbot/${file} `);
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^HEALTHCHECK /m);
  expect(last).not.toMatch(/npm (?:ci|install)/);
});

test('the environment file has only what planbot reads, and stands as it is', () => {
  const text = readFileSync(join(DEPLOY, 'planbot.env.example'), 'utf8');
  const given = parseEnv(text) as Record<string, string>;
  expect(readConfig(given)).toMatchObject({ database: null, slack: null });
  const known = readFileSync(join(ROOT, 'src/config.ts'), 'utf8');
  for (const name of Object.keys(given)) expect(known).toContain(`${name}:`);
});

test('compose starts two of planbot after the database, and waits for answers under way', () => {
  const compose = parseYaml(readFileSync(join(DEPLOY, 'compose.yml'), 'utf8')) as {
    services: { planbot: Record<string, unknown> };
  };
  const { planbot } = compose.services;
  expect(planbot).toMatchObject({
    deploy: { replicas: 2 },
    depends_on: { database: { condition: 'service_healthy' } },
    stop_grace_period: '40s',
  });
  const { PLANBOT_DATABASE_URL } = planbot.environment as Record<string, string>;
  const url = PLANBOT_DATABASE_URL?.replace(/\$\{[^}]+\}/, 'x');
  expect(readConfig({ PLANBOT_DATABASE_URL: url }).database).toMatchObject({ connections: 10, tls: null });
  const { build } = planbot as { build: { context: string; dockerfile: string } };
  expect(existsSync(join(DEPLOY, build.context, build.dockerfile))).toBe(true);
});

test('the systemd unit runs what is installed, and waits as long', () => {
  const unit = readFileSync(join(DEPLOY, 'planbot.service'), 'utf8');
  const start = /^ExecStart=\S+ (\S+) serve$/m.exec(unit)?.[1] ?? '';
  expect(packageJson.files).toContain(dirname(start));
  expect(unit).toMatch(/^TimeoutStopSec=40$/m);
});
