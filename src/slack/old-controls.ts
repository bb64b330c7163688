import type { ReceiverEvent } from '@slack/bolt';
import type { TellRefusal } from './access/refusals.ts';
import type { InteractionType, SlackRequest } from './slack-request.ts';
import { refusedModal } from './views/answer-modal.ts';

const OLD_BUTTON = '古いボタンです。お手数ですが、もう一度質問してください。';
const OLD_FORM = '古い画面です。お手数ですが、開き直してください。';

/**
 * Acknowledges what no listener knows any more: messages and forms of an earlier version stay in Slack for years, and
 * Slack shows an error where nobody acknowledges. `refreshHome` shows the person's Home tab as it is now.
 */
export function acknowledgeAll(
  process: (event: ReceiverEvent) => Promise<void>,
  parts: { tell: TellRefusal; refreshHome(user: string): Promise<void> },
): (event: ReceiverEvent, request: SlackRequest) => Promise<void> {
  return async (event, request) => {
    let isAcknowledged = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      isAcknowledged = true;
      await event.ack(response);
    };
    await process({ ...event, ack });
    const { interaction, access, view } = request;
    if (isAcknowledged || interaction === null) return;
    await event.ack(answerTo(interaction));
    if (interaction !== 'block_actions' || access === null) return;
    if (view?.type === 'home') await parts.refreshHome(access.user);
    else await parts.tell(request, { text: OLD_BUTTON, isRepeated: false });
  };
}

function answerTo(type: InteractionType): object | undefined {
  if (type === 'block_suggestion') return { options: [] };
  return type === 'view_submission' ? { response_action: 'update', view: refusedModal(OLD_FORM) } : undefined;
}
