import type { TestProject } from 'vitest/node';
import { findPostgres, startPostgres } from '../../scripts/postgres-server.ts';

/** One server for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const programs = findPostgres();
  if (programs === null) throw new Error('PostgreSQL is not installed');
  const server = await startPostgres(programs);
  project.provide('postgres', server.url);
  return () => server.stop();
}
