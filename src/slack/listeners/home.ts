import type { HomeView } from '@slack/web-api';
import { HEAD_OFFICE } from '../../model/branch.ts';
import { isoDayInTokyo } from '../../model/calendar-day.ts';
import type { Member } from '../../model/member.ts';
import type { OutboxMessage } from '../../model/outbox.ts';
import { reportingPeriod } from '../../model/reporting-period.ts';
import { type ReportState, reportState } from '../../reminders/quarter-report.ts';
import { latestStandings } from '../latest-standings.ts';
import { describeFault } from '../log.ts';
import { HomeOpened, viewedChannel } from '../payloads.ts';
import { type AdminState, type HomeState, homeFault, homeView } from '../views/home.ts';
import { type PromptsOf, promptsFor } from '../views/prompts.ts';
import { type Listener, on } from './listener.ts';
import type { HomeParts } from './listener-parts.ts';

/** Opening the Home tab shows it; opening the agent's pane offers questions to start with. */
export function homeListeners(parts: HomeParts): Listener[] {
  return [
    on('event', 'app_home_opened', HomeOpened, async (opened) => {
      if (opened.tab === 'home') await openHome(parts, opened.user);
      if (opened.tab === 'messages') await offerPrompts(parts, opened);
    }),
  ];
}

/** Questions about the person's own branch, above the messages of the agent's pane. */
export async function offerPrompts(
  parts: HomeParts,
  opened: Pick<HomeOpened, 'user' | 'channel' | 'context'>,
): Promise<void> {
  const { web, catalogue, now } = parts;
  const own = await ownBranch(parts, opened);
  const prompts = promptsFor({ ...own, today: isoDayInTokyo(now()), calendar: catalogue.calendar });
  // With a thread_ts, an app of the agent view would be told nothing and see nothing.
  await web.assistant.threads.setSuggestedPrompts({
    channel_id: opened.channel,
    title: 'たとえば、こんな質問ができます',
    prompts,
  });
}

/** The branch of the channel beside which the pane was opened, else the person's. */
async function ownBranch(
  parts: HomeParts,
  opened: Pick<HomeOpened, 'user' | 'context'>,
): Promise<Pick<PromptsOf, 'branch' | 'standings'>> {
  try {
    const of = { asker: opened.user, channel: viewedChannel(opened) };
    const { branch = null } = await parts.questionDefaults(of);
    const latest = branch === null ? null : await latestStandings(parts, branch);
    return { branch, standings: latest?.standings ?? [] };
  } catch (error) {
    parts.log.warn(describeFault(error), 'branch not read for prompts');
    return { branch: null, standings: [] };
  }
}

/** Shows their Home tab to somebody who opened it; where it cannot be read, a word of excuse. */
export async function openHome(parts: HomeParts, user: string): Promise<void> {
  await publish(parts, user, async () => {
    try {
      return homeView(await readHome(parts, user));
    } catch (error) {
      parts.log.error(describeFault(error), 'home not read');
      return homeFault();
    }
  });
}

/**
 * Shows a Home tab as things are now: after a setting, a saved figure or a reminder that somebody followed up.
 * Never throws, since what it follows is done already; the old tab stays where the new one cannot be read.
 */
export async function republishHome(parts: HomeParts, user: string): Promise<void> {
  await publish(parts, user, async () => homeView(await readHome(parts, user)));
}

async function publish({ web, log }: HomeParts, user: string, read: () => Promise<HomeView>): Promise<void> {
  try {
    await web.views.publish({ user_id: user, view: await read() });
  } catch (error) {
    log.error(describeFault(error), 'home not published');
  }
}

const RECENT_QUESTIONS = 5;
const AUDIT_ENTRIES = 10;

async function readHome(parts: HomeParts, user: string): Promise<HomeState> {
  const { store, catalogue, reminders, now } = parts;
  const [settings, member, recent, putOff, decided] = await Promise.all([
    store.settings.ofPerson(user),
    store.members.get(user),
    store.answers.recentQuestions(user, RECENT_QUESTIONS),
    reminders?.messages({ followUp: 'snoozed' }) ?? [],
    reminders?.messages({ ending: 'decided' }) ?? [],
  ]);
  const { branch } = settings;
  const [latest, report] =
    branch === null
      ? [null, null]
      : await Promise.all([latestStandings(parts, branch), readReport(parts, branch, decided)]);
  const others = await othersInCharge(parts, member, branch);
  const reports = await Promise.all(others.map((other) => readReport(parts, other, decided)));
  return {
    today: isoDayInTokyo(now()),
    catalogue,
    settings,
    member,
    latest,
    report,
    others: others.flatMap((other, at) => (reports[at] ? [{ branch: other, report: reports[at] }] : [])),
    snoozed: putOff.filter((message) => isPutOff(message, user, branch)),
    recent,
    admin: member.role === 'admin' ? await readAdmin(parts) : null,
  };
}

/** By the table of owners and by the person's role, without the branch that Home is about, in the catalogue's order. */
async function othersInCharge(
  { store, catalogue }: HomeParts,
  { user, branches }: Member,
  own: string | null,
): Promise<string[]> {
  const owned = (await store.figures.owners()).filter(
    ({ owner, deputy }) => owner === user || deputy === user,
  );
  const mine = new Set([...branches, ...owned.map(({ branch }) => branch)]);
  return catalogue.branches.map(({ name }) => name).filter((name) => mine.has(name) && name !== own);
}

function isPutOff(message: OutboxMessage, user: string, branch: string | null): boolean {
  const { followUp, followedBy, assignee, reader } = message;
  const isMine = message.branch === branch || followedBy === user || assignee === user;
  return followUp === 'snoozed' && isMine && reader === null;
}

/** The head office reports to nobody. */
async function readReport(
  { standings, catalogue: { calendar }, now }: HomeParts,
  branch: string,
  messages: readonly OutboxMessage[],
): Promise<ReportState | null> {
  if (branch === HEAD_OFFICE) return null;
  const today = isoDayInTokyo(now());
  const period = reportingPeriod(today, calendar);
  const years = [period.fy, period.fy + 1];
  const known = await Promise.all(years.map((fy) => standings(branch, fy)));
  return reportState({ standings: known.flat(), messages, today, calendar });
}

async function readAdmin({ store, reminders }: HomeParts): Promise<AdminState> {
  const [members, entries, messages] = await Promise.all([
    store.members.list(),
    store.audit.entries(AUDIT_ENTRIES),
    reminders?.messages({ states: ['unclear'] }) ?? [],
  ]);
  return {
    members,
    audit: entries.reverse(),
    unclear: messages.filter(({ state }) => state === 'unclear'),
  };
}
