import type { WebClient } from '@slack/web-api';
import type { Whisper } from '../delivery/poster.ts';
import type { SlackRequest } from '../slack-request.ts';
import { sentence } from '../views/card.ts';
import { refusedHome, refusedModal } from '../views/refused.ts';

export type TellRefusal = (
  request: SlackRequest,
  refusal: { text: string; isRepeated: boolean },
) => Promise<unknown>;

/** Says a refusal where the person looks: in their Home tab, over a modal or a shortcut, or below their message. */
export function createTellRefusal({
  views,
  whisper,
}: {
  views: Pick<WebClient['views'], 'open' | 'update' | 'publish'>;
  whisper: Whisper;
}): TellRefusal {
  return async ({ access, view, triggerId, isHomeOpened }, { text, isRepeated }) => {
    if (access === null) return null;
    const { user, channel, thread } = access;
    if (isHomeOpened || view?.type === 'home') {
      return views.publish({ user_id: user, view: refusedHome(text) });
    }
    if (view !== null) {
      return views.update({ view_id: view.id, view: refusedModal(text) });
    }
    if (channel !== null) {
      return isRepeated ? null : whisper({ channel, threadTs: thread }, user, sentence(text));
    }
    return triggerId === null ? null : views.open({ trigger_id: triggerId, view: refusedModal(text) });
  };
}
