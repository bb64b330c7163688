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

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'planbot', include: ['test/**/*.test.ts'], exclude: [browser, postgres] },
      },
      ...(hasPostgres
        ? [
            {
              extends: true as const,
              test: {
                name: 'postgres',
                include: [...onPostgres, postgres],
                globalSetup: ['test/store/start-postgres.ts'],
              },
            },
          ]
        : []),
      // One after another and after the rest, so that a slow page means a slow page; loaded once for all files.
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browser],
          globalSetup: ['test/browser/announce-browser.ts'],
          isolate: false,
          fileParallelism: false,
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
