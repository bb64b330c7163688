import type { Kysely, Transaction } from 'kysely';
import { formatMember, Member, type Members } from '../model/member.ts';
import type { FigureChange, ReportedLine } from '../model/reported.ts';
import { insertAudit } from './audit.ts';
import { storedJson } from './rows.ts';
import type { StoreSchema } from './schema.ts';

export function keepMembers(db: Kysely<StoreSchema>): Members {
  return {
    get: async (user) => (await knownMember(db, user)) ?? viewer(user),
    async list() {
      const rows = await db.selectFrom('member').selectAll().orderBy('user').execute();
      return rows.map(fromRow);
    },
    save: (member, by, now) =>
      db.transaction().execute(async (trx) => {
        await putMember(trx, member, by, now);
      }),
  };
}

function viewer(user: string): Member {
  return { user, role: 'viewer', branches: [] };
}

/** The member as it was before; nothing is written where nothing changes. */
async function putMember(
  trx: Transaction<StoreSchema>,
  member: Member,
  by: string,
  now: Date,
): Promise<Member | null> {
  const { user, role, branches } = Member.parse(member);
  const before = await knownMember(trx, user);
  if (before && isSame(before, member)) return before;
  const row = { role, branches: JSON.stringify(branches), savedAt: now.toISOString() };
  await trx
    .insertInto('member')
    .values({ user, ...row })
    .onConflict((conflict) => conflict.column('user').doUpdateSet(row))
    .execute();
  const detail = `${before ? formatMember(before) : '未登録'} → ${formatMember(member)}`;
  await insertAudit(trx, { action: 'member_saved', actor: by, subject: user, detail }, now);
  return before;
}

/** Lines of a table, each as if somebody had saved it; one without a member takes away the role that was given. */
export async function importMembers(
  trx: Transaction<StoreSchema>,
  lines: readonly ReportedLine<'members'>[],
  by: string,
  now: Date,
): Promise<FigureChange<'members'>> {
  const change: FigureChange<'members'> = { added: [], changed: [], withdrawn: [], unchanged: 0 };
  for (const line of lines) {
    const { key: user, row } = line;
    const before = row === null ? await removeMember(trx, user, by, now) : await putMember(trx, row, by, now);
    if (row === null && before !== null) change.withdrawn.push({ before, line: line.line });
    else if (row === null || (before && isSame(before, row))) change.unchanged += 1;
    else if (before === null) change.added.push(line);
    else change.changed.push({ before, after: line });
  }
  return change;
}

async function removeMember(
  trx: Transaction<StoreSchema>,
  user: string,
  by: string,
  now: Date,
): Promise<Member | null> {
  const before = await knownMember(trx, user);
  if (before === null) return null;
  await trx.deleteFrom('member').where('user', '=', user).execute();
  const detail = `${formatMember(before)} → 取消`;
  await insertAudit(trx, { action: 'member_saved', actor: by, subject: user, detail }, now);
  return before;
}

function isSame(one: Member, other: Member): boolean {
  return formatMember(one) === formatMember(other);
}

async function knownMember(db: Kysely<StoreSchema>, user: string): Promise<Member | null> {
  const row = await db.selectFrom('member').selectAll().where('user', '=', user).executeTakeFirst();
  return row ? fromRow(row) : null;
}

function fromRow({ user, role, branches }: StoreSchema['member']): Member {
  return Member.parse({ user, role, branches: storedJson(branches) });
}
