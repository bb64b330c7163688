import type { Turn } from '../conversation.ts';
import type { Posted } from '../delivery/poster.ts';
import type { KeptQuestion } from '../recovery.ts';
import type { Rendered } from '../views/blocks.ts';
import { contextLine } from '../views/text.ts';
import { placeOf, turnOf } from './incoming.ts';
import type { ListenerParts } from './parts.ts';

/** Answers a question whose process died, unless the answer had still been posted. */
export async function answerLeft(
  parts: ListenerParts,
  { call, message }: KeptQuestion,
  key: string,
): Promise<void> {
  const place = placeOf(message);
  const turn = await turnOf(parts, message, call);
  if ((await parts.poster.find(place, turn.request)) !== null) {
    return parts.store.finishRequest(key, parts.now());
  }
  const notice = await parts.poster.find(place, `${turn.request}:notice`);
  await parts.converse(lateTurn(parts, turn, notice));
}

function lateTurn({ poster }: ListenerParts, turn: Turn, notice: Posted | null): Turn {
  return {
    ...turn,
    render: (asked) => withRegret(turn.render(asked)),
    async show(message, part) {
      const isAmended = notice !== null && (await poster.amend(notice, message, turn.request));
      return isAmended ? notice : turn.show(message, part);
    },
  };
}

function withRegret(message: Rendered): Rendered {
  const regret = contextLine('お返事が遅くなり、申し訳ありません。');
  return { ...message, blocks: [regret, ...message.blocks], classic: [regret, ...message.classic] };
}
