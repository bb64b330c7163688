import type { Kysely, Transaction } from 'kysely';
import type { OutboxMessage } from '../model/outbox.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { type MessageRow, readMessages } from './outbox-rows.ts';
import type { StoreSchema } from './schema.ts';

export interface DeliveryClaim {
  message: OutboxMessage;
  holder: string;
  leaseUntil: Date;
  /** An earlier request may have left, or what was sent since a backup is not known: look before posting. */
  mayStand: boolean;
}

export interface Failure {
  /** `posting` where the request may have taken effect: it is looked up before it is posted again. */
  state: 'waiting' | 'posting' | 'unclear' | 'withdrawn';
  retryAt: Date;
  fault: string;
  /** The recipient is gone: the next in line is to be tried. */
  nextRoute?: boolean;
}

/** How one process takes a message, and says what came of it. Every step is a transaction of its own. */
export interface Delivery {
  /** The oldest message that may go now, or null. A lease that ended, or lies ahead of a clock set back, is void. */
  claim(holder: string, now: Date, leaseMs: number): Promise<DeliveryClaim | null>;
  /** Before the request leaves. False where another process has the message: nothing may be posted. */
  markPosting(claim: DeliveryClaim, channel: string, now: Date): Promise<boolean>;
  markSent(id: number, place: { channel: string; ts: string }, now: Date): Promise<void>;
  markFailed(claim: DeliveryClaim, failure: Failure, now: Date): Promise<void>;
  /** Sent messages whose face in Slack is old. Editing twice does no harm, so nobody claims them. */
  staleMessages(now: Date): Promise<OutboxMessage[]>;
  markShown(id: number, version: number): Promise<void>;
  /** The edit failed: tried again later. */
  postponeEdit(id: number, retryAt: Date, now: Date): Promise<void>;
  /** When the next message may go; null where nothing waits. A word waits for the message it stands under. */
  nextAttempt(): Promise<Date | null>;
}

