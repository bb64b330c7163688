import type { Logger } from 'pino';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { Ask, Asked } from '../model/question.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import { describeFault } from './log-fault.ts';
import type { ConversationMemory } from './ports.ts';
import { sentence } from './views/answer-view.ts';
import type { Rendered } from './views/blocks.ts';

export interface Turn {
  /** What was asked, without Slack's markup; empty where somebody only called. */
  text: string;
  /** The thread that the question belongs to; null where it stands alone. */
  threadKey: string | null;
  /** Whether the question continues its thread. A button's question is complete without it. */
  continues: boolean;
  render(asked: Asked): Rendered;
  /** Shows a message in the place where the question was asked. */
  show(message: Rendered): Promise<unknown>;
  /** Where a fault is told, when not where the answer would have been. */
  apologise?: (message: Rendered) => Promise<unknown>;
  /** Where nobody spoke to the bot: which answers are worth speaking up for. All, where it is absent. */
  worthSaying?: (asked: Asked) => boolean;
  /** Names the question in the log and in what is posted: no text of it. */
  request: string;
}

/** Answers a turn: never throws; a fault becomes one polite sentence and a line in the log. */
export type Converse = (turn: Turn) => Promise<void>;

export interface ConversationParts {
  ask: Ask;
  memory: ConversationMemory;
  /** Turns of one thread run in order, so that each finds the context that the last one left. */
  queue: KeyedQueue;
  now: () => Date;
  log: Logger;
}

const FAULT = '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。';

export function createConverse({ ask, memory, queue, now, log }: ConversationParts): Converse {
  async function answer(turn: Turn): Promise<void> {
    const key = turn.threadKey;
    const context = key !== null && turn.continues ? await memory.loadThread(key) : null;
    const asked = await ask({ text: turn.text, context, today: dayInTokyo(now()) });
    if (turn.worthSaying && !turn.worthSaying(asked)) {
      return;
    }
    if (key !== null) {
      await remember(turn, key, asked);
    }
    await turn.show(turn.render(asked));
    log.info({ request: turn.request, outcome: asked.answer.kind }, 'answered');
    if (asked.answer.kind !== 'answered') {
      const entry = { question: turn.text, understood: asked.context.asked, outcome: asked.answer.kind };
      await memory.keepUnanswered(entry, now());
    }
  }

  /** Before the answer is shown, so that whoever reacts to it at once finds the thread known. */
  async function remember(turn: Turn, key: string, asked: Asked): Promise<void> {
    try {
      await memory.saveThread(key, asked.context, now());
    } catch (error) {
      log.error({ request: turn.request, ...describeFault(error) }, 'thread not remembered');
    }
  }

  async function answerOrApologise(turn: Turn): Promise<void> {
    let shown = false;
    const show = async (message: Rendered) => {
      await turn.show(message);
      shown = true;
    };
    try {
      await answer({ ...turn, show });
    } catch (error) {
      log.error({ request: turn.request, ...describeFault(error) }, 'question failed');
      if (!shown && !turn.worthSaying) {
        const apologise = turn.apologise ?? turn.show;
        await apologise(sentence(FAULT)).catch((second: unknown) => {
          log.error({ request: turn.request, ...describeFault(second) }, 'apology failed');
        });
      }
    }
  }

  return (turn) =>
    turn.threadKey === null ? answerOrApologise(turn) : queue(turn.threadKey, () => answerOrApologise(turn));
}
