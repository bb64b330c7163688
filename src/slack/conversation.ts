import type { Logger } from 'pino';
import type { Ask, Asked } from '../model/ask.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import { encodeQuery, type Query, type ThreadContext } from '../model/query.ts';
import type { ChannelSettings } from '../model/settings.ts';
import type { KeyedQueue } from './delivery/keyed-queue.ts';
import type { PostedMessage, Poster, SlackPlace } from './delivery/poster.ts';
import type { After } from './drain.ts';
import type { InboundContext } from './inbox.ts';
import { describeFault, logged } from './log.ts';
import { threadKey } from './message-event.ts';
import type { Meter, SlackStore } from './ports.ts';
import type { QuestionDefaults } from './question-defaults.ts';
import { type Rendered, under } from './views/blocks.ts';
import { sentence } from './views/card.ts';
import { withBranchOffer } from './views/choices.ts';

export interface Turn {
  /** What was asked, without Slack's markup; empty where somebody only called, and for a button's query. */
  text: string;
  query?: Query | undefined;
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
  /** Where the answer will stand, and may stand already if the question comes late; null where one person alone sees it. */
  place?: SlackPlace | null;
  /** Whether the question may be answered already, and, asked before anything is shown, whether it is still ours. */
  arrival?: Partial<Pick<InboundContext, 'isLate' | 'isHeld'>>;
  /** Names the question in what is posted: no text of it. */
  request: string;
}

/** Answers a turn: never throws; a fault becomes one polite sentence and a line in the log. */
export type Converse = (turn: Turn) => Promise<void>;

interface ConversationParts {
  ask: Ask;
  store: SlackStore;
  questionDefaults: QuestionDefaults;
  catalogue: Catalogue;
  poster: Poster;
  /** Turns of one thread run in order, so that each finds the context that the last one left. */
  queue: KeyedQueue;
  after: After;
  meter: Meter;
  logQuestions: boolean;
  now: () => Date;
  log: Logger;
}

const FAULT = '申し訳ありません。うまく調べられませんでした。少し時間をおいて、もう一度お試しください。';
const NOTICE = '確認しています。少しお待ちください…';
const LATE = 'お返事が遅くなり、申し訳ありません。';

export function createConverse(parts: ConversationParts): Converse {
  const { ask, store, questionDefaults, catalogue, poster, queue, meter, logQuestions, now, log } = parts;

  async function answer(turn: Turn, progress: Progress): Promise<void> {
    const { text, query, threadKey: key } = turn;
    const context = key !== null && turn.continues ? await store.threads.load(key) : null;
    const defaults = await questionDefaults(turn);
    const asked = await ask({ text, query, context, today: dayInTokyo(now()), defaults });
    if (turn.worthSaying && !turn.worthSaying(asked)) return;
    const remember = (thread: string) =>
      store.threads.save(thread, asked.context, now()).catch(logged(log, 'error', 'thread not remembered'));
    // Before the answer is shown, so that whoever reacts to it at once finds the thread known.
    if (key !== null && changesTopic(asked, context)) await remember(key);
    const rendered = turn.render(asked);
    const isNewcomer = isIntroduction(asked) && defaults.branch === undefined;
    const message = isNewcomer ? withBranchOffer(rendered, catalogue) : rendered;
    if (!(await progress.isHeld())) return;
    const posted = await progress.show(message);
    if (turn.opensThread && posted !== null) {
      await remember(threadKey({ channel: posted.channel, threadTs: posted.ts }));
    }
    const { understood } = asked;
    const outcome = asked.answer.kind;
    const question = query === undefined ? text : understood;
    log.info({ outcome, ...(logQuestions ? { question } : {}) }, 'answered');
    await store.answers
      .save(ledgerEntry(turn, posted, asked), now())
      .catch(logged(log, 'error', 'answer not recorded'));
    if (outcome !== 'answered') {
      await store.unanswered
        .keep({ question, understood, outcome }, now())
        .catch(logged(log, 'error', 'unanswered question not kept'));
    }
    meter.answered(outcome);
  }

  async function answerOrApologise(turn: Turn, progress: Progress): Promise<void> {
    try {
      await answer(turn, progress);
    } catch (error) {
      log.error(describeFault(error), 'question failed');
      meter.answered('failed');
      if (!progress.isShown() && !turn.worthSaying && (await progress.isHeld())) {
        const apologise = turn.apologise ?? progress.show;
        await apologise(sentence(FAULT)).catch(logged(log, 'error', 'apology failed'));
      }
    }
  }

  /** Of a question that was taken up from a process that died; null where its answer stands. */
  async function lateTurn(turn: Turn): Promise<Turn | null> {
    const { place = null, request } = turn;
    if (place !== null && (await poster.find(place, request)) !== null) return null;
    const notice = place === null ? null : await poster.find(place, `${request}:notice`);
    return {
      ...turn,
      render: (asked) => under(LATE, turn.render(asked)),
      async show(rendered, part) {
        const isAmended = notice !== null && (await poster.amend(notice, rendered, request));
        return isAmended ? notice : turn.show(rendered, part);
      },
    };
  }

  return async (given) => {
    const turn = given.arrival?.isLate ? await lateTurn(given) : given;
    if (turn === null) return;
    const began = now().getTime();
    const progress = openProgress(turn, parts);
    const work = () => answerOrApologise(turn, progress);
    await (turn.threadKey === null ? work() : queue(turn.threadKey, work));
    await progress.leave();
    meter.lasted((now().getTime() - began) / 1_000);
  };
}

