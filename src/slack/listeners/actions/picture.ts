import type { RespondFn } from '@slack/bolt';
import { AppError } from '../../../model/errors.ts';
import { questionOf } from '../../button-question.ts';
import type { SlackPlace } from '../../delivery/poster.ts';
import { reply } from '../../delivery/private-reply.ts';
import { Click } from '../../payloads/payloads.ts';
import { sentence } from '../../views/answer-view.ts';
import { PICTURE_ACTION } from '../../views/picture-button.ts';
import { conversationOf, pressOf } from '../incoming.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';

const FAULT = '申し訳ありません。画像を送れませんでした。少し時間をおいて、もう一度お試しください。';
const SENT = '画像をダイレクトメッセージに送りました。';

/** Where a picture goes, and how whoever asked for it is told something. */
interface Reach {
  place(): Promise<SlackPlace>;
  tell(text: string): Promise<unknown>;
  /** What is said when the picture has been sent elsewhere; null where it is seen. */
  sent: string | null;
}

/** Puts the picture beside the answer: in its thread, or in the direct messages of who alone sees the answer. */
export function pictureListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: PICTURE_ACTION,
      schema: Click,
      once: pressOf,
      apology: FAULT,
      handle: (click, { respond }) => sendPicture(parts, click, respond),
    }),
  ];
}

async function sendPicture(parts: AnswerParts, click: Click, respond: RespondFn): Promise<void> {
  const reach = reachOf(parts, click, respond);
  const drawn = await parts.drawPicture(questionOf(click.actions[0]?.value ?? ''), parts.now());
  if ('why' in drawn) {
    await reach.tell(drawn.why);
    return;
  }
  await parts.sharePicture(await reach.place(), drawn);
  if (reach.sent !== null) await reach.tell(reach.sent);
}

function reachOf({ poster, web }: AnswerParts, click: Click, respond: RespondFn): Reach {
  const { channel, container, message, user } = click;
  if (message !== undefined && !container.is_ephemeral) {
    const place = conversationOf({ channel: channel.id, ...message });
    return {
      place: async () => place,
      tell: (text) => poster.whisper(place, user.id, sentence(text)),
      sent: null,
    };
  }
  return {
    async place() {
      const { channel: direct } = await web.conversations.open({ users: user.id });
      if (direct?.id === undefined) {
        throw new AppError('slack_refused', { message: 'ダイレクトメッセージを開けません' });
      }
      return { channel: direct.id, threadTs: null };
    },
    tell: (text) => reply(respond, sentence(text), { response_type: 'ephemeral', replace_original: false }),
    sent: SENT,
  };
}
