import type { Logger } from 'pino';
import type { Ask, Asked } from '../model/ask.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import { encodeQuery, type Query, type ThreadContext } from '../model/query.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { KeyedQueue } from './delivery/keyed-queue.ts';
import type { PostedMessage, Poster } from './delivery/poster.ts';
import type { After } from './drain.ts';
import { describeFault } from './log-fault.ts';
import { threadKey } from './message-event.ts';
import type { Meter, SlackStore } from './ports.ts';
import { openProgressNotice, type ProgressNotice } from './progress-notice.ts';
import type { QuestionDefaults } from './question-defaults.ts';
import type { Rendered } from './views/blocks.ts';
import { sentence } from './views/card.ts';
import { withBranchOffer } from './views/choices.ts';

export interface Turn {
  /** What was asked, without Slack's markup; empty where somebody only called, and for a button's query. */
  text: string;
  query?: Query | undefined;
  /** Who asks. */
  asker: string;
  /** Where it was asked: its settings fill in what the question does not say. Null outside channels. */
  channel: string | null;
  /** The thread that the question belongs to; null where it stands alone. */
  threadKey: string | null;
  /** Whether what is asked under the answer continues it, where nobody wrote the question. */
  opensThread?: boolean;
  /** Whether the question continues its thread. A button's query is complete, and leaves its topic to the thread. */
  continues: boolean;
  /** The channel's settings, where they are known already. */
  settings?: ChannelSettings;
  /** The message that asks; null for a command, a button or a shortcut. */
  questionTs?: string | null;
  render(asked: Asked): Rendered;
  /**
   * Shows a message in the place where the question was asked; `part` says whether it is the answer or a word
   * that it takes a while. Resolves with where it stands; null where Slack keeps no message.
   */
  show(message: Rendered, part: 'answer' | 'notice'): Promise<PostedMessage | null>;
  /** Where a fault is told, when not where the answer would have been. */
  apologise?: (message: Rendered) => Promise<unknown>;
  /** Where nobody spoke to the bot: which answers are worth speaking up for. All, where it is absent. */
  worthSaying?: (asked: Asked) => boolean;
  /** Asked before anything is shown: false leaves it to another process that has the question now. */
  isHeld?: () => Promise<boolean>;
  /** Names the question in what is posted: no text of it. */
  request: string;
}

/** Answers a turn: never throws; a fault becomes one polite sentence and a line in the log. */
export type Converse = (turn: Turn) => Promise<void>;

export interface ConversationParts {
  ask: Ask;
  store: SlackStore;
  questionDefaults: QuestionDefaults;
  catalogue: Catalogue;
  poster: Poster;
  /** Turns of one thread run in order, so that each finds the context that the last one left. */
  queue: KeyedQueue;
  after: After;
  meter: Meter;
  /** Whether the text of questions may stand in the log. */
  logQuestions: boolean;
  now: () => Date;
  log: Logger;
}

const FAULT = '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。';
const NOTICE = '確認しています。少しお待ちください…';

export function createConverse(parts: ConversationParts): Converse {
  const { ask, store, questionDefaults, catalogue, poster, queue, after, meter, logQuestions, now, log } =
    parts;

  async function answer(turn: Turn, progress: ProgressNotice): Promise<void> {
    const { text, query, threadKey: key } = turn;
    const context = key !== null && turn.continues ? await store.threads.load(key) : null;
    const defaults = await questionDefaults(turn);
    const asked = await ask({ text, query, context, today: dayInTokyo(now()), defaults });
    if (turn.worthSaying && !turn.worthSaying(asked)) {
      return;
    }
    if (key !== null && changesTopic(asked, context)) {
      // Before the answer is shown, so that whoever reacts to it at once finds the thread known.
      await attempt('thread not remembered', () => store.threads.save(key, asked.context, now()));
    }
    const rendered = turn.render(asked);
    const message =
      isIntroduction(asked) && defaults.branch === undefined
        ? withBranchOffer(rendered, catalogue)
        : rendered;
    if (turn.isHeld && !(await turn.isHeld())) return;
    const posted = await progress.show(message);
    if (turn.opensThread && posted !== null) {
      const opened = threadKey({ channel: posted.channel, threadTs: posted.ts });
      await attempt('thread not remembered', () => store.threads.save(opened, asked.context, now()));
    }
    const { understood } = asked;
    const outcome = asked.answer.kind;
    const question = query === undefined ? text : understood;
    log.info({ outcome, ...(logQuestions ? { question } : {}) }, 'answered');
    await attempt('answer not recorded', () => store.answers.save(ledgerEntry(turn, posted, asked), now()));
    if (outcome !== 'answered') {
      const entry = { question, understood, outcome };
      await attempt('unanswered question not kept', () => store.unanswered.keep(entry, now()));
    }
    meter.answered(outcome);
  }

  /** What the person who asked need not hear of. */
  async function attempt(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      log.error(describeFault(error), failure);
    }
  }

  async function answerOrApologise(turn: Turn, progress: ProgressNotice): Promise<void> {
    let shown = false;
    const watched: ProgressNotice = {
      ...progress,
      async show(message) {
        const posted = await progress.show(message);
        shown = true;
        return posted;
      },
    };
    try {
      await answer(turn, watched);
    } catch (error) {
      log.error(describeFault(error), 'question failed');
      meter.answered('failed');
      if (!shown && !turn.worthSaying && (await turn.isHeld?.()) !== false) {
        const apologise = turn.apologise ?? progress.show;
        await apologise(sentence(FAULT)).catch((second: unknown) => {
          log.error(describeFault(second), 'apology failed');
        });
      }
    }
  }

  return async (turn) => {
    const began = now().getTime();
    let isOurs = true;
    async function isHeld(): Promise<boolean> {
      isOurs &&= (await turn.isHeld?.()) ?? true;
      return isOurs;
    }
    const failed = (error: unknown) => log.warn(describeFault(error), 'notice failed');
    const progress = openProgressNotice({
      show: turn.show,
      amend: (notice, message) => poster.amend(notice, message, turn.request),
      remove: poster.remove,
      // Who did not speak to the bot does not wait for it.
      notice: turn.worthSaying ? null : sentence(NOTICE),
      isHeld,
      after,
      failed,
    });
    const work = () => answerOrApologise({ ...turn, isHeld }, progress);
    await (turn.threadKey === null ? work() : queue(turn.threadKey, work));
    // By now another process may have put its answer in the place of the notice.
    if (isOurs) await progress.leave().catch(failed);
    meter.lasted((now().getTime() - began) / 1_000);
  };
}

/** What people say first, who do not know yet what can be asked. */
function isIntroduction({ query: { facts, talk } }: Asked): boolean {
  return facts === 'talk' && (talk === 'greeting' || talk === 'help');
}

/** Thanks, and what nothing is found for, leave the thread what it was about. */
function changesTopic({ answer, query }: Asked, before: ThreadContext | null): boolean {
  return before === null || (answer.kind !== 'not_found' && query.facts !== 'talk');
}

/** What only the asker saw stands nowhere; it counts among their recent questions all the same. */
function privatePlace(channel: string | null, request: string): PostedMessage {
  return { channel: channel ?? '', ts: `private:${request}` };
}

function ledgerEntry(
  { asker, channel, request, questionTs = null }: Turn,
  shown: PostedMessage | null,
  { query }: Asked,
) {
  const place = shown ?? privatePlace(channel, request);
  return { ...place, questionTs, asker, asked: encodeQuery(query) };
}
