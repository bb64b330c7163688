import { defineConfig } from 'vitest/config';

/** `npm run mutate` asks the tests of the folder whose code it changes: others would notice by accident, and late. */
export default defineConfig({
  test: {
    include: (process.env.MUTATE_TESTS ?? '').split(',').map((folder) => `test/${folder}/**/*.test.ts`),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
