import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../model/errors.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { type DocumentChange, describeChange } from './store-changes.ts';
import {
  budgetToRow,
  commitmentToRow,
  countToRow,
  kpiFromRow,
  kpiToRow,
  measureToRow,
  partToRow,
  passageToRow,
  type Unplaced,
} from './store-rows.ts';
import type { DocumentRow, StoreSchema } from './store-schema.ts';

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

/**
 * Replaces what is known of each file, all documents or none. Throws AppError `wrong_use` when two
 * documents have the same file name: one would silently take the other's place.
 */
export async function replaceDocuments(
  db: Kysely<StoreSchema>,
  documents: readonly IngestedDocument[],
  now: Date,
): Promise<DocumentChange[]> {
  const twice = documents.find((d, i) => documents.findIndex((other) => other.file === d.file) < i);
  if (twice) {
    throw new AppError('wrong_use', { message: '同じ名前のファイルが2つあります', file: twice.file });
  }
  return db.transaction().execute(async (trx) => {
    const changes: DocumentChange[] = [];
    for (const document of documents) {
      const before = await knownKpis(trx, document.file);
      await trx.deleteFrom('document').where('file', '=', document.file).execute();
      await insertDocument(trx, document, now);
      changes.push(describeChange(document.file, before, document.kpis));
    }
    return changes;
  });
}

export async function listDocuments(db: Kysely<StoreSchema>): Promise<KnownDocument[]> {
  const rows = await db.selectFrom('document').selectAll().orderBy('file').execute();
  return rows.map(({ file, layout, digest, ingested_at }: DocumentRow) => ({
    file,
    layout,
    digest,
    ingestedAt: ingested_at,
  }));
}

async function knownKpis(trx: Transaction<StoreSchema>, file: string) {
  const document = await trx
    .selectFrom('document')
    .select('file')
    .where('file', '=', file)
    .executeTakeFirst();
  if (!document) {
    return null;
  }
  const rows = await trx
    .selectFrom('kpi')
    .selectAll()
    .where('file', '=', file)
    .orderBy('line')
    .orderBy('position')
    .execute();
  return rows.map(kpiFromRow);
}

async function insertDocument(trx: Transaction<StoreSchema>, document: IngestedDocument, now: Date) {
  const { file, layout, digest } = document;
  await trx.insertInto('document').values({ file, layout, digest, ingested_at: now.toISOString() }).execute();
  await insertRows(trx, 'document_part', document.parts.map(partToRow));
  await insertRows(trx, 'kpi', document.kpis.map(kpiToRow));
  await insertRows(trx, 'measure', document.measures.map(measureToRow));
  await insertRows(trx, 'budget_line', document.budgets.map(budgetToRow));
  await insertRows(trx, 'commitment', document.commitments.map(commitmentToRow));
  await insertRows(trx, 'period_count', document.counts.map(countToRow));
  await insertRows(trx, 'passage', document.passages.map(passageToRow));
}

type PlacedTable =
  | 'document_part'
  | 'kpi'
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
