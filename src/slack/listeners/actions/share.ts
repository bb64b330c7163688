import type { RespondFn } from '@slack/bolt';
import { questionOf } from '../../button-question.ts';
import { reply } from '../../delivery/private-reply.ts';
import { isOutside } from '../../delivery/slack-errors.ts';
import { describeFault } from '../../log-fault.ts';
import { Click } from '../../payloads/payloads.ts';
import { SHARE_ACTION } from '../../views/choices.ts';
import { sharedView } from '../../views/shared.ts';
import { postedAnswer } from '../answer-messages.ts';
import { pressOf, requestOf } from '../incoming.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

/** Shows a private answer to the channel, and takes the private one away. */
export function shareListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: SHARE_ACTION,
      schema: Click,
      once: pressOf,
      handle: (click, { respond }) => share(parts, click, respond),
    }),
  ];
}

function share(parts: AnswerParts, click: Click, respond: RespondFn): Promise<void> {
  const channel = click.channel.id;
  const request = requestOf(click);
  return parts.converse({
    ...questionOf(click.actions[0]?.value ?? ''),
    asker: click.user.id,
    channel,
    threadKey: null,
    continues: false,
    render: (asked) => sharedView(postedAnswer(click.user.id)(asked), click.user.id),
    show: async (rendered, part) => {
      if (part === 'notice') {
        return reply(respond, rendered, { response_type: 'ephemeral', replace_original: false });
      }
      const place = { channel, threadTs: null };
      const posted = await parts.poster.post(place, rendered, request).catch((error: unknown) => {
        // Where the bot is no member, the click itself may still speak in the channel.
        if (!isOutside(error)) {
          throw error;
        }
        return reply(respond, rendered, { response_type: 'in_channel', replace_original: false });
      });
      await respond({ delete_original: true }).catch((error: unknown) => {
        parts.log.warn(describeFault(error), 'private answer stays after sharing');
      });
      return posted;
    },
    apologise: (rendered) =>
      reply(respond, rendered, { response_type: 'ephemeral', replace_original: false }),
    request,
  });
}
