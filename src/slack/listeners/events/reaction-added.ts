import { Reaction } from '../../payloads/payloads.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';
import { removeAnswer, tellNotRemoved } from '../remove-answer.ts';

/** ❌. */
const DELETE_EMOJI = 'x';

/** ❌ on an answer takes it away, where the asker gives it. On reminders and other messages it means nothing. */
export function reactionListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'event',
      id: 'reaction_added',
      schema: Reaction,
      async handle({ user, reaction, item }) {
        if (reaction !== DELETE_EMOJI || item === null) return;
        if ((await removeAnswer(parts, item, user)) === 'not_asker') {
          await tellNotRemoved(parts, { channel: item.channel, threadTs: null }, user, 'not_asker');
        }
      },
    }),
  ];
}
