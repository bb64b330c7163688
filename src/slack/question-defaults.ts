import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { AskInput } from '../model/ask.ts';
import { HEAD_OFFICE } from '../model/branch.ts';
import type { ChannelSettings } from '../model/settings.ts';
import { createCache } from './access/cache.ts';
import { describeFault } from './log.ts';
import { isDirect } from './message-event.ts';
import type { SlackStore } from './ports.ts';

/** Where a question is asked, and by whom. */
interface Asking {
  /** Null where only the place counts. */
  asker: string | null;
  /** Null outside channels. */
  channel: string | null;
  /** The channel's settings, where they are known already. */
  settings?: ChannelSettings | undefined;
}

/** What the place and the person say for questions that do not. */
export type QuestionDefaults = (asking: Asking) => Promise<NonNullable<AskInput['defaults']>>;

const REMEMBERED = 5_000;
/** A channel may be renamed. */
const FRESH_MS = 60 * 60 * 1_000;
/** Until Slack is asked again where it did not say. */
const AGAIN_MS = 60 * 1_000;

/**
 * A channel's word counts before a person's: what was set there, else whose channel it is by the table of people in
 * charge, else the branch in its name. So nobody reads another branch's figures in a branch's own channel.
 */
export function createQuestionDefaults(parts: {
  store: Pick<SlackStore, 'settings' | 'figures'>;
  /** Gives up soon: an answer waits. */
  quick: WebClient;
  branchInName: (name: string) => string | null;
  now: () => Date;
  log: Logger;
}): QuestionDefaults {
  const { store, quick, branchInName, now, log } = parts;
  const known = createCache<{ branch: string | null; freshMs: number }>({ limit: REMEMBERED, now });

  async function branchOf(channel: string): Promise<string | null> {
    const own = (await store.figures.owners()).filter((owner) => owner.channel === channel);
    if (own.length > 0) {
      // A channel of several branches is none's, and the head office asks about all.
      const [only] = own.length === 1 ? own : [];
      return only === undefined || only.branch === HEAD_OFFICE ? null : only.branch;
    }
    const remembered = known.get(channel);
    if (remembered && remembered.ageMs < remembered.value.freshMs) return remembered.value.branch;
    const found = await quick.conversations.info({ channel }).then(
      (answer) => ({ branch: branchInName(answer.channel?.name ?? ''), freshMs: FRESH_MS }),
      (error: unknown) => {
        log.warn(describeFault(error), 'name of a channel not known');
        return { branch: null, freshMs: AGAIN_MS };
      },
    );
    known.set(channel, found);
    return found.branch;
  }

  return async ({ asker, channel, settings }) => {
    const place = channel === null || isDirect(channel) ? null : channel;
    const set = settings ?? (place === null ? null : await store.settings.ofChannel(place));
    const branch =
      set?.branch ??
      (place === null ? null : await branchOf(place)) ??
      (asker === null ? null : (await store.settings.ofPerson(asker)).branch);
    return { branch: branch ?? undefined, fy: set?.fy ?? undefined };
  };
}
