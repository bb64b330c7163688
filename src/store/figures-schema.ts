import type { Kysely } from 'kysely';

/** One table file that was imported. */
export interface FigureImportRow {
  id: number;
  kind: string;
  file: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  imported_at: string;
  imported_by: string | null;
}

/** Every row that was ever imported: nothing is overwritten, so that the history is the table itself. */
export interface ReportedFigureRow {
  id: number;
  kind: string;
  /** What the row is about; see `reportedKey`. */
  row_key: string;
  /** The row, as JSON text. */
  body: string;
  line: number;
  import_id: number;
  /** The import whose row took this one's place or withdrew it; null for what holds now. */
  replaced_by: number | null;
}

export interface FiguresSchema {
  figure_import: FigureImportRow;
  reported_figure: ReportedFigureRow;
}

/** Figures that staff report, and the weight that plans give to a KPI. */
export async function createFigures(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('figure_import')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('file', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('imported_at', 'text', (c) => c.notNull())
    .addColumn('imported_by', 'text')
    .execute();
  await db.schema
    .createTable('reported_figure')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('row_key', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('import_id', 'integer', (c) => c.notNull().references('figure_import.id'))
    .addColumn('replaced_by', 'integer', (c) => c.references('figure_import.id'))
    .execute();
  await db.schema
    .createIndex('reported_figure_by_key')
    .on('reported_figure')
    .columns(['kind', 'replaced_by', 'row_key'])
    .execute();
  for (const column of ['importance', 'difficulty']) {
    await db.schema.alterTable('kpi').addColumn(column, 'text').execute();
  }
}