/** Where one question is answered. */
interface Progress {
  /** The answer, in the place of the notice where there is one. */
  show(message: Rendered): Promise<PostedMessage | null>;
  isShown(): boolean;
  /** False where another process has the question now, and says what is to be said. */
  isHeld(): Promise<boolean>;
  /** No notice from now on; one that stands is taken away. */
  leave(): Promise<void>;
}

/** Who waits longer than this wonders whether they were heard. */
const PATIENCE_MS = 2_000;

/** Says that a question is being looked into when the answer takes long. */
function openProgress(turn: Turn, { poster, after, log }: ConversationParts): Progress {
  const failed = logged(log, 'warn', 'notice failed');
  let standing: Promise<PostedMessage | null> | null = null;
  let isOurs = true;
  let isShown = false;
  async function isHeld(): Promise<boolean> {
    isOurs &&= (await turn.arrival?.isHeld?.()) ?? true;
    return isOurs;
  }
  // Who did not speak to the bot does not wait for it.
  const callOff = turn.worthSaying
    ? () => {}
    : after(PATIENCE_MS, () => {
        standing = isHeld()
          .then((isOurs) => (isOurs ? turn.show(sentence(NOTICE), 'notice') : null))
          .catch(failed);
      });
  /** The notice, once; no other comes after. */
  async function taken(): Promise<PostedMessage | null> {
    callOff();
    const posted = await standing;
    standing = null;
    return posted;
  }
  return {
    async show(message) {
      const notice = await taken();
      const isAmended = notice !== null && (await poster.amend(notice, message, turn.request));
      const posted = isAmended ? notice : await turn.show(message, 'answer');
      isShown = true;
      return posted;
    },
    isShown: () => isShown,
    isHeld,
    async leave() {
      const notice = await taken();
      // By now another process may have put its answer in the place of the notice.
      if (isOurs && notice !== null) await poster.remove(notice).catch(failed);
    },
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

function ledgerEntry(
  { asker, channel, request, questionTs = null }: Turn,
  shown: PostedMessage | null,
  { query }: Asked,
) {
  // What only the asker saw stands nowhere; it counts among their recent questions all the same.
  const place = shown ?? { channel: channel ?? '', ts: `private:${request}` };
  return { ...place, questionTs, asker, asked: encodeQuery(query) };
}
