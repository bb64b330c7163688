import { HEAD_OFFICE } from '../../../model/branch.ts';
import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import type { OutboxMessage } from '../../../model/outbox.ts';
import { reportingPeriod } from '../../../model/reporting-period.ts';
import { type ReportState, reportState } from '../../../reminders/quarter-report.ts';
import type { AdminState, HomeState } from '../../home-state.ts';
import { latestStandings } from '../../latest-standings.ts';
import type { HomeParts } from '../parts.ts';

const RECENT_QUESTIONS = 5;
const AUDIT_ENTRIES = 10;

export async function readHome(parts: HomeParts, user: string): Promise<HomeState> {
  const { store, catalogue, reminders, now } = parts;
  const [settings, member, recent, putOff, decided] = await Promise.all([
    store.personSettings(user),
    store.member(user),
    store.recentQuestions(user, RECENT_QUESTIONS),
    reminders?.messages({ followUp: 'snoozed' }) ?? [],
    reminders?.messages({ ending: 'decided' }) ?? [],
  ]);
  const { branch } = settings;
  const [latest, report] =
    branch === null
      ? [null, null]
      : await Promise.all([latestStandings(parts, branch), readReport(parts, branch, decided)]);
  return {
    today: isoDayInTokyo(now()),
    catalogue,
    settings,
    member,
    latest,
    report,
    snoozed: putOff.filter((message) => isPutOff(message, user, branch)),
    recent,
    admin: member.role === 'admin' ? await readAdmin(parts) : null,
  };
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
    store.members(),
    store.auditEntries(AUDIT_ENTRIES),
    reminders?.messages({ states: ['unclear'] }) ?? [],
  ]);
  return {
    members,
    audit: entries.reverse(),
    unclear: messages.filter(({ state }) => state === 'unclear'),
  };
}
