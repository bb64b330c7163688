import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { findPostgres } from './scripts/postgres-server.ts';

const postgres = 'test/store/postgres/*.test.ts';

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
    // Who waits for a socket, a browser or another process leaves a core to the next.
    maxWorkers: availableParallelism() + 1,
    projects: [
      // One module graph a worker: the catalogue and the dictionary are loaded once, not once a file.
      {
        extends: true,
        test: {
          name: 'planbot',
          include: ['test/**/*.test.ts'],
          exclude: [postgres],
          isolate: false,
          globalSetup: ['test/browser/announce-browser.ts'],
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
    ],
  },
});
