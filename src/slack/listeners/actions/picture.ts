import { describeFault } from '../../log-fault.ts';
import { Click } from '../../payloads.ts';
import { sentence } from '../../views/answer-view.ts';
import { PICTURE_ACTION } from '../../views/picture-button.ts';
import { placeOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';

const FAULT = '申し訳ありません。画像を送れませんでした。少し時間をおいて、もう一度お試しください。';

/** Puts the picture beside the answer: in its thread, where all who see the answer see it. */
export function listenToPictures(parts: ListenerParts): void {
  parts.app.action(PICTURE_ACTION, async ({ ack, body }) => {
    await ack();
    const { actions, channel, message, user } = Click.parse(body);
    const place = message
      ? placeOf({ channel: channel.id, ...message })
      : { channel: channel.id, threadTs: null };
    const tell = (text: string) => parts.poster.whisper(place, user.id, sentence(text));
    try {
      const drawn = await parts.drawPicture(actions[0]?.value ?? '', parts.now());
      await ('why' in drawn ? tell(drawn.why) : parts.sharePicture(place, drawn));
    } catch (error) {
      parts.log.error(describeFault(error), 'picture failed');
      await tell(FAULT);
    }
  });
}
