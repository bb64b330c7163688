import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../scripts/postgres-server.ts';
import { openStore } from '../../src/store/store.ts';

/** The database whose copies the stores of the tests begin as: its tables are made once. */
export const EMPTY_STORE = 'planbot_empty';

/** One server for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const server = await startPostgres(programs);
  const database = { url: await server.database(EMPTY_STORE), tls: null, connections: 1 };
  await (await openStore({ dataDir: '', database })).close();
  project.provide('postgres', server.url);
  return () => server.stop();
}
