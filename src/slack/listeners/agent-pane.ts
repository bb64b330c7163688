import type { Turn } from '../conversation.ts';
import { describeFault } from '../log-fault.ts';
import type { IncomingMessage } from '../payloads/payloads.ts';
import { plainString } from '../views/text.ts';
import type { AnswerParts } from './parts.ts';

const STATUS = '資料を調べています…';
const TITLE = 100;

/**
 * A question in the agent's pane: under it stands that planbot is at work until it has answered, and the thread
 * that it opens is titled with the question as it was understood. Neither holds the answer up, and what Slack does
 * not take of it is only logged.
 */
export async function converseInPane(
  parts: AnswerParts,
  message: IncomingMessage,
  turn: Turn,
): Promise<void> {
  const { web } = parts;
  const place = { channel_id: message.channel, thread_ts: message.thread_ts ?? message.ts };
  const attempt = async (failure: string, work: () => Promise<unknown>): Promise<void> => {
    await work().catch((error: unknown) => parts.log.warn(describeFault(error), failure));
  };
  let title = '';
  const begun = attempt('status not set', () =>
    web.assistant.threads.setStatus({ ...place, status: STATUS }),
  );
  await parts.converse({
    ...turn,
    render(asked) {
      // Small talk names no thread.
      const isAbout = asked.answer.kind !== 'not_found' && asked.query.facts !== 'talk';
      title = isAbout ? plainString(asked.understood, TITLE) : '';
      return turn.render(asked);
    },
  });
  await begun;
  // Slack takes the status away at a reply in the thread; an answer beside the question is none.
  await attempt('status not cleared', () => web.assistant.threads.setStatus({ ...place, status: '' }));
  if (title !== '' && message.thread_ts === undefined) {
    await attempt('title not set', () => web.assistant.threads.setTitle({ ...place, title }));
  }
}
