import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parse } from 'js-yaml';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Owner } from '../../src/model/owner.ts';
import { type LocalSlack, startLocalSlack } from '../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../src/playground/emulator/manifest.ts';
import type { Message } from '../../src/playground/emulator/state.ts';
import { CHANNELS, USERS } from '../../src/playground/emulator/workspace.ts';
import { type DeliveryParts, deliver } from '../../src/reminders/deliver.ts';
import { openReminderSender } from '../../src/slack/delivery/reminder-sender.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { catalogueOf } from '../reminders/made-up-office.ts';
import { storeFolder } from '../store/data-folder.ts';

const OWNERS: Owner[] = [
  { branch: '東京', channel: CHANNELS.tokyo, owner: USERS.reporter.id, deputy: USERS.staff.id },
  { branch: '群馬', channel: CHANNELS.gunma, owner: USERS.staff.id, deputy: null },
  { branch: '本部', channel: CHANNELS.headOffice, owner: USERS.admin.id, deputy: null },
];

/** A store, a local Slack and a clock that the test moves; messages without reminders, to watch their way. */
export interface DeliveryDesk {
  dataDir: string;
  store: Store;
  slack: LocalSlack;
  /** Seconds pass for the store, for Slack and for who delivers. */
  pass(seconds: number): void;
  add(branch: string, key: string): Promise<void>;
  parts(over?: Partial<DeliveryParts>): DeliveryParts;
  /**
   * Delivers, and again after each pause, until nothing waits or a day has passed. Of several at once none sees time
   * pass while a request is on its way: the clock is no measure for how long it takes.
   */
  deliverAll(...together: Partial<DeliveryParts>[]): Promise<void>;
  /** Keys that stand in a channel, oldest first. */
  keys(channel: string): string[];
}

export async function openDesk(owners: Owner[] = OWNERS): Promise<DeliveryDesk> {
  const manifest = Manifest.parse(
    parse(readFileSync(join(import.meta.dirname, '../../manifest.yml'), 'utf8')),
  );
  let clock = new Date('2025-08-01T09:30:00+09:00').getTime();
  const now = () => new Date(clock);
  const slack = await startLocalSlack({ manifest, now, mode: 'socket' });
  onTestFinished(() => slack.stop());
  const dataDir = await storeFolder();
  const store = await openStore({ dataDir });
  onTestFinished(() => store.close());
  const lines = owners.map((row, index) => ({ line: index + 2, key: row.branch, row }));
  await store.figures.import({ kind: 'owners', file: 'owners.csv', digest: '', by: null, lines }, now());
  const { botToken, apiUrl: slackApiUrl } = slack;
  const sender = openReminderSender({ botToken, slackApiUrl, log: pino({ level: 'silent' }) });
  const { calendar } = catalogueOf('東京');
  const desk: DeliveryDesk = {
    dataDir,
    store,
    slack,
    pass(seconds) {
      clock += seconds * 1_000;
    },
    async add(branch, key) {
      const content = { type: 'word' as const, words: [{ text: `お知らせ ${key}` }] };
      const message = { key, parentId: null, audience: 'branch' as const, branch, content, items: [] };
      await store.outbox.withDue((trx) => trx.add(message, now()));
    },
    parts: (over = {}) => ({
      outbox: store.outbox,
      owners: store.figures.owners,
      sender,
      calendar,
      now,
      holder: 'first',
      ...over,
    }),
    async deliverAll(...together) {
      const all = together.length === 0 ? [{}] : together;
      for (let round = 0; round < 12; round += 1) {
        await Promise.all(all.map((over) => deliver(desk.parts(over))));
        const next = await store.outbox.nextAttempt();
        if (next === null) return;
        desk.pass(Math.max(1, (next.getTime() - clock) / 1_000));
      }
    },
    keys: (channel) => slack.messages(channel).map(keyOf),
  };
  return desk;
}

function keyOf({ metadata }: Message): string {
  return String(metadata?.event_payload.key ?? '');
}
