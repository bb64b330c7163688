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
import {
  budgetFromRow,
  budgetToRow,
  commitmentToRow,
  countFromRow,
  countToRow,
  kpiFromRow,
  kpiToRow,
  measureFromRow,
  measureToRow,
  partToRow,
  passageFromRow,
  passageToRow,
  referenceActualToRow,
  type Unplaced,
} from './rows.ts';
import type { DocumentRow, StoreSchema } from './schema.ts';

/** A document that the store knows. */
export interface KnownDocument {
  file: string;
  layout: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  /** ISO 8601 in UTC. */
  ingestedAt: string;
}

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
    list: () => listDocuments(db),
    statedKpis: () => stated.kpis({}),
    async passages() {
      const query = db.selectFrom('passage').selectAll();
      const rows = await query.orderBy('file').orderBy('first_line').orderBy('position').execute();
      return rows.map(passageFromRow);
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

async function listDocuments(db: Kysely<StoreSchema>): Promise<KnownDocument[]> {
  const rows = await db.selectFrom('document').selectAll().orderBy('file').execute();
  return rows.map(({ file, layout, digest, ingested_at }: DocumentRow) => ({
    file,
    layout,
    digest,
    ingestedAt: ingested_at,
  }));
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
  const rows = <T extends 'kpi' | 'measure' | 'budget_line' | 'period_count'>(table: T) =>
    trx
      .selectFrom(table as 'kpi')
      .selectAll()
      .where('file', '=', file)
      .orderBy('position')
      .execute() as unknown as Promise<StoreSchema[T][]>;
  return {
    kpis: (await rows('kpi')).map(kpiFromRow),
    measures: (await rows('measure')).map(measureFromRow),
    budgets: (await rows('budget_line')).map(budgetFromRow),
    counts: (await rows('period_count')).map(countFromRow),
  };
}

async function insertDocument(trx: Transaction<StoreSchema>, document: IngestedDocument, now: Date) {
  const { file, layout, digest } = document;
  await trx.insertInto('document').values({ file, layout, digest, ingested_at: now.toISOString() }).execute();
  await insertRows(trx, 'document_part', document.parts.map(partToRow));
  await insertRows(trx, 'kpi', document.kpis.map(kpiToRow));
  await insertRows(trx, 'reference_actual', document.referenceActuals.map(referenceActualToRow));
  await insertRows(trx, 'measure', document.measures.map(measureToRow));
  await insertRows(trx, 'budget_line', document.budgets.map(budgetToRow));
  await insertRows(trx, 'commitment', document.commitments.map(commitmentToRow));
  await insertRows(trx, 'period_count', document.counts.map(countToRow));
  await insertRows(trx, 'passage', document.passages.map(passageToRow));
}

type PlacedTable =
  | 'document_part'
  | 'kpi'
  | 'reference_actual'
  | 'measure'
  | 'budget_line'
  | 'commitment'
  | 'period_count'
  | 'passage';

async function insertRows<T extends PlacedTable>(
  trx: Transaction<StoreSchema>,
  table: T,
  rows: Unplaced<StoreSchema[T]>[],
): Promise<void> {
  const placed = rows.map((row, position) => ({ ...row, position }));
  for (let start = 0; start < placed.length; start += ROWS_A_STATEMENT) {
    const some = placed.slice(start, start + ROWS_A_STATEMENT) as never;
    await trx.insertInto(table).values(some).execute();
  }
}
