import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { knownNow } from '../app/built-in.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { readConfig, type SlackConfig } from '../config.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { isSendingTime } from '../model/business-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Reminder } from '../model/reminder.ts';
import { deliver } from '../reminders/deliver.ts';
import { previewDue, type RecordParts, recordDue } from '../reminders/record-due.ts';
import type { Stored } from '../store/documents-and-facts.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CommandIo, parseCommand, parseMoment, storeLocation, wrongUse } from './command.ts';

/** `planbot remind`: what is due at a moment; without --dry-run it is written into the outbox and delivered. */
export async function remind(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    at: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (positionals.length > 0) {
    throw wrongUse('remind に引数はありません');
  }
  const at = values.at === undefined ? null : parseMoment(values.at);
  const now = at === null ? io.now : () => at;
  const slack = values['dry-run'] ? null : slackOf(io);
  const catalogue = loadCatalogue();
  const store = await openStore(storeLocation(values.data, io.env));
  const known = (stored: Stored) => knownNow(stored, catalogue);
  const parts = { outbox: store.outbox, catalogue, known };
  try {
    const found = slack ? await recordDue(parts, now()) : await previewDue(parts, now());
    // Who asks before anybody was registered sees what there would be to say.
    print(slack ? found.fresh : [...found.fresh, ...found.unaddressed], values.json ?? false, io);
    if (slack) {
      if (found.unaddressed.length > 0) {
        io.complain(`担当者とチャンネルの登録がないため送れないもの：${found.unaddressed.length}件`);
      }
      await send(parts, { store, catalogue, now, slack, isNow: at === null }, io);
    }
  } finally {
    await store.close();
  }
}

function slackOf({ env }: CommandIo): Pick<SlackConfig, 'botToken' | 'slackApiUrl' | 'proxy'> {
  const { slack } = readConfig(env);
  if (!slack) {
    const message =
      '送るには環境変数 SLACK_BOT_TOKEN などが必要です。一覧だけなら --dry-run をつけてください';
    throw new AppError('bad_configuration', { message });
  }
  return slack;
}

function print(reminders: readonly Reminder[], asJson: boolean, io: CommandIo): void {
  if (asJson) {
    for (const reminder of reminders) io.print(JSON.stringify(reminderLine(reminder)));
    return;
  }
  if (reminders.length === 0) {
    io.print('新しくお知らせすることはありません。');
  }
  for (const [recipient, texts] of byRecipient(reminders)) {
    io.print(recipient);
    for (const text of texts) io.print(`・${text}`);
  }
}

/** 東京支部あて（C0TOKYO01、U0REPORT1） with what it is told; the head office is told of branches too. */
function byRecipient(reminders: readonly Reminder[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { audience, branch, channel, mentions, text } of reminders) {
    const to = formatBranch(audience === 'branch' ? branch : HEAD_OFFICE);
    const places =
      channel === null ? '担当者とチャンネルの登録がありません' : [channel, ...mentions].join('、');
    const recipient = `${to}あて（${places}）`;
    groups.set(recipient, [...(groups.get(recipient) ?? []), text]);
  }
  return groups;
}

/** Longer pauses are left to the next look. */
const MOST_PATIENCE_MS = 60_000;
const MOST_ROUNDS = 50;

interface Sending {
  store: Store;
  catalogue: Catalogue;
  slack: Pick<SlackConfig, 'botToken' | 'slackApiUrl' | 'proxy'>;
  now: () => Date;
  /** Whether the clock runs; a moment that was given does not pass. */
  isNow: boolean;
}

async function send(parts: RecordParts, sending: Sending, io: CommandIo): Promise<void> {
  const { openReminderSender } = await import('../slack/delivery/reminder-sender.ts');
  const { openNetwork } = await import('../slack/transport/web-clients.ts');
  const { store, catalogue, slack, now, isNow } = sending;
  const { botToken, slackApiUrl, proxy } = slack;
  const network = openNetwork(proxy);
  const log = pino({ level: 'warn' }, pino.destination(2));
  const sender = openReminderSender({ botToken, slackApiUrl, network, log });
  const { calendar } = catalogue;
  const holder = randomUUID();
  let sent = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = await deliver({
      outbox: parts.outbox,
      owners: store.figures.owners,
      quietChannels: store.settings.quietChannels,
      sender,
      calendar,
      now,
      holder,
    });
    sent += result.sent + result.found;
    const next = await store.outbox.nextAttempt();
    const pause = next === null ? null : next.getTime() - now().getTime();
    if (pause === null || !isNow || pause > MOST_PATIENCE_MS || !isSendingTime(now(), calendar)) break;
    await wait(Math.max(pause, 0) + 100);
  }
  const waiting = (await store.outbox.messages()).filter(
    ({ state }) => state !== 'sent' && state !== 'withdrawn',
  );
  const later = isSendingTime(now(), calendar) ? '' : '（送信の時間外のため、次の営業日の時間内に送ります）';
  io.complain(`送信 ${sent}通、送信待ち ${waiting.length}通${waiting.length > 0 ? later : ''}`);
}

/** The keys that other programs rely on. */
function reminderLine({ asOf, series: _, rank: __, source, ...reminder }: Reminder) {
  return {
    ...reminder,
    as_of: asOf,
    source: source && { file: source.file, line: source.line },
  };
}
