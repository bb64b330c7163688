import type { Kysely, Transaction } from 'kysely';
import { formatMember, Member, type Members } from '../model/member.ts';
import { insertAudit } from './store-audit.ts';
import { storedJson } from './store-rows.ts';
import type { StoreSchema } from './store-schema.ts';

export function keepMembers(db: Kysely<StoreSchema>): Members {
  return {
    member: async (user) => (await knownMember(db, user)) ?? viewer(user),
    async members() {
      const rows = await db.selectFrom('member').selectAll().orderBy('user').execute();
      return rows.map(fromRow);
    },
    saveMember: (member, by, now) =>
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
  if (before && formatMember(before) === formatMember(member)) return before;
  const row = { role, branches: JSON.stringify(branches), saved_at: now.toISOString() };
  await trx
    .insertInto('member')
    .values({ user, ...row })
    .onConflict((conflict) => conflict.column('user').doUpdateSet(row))
    .execute();
  const detail = `${before ? formatMember(before) : '未登録'} → ${formatMember(member)}`;
  await insertAudit(trx, { action: 'member_saved', actor: by, subject: user, detail }, now);
  return before;
}

async function knownMember(db: Kysely<StoreSchema>, user: string): Promise<Member | null> {
  const row = await db.selectFrom('member').selectAll().where('user', '=', user).executeTakeFirst();
  return row ? fromRow(row) : null;
}

function fromRow({ user, role, branches }: StoreSchema['member']): Member {
  return Member.parse({ user, role, branches: storedJson(branches) });
}
