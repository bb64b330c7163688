import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import { latestStandings } from '../../latest-standings.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeOpened } from '../../payloads.ts';
import { type PromptsOf, promptsFor } from '../../views/prompts.ts';
import { openHome } from '../home/publish-home.ts';
import type { ListenerParts } from '../parts.ts';

/** Opening the Home tab shows it; opening the agent's pane offers questions to start with. */
export function listenToHome(parts: ListenerParts): void {
  parts.app.event('app_home_opened', async ({ event }) => {
    const { tab, user, channel } = HomeOpened.parse(event);
    if (tab === 'home') await openHome(parts, user);
    if (tab === 'messages') await offerPrompts(parts, user, channel);
  });
}

async function offerPrompts(parts: ListenerParts, user: string, channel: string): Promise<void> {
  const { web, catalogue, now } = parts;
  const own = await ownBranch(parts, user);
  const prompts = promptsFor({ ...own, today: isoDayInTokyo(now()), calendar: catalogue.calendar });
  // With a thread_ts, an app of the agent view would be told nothing and see nothing.
  await web.assistant.threads.setSuggestedPrompts({
    channel_id: channel,
    title: 'たとえば、こんな質問ができます',
    prompts,
  });
}

async function ownBranch(
  parts: ListenerParts,
  user: string,
): Promise<Pick<PromptsOf, 'branch' | 'standings'>> {
  try {
    const { branch } = await parts.store.personSettings(user);
    const latest = branch === null ? null : await latestStandings(parts, branch);
    return { branch, standings: latest?.standings ?? [] };
  } catch (error) {
    parts.log.warn(describeFault(error), 'branch not read for prompts');
    return { branch: null, standings: [] };
  }
}
