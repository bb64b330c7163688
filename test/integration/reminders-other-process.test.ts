import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createReminders } from '../../src/app/reminders.ts';
import { reportedKey } from '../../src/model/reported.ts';
import { BOT, CHANNELS, directMessageId, USERS } from '../../src/playground/emulator/workspace.ts';
import { openReminderSender } from '../../src/slack/delivery/reminder-sender.ts';
import { openStore } from '../../src/store/store.ts';
import { catalogueOf, OFFICE_OWNER, reported, TOKYO_OWNER, wellIn } from '../reminders/made-up-office.ts';
import { madeUpDocument } from '../store/made-up-document.ts';
import { openDesk } from './reminders-running.ts';
import { shown } from './reporting-running.ts';

/** Ticks that a test gives. */
function manualTicks() {
  let wake: () => void = () => {};
  let due = 0;
  let ended = false;
  return {
    tick() {
      due += 1;
      wake();
    },
    async *ticks(ending: AbortSignal) {
      ending.addEventListener('abort', () => {
        ended = true;
        wake();
      });
      while (!ended) {
        if (due > 0) {
          due -= 1;
          yield null;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

test('what another process imports ends a reminder at the next tick, for the channel and for who reads along', async () => {
  const desk = await openDesk([TOKYO_OWNER, OFFICE_OWNER]);
  const { store, slack } = desk;
  const { now } = desk.parts();
  const kpis = [wellIn('6月時点'), reported('employer_data_rate', 0.1, '6月時点', { value: 3.9 })];
  const empty = { kpis, measures: [], budgets: [], commitments: [], counts: [] };
  await store.documents.replace([{ ...madeUpDocument('report.txt', []), ...empty }], now());
  await store.settings.savePerson(USERS.staff.id, { branch: '東京', notices: true }, now());
  const log = pino({ level: 'silent' });
  const sender = openReminderSender({ botToken: slack.botToken, slackApiUrl: slack.apiUrl, log });
  const { tick, ticks } = manualTicks();
  const stop = createReminders({
    store,
    catalogue: catalogueOf('東京', '本部'),
    known: async ({ knowledge }) => knowledge,
    now,
    log,
    ticks,
  }).start(sender);
  onTestFinished(stop);
  const places = [CHANNELS.tokyo, directMessageId(USERS.staff.id)];
  for (const place of places) {
    await slack.waitForMessage(({ channel, user }) => channel === place && user === BOT.userId);
  }
  const other = await openStore({ dataDir: desk.dataDir });
  onTestFinished(() => other.close());
  const about = { branch: '東京', fy: 7, indicator: 'employer_data_rate', asOf: '2025-07-31' };
  const row = { ...about, value: 1.5, text: '1.5％', note: null };
  const lines = [{ line: 2, key: reportedKey(about), row }];
  await other.figures.import({ kind: 'kpi', file: '実績.csv', digest: '', by: null, lines }, now());
  tick();
  for (const place of places) {
    await slack.waitForMessage((one) => one.channel === place && shown(one).includes('（終了）'));
    const notices = slack.messages(place).filter((one) => shown(one).includes('東京支部のお知らせ'));
    expect(notices).toHaveLength(1);
  }
});
