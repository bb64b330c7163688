import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import type { StoreDialect } from './dialects/dialect.ts';
import { createFigures } from './figures-schema.ts';
import { createOperations } from './operations-schema.ts';
import { createCopies, createEndings, createOutbox, indexOpenThings } from './outbox-schema.ts';
import { createRequests, createYears } from './requests-schema.ts';

/** The schema's history, oldest first by name, for whichever database. A migration that has been released is never edited. */
export function migrationsFor(dialect: Pick<StoreDialect, 'makeAppendOnly'>): Record<string, Migration> {
  return {
    '0001_documents': { up: createDocuments },
    '0002_conversations': { up: createConversations },
    '0003_figures': { up: createFigures },
    '0004_outbox': { up: createOutbox },
    '0005_operations': { up: (db) => createOperations(db, dialect) },
    '0006_requests': { up: createRequests },
    '0007_reminder_copies': { up: createCopies },
    '0008_reference_actuals': { up: createReferenceActuals },
    '0009_reminder_endings': { up: createEndings },
    '0010_years_of_rows': { up: createYears },
    '0011_source_places': { up: addSourcePlaces },
    '0012_open_things': { up: indexOpenThings },
  };
}

type Columns = CreateTableBuilder<string, never>;

/** A table of rows that belong to a document and go with it. */
function documentTable(db: Kysely<unknown>, name: string): Columns {
  const table = db.schema
    .createTable(name)
    .addColumn('file', 'text', (c) => c.notNull().references('document.file').onDelete('cascade'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('branch', 'text', (c) => c.notNull())
    .addColumn('fy', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint(`${name}_key`, ['file', 'position']);
  return table as unknown as Columns;
}

function sourced(table: Columns): Columns {
  return table
    .addColumn('line', 'integer', (c) => c.notNull())
    .addColumn('page', 'integer')
    .addColumn('source_title', 'text', (c) => c.notNull());
}

function required(table: Columns, ...names: string[]): Columns {
  return names.reduce((built, name) => built.addColumn(name, 'text', (c) => c.notNull()), table);
}

function optional(table: Columns, ...names: string[]): Columns {
  return names.reduce((built, name) => built.addColumn(name, 'text'), table);
}

async function createDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('document')
    .addColumn('file', 'text', (c) => c.primaryKey())
    .addColumn('layout', 'text', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('ingested_at', 'text', (c) => c.notNull())
    .execute();
  await required(documentTable(db, 'document_part'), 'kind', 'title').execute();

  const kpi = required(sourced(documentTable(db, 'kpi')), 'indicator', 'op', 'target_text', 'section');
  await optional(kpi, 'unit', 'relative', 'proviso', 'actual_text', 'as_of', 'previous_text', 'stated')
    .addColumn('value', 'double precision')
    .addColumn('actual_value', 'double precision')
    .addColumn('previous_value', 'double precision')
    .execute();
  await db.schema.createIndex('kpi_by_indicator').on('kpi').columns(['indicator', 'branch', 'fy']).execute();

  const measure = required(sourced(documentTable(db, 'measure')), 'section', 'number', 'plan');
  await optional(measure, 'progress', 'evaluation', 'next').execute();

  const budget = required(sourced(documentTable(db, 'budget_line')), 'section', 'name', 'amount_text');
  await optional(budget, 'status', 'note')
    .addColumn('amount_yen', 'bigint', (c) => c.notNull())
    .addColumn('executed_yen', 'bigint')
    .addColumn('previous_amount_yen', 'bigint')
    .execute();

  const commitment = sourced(documentTable(db, 'commitment'));
  await required(commitment, 'section', 'number', 'body', 'date_words', 'first_day', 'last_day').execute();

  const count = required(
    sourced(documentTable(db, 'period_count')),
    'table_title',
    'label',
    'period',
    'body',
  );
  await optional(count, 'unit', 'as_of').addColumn('value', 'double precision').execute();

  await required(documentTable(db, 'passage'), 'title', 'section', 'body')
    .addColumn('first_line', 'integer', (c) => c.notNull())
    .addColumn('last_line', 'integer', (c) => c.notNull())
    .addColumn('page', 'integer')
    .execute();
}

async function createReferenceActuals(db: Kysely<unknown>): Promise<void> {
  const actual = required(sourced(documentTable(db, 'reference_actual')), 'indicator', 'body');
  await optional(actual, 'unit', 'as_of')
    .addColumn('value', 'double precision', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('reference_actual_by_indicator')
    .on('reference_actual')
    .columns(['indicator', 'branch', 'fy'])
    .execute();
  await db.schema.alterTable('document_part').addColumn('status', 'text').execute();
}

/** Where a figure stands in the terms of its format: a sheet and cell, a slide. */
async function addSourcePlaces(db: Kysely<unknown>): Promise<void> {
  const sourcedTables = ['kpi', 'reference_actual', 'measure', 'budget_line', 'commitment', 'period_count'];
  for (const table of sourcedTables) await db.schema.alterTable(table).addColumn('place', 'text').execute();
}

async function createConversations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('thread')
    .addColumn('thread_key', 'text', (c) => c.primaryKey())
    .addColumn('context', 'text', (c) => c.notNull())
    .addColumn('saved_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('seen_event')
    .addColumn('event_id', 'text', (c) => c.primaryKey())
    .addColumn('seen_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('seen_event_by_time').on('seen_event').column('seen_at').execute();
  await db.schema
    .createTable('unanswered')
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('understood', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute();
}
