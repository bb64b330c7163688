import { existsSync, statfsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { findPostgres } from './scripts/postgres-server.ts';

const postgres = 'test/store/postgres/*.test.ts';
const browser = 'test/browser/**/*.test.ts';

/** What is kept, over a real server too; the same files as for SQLite. */
const kept = ['store', 'conversations', 'figures-store', 'document-knowledge', 'outbox-delivery'];
const onPostgres = [...kept, 'operations', 'requests', 'years-of-rows'].map(
  (name) => `test/store/${name}.test.ts`,
);
const hasPostgres = findPostgres() !== null;
if (!hasPostgres) console.log('PostgreSQLが見つからないため、それを使うテストを省略します。');

/** Databases of tests are written in memory where the system has room for them there: nobody needs them after a crash. */
const IN_MEMORY = '/dev/shm';
const ROOM_BYTES = 2 ** 32;
const hasRoom = () => {
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > ROOM_BYTES;
};
// Of this process, which starts the servers, and of the workers after it.
if (existsSync(IN_MEMORY) && hasRoom()) process.env.TMPDIR = IN_MEMORY;

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    projects: [
      // One module graph a worker: the catalogue and the dictionary are loaded once, not once a file.
      {
        extends: true,
        test: {
          name: 'planbot',
          include: ['test/**/*.test.ts'],
          exclude: [browser, postgres],
          isolate: false,
        },
      },
      ...(hasPostgres
        ? [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: [...onPostgres, postgres],
                isolate: false,
                globalSetup: ['test/store/start-postgres.ts'],
              },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browser],
          globalSetup: ['test/browser/announce-browser.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
