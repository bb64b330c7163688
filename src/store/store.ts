import { setTimeout as delay } from 'node:timers/promises';
import {
  DEFAULT_MIGRATION_TABLE,
  HandleEmptyInListsPlugin,
  Kysely,
  Migrator,
  replaceWithNoncontingentExpression,
  sql,
} from 'kysely';
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
import type { StoreDialect, StoreLocation } from './dialects/dialect.ts';
import { openSqlite } from './dialects/sqlite/sqlite.ts';
import { type KnownDocument, listDocuments, removeDocument, replaceDocuments } from './documents.ts';
import { keepFeedback } from './feedback.ts';
import { withReported } from './figures-merge.ts';
import { type Figures, keepFigures } from './figures-store.ts';
import { readKnowledge } from './knowledge.ts';
import { keepMembers } from './members.ts';
import { migrationsFor } from './migrations.ts';
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
  /** The database as messages name it. */
  readonly label: string;
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
  /** Changes whenever documents or reported figures do; cheap, however many there are. */
  knowledgeStamp(): Promise<string>;
  /** Calls `changed` soon after another process has changed something. Returns the way to end it. */
  listen(changed: () => void): () => Promise<void>;
  /** Why the store is not the one that was opened, or cannot be read; null where all is well. Never throws. */
  storeProblem(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * Opens the store where it is kept, creates what is not there yet, and brings its tables up to date. `keepDays`: how
 * long questions without an answer and judgements of answers are kept; for ever where it is 0.
 */
export async function openStore({
  keepDays = 0,
  ...location
}: StoreLocation & { keepDays?: number }): Promise<Store> {
  const { db, dialect } = await openDatabase(location);
  const stated = readKnowledge(db);
  const figures = keepFigures(db, dialect);
  const methods = {
    ...withReported(stated, figures),
    statedKpis: () => stated.kpis({}),
    ...figures,
    ...keepConversations(db, keepDays),
    ...keepOutbox(db, dialect),
    ...keepMembers(db),
    ...keepAudit(db),
    ...keepSettings(db, dialect),
    ...keepFeedback(db, keepDays),
    ...keepAnswers(db),
    ...keepRequests(db),
    replaceDocuments: (documents: readonly IngestedDocument[], now: Date, by?: string) =>
      replaceDocuments(db, dialect, documents, now, by),
    removeDocument: (file: string, now: Date, by?: string) => removeDocument(db, dialect, file, now, by),
    documents: () => listDocuments(db),
    knowledgeStamp: () => knowledgeStamp(db),
  };
  const listening = new Set<() => Promise<void>>();
  return {
    label: dialect.label,
    ...withFaults(methods, dialect),
    listen(changed) {
      const end = dialect.listen(changed);
      listening.add(end);
      return async () => {
        listening.delete(end);
        await end();
      };
    },
    async storeProblem() {
      try {
        await db.selectFrom('request').select('key').limit(1).execute();
        return await dialect.problem();
      } catch (cause) {
        return dialect.fault(cause).message;
      }
    },
    async close() {
      await Promise.all([...listening].map((end) => end()));
      await db.destroy();
    },
  };
}

/** The database with its tables as this planbot knows them. Throws AppError `store_unavailable`. */
export async function openDatabase(
  location: StoreLocation,
): Promise<{ db: Kysely<StoreSchema>; dialect: StoreDialect }> {
  const dialect = await openDialect(location);
  const plugins = [new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })];
  const db = new Kysely<StoreSchema>({ dialect: dialect.kysely, plugins });
  const migrations = migrationsFor(dialect);
  try {
    await refuseNewer(db, dialect.label, migrations);
    await migrate(new Migrator({ db, provider: { getMigrations: async () => migrations } }));
    return { db, dialect };
  } catch (error) {
    await db.destroy();
    throw dialect.fault(error);
  }
}

/** The driver of a server is loaded where there is one. */
async function openDialect({ dataDir, database }: StoreLocation): Promise<StoreDialect> {
  if (!database) return openSqlite(dataDir);
  const { openPostgres } = await import('./dialects/postgres/postgres.ts');
  return openPostgres(database);
}

/** Every change of what is known writes one of these rows, in the order of its transaction. */
async function knowledgeStamp(db: Kysely<StoreSchema>): Promise<string> {
  const { ingested, removed, imported } = await db
    .selectNoFrom(({ selectFrom }) => {
      const last = (action: string) =>
        selectFrom('audit_entry')
          .select(({ fn }) => fn.max<number | null>('id').as('last'))
          .where('action', '=', action);
      return [
        last('document_ingested').as('ingested'),
        last('document_removed').as('removed'),
        selectFrom('figure_import')
          .select(({ fn }) => fn.max<number | null>('id').as('last'))
          .as('imported'),
      ];
    })
    .executeTakeFirstOrThrow();
  return [ingested, removed, imported].map((id) => id ?? 0).join('-');
}

/** A database that a newer planbot has written may hold what this one would misread. */
async function refuseNewer(db: Kysely<StoreSchema>, file: string, migrations: object): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return;
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const unknown = rows.find(({ name }) => !Object.hasOwn(migrations, name));
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

/** Between tries after a fault that passes: six seconds in all, in which a server starts again. */
const PAUSES_MS = [30, 100, 300, 600, 1_000, 1_500, 2_500];

/**
 * The same methods, each one statement or one transaction: what the database gave up is tried again, and faults
 * name the database.
 */
function withFaults<T extends object>(methods: T, dialect: StoreDialect): T {
  const guarded: Methods = {};
  for (const [name, method] of Object.entries(methods as Methods)) {
    guarded[name] = async (...args) => {
      for (let tried = 0; ; tried += 1) {
        try {
          return await method(...args);
        } catch (cause) {
          const pause = PAUSES_MS[tried];
          if (pause === undefined || !dialect.isPassing(cause)) throw storeFault(cause, dialect);
          await delay(pause);
        }
      }
    };
  }
  return guarded as T;
}

function storeFault(cause: unknown, dialect: StoreDialect): AppError {
  if (!(cause instanceof ZodError)) {
    return dialect.fault(cause);
  }
  const issue = cause.issues[0];
  const message = `データベースの内容が正しくありません（${issue?.path.join('.')}: ${issue?.message}）`;
  return new AppError('store_unavailable', { message, file: dialect.label, cause });
}
