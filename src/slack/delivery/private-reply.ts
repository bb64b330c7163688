import { setTimeout as wait } from 'node:timers/promises';
import { type RespondArguments, RespondError, type RespondFn } from '@slack/bolt';
import type { MessageBlock, Rendered } from '../views/blocks.ts';

/** How a message comes through a response_url: to one user or to the channel, beside or in place of the old one. */
type Manner = Pick<RespondArguments, 'response_type' | 'replace_original'>;

/** To the person alone, beside what was clicked. */
const BESIDE: Manner = { response_type: 'ephemeral', replace_original: false };

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/**
 * Answers through the response_url of a command or a click. Bolt's `respond` gives up at the first failure;
 * this tries again where Slack was busy, and with the classic card where it refused the blocks. Resolves with
 * null: such a message cannot be changed by its place.
 */
export async function reply(
  respond: RespondFn,
  message: Rendered,
  manner: Manner = BESIDE,
  pause: (ms: number) => Promise<unknown> = wait,
): Promise<null> {
  let blocks: MessageBlock[] = message.blocks;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await respond({ ...manner, text: message.text, blocks });
      return null;
    } catch (error) {
      if (attempt === ATTEMPTS || !isWorthAnother(error)) {
        throw error;
      }
      if (isRefusal(error)) {
        blocks = message.classic;
      } else {
        await pause(PAUSE_MS * attempt);
      }
    }
  }
}

/** A response_url tells what it does not take with 400, and some of it with 500. */
function isRefusal(error: unknown): boolean {
  return error instanceof RespondError && (error.statusCode === 400 || error.statusCode === 500);
}

function isWorthAnother(error: unknown): boolean {
  if (error instanceof RespondError) {
    return isRefusal(error) || error.statusCode === 429 || error.statusCode >= 500;
  }
  return error instanceof TypeError;
}
