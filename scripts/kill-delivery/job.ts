import { z } from 'zod';
import { ReportingCalendar } from '../../src/model/catalogue.ts';

export const STEPS = [
  'before_claim',
  'after_claim',
  'before_request',
  'request_left',
  'accepted',
  'before_mark',
  'after_mark',
] as const;
export type Step = (typeof STEPS)[number];

const Job = z.strictObject({
  dataDir: z.string(),
  /** Null where the store is in the folder. */
  databaseUrl: z.string().nullable(),
  apiUrl: z.string(),
  botToken: z.string(),
  /** When the whole run began, in milliseconds of the real clock. */
  startedAt: z.number(),
  /** Where the process kills itself, and at which time it comes there; null lets it work. */
  step: z.enum(STEPS).nullable(),
  times: z.int(),
  delayMs: z.number(),
  rounds: z.int(),
  calendar: ReportingCalendar,
});
export type Job = z.infer<typeof Job>;

export function readJob(text: string): Job {
  return Job.parse(JSON.parse(text));
}

/** In the clock of the run: a second of ours. */
export const LEASE_MS = 20_000;

const BASE = Date.parse('2025-08-01T09:30:00+09:00');
const SPEED = 20;

/** A morning on which reminders may be sent, twenty times as fast as ours, so that pauses and leases pass. */
export function fastClock(startedAt: number): () => Date {
  return () => new Date(BASE + (Date.now() - startedAt) * SPEED);
}
