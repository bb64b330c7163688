import { z } from 'zod';
import type { IsoDay } from './calendar-day.ts';
import { FiscalYear } from './fiscal-year.ts';
import { IndicatorId, Unit, Yardstick } from './indicator.ts';
import { Source } from './source.ts';

export const ReminderKind = z.enum([
  'report_overdue',
  'kpi_behind',
  'kpi_unjudged',
  'commitment_due',
  'commitment_overdue',
  'budget_unstarted',
  'budget_over',
  'owner_missing',
]);
export type ReminderKind = z.infer<typeof ReminderKind>;

/** Whom an occurrence is for; where it goes is decided when it is sent. */
export const Audience = z.enum(['branch', 'head_office']);
export type Audience = z.infer<typeof Audience>;

/** One thing that is due, said once. */
export const Reminder = z.strictObject({
  /** Rule, branch, indicator or item, period, stage, audience: unique for ever. */
  key: z.string().min(1),
  /** The thing itself, whatever stage it is in: what is said of it before and after belongs together. */
  series: z.string().min(1),
  /** Grows from stage to stage of a series, so that a clock set back says nothing old. */
  rank: z.number(),
  kind: ReminderKind,
  audience: Audience,
  branch: z.string().min(1),
  fy: FiscalYear,
  /** R7Q1 or 2025-07. */
  period: z.string().min(1),
  indicator: IndicatorId.nullable(),
  /** A commitment's or budget item's own words; null where an indicator or the whole report is meant. */
  item: z.string().nullable(),
  yardstick: Yardstick.nullable(),
  unit: Unit.nullable(),
  actual: z.number().nullable(),
  /** As printed: ５月時点. */
  asOf: z.string().nullable(),
  expected: z.number().nullable(),
  target: z.number().nullable(),
  /** How far the actual is on the wrong side of what is expected; always positive. */
  gap: z.number().nullable(),
  /** YYYY-MM-DD. */
  due: z.iso.date().nullable(),
  /** before_7, before_1, due, after_3, weekly_1 …; actual, quarter_end, year_end; due, overdue, monthly. */
  stage: z.string().min(1),
  /** Where it goes, as known when it was found; null where nobody is known. */
  channel: z.string().nullable(),
  /** Slack ids of users (U…) and user groups (S…). */
  mentions: z.array(z.string()),
  /** One line or some, in plain Japanese: stands alone. */
  text: z.string().min(1),
  /** The same for a reader who sees the branch and the heading above it; empty in what was kept before there was one. */
  line: z.string().default(''),
  /** Below the line, in small type: yardstick and pace, or what is missing. */
  detail: z.string().default(''),
  /** The facts that it speaks of: while they are the same there is nothing new to say. */
  version: z.string().default(''),
  /** Goes along with others, and is no reason to write. */
  isCompanion: z.boolean().default(false),
  source: Source.nullable(),
});
export type Reminder = z.infer<typeof Reminder>;

/** What a person decided of a thing: it is done, it will not be done, its day has moved, or it is known as it is. */
export const Decision = z.enum(['done', 'cancelled', 'moved', 'acknowledged']);
export type Decision = z.infer<typeof Decision>;

export interface ReminderDecision {
  series: string;
  decision: Decision;
  /** The state of the thing that it was decided of; null where it holds whatever comes. */
  version: string | null;
  /** The new day of what was put off; null for the others. */
  due: IsoDay | null;
}

/**
 * How a thing ended. `mended`: a newer figure is where it should be; `reported`: the report is in; `told`: a later
 * report speaks of it; `judged`: what could not be judged can be; `decided`: a person said so; `corrected`, `withdrawn`: what was said of it was taken back;
 * `over`: its quarter or year has passed.
 */
export const Ending = z.enum([
  'mended',
  'reported',
  'told',
  'judged',
  'decided',
  'corrected',
  'withdrawn',
  'over',
]);
export type Ending = z.infer<typeof Ending>;
