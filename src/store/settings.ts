import type { Kysely } from 'kysely';
import {
  ChannelSettings,
  DEFAULT_CHANNEL,
  DEFAULT_PERSON,
  describeChannelSettings,
  describePersonSettings,
  PersonSettings,
  type Settings,
} from '../model/settings.ts';
import { insertAudit } from './audit.ts';
import type { StoreDialect } from './dialects/dialect.ts';
import { storedJson } from './rows.ts';
import type { StoreSchema } from './schema.ts';

export function keepSettings(db: Kysely<StoreSchema>, dialect: StoreDialect): Settings {
  return {
    ofChannel: (channel) => channelSettings(db, channel),
    saveChannel: (channel, settings, by, now) =>
      db.transaction().execute(async (trx) => {
        const before = describeChannelSettings(await channelSettings(trx, channel));
        const after = describeChannelSettings(settings);
        if (before === after) return;
        const row = { body: JSON.stringify(ChannelSettings.parse(settings)), savedAt: now.toISOString() };
        await trx
          .insertInto('channelSettings')
          .values({ channel, ...row })
          .onConflict((conflict) => conflict.column('channel').doUpdateSet(row))
          .execute();
        const detail = `${before} → ${after}`;
        await insertAudit(trx, { action: 'settings_saved', actor: by, subject: channel, detail }, now);
        await dialect.tell(trx);
      }),
    async quietChannels() {
      const channels = await settingsOfChannels(db);
      return channels.filter(({ settings }) => !settings.reminders).map(({ channel }) => channel);
    },
    ofChannels: () => settingsOfChannels(db),
    ofPerson: (user) => personSettings(db, user),
    savePerson: (user, settings, now) =>
      db.transaction().execute(async (trx) => {
        const before = describePersonSettings(await personSettings(trx, user));
        const after = describePersonSettings(settings);
        if (before === after) return;
        const row = { body: JSON.stringify(PersonSettings.parse(settings)), savedAt: now.toISOString() };
        await trx
          .insertInto('personSettings')
          .values({ user, ...row })
          .onConflict((conflict) => conflict.column('user').doUpdateSet(row))
          .execute();
        const detail = `${before} → ${after}`;
        await insertAudit(trx, { action: 'settings_saved', actor: user, subject: user, detail }, now);
        await dialect.tell(trx);
      }),
    noticeReaders: (branch) => noticeReaders(db, branch),
  };
}

/** Who wished to have the notices of a branch as direct messages too. */
export async function noticeReaders(db: Kysely<StoreSchema>, branch: string): Promise<string[]> {
  const rows = await db.selectFrom('personSettings').selectAll().orderBy('user').execute();
  return rows.flatMap(({ user, body }) => {
    const person = personFrom(body);
    return person.notices && person.branch === branch ? [user] : [];
  });
}

async function settingsOfChannels(db: Kysely<StoreSchema>) {
  const rows = await db.selectFrom('channelSettings').selectAll().orderBy('channel').execute();
  return rows.map(({ channel, body }) => ({ channel, settings: channelFrom(body) }));
}

async function channelSettings(db: Kysely<StoreSchema>, channel: string): Promise<ChannelSettings> {
  const query = db.selectFrom('channelSettings').select('body').where('channel', '=', channel);
  const row = await query.executeTakeFirst();
  return row ? channelFrom(row.body) : DEFAULT_CHANNEL;
}

async function personSettings(db: Kysely<StoreSchema>, user: string): Promise<PersonSettings> {
  const query = db.selectFrom('personSettings').select('body').where('user', '=', user);
  const row = await query.executeTakeFirst();
  return row ? personFrom(row.body) : DEFAULT_PERSON;
}

/** A setting that a later version has added is at its default in what an earlier one wrote. */
function channelFrom(body: string): ChannelSettings {
  return ChannelSettings.parse({ ...DEFAULT_CHANNEL, ...Object(storedJson(body)) });
}

function personFrom(body: string): PersonSettings {
  return PersonSettings.parse({ ...DEFAULT_PERSON, ...Object(storedJson(body)) });
}
