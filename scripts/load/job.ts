import { z } from 'zod';

/** What a process under load is told. */
const LoadJob = z.strictObject({
  app: z.enum(['planbot', 'bare']),
  apiUrl: z.url(),
  botToken: z.string(),
  appToken: z.string(),
  dataDir: z.string(),
  /** Null where the store is in the folder. */
  databaseUrl: z.string().nullable(),
});
export type LoadJob = z.infer<typeof LoadJob>;

export function readJob(text: string): LoadJob {
  return LoadJob.parse(JSON.parse(text));
}
