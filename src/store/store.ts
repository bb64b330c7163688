import { DEFAULT_MIGRATION_TABLE, Kysely, Migrator, sql } from 'kysely';
import { ZodError } from 'zod';
import type { AuditLog } from '../model/audit.ts';
import { AppError } from '../model/errors.ts';
import type { FeedbackBox } from '../model/feedback.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Members } from '../model/member.ts';
import type { Passage } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import type { AnswerLedger } from '../model/posted-answer.ts';
import type { RequestBook } from '../model/request-book.ts';
import { keepAnswers } from './answers.ts';
import { keepAudit } from './audit.ts';
import type { DocumentChange } from './changes.ts';
import { type Conversations, keepConversations } from './conversations.ts';
import { databaseFault, openDialect } from './dialect.ts';
import { watchFile } from './dialect-files.ts';
import { type KnownDocument, listDocuments, removeDocument, replaceDocuments } from './documents.ts';
import { keepFeedback } from './feedback.ts';
import { withReported } from './figures-merge.ts';
import { type Figures, keepFigures } from './figures-store.ts';
import { readKnowledge } from './knowledge.ts';
import { keepMembers } from './members.ts';
import { MIGRATIONS } from './migrations.ts';
import { keepOutbox, type Outbox } from './outbox-store.ts';
import { keepRequests } from './requests.ts';
import type { StoreSchema } from './schema.ts';
import { keepSettings, type Settings } from './settings.ts';

/** All that planbot keeps. Every method may throw AppError `store_unavailable`. */
export interface Store
  extends Knowledge,
    Conversations,
    Figures,
    Outbox,
    Members,
    AuditLog,
    Settings,
    FeedbackBox,
    AnswerLedger,
    RequestBook {
  /** The database file. */
  readonly file: string;
  /** Replaces what was known of each file, all or nothing; `by` is who is named in the audit log. */
  replaceDocuments(documents: readonly IngestedDocument[], now: Date, by?: string): Promise<DocumentChange[]>;
  /** Takes a document out with what it brought; AppError `wrong_use` where there is none of that name. */
  removeDocument(file: string, now: Date, by?: string): Promise<void>;
  /** KPIs as the documents state them, without what staff reported. */
  statedKpis(): Promise<Kpi[]>;
  /** By file name. */
  documents(): Promise<KnownDocument[]>;
  /** All plan text, for the passage index. */
  passages(): Promise<Passage[]>;
  /** Why the store is not the one that was opened, or cannot be read; null where all is well. Never throws. */
  storeProblem(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Opens or creates the store in a folder and brings its tables up to date. `keepDays`: how long questions without an
 * answer and judgements of answers are kept; for ever where it is 0.
 */
export async function openStore({
  dataDir,
  keepDays = 0,
}: {
  dataDir: string;
  keepDays?: number;
}): Promise<Store> {
  const { dialect, file } = openDialect(dataDir);
  const db = new Kysely<StoreSchema>({ dialect });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  try {
    await refuseNewer(db, file);
    await migrate(migrator);
  } catch (error) {
    await db.destroy();
    throw databaseFault(error, file);
  }
  const isSame = await watchFile(file);
  async function storeProblem(): Promise<string | null> {
    try {
      await db.selectFrom('request').select('key').limit(1).execute();
      return await isSame();
    } catch (cause) {
      return databaseFault(cause, file).message;
    }
  }
  const stated = readKnowledge(db);
  const figures = keepFigures(db);
  const store = {
    ...withReported(stated, figures),
    statedKpis: () => stated.kpis({}),
    ...figures,
    ...keepConversations(db, keepDays),
    ...keepOutbox(db),
    ...keepMembers(db),
    ...keepAudit(db),
    ...keepSettings(db),
    ...keepFeedback(db, keepDays),
    ...keepAnswers(db),
    ...keepRequests(db),
    replaceDocuments: (documents: readonly IngestedDocument[], now: Date, by?: string) =>
      replaceDocuments(db, documents, now, by),
    removeDocument: (file: string, now: Date, by?: string) => removeDocument(db, file, now, by),
    documents: () => listDocuments(db),
    storeProblem,
    close: () => db.destroy(),
  };
  return { file, ...withFaults(store, file) };
}

/** A database that a newer planbot has written may hold what this one would misread. */
async function refuseNewer(db: Kysely<StoreSchema>, file: string): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return;
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const unknown = rows.find(({ name }) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown) {
    const message = 'このデータは新しい版のplanbotで作られています。planbotを新しくしてください';
    throw new AppError('store_unavailable', { message, file, text: unknown.name });
  }
}

/** Migrating takes the write lock, so it is left out where there is nothing to do: `ask` need not wait for `ingest`. */
async function migrate(migrator: Migrator): Promise<void> {
  const known = await migrator.getMigrations();
  if (known.some(({ executedAt }) => executedAt === undefined)) {
    const { error } = await migrator.migrateToLatest();
    if (error) {
      throw error;
    }
  }
}

type Methods = Record<string, (...args: never[]) => Promise<unknown>>;

/** The same methods, whose faults name the database file. */
function withFaults<T extends object>(methods: T, file: string): T {
  const guarded: Methods = {};
  for (const [name, method] of Object.entries(methods as Methods)) {
    guarded[name] = async (...args) => {
      try {
        return await method(...args);
      } catch (cause) {
        throw storeFault(cause, file);
      }
    };
  }
  return guarded as T;
}

function storeFault(cause: unknown, file: string): AppError {
  if (!(cause instanceof ZodError)) {
    return databaseFault(cause, file);
  }
  const issue = cause.issues[0];
  const message = `データベースの内容が正しくありません（${issue?.path.join('.')}: ${issue?.message}）`;
  return new AppError('store_unavailable', { message, file, cause });
}
