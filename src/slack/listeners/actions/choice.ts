import type { RespondFn } from '@slack/bolt';
import type { Turn } from '../../conversation.ts';
import { Click } from '../../payloads.ts';
import { reply } from '../../private-reply.ts';
import { isOutside } from '../../slack-errors.ts';
import { answerView } from '../../views/answer-view.ts';
import { CHOICE_ACTION } from '../../views/choices.ts';
import { placeOf, requestOf, threadKey } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';
import { privatePanel } from '../private-panel.ts';

/** A choice asks its question in the same place: in the thread, or in the private panel. */
export function listenToChoices(parts: ListenerParts): void {
  parts.app.action(CHOICE_ACTION, async ({ ack, body, respond }) => {
    await ack();
    const click = Click.parse(body);
    await parts.converse(turnOfClick(parts, click, respond));
  });
}

function turnOfClick(parts: ListenerParts, click: Click, respond: RespondFn): Turn {
  const text = click.actions[0]?.value ?? '';
  const channel = click.channel.id;
  const { message } = click;
  const request = requestOf(click);
  if (click.container.is_ephemeral || message === undefined) {
    return {
      text,
      threadKey: null,
      continues: false,
      render: privatePanel,
      show: (rendered) => reply(respond, rendered, { response_type: 'ephemeral', replace_original: true }),
      request,
    };
  }
  const place = placeOf({ channel, ...message });
  return {
    text,
    threadKey: threadKey(place),
    continues: false,
    render: ({ answer }) => answerView(answer),
    show: (rendered) =>
      parts.post(place, rendered, request).catch((error: unknown) => {
        // A card that was shared where the bot is no member: only the person who clicked can be told.
        if (!isOutside(error)) {
          throw error;
        }
        return reply(respond, rendered, { response_type: 'ephemeral', replace_original: false });
      }),
    request,
  };
}
