import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parseYaml } from 'js-yaml';
import { takeFile } from '../intake/take-file.ts';
import { addBusinessDays, isBusinessDay } from '../model/business-day.ts';
import { addDays } from '../model/calendar-day.ts';
import type { Member } from '../model/member.ts';
import type { Owner } from '../model/owner.ts';
import { packageFolder } from '../model/package-folder.ts';
import { reportedKey } from '../model/reported.ts';
import { nextDue, reportDeadline } from '../model/reporting-period.ts';
import { startLocalSlack } from '../playground/emulator/local-slack.ts';
import { Manifest } from '../playground/emulator/manifest.ts';
import { CHANNELS, USERS } from '../playground/emulator/workspace.ts';
import { startPlayground } from '../playground/page/server.ts';
import { type MovableClock, type PlaygroundTools, TRIAL_DAY } from '../playground/page/tools.ts';
import { createSlackApp, type SlackAppDeps } from '../slack/app.ts';
import type { Store } from '../store/store.ts';
import type { Planbot } from './planbot.ts';
import type { Reminders } from './reminders.ts';

/** What the Slack app is made of, wherever it runs. */
export type AppParts = Omit<SlackAppDeps, 'config' | 'store' | 'reminders'> & {
  store: Store;
  reminders: Reminders;
};

/** How to end what was started, in the order of starting. */
export type Closing = (() => Promise<void>)[];

interface PlaygroundParts {
  port: number;
  planbot: Planbot;
  /** The time in `app`, so that the page can move it. */
  clock: MovableClock;
  app: AppParts;
}

/** Runs the real app over a local Slack, with a page. Returns the page's address. */
export async function startInPlayground(
  { port, planbot, clock, app: parts }: PlaygroundParts,
  closing: Closing,
): Promise<string> {
  clock.moveTo(TRIAL_DAY);
  const text = readFileSync(join(packageFolder(), 'manifest.yml'), 'utf8');
  const manifest = Manifest.parse(parseYaml(text));
  const localSlack = await startLocalSlack({
    manifest,
    now: clock.now,
    mode: 'socket',
    rateLimits: true,
  });
  closing.push(() => localSlack.stop());
  await registerDemoPeople(planbot.store, clock.now());
  const { botToken, appToken, apiUrl } = localSlack;
  const config = { botToken, appToken, slackApiUrl: apiUrl };
  const app = await createSlackApp({ config, ...parts, reminders: parts.reminders.controls });
  await app.start();
  closing.push(() => app.stop(), parts.reminders.start(app.reminderSender, 'when_asked'));
  const tools = await createTools(planbot, clock, parts);
  const page = await startPlayground({
    port,
    host: '127.0.0.1',
    localSlack,
    tools,
    branchInName: parts.branchInName,
  });
  closing.push(() => page.stop());
  return page.url;
}

async function createTools(
  planbot: Planbot,
  clock: MovableClock,
  { reminders }: AppParts,
): Promise<PlaygroundTools> {
  const { store, catalogue } = planbot;
  const hasSample = (await store.documents.list()).length === 0;
  const builtIn = `付属の数値（47支部の計画）${hasSample ? 'と見本の計画' : ''}`;
  return {
    clock,
    nextDeadline: (after) =>
      reportDeadline(nextDue(addDays(after, 1), catalogue.calendar), catalogue.calendar),
    isBusinessDay: (day) => isBusinessDay(day, catalogue.calendar),
    nextBusinessDay: (after) => addBusinessDays(after, 1, catalogue.calendar),
    look: () => reminders.controls.look(),
    outbox: () => store.outbox.messages(),
    documents: async () => [
      { name: builtIn, brought: false },
      ...(await store.documents.list()).map(({ file }) => ({ name: file, brought: true })),
    ],
    async remove(name) {
      await store.documents.remove(name, clock.now(), 'お試し');
      await planbot.openPassages();
    },
    take: (file, tell) => takeFile(file, { planbot, now: clock.now, tell }),
  };
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Into the playground's own store; an import is how owners are known. In charge for a year: what is due now is theirs. */
async function registerDemoPeople(store: Store, now: Date): Promise<void> {
  const lines = DEMO_OWNERS.map((row, index) => ({ line: index + 2, key: reportedKey(row), row }));
  const digest = createHash('sha256').update(JSON.stringify(DEMO_OWNERS)).digest('hex');
  const since = new Date(now.getTime() - YEAR_MS);
  await store.figures.import({ kind: 'owners', file: 'お試しの担当者', digest, by: null, lines }, since);
  for (const member of DEMO_MEMBERS) await store.members.save(member, USERS.admin.id, now);
}

/** Made-up people in charge, so that reminders have somebody to go to. Only for the playground's own store. */
const DEMO_OWNERS: readonly Owner[] = [
  { branch: '本部', channel: CHANNELS.headOffice, owner: USERS.admin.id, deputy: null },
  ...[
    { branch: '東京', channel: CHANNELS.tokyo },
    { branch: '群馬', channel: CHANNELS.gunma },
    { branch: '宮城', channel: CHANNELS.miyagi },
    { branch: '神奈川', channel: CHANNELS.kanagawa },
  ].map((place) => ({ ...place, owner: USERS.reporter.id, deputy: USERS.admin.id })),
];

/** Who may do what in the playground; the others are viewers. */
const DEMO_MEMBERS: readonly Member[] = [
  { user: USERS.reporter.id, role: 'reporter', branches: ['東京', '群馬', '宮城', '神奈川'] },
  { user: USERS.admin.id, role: 'admin', branches: [] },
];
