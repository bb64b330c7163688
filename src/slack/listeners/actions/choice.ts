import type { RespondFn } from '@slack/bolt';
import { questionOf } from '../../button-question.ts';
import type { Turn } from '../../conversation.ts';
import { reply } from '../../delivery/private-reply.ts';
import { isOutside } from '../../delivery/slack-errors.ts';
import { threadKey } from '../../message-event.ts';
import { Click } from '../../payloads/payloads.ts';
import { CHOICE_ACTION } from '../../views/choices.ts';
import { postedAnswer, privatePanel } from '../answer-messages.ts';
import { conversationOf, pressOf, requestOf } from '../incoming.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

/** A choice asks its query in the same place: in the thread, or in the private panel. */
export function choiceListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: CHOICE_ACTION,
      schema: Click,
      once: pressOf,
      handle: (click, { respond }) => parts.converse(turnOfClick(parts, click, respond)),
    }),
  ];
}

function turnOfClick(parts: AnswerParts, click: Click, respond: RespondFn): Turn {
  const question = questionOf(click.actions[0]?.value ?? '');
  const channel = click.channel.id;
  const { message } = click;
  const request = requestOf(click);
  const asked = { ...question, asker: click.user.id, channel, continues: true, request };
  if (click.container.is_ephemeral || message === undefined) {
    return {
      ...asked,
      threadKey: null,
      render: privatePanel,
      show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral', replace_original: true }),
    };
  }
  const place = conversationOf({ channel, ...message });
  return {
    ...asked,
    threadKey: threadKey(place),
    render: postedAnswer(click.user.id),
    show: (rendered, part) =>
      parts.poster
        .post(place, rendered, part === 'notice' ? `${request}:notice` : request)
        .catch((error: unknown) => {
          // A card that was shared where the bot is no member: only the person who clicked can be told.
          if (!isOutside(error)) {
            throw error;
          }
          return reply(respond, rendered, { response_type: 'ephemeral', replace_original: false });
        }),
  };
}
