import { AnswerClick } from '../../payloads/payloads.ts';
import { DELETE_ACTION } from '../../views/answer-foot.ts';
import { type Listener, listener } from '../listener.ts';
import type { AnswerParts } from '../parts.ts';
import { removeAnswer, tellNotRemoved } from '../remove-answer.ts';

/** The bin under an answer. */
export function deleteListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: DELETE_ACTION,
      schema: AnswerClick,
      apology: '申し訳ありません。削除できませんでした。少し時間をおいて、もう一度お試しください。',
      async handle({ user, channel, container, message }) {
        const outcome = await removeAnswer(parts, { channel: channel.id, ts: container.message_ts }, user.id);
        const place = { channel: channel.id, threadTs: message?.thread_ts ?? null };
        if (outcome !== 'removed') await tellNotRemoved(parts, place, user.id, outcome);
      },
    }),
  ];
}
