import { setTimeout as delay } from 'node:timers/promises';
import {
  CamelCasePlugin,
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
import type { FeedbackLog } from '../model/feedback.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Members } from '../model/member.ts';
import type { PostedAnswers } from '../model/posted-answer.ts';
import type { Requests } from '../model/request.ts';
import type { Settings } from '../model/settings.ts';
import { keepAnswers, keepFeedback } from './answers.ts';
import { keepAudit } from './audit.ts';
import { keepThreads, keepUnanswered, type Threads, type UnansweredQuestions } from './conversations.ts';
import type { StoreDialect, StoreLocation } from './dialects/dialect.ts';
import { openSqlite } from './dialects/sqlite/sqlite.ts';
import { type Documents, keepDocuments } from './documents.ts';
import { withReported } from './figures-merge.ts';
import { type Figures, keepFigures } from './figures-store.ts';
import { readKnowledge } from './knowledge.ts';
import { keepMembers } from './members.ts';
import { migrationsFor } from './migrations.ts';
import { keepOutbox, type Outbox } from './outbox-store.ts';
import { keepRequests } from './requests.ts';
import type { StoreSchema } from './schema.ts';
import { keepSettings } from './settings.ts';

/** All that planbot keeps, by what it is of. Every method may throw AppError `store_unavailable`. */
export interface Store {
  /** The database as messages name it. */
  readonly label: string;
  /** What documents state, with what staff reported in its place. */
  readonly knowledge: Knowledge;
  readonly documents: Documents;
  readonly figures: Figures;
  readonly threads: Threads;
  readonly unanswered: UnansweredQuestions;
  readonly answers: PostedAnswers;
  readonly feedback: FeedbackLog;
  readonly requests: Requests;
  readonly outbox: Outbox;
  readonly members: Members;
  readonly settings: Settings;
  readonly audit: AuditLog;
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
  const guarded = <T extends object>(methods: T): T => withFaults(methods, dialect);
  const listening = new Set<() => Promise<void>>();
  return {
    label: dialect.label,
    knowledge: guarded(withReported(stated, figures)),
    documents: guarded(keepDocuments(db, dialect, stated)),
    figures: guarded(figures),
    threads: guarded(keepThreads(db, dialect)),
    unanswered: guarded(keepUnanswered(db, dialect, keepDays)),
    answers: guarded(keepAnswers(db, dialect)),
    feedback: guarded(keepFeedback(db, keepDays)),
    requests: guarded(keepRequests(db, dialect)),
    outbox: guarded(keepOutbox(db, dialect)),
    members: guarded(keepMembers(db)),
    settings: guarded(keepSettings(db, dialect)),
    audit: guarded(keepAudit(db)),
    ...guarded({ knowledgeStamp: () => knowledgeStamp(db) }),
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
  const plugins = [
    new CamelCasePlugin(),
    new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
  ];
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
        selectFrom('auditEntry')
          .select(({ fn }) => fn.max<number | null>('id').as('last'))
          .where('action', '=', action);
      return [
        last('document_ingested').as('ingested'),
        last('document_removed').as('removed'),
        selectFrom('figureImport')
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
