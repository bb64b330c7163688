import type { HomeView } from '@slack/web-api';
import { describeFault } from '../../log-fault.ts';
import { homeFault, homeView } from '../../views/home.ts';
import type { HomeParts } from '../parts.ts';
import { readHome } from './read-home.ts';

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
