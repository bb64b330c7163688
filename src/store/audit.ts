import type { Kysely, Transaction } from 'kysely';
import { AuditEntry, type AuditLog } from '../model/audit.ts';
import type { StoreSchema } from './schema.ts';

export function keepAudit(db: Kysely<StoreSchema>): AuditLog {
  return {
    appendAudit: (entry, now) => db.transaction().execute((trx) => insertAudit(trx, entry, now)),
    async auditEntries(newest) {
      const all = db.selectFrom('audit_entry').selectAll().orderBy('id', 'desc');
      const rows = await (newest === undefined ? all : all.limit(newest)).execute();
      return rows.reverse().map(({ id, at, ...entry }) => ({ id, at, ...AuditEntry.parse(entry) }));
    },
  };
}

/** Within the transaction of the change that it tells of: both are kept, or neither. */
export async function insertAudit(
  trx: Transaction<StoreSchema>,
  entry: AuditEntry,
  now: Date,
): Promise<void> {
  const row = { ...AuditEntry.parse(entry), at: now.toISOString() };
  await trx.insertInto('audit_entry').values(row).execute();
}
