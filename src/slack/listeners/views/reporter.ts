import type { Reporter } from '../../../reporting/report-service.ts';
import { describeFault } from '../../log-fault.ts';
import type { BaseParts } from '../parts.ts';

/** Who reports, by the name that colleagues know; the id where Slack does not say it. */
export async function reporterOf({ web, log }: BaseParts, user: string): Promise<Reporter> {
  try {
    const found = (await web.users.info({ user })).user;
    const name = found?.profile?.real_name || found?.real_name || found?.name;
    return { user, name: name || user };
  } catch (error) {
    log.warn(describeFault(error), 'name of a reporter not known');
    return { user, name: user };
  }
}