export function keepDelivery(db: Kysely<StoreSchema>, dialect: StoreDialect): Delivery {
  /** Beside others who deliver, and not while somebody looks for what is due. */
  const write = <T>(work: (trx: Transaction<StoreSchema>) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (trx) => {
      await dialect.lock(trx, 'outbox', 'shared');
      return work(trx);
    });
  return {
    claim: (holder, now, leaseMs) => write((trx) => claimMessage(trx, holder, now, leaseMs)),
    async markPosting({ message, holder, leaseUntil }, channel, now) {
      const result = await write((trx) =>
        trx
          .updateTable('reminderMessage')
          .set({ state: 'posting', channel, recipient: channel })
          .where('id', '=', message.id)
          .where('holder', '=', holder)
          .where('leaseUntil', '=', leaseUntil.toISOString())
          .where('leaseUntil', '>', now.toISOString())
          .executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },
    async markSent(id, { channel, ts }, now) {
      const sent = { state: 'sent', channel, ts, sentAt: now.toISOString(), fault: null };
      await write((trx) =>
        trx
          .updateTable('reminderMessage')
          .set({ ...sent, ...FREE })
          .where('id', '=', id)
          .where('state', '!=', 'sent')
          .execute(),
      );
    },
    async markFailed({ message, holder }, { state, retryAt, fault, nextRoute = false }, now) {
      const at = { retryAt: retryAt.toISOString(), claimedAt: now.toISOString() };
      await write((trx) =>
        trx
          .updateTable('reminderMessage')
          .set((eb) => ({
            ...FREE,
            ...at,
            state,
            fault,
            route: nextRoute ? eb('route', '+', 1) : eb.ref('route'),
          }))
          .where('id', '=', message.id)
          .where('holder', '=', holder)
          .execute(),
      );
    },
    async staleMessages(now) {
      const rows = await db
        .selectFrom('reminderMessage')
        .selectAll()
        .where('state', '=', 'sent')
        .whereRef('shownVersion', '<', 'version')
        .orderBy('id')
        .execute();
      return readMessages(
        db,
        rows.filter((row) => isReady(row, now)),
      );
    },
    async markShown(id, version) {
      await write((trx) =>
        trx
          .updateTable('reminderMessage')
          .set({ shownVersion: version, retryAt: null })
          .where('id', '=', id)
          .where('shownVersion', '<', version)
          .execute(),
      );
    },
    async postponeEdit(id, retryAt, now) {
      const at = { retryAt: retryAt.toISOString(), claimedAt: now.toISOString() };
      await write((trx) => trx.updateTable('reminderMessage').set(at).where('id', '=', id).execute());
    },
    async nextAttempt() {
      const rows = await openRows(db);
      const open = new Set(rows.map(({ id }) => id));
      const ready = rows.filter(({ parentId }) => parentId === null || !open.has(parentId));
      const times = ready.map((row) => row.leaseUntil ?? row.retryAt ?? row.createdAt).sort();
      return times[0] === undefined ? null : new Date(times[0]);
    },
  };
}

const FREE = { holder: null, leaseUntil: null, retryAt: null };

function selectOpen(db: Kysely<StoreSchema>) {
  return db
    .selectFrom('reminderMessage')
    .selectAll()
    .where('state', 'in', ['waiting', 'claimed', 'posting', 'unclear']);
}

function openRows(db: Kysely<StoreSchema>): Promise<MessageRow[]> {
  return selectOpen(db).orderBy('id').execute();
}

/** The row as it is now, held until the transaction ends; undefined where another process has just taken it. */
function takeRow(trx: Transaction<StoreSchema>, id: number): Promise<MessageRow | undefined> {
  return selectOpen(trx).where('id', '=', id).forUpdate().skipLocked().executeTakeFirst();
}

async function claimMessage(
  trx: Transaction<StoreSchema>,
  holder: string,
  now: Date,
  leaseMs: number,
): Promise<DeliveryClaim | null> {
  const mayGo = (row: MessageRow) => isFree(row, now) && isReady(row, now);
  for (const { id } of (await openRows(trx)).filter(mayGo)) {
    const row = await takeRow(trx, id);
    if (!row || !mayGo(row)) continue;
    const [message] = await readMessages(trx, [row]);
    if (!message || (row.parentId !== null && message.thread === null)) continue;
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const hasLeft = row.state === 'posting' || row.state === 'unclear';
    await trx
      .updateTable('reminderMessage')
      .set((eb) => ({
        state: hasLeft ? row.state : 'claimed',
        holder,
        claimedAt: now.toISOString(),
        leaseUntil: leaseUntil.toISOString(),
        attempts: eb('attempts', '+', 1),
      }))
      .where('id', '=', row.id)
      .execute();
    return { message, holder, leaseUntil, mayStand: hasLeft || (await wasRestored(trx, now)) };
  }
  return null;
}

/** For so long after a restore a message may stand in Slack that the store knows nothing of. */
const RESTORED_MS = 31 * 24 * 60 * 60 * 1000;

async function wasRestored(trx: Transaction<StoreSchema>, now: Date): Promise<boolean> {
  const row = await trx
    .selectFrom('auditEntry')
    .select('id')
    .where('action', '=', 'store_restored')
    .where('at', '>', new Date(now.getTime() - RESTORED_MS).toISOString())
    .executeTakeFirst();
  return row !== undefined;
}

/** A moment of the past by a clock that may have been set back since: then it tells nothing. */
function isOver(moment: string | null, setAt: string | null, now: Date): boolean {
  const text = now.toISOString();
  return moment === null || moment <= text || (setAt !== null && setAt > text);
}

function isFree(row: MessageRow, now: Date): boolean {
  return row.holder === null || isOver(row.leaseUntil, row.claimedAt, now);
}

function isReady(row: MessageRow, now: Date): boolean {
  return isOver(row.retryAt, row.claimedAt, now);
}
