import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const USAGE = 'npm run mutate -- FOLDER…（例: npm run mutate -- model japanese/numbers.ts）';

/**
 * Changes src/FOLDER a little at a time and runs the tests of test/FOLDER that reach the change; the share of
 * changes that a test notices is printed. Slow (minutes to hours a folder), therefore not part of CI.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const missing = positionals.filter((folder) => !existsSync(`src/${folder}`));
if (positionals.length === 0 || missing.length > 0) {
  console.error(missing.length > 0 ? `src/${missing[0]} がありません。${USAGE}` : USAGE);
  process.exit(2);
}

process.env.MUTATE_TESTS = [...new Set(positionals.map((folder) => folder.split('/')[0]))].join(',');

await new Stryker({
  mutate: positionals.map((folder) => (folder.endsWith('.ts') ? `src/${folder}` : `src/${folder}/**/*.ts`)),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'scripts/mutate.vitest.ts' },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  // A mutant that loops is stopped; the tests' own time limits are generous.
  timeoutMS: 20_000,
  concurrency: 2,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportScoreTable: true },
  tempDirName: '.stryker-tmp',
  allowEmpty: false,
  // Nothing in tsconfig.json needs to be rewritten for the copy, and TypeScript 7 has no API to do so.
  tsconfigFile: 'no-tsconfig.json',
}).runMutationTest();
