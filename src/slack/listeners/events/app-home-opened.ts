import { isoDayInTokyo } from '../../../model/calendar-day.ts';
import { latestStandings } from '../../latest-standings.ts';
import { describeFault } from '../../log-fault.ts';
import { HomeOpened, viewedChannel } from '../../payloads/payloads.ts';
import { type PromptsOf, promptsFor } from '../../views/prompts.ts';
import { openHome } from '../home/publish-home.ts';
import { type Listener, listener } from '../listener.ts';
import type { HomeParts } from '../parts.ts';

/** Opening the Home tab shows it; opening the agent's pane offers questions to start with. */
export function homeListeners(parts: HomeParts): Listener[] {
  return [
    listener({
      on: 'event',
      id: 'app_home_opened',
      schema: HomeOpened,
      async handle(opened) {
        if (opened.tab === 'home') await openHome(parts, opened.user);
        if (opened.tab === 'messages') await offerPrompts(parts, opened);
      },
    }),
  ];
}

async function offerPrompts(parts: HomeParts, opened: HomeOpened): Promise<void> {
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
  opened: HomeOpened,
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
