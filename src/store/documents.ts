import type { Kysely, Transaction } from 'kysely';
import { type AuditEntry, UNNAMED } from '../model/audit.ts';
import { AppError } from '../model/errors.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Passage } from '../model/passage.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { insertAudit } from './audit.ts';
import { type DocumentChange, describeChange, type Figured } from './changes.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { ROW_TABLES, type RowList, type RowOf } from './rows.ts';
import type { StoreSchema } from './schema.ts';

/** A document that the store knows. */
export interface KnownDocument {
  file: string;
  layout: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  /** ISO 8601 in UTC. */
  ingestedAt: string;
}

const DOCUMENT = ['file', 'layout', 'digest', 'ingestedAt'] as const;

/** Far below the number of parameters that any database takes in one statement. */
const ROWS_A_STATEMENT = 200;

export interface Documents {
  /**
   * Replaces what is known of each file, all documents or none; `by` is who is named in the audit log. The content of
   * a known document under another name takes that one's place. Throws AppError `wrong_use` where two of the documents
   * have one name or one content.
   */
  replace(documents: readonly IngestedDocument[], now: Date, by?: string): Promise<DocumentChange[]>;
  /** Takes a document out with all that it brought. AppError `wrong_use` where there is none of that name. */
  remove(file: string, now: Date, by?: string): Promise<void>;
  /** By file name. */
  list(): Promise<KnownDocument[]>;
  /** KPIs as the documents state them, without what staff reported. */
  statedKpis(): Promise<Kpi[]>;
  /** All plan text, for the passage index. */
  passages(): Promise<Passage[]>;
}

export function keepDocuments(
  db: Kysely<StoreSchema>,
  dialect: StoreDialect,
  stated: Pick<Knowledge, 'kpis'>,
): Documents {
  return {
    replace: (documents, now, by) => replaceDocuments(db, dialect, documents, now, by),
    remove: (file, now, by) => removeDocument(db, dialect, file, now, by),
    list: () => db.selectFrom('document').select(DOCUMENT).orderBy('file').execute(),
    statedKpis: () => stated.kpis({}),
    async passages() {
      const query = db.selectFrom('passage').selectAll();
      const rows = await query.orderBy('file').orderBy('firstLine').orderBy('position').execute();
      return rows.map(ROW_TABLES.passages.fromRow);
    },
  };
}

async function replaceDocuments(
  db: Kysely<StoreSchema>,
  dialect: StoreDialect,
  documents: readonly IngestedDocument[],
  now: Date,
  by: string = UNNAMED,
): Promise<DocumentChange[]> {
  refuseTwice(documents);
  const files = documents.map(({ file }) => file);
  return db.transaction().execute(async (trx) => {
    await dialect.lock(trx, 'documents');
    const changes: DocumentChange[] = [];
    for (const document of documents) {
      const { file, digest } = document;
      const renamedFrom = await otherName(trx, digest, files);
      const before = await knownFigures(trx, renamedFrom ?? file);
      await trx
        .deleteFrom('document')
        .where('file', 'in', [file, renamedFrom ?? file])
        .execute();
      await insertDocument(trx, document, now);
      const change = describeChange({ file, renamedFrom }, before, document);
      await insertAudit(trx, documentEntry(change, by), now);
      changes.push(change);
    }
    await dialect.tell(trx);
    return changes;
  });
}

async function removeDocument(
  db: Kysely<StoreSchema>,
  dialect: StoreDialect,
  file: string,
  now: Date,
  by: string = UNNAMED,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await dialect.lock(trx, 'documents');
    const known = await trx.selectFrom('document').select('file').where('file', '=', file).executeTakeFirst();
    if (!known) throw new AppError('wrong_use', { message: 'その名前の資料は取り込まれていません', file });
    await trx.deleteFrom('document').where('file', '=', file).execute();
    await insertAudit(
      trx,
      { action: 'document_removed', actor: by, subject: file, detail: '資料の取り消し' },
      now,
    );
    await dialect.tell(trx);
  });
}

const KINDS: Record<DocumentChange['kind'], string> = {
  new: '新しい資料',
  changed: '内容の変更',
  unchanged: '変わりなし',
};

function documentEntry(change: DocumentChange, by: string): AuditEntry {
  const { file, kind, renamedFrom, added, removed, changed } = change;
  const counts = `追加 ${added.length}、変更 ${changed.length}、削除 ${removed.length}`;
  const name = renamedFrom === null ? '' : `、前の名前 ${renamedFrom}`;
  const detail = `${KINDS[kind]}${kind === 'unchanged' ? '' : `：${counts}`}${name}`;
  return { action: 'document_ingested', actor: by, subject: file, detail };
}

function refuseTwice(documents: readonly IngestedDocument[]): void {
  for (const [index, { file, digest }] of documents.entries()) {
    const earlier = documents.slice(0, index);
    if (earlier.some((other) => other.file === file)) {
      throw new AppError('wrong_use', { message: '同じ名前のファイルが2つあります', file });
    }
    const same = earlier.find((other) => other.digest === digest);
    if (same) {
      const message = `${same.file} と同じ内容です。どちらか一方だけを取り込んでください`;
      throw new AppError('wrong_use', { message, file });
    }
  }
}

/** The name of a known document with this content, unless that name is taken anew. */
async function otherName(
  trx: Transaction<StoreSchema>,
  digest: string,
  files: readonly string[],
): Promise<string | null> {
  const known = await trx
    .selectFrom('document')
    .select('file')
    .where('digest', '=', digest)
    .where('file', 'not in', [...files])
    .executeTakeFirst();
  return known?.file ?? null;
}

async function knownFigures(trx: Transaction<StoreSchema>, file: string): Promise<Figured | null> {
  const document = await trx
    .selectFrom('document')
    .select('file')
    .where('file', '=', file)
    .executeTakeFirst();
  if (!document) {
    return null;
  }
  const rows = async <L extends RowList>(list: L): Promise<RowOf<L>[]> => {
    const { table, fromRow } = ROW_TABLES[list];
    const query = trx
      .selectFrom(table as 'kpi')
      .selectAll()
      .where('file', '=', file);
    return (await query.orderBy('position').execute()).map(fromRow);
  };
  return {
    kpis: await rows('kpis'),
    measures: await rows('measures'),
    budgets: await rows('budgets'),
    counts: await rows('counts'),
  };
}

async function insertDocument(trx: Transaction<StoreSchema>, document: IngestedDocument, now: Date) {
  const { file, layout, digest } = document;
  await trx.insertInto('document').values({ file, layout, digest, ingestedAt: now.toISOString() }).execute();
  for (const list of Object.keys(ROW_TABLES) as RowList[]) await insertRows(trx, list, document[list]);
}

async function insertRows<L extends RowList>(
  trx: Transaction<StoreSchema>,
  list: L,
  values: readonly RowOf<L>[],
): Promise<void> {
  const { table, toRow } = ROW_TABLES[list];
  const rows = values.map((value, position) => ({ ...toRow(value), position }));
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const some = rows.slice(start, start + ROWS_A_STATEMENT) as never;
    await trx.insertInto(table).values(some).execute();
  }
}
