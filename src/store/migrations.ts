import { type CreateTableBuilder, type Kysely, type Migration, sql } from 'kysely';
import type { StoreDialect } from './dialects/dialect.ts';

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

/** Figures that staff report, and the weight that plans give to a KPI. */
async function createFigures(db: Kysely<unknown>): Promise<void> {
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

async function createOutbox(db: Kysely<unknown>): Promise<void> {
  const required = ['message_key', 'audience', 'branch', 'content', 'state', 'created_at', 'follow_up'];
  const optional = ['holder', 'claimed_at', 'lease_until', 'retry_at', 'fault', 'channel', 'ts', 'sent_at'];
  const followed = ['followed_by', 'followed_at', 'snoozed_until', 'assignee', 'escalated_at'];
  const counters = ['attempts', 'route', 'version', 'shown_version'];
  let message = db.schema
    .createTable('reminder_message')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('parent_id', 'integer', (c) => c.references('reminder_message.id'));
  for (const name of required) message = message.addColumn(name, 'text', (c) => c.notNull());
  for (const name of [...optional, ...followed]) message = message.addColumn(name, 'text');
  for (const name of counters) message = message.addColumn(name, 'integer', (c) => c.notNull().defaultTo(0));
  await message.execute();
  await db.schema
    .createIndex('reminder_message_by_key')
    .on('reminder_message')
    .column('message_key')
    .unique()
    .execute();
  await db.schema
    .createIndex('reminder_message_by_state')
    .on('reminder_message')
    .columns(['state', 'id'])
    .execute();
  await db.schema
    .createTable('reminder_item')
    .addColumn('item_key', 'text', (c) => c.primaryKey())
    .addColumn('message_id', 'integer', (c) => c.notNull().references('reminder_message.id'))
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('rank', 'double precision', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('found_at', 'text', (c) => c.notNull())
    .addColumn('resolved_at', 'text')
    .execute();
  await db.schema
    .createIndex('reminder_item_by_series')
    .on('reminder_item')
    .columns(['series', 'rank'])
    .execute();
  await db.schema
    .createIndex('reminder_item_by_message')
    .on('reminder_item')
    .columns(['message_id'])
    .execute();
}

/** Notices that a person wished to have as direct messages too. */
async function createCopies(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('reminder_message')
    .addColumn('copy_of', 'integer', (c) => c.references('reminder_message.id'))
    .execute();
  await db.schema.alterTable('reminder_message').addColumn('reader', 'text').execute();
  await db.schema
    .createIndex('reminder_message_by_original')
    .on('reminder_message')
    .column('copy_of')
    .execute();
}

/** What is open is looked for often; what is over grows with the years. */
async function indexOpenThings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('reminder_item_open')
    .on('reminder_item')
    .column('message_id')
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('reminder_message_by_parent')
    .on('reminder_message')
    .column('parent_id')
    .execute();
}

/** How things ended, what people decided of them, and whom a message was for. */
async function createEndings(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('reminder_message').addColumn('recipient', 'text').execute();
  for (const column of ['ending', 'version']) {
    await db.schema.alterTable('reminder_item').addColumn(column, 'text').execute();
  }
  await db.schema
    .createTable('reminder_decision')
    .addColumn('series', 'text', (c) => c.primaryKey())
    .addColumn('decision', 'text', (c) => c.notNull())
    .addColumn('version', 'text')
    .addColumn('due', 'text')
    .addColumn('decided_by', 'text', (c) => c.notNull())
    .addColumn('decided_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('commitment').addColumn('subject', 'text').execute();
  await db.schema.alterTable('commitment').addColumn('every_months', 'integer').execute();
}

/** Who may do what, what was done, what was set, and what stands in Slack. */
async function createOperations(
  db: Kysely<unknown>,
  dialect: Pick<StoreDialect, 'makeAppendOnly'>,
): Promise<void> {
  const tables: Record<string, { key: string[]; required: string[]; optional?: string[] }> = {
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

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('request')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text')
    .addColumn('claimed_at', 'text', (c) => c.notNull())
    .addColumn('done_at', 'text')
    .execute();
  await db.schema.createIndex('request_by_claim').on('request').column('claimed_at').execute();
  await db.schema.dropTable('seen_event').execute();
}

/** What keeps a store of many years fast, and one question from ending process after process. */
async function createYears(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('request')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  const indexes = {
    reminder_message: ['follow_up', 'id'],
    audit_entry: ['action', 'id'],
    feedback: ['at'],
    unanswered: ['asked_at'],
    thread: ['saved_at'],
  };
  for (const [table, columns] of Object.entries(indexes)) {
    await db.schema
      .createIndex(`${table}_by_${columns[0]}`)
      .on(table)
      .columns(columns as never)
      .execute();
  }
}
