import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView, WebClient } from '@slack/web-api';
import { slackErrorCode } from './slack-errors.ts';

const AGAIN_MS = [200, 500, 1_000, 2_000];

/** Changes a view that stands; false where the person has closed it. */
export async function updateView(web: WebClient, viewId: string, view: ModalView): Promise<boolean> {
  try {
    await web.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    if (slackErrorCode(error) !== 'not_found') throw error;
    return false;
  }
}

/**
 * Changes a view that an acknowledgement brought a moment ago. Slack may still be opening it and then knows no such
 * view: it is tried again for some seconds, and then given up, since the person may have closed it.
 */
export async function updateNewView(web: WebClient, externalId: string, view: ModalView): Promise<void> {
  for (const pause of [0, ...AGAIN_MS]) {
    await wait(pause);
    try {
      await web.views.update({ external_id: externalId, view });
      return;
    } catch (error) {
      if (slackErrorCode(error) !== 'not_found') throw error;
    }
  }
}
