import { z } from 'zod';

export const AuditAction = z.enum([
  'refused',
  'figures_reported',
  'table_imported',
  'document_ingested',
  'document_removed',
  'member_saved',
  'settings_saved',
  'answer_deleted',
  'reminder_followed',
  'store_backed_up',
  'store_restored',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** Where nobody said who it was. */
export const UNNAMED = '氏名の記録なし';

/** A write or a refusal. Entries are appended and never changed. */
export const AuditEntry = z.strictObject({
  action: AuditAction,
  /** A user id, or the name given on the command line. */
  actor: z.string().min(1),
  /** What was acted on: a branch, a user, a channel, a file. */
  subject: z.string(),
  /** What happened, in words: the old and the new value, why it was refused. No question text. */
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export interface KeptAuditEntry extends AuditEntry {
  id: number;
  /** ISO 8601 in UTC. */
  at: string;
}

export interface AuditLog {
  append(entry: AuditEntry, now: Date): Promise<void>;
  /** Oldest first; only the newest ones where a number is given. */
  entries(newest?: number): Promise<KeptAuditEntry[]>;
  /** The newest of an action. */
  last(action: AuditEntry['action']): Promise<KeptAuditEntry | null>;
}
