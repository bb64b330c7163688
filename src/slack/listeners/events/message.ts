import { z } from 'zod';
import type { Turn } from '../../conversation.ts';
import type { MessageEvent } from '../../message-event.ts';
import type { Rendered } from '../../views/blocks.ts';
import { contextLine } from '../../views/text.ts';
import { converseInPane } from '../agent-pane.ts';
import { conversationOf, turnOf } from '../incoming.ts';
import { type Listener, listener } from '../listener.ts';
import type { ListenerParts } from '../parts.ts';
import { takeSharedTables } from './file-shared.ts';
import { followDeletion } from './message-deleted.ts';
import { editedTurn, isNews } from './message-edited.ts';

/**
 * Direct messages are all answered. In channels a message is answered where it names the bot, or continues a thread
 * in which the bot was asked before. Edits and deletions come here too.
 */
export function messageListeners(parts: ListenerParts): Listener[] {
  return ['message', 'app_mention'].map((id) =>
    listener({
      on: 'event',
      id,
      // It was read on arrival.
      schema: z.unknown(),
      async handle(_, { context: { reading, isLate = false, isHeld } }) {
        if (typeof reading === 'object') await hear(parts, reading, { isLate, isHeld });
      },
    }),
  );
}

async function hear(
  parts: ListenerParts,
  event: MessageEvent,
  { isLate, isHeld }: { isLate: boolean; isHeld: Turn['isHeld'] },
): Promise<void> {
  const held = isHeld === undefined ? {} : { isHeld };
  if (event.kind === 'deletion') return followDeletion(parts, event.deleted);
  if (event.kind === 'edit') {
    if (!(await isNews(parts, event))) return;
    const turn = await editedTurn(parts, event.edit);
    return parts.converse({ ...turn, ...held });
  }
  const { message, call } = event;
  if (await takeSharedTables(parts, message, call, isLate)) return;
  const turn = { ...(await turnOf(parts, message, call)), ...held };
  const owed = isLate ? await lateTurn(parts, turn, event) : turn;
  if (owed === null) return;
  if (call === 'direct') await converseInPane(parts, message, owed);
  else await parts.converse(owed);
}

/** A question whose process died. Null where its answer had still been posted. */
async function lateTurn(
  { poster }: ListenerParts,
  turn: Turn,
  { message }: Extract<MessageEvent, { kind: 'question' }>,
): Promise<Turn | null> {
  const place = conversationOf(message);
  if ((await poster.find(place, turn.request)) !== null) return null;
  const notice = await poster.find(place, `${turn.request}:notice`);
  return {
    ...turn,
    render: (asked) => withRegret(turn.render(asked)),
    async show(rendered, part) {
      const isAmended = notice !== null && (await poster.amend(notice, rendered, turn.request));
      return isAmended ? notice : turn.show(rendered, part);
    },
  };
}

function withRegret(message: Rendered): Rendered {
  const regret = contextLine('お返事が遅くなり、申し訳ありません。');
  return { ...message, blocks: [regret, ...message.blocks], classic: [regret, ...message.classic] };
}
