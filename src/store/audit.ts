import type { Kysely, Selectable, Transaction } from 'kysely';
import { AuditEntry, type AuditLog, type KeptAuditEntry } from '../model/audit.ts';
import type { StoreSchema } from './schema.ts';

export function keepAudit(db: Kysely<StoreSchema>): AuditLog {
  return {
    async last(action) {
      const query = db.selectFrom('auditEntry').selectAll().where('action', '=', action);
      const row = await query.orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row ? fromRow(row) : null;
    },
    append: (entry, now) => db.transaction().execute((trx) => insertAudit(trx, entry, now)),
    async entries(newest) {
      const all = db.selectFrom('auditEntry').selectAll().orderBy('id', 'desc');
      const rows = await (newest === undefined ? all : all.limit(newest)).execute();
      return rows.reverse().map(fromRow);
    },
  };
}

function fromRow(row: Selectable<StoreSchema['auditEntry']>): KeptAuditEntry {
  const { id, at, action, actor, subject, detail } = row;
  return { id, at, ...AuditEntry.parse({ action, actor, subject, detail }) };
}

/** Within the transaction of the change that it tells of: both are kept, or neither. */
export async function insertAudit(
  trx: Transaction<StoreSchema>,
  entry: AuditEntry,
  now: Date,
): Promise<void> {
  const row = { ...AuditEntry.parse(entry), at: now.toISOString() };
  await trx.insertInto('auditEntry').values(row).execute();
}
