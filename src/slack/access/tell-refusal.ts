import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Whisper } from '../delivery/poster.ts';
import { sentence } from '../views/answer-view.ts';
import { refusedHome, refusedModal } from '../views/refused.ts';
import type { Visit } from './visit.ts';

/** Where something was done, as far as a refusal must know. */
const Surface = z.object({
  trigger_id: z.string().optional(),
  view: z.object({ id: z.string(), type: z.string() }).optional(),
  event: z.object({ type: z.string() }).optional(),
});

export type TellRefusal = (
  body: unknown,
  visit: Visit,
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
  return async (body, { user, channel, thread }, { text, isRepeated }) => {
    const { trigger_id, view, event } = Surface.parse(body);
    if (event?.type === 'app_home_opened' || view?.type === 'home') {
      return views.publish({ user_id: user, view: refusedHome(text) });
    }
    if (view !== undefined) {
      return views.update({ view_id: view.id, view: refusedModal(text) });
    }
    if (channel !== null) {
      return isRepeated ? null : whisper({ channel, threadTs: thread }, user, sentence(text));
    }
    return trigger_id === undefined ? null : views.open({ trigger_id, view: refusedModal(text) });
  };
}
