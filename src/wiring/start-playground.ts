import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load as parseYaml } from 'js-yaml';
import { addBusinessDays, isBusinessDay } from '../model/business-day.ts';
import { packageFolder } from '../model/package-folder.ts';
import { reportedKey } from '../model/reported.ts';
import { nextDeadline } from '../model/reporting-period.ts';
import { type MovableClock, TRIAL_DAY } from '../playground/clock.ts';
import { DEMO_MEMBERS, DEMO_OWNERS } from '../playground/demo-people.ts';
import type { TrialDesk } from '../playground/trial-desk.ts';
import { USERS } from '../playground/workspace.ts';
import type { Store } from '../store/store.ts';
import { loadPlayground } from './load-playground.ts';
import type { AppParts, Closing, Planbot } from './planbot.ts';
import { takeFile } from './take-file.ts';

export interface PlaygroundParts {
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
  const [{ createSlackApp }, { startLocalSlack }, { Manifest }, { startPlayground }] = await loadPlayground();
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
  const desk = await createDesk(planbot, clock, parts);
  const page = await startPlayground({
    port,
    host: '127.0.0.1',
    localSlack,
    desk,
    branchInName: parts.branchInName,
  });
  closing.push(() => page.stop());
  return page.url;
}

async function createDesk(
  planbot: Planbot,
  clock: MovableClock,
  { reminders }: AppParts,
): Promise<TrialDesk> {
  const { store, catalogue } = planbot;
  const hasSample = (await store.documents()).length === 0;
  const builtIn = `付属の数値（47支部の計画）${hasSample ? 'と見本の計画' : ''}`;
  return {
    clock,
    nextDeadline: (after) => nextDeadline(after, catalogue.calendar),
    isBusinessDay: (day) => isBusinessDay(day, catalogue.calendar),
    nextBusinessDay: (after) => addBusinessDays(after, 1, catalogue.calendar),
    look: () => reminders.controls.look(),
    outbox: () => store.outboxMessages(),
    documents: async () => [
      { name: builtIn, brought: false },
      ...(await store.documents()).map(({ file }) => ({ name: file, brought: true })),
    ],
    async remove(name) {
      await store.removeDocument(name, clock.now(), 'お試し');
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
  await store.importFigures({ kind: 'owners', file: 'お試しの担当者', digest, by: null, lines }, since);
  for (const member of DEMO_MEMBERS) await store.saveMember(member, USERS.admin.id, now);
}
