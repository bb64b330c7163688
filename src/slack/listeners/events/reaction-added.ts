import { Reaction } from '../../payloads/payloads.ts';
import type { ListenerParts } from '../parts.ts';
import { tellRefusal } from '../removal-refusal.ts';
import { removeAnswer } from '../remove-answer.ts';

/** ❌. */
const DELETE_EMOJI = 'x';

/** ❌ on an answer takes it away, where the asker gives it. On reminders and other messages it means nothing. */
export function listenToReactions(parts: ListenerParts): void {
  parts.app.event('reaction_added', async ({ event }) => {
    const parsed = Reaction.safeParse(event);
    if (!parsed.success || parsed.data.reaction !== DELETE_EMOJI) {
      return;
    }
    const { user, item } = parsed.data;
    if ((await removeAnswer(parts, item, user)) === 'not_asker') {
      await tellRefusal(parts, { channel: item.channel, threadTs: null }, user, 'not_asker');
    }
  });
}
