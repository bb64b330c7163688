import type { Generated, Kysely } from 'kysely';
import type { StoreDialect } from './dialects/dialect.ts';

/** Times are ISO 8601 in UTC; lists and settings are JSON text. */

export interface MemberRow {
  user: string;
  role: string;
  branches: string;
  saved_at: string;
}

export interface AuditEntryRow {
  id: Generated<number>;
  at: string;
  action: string;
  actor: string;
  subject: string;
  detail: string;
}

export interface ChannelSettingsRow {
  channel: string;
  body: string;
  saved_at: string;
}

export interface PersonSettingsRow {
  user: string;
  body: string;
  saved_at: string;
}

export interface FeedbackRow {
  user: string;
  channel: string;
  ts: string;
  verdict: string;
  comment: string | null;
  /** Kept here, since the answer itself fades. */
  asked: string | null;
  at: string;
}

export interface PostedAnswerRow {
  channel: string;
  ts: string;
  question_ts: string | null;
  asker: string;
  asked: string;
  at: string;
}

export interface OperationsSchema {
  member: MemberRow;
  audit_entry: AuditEntryRow;
  channel_settings: ChannelSettingsRow;
  person_settings: PersonSettingsRow;
  feedback: FeedbackRow;
  posted_answer: PostedAnswerRow;
}

/** Who may do what, what was done, what was set, and what stands in Slack. */
export async function createOperations(
  db: Kysely<unknown>,
  dialect: Pick<StoreDialect, 'makeAppendOnly'>,
): Promise<void> {
  const tables: Record<keyof OperationsSchema, { key: string[]; required: string[]; optional?: string[] }> = {
    member: { key: ['user'], required: ['role', 'branches', 'saved_at'] },
    audit_entry: { key: [], required: ['at', 'action', 'actor', 'subject', 'detail'] },
    channel_settings: { key: ['channel'], required: ['body', 'saved_at'] },
    person_settings: { key: ['user'], required: ['body', 'saved_at'] },
    feedback: {
      key: ['user', 'channel', 'ts'],
      required: ['verdict', 'at'],
      optional: ['comment', 'asked'],
    },
    posted_answer: { key: ['channel', 'ts'], required: ['asker', 'asked', 'at'], optional: ['question_ts'] },
  };
  for (const [name, { key, required, optional = [] }] of Object.entries(tables)) {
    let table = db.schema.createTable(name);
    if (key.length === 0) table = table.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement());
    for (const column of [...key, ...required]) table = table.addColumn(column, 'text', (c) => c.notNull());
    for (const column of optional) table = table.addColumn(column, 'text');
    await (key.length === 0 ? table : table.addPrimaryKeyConstraint(`${name}_key`, key as never)).execute();
  }
  await dialect.makeAppendOnly(db, 'audit_entry');
  const indexes = { question: ['channel', 'question_ts'], asker: ['asker', 'at'], time: ['at'] };
  for (const [name, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(`posted_answer_by_${name}`)
      .on('posted_answer')
      .columns(columns as never)
      .execute();
  }
}
