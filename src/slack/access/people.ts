import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { retryUnclear } from '../delivery/slack-errors.ts';
import { describeFault } from '../log.ts';
import { createCache } from './cache.ts';
import type { Person } from './policy.ts';

/**
 * What Slack knows of a user; null where it cannot be asked now and nothing fresh enough is remembered. Where an
 * acknowledgement waits behind it, it is soon given up.
 */
export type People = (user: string, patience: 'acknowledging' | 'acknowledged') => Promise<Person | null>;

const REMEMBERED = 5_000;
const FRESH_MS = 60 * 60 * 1_000;
/** While Slack cannot be asked, who was served today is served on. */
const USABLE_MS = 24 * 60 * 60 * 1_000;

export function createPeople(parts: {
  /** With the SDK's own retries. */
  web: WebClient;
  quick: WebClient;
  now: () => Date;
  log: Logger;
}): People {
  const { web, quick, now, log } = parts;
  const known = createCache<Person>({ limit: REMEMBERED, now });
  const asking = new Map<string, Promise<Person>>();

  async function ask(user: string, client: WebClient): Promise<Person> {
    const { user: found } = await client.users.info({ user });
    const person = {
      team: found?.team_id ?? null,
      enterprise: found?.enterprise_user?.enterprise_id ?? null,
      isGuest: (found?.is_restricted ?? false) || (found?.is_ultra_restricted ?? false),
      isStranger: found?.is_stranger ?? false,
    };
    known.set(user, person);
    return person;
  }

  /** Several things that one person does at once need one question. */
  function askPatiently(user: string): Promise<Person> {
    const running = asking.get(user) ?? retryUnclear(() => ask(user, web)).finally(() => asking.delete(user));
    asking.set(user, running);
    return running;
  }

  return async (user, patience) => {
    const remembered = known.get(user);
    if (remembered && remembered.ageMs < FRESH_MS) {
      return remembered.value;
    }
    try {
      return await (patience === 'acknowledging' ? ask(user, quick) : askPatiently(user));
    } catch (error) {
      log.warn(describeFault(error), 'cannot tell who somebody is');
      return remembered && remembered.ageMs < USABLE_MS ? remembered.value : null;
    }
  };
}
