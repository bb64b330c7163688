import type { Logger } from 'pino';
import { z } from 'zod';
import type { Claims } from './claims.ts';
import { describeFault } from './log-fault.ts';
import { IncomingMessage } from './payloads/payloads.ts';
import type { After } from './stage.ts';

/** What is kept of a question until it is answered. */
export const KeptQuestion = z.object({
  call: z.enum(['direct', 'mention', 'follow_up']),
  message: IncomingMessage,
});
export type KeptQuestion = z.infer<typeof KeptQuestion>;

function readKept(body: string): KeptQuestion | null {
  try {
    return KeptQuestion.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

export interface RecoveryParts {
  claims: Claims;
  /** Answers a question as if it had just come. */
  answer(question: KeptQuestion, key: string): Promise<void>;
  after: After;
  log: Logger;
}

const LOOK_EVERY_MS = 30_000;

/** Answers what a process that died has left, now and from time to time; gives the way to end. */
export function startRecovery({ claims, answer, after, log }: RecoveryParts): () => void {
  let callOff = () => {};
  let isOver = false;

  async function look(): Promise<void> {
    for (const { key, body } of await claims.abandoned()) {
      if (isOver) return;
      const question = readKept(body);
      if (question === null) {
        // An older version kept it in another shape: it must not stand in the way of the others.
        log.error({ key }, 'a question that was left cannot be read');
        await claims.finish(key);
      } else {
        log.warn({ key }, 'taking up a question that was left');
        await answer(question, key);
      }
    }
  }

  async function lookAndWait(): Promise<void> {
    await look().catch((error: unknown) => log.error(describeFault(error), 'cannot take up what was left'));
    if (!isOver) {
      callOff = after(LOOK_EVERY_MS, lookAndWait);
    }
  }

  lookAndWait();
  return () => {
    isOver = true;
    callOff();
  };
}
