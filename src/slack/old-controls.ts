import type { ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { TellRefusal } from './access/tell-refusal.ts';
import { readVisit } from './access/visit.ts';
import { refusedModal } from './views/refused.ts';

const OLD_BUTTON = '古いボタンです。お手数ですが、もう一度質問してください。';
const OLD_FORM = '古い画面です。お手数ですが、開き直してください。';

const Interaction = z.object({
  type: z.enum([
    'block_actions',
    'block_suggestion',
    'view_submission',
    'view_closed',
    'shortcut',
    'message_action',
  ]),
  user: z.object({ id: z.string() }),
  view: z.object({ type: z.string() }).optional(),
});

/**
 * Acknowledges what no listener knows any more: messages and forms of an earlier version stay in Slack for years, and
 * Slack shows an error where nobody acknowledges. `refreshHome` shows the person's Home tab as it is now.
 */
export function acknowledgeAll(
  process: (event: ReceiverEvent) => Promise<void>,
  parts: { tell: TellRefusal; refreshHome(user: string): Promise<void> },
): (event: ReceiverEvent) => Promise<void> {
  return async (event) => {
    let isAcknowledged = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      isAcknowledged = true;
      await event.ack(response);
    };
    await process({ ...event, ack });
    const interaction = Interaction.safeParse(event.body).data;
    if (isAcknowledged || interaction === undefined) return;
    await event.ack(answerTo(interaction.type));
    if (interaction.type !== 'block_actions') return;
    const visit = readVisit(event.body);
    if (interaction.view?.type === 'home') await parts.refreshHome(interaction.user.id);
    else if (visit) await parts.tell(event.body, visit, { text: OLD_BUTTON, isRepeated: false });
  };
}

function answerTo(type: z.infer<typeof Interaction>['type']): object | undefined {
  if (type === 'block_suggestion') return { options: [] };
  return type === 'view_submission' ? { response_action: 'update', view: refusedModal(OLD_FORM) } : undefined;
}
