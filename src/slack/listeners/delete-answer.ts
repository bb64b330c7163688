import type { PostedAnswer } from '../../model/posted-answer.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { MessageClick, Reaction } from '../payloads.ts';
import { DELETE_ACTION, sentence } from '../views/card.ts';
import { type Listener, on } from './listener.ts';
import type { AnswerParts } from './listener-parts.ts';

/** ❌. */
const DELETE_EMOJI = 'x';

/** The bin under an answer, and ❌ on it, take it away where the asker gives them. On other messages ❌ means nothing. */
export function deleteListeners(parts: AnswerParts): Listener[] {
  return [
    on(
      'action',
      DELETE_ACTION,
      MessageClick,
      async ({ user, channel, container, message }) => {
        const outcome = await removeAnswer(parts, { channel: channel.id, ts: container.message_ts }, user.id);
        const place = { channel: channel.id, threadTs: message?.thread_ts ?? null };
        if (outcome !== 'removed') await tellNotRemoved(parts, place, user.id, outcome);
      },
      { apology: '申し訳ありません。削除できませんでした。少し時間をおいて、もう一度お試しください。' },
    ),
    on('event', 'reaction_added', Reaction, async ({ user, reaction, item }) => {
      if (reaction !== DELETE_EMOJI || item === null) return;
      if ((await removeAnswer(parts, item, user)) === 'not_asker') {
        await tellNotRemoved(parts, { channel: item.channel, threadTs: null }, user, 'not_asker');
      }
    }),
  ];
}

/** Who asked may take an answer away; `unknown` is a message that is no answer, or too old. */
async function removeAnswer(
  parts: AnswerParts,
  { channel, ts }: PostedMessage,
  user: string,
): Promise<'removed' | 'not_asker' | 'unknown'> {
  const answer = await parts.store.answers.find(channel, ts);
  if (answer === null) {
    return 'unknown';
  }
  if (answer.asker !== user) {
    const detail = `回答 ${ts} の削除：質問者ではないため`;
    await parts.store.audit.append({ action: 'refused', actor: user, subject: channel, detail }, parts.now());
    return 'not_asker';
  }
  await deletePosted(parts, answer, user);
  return 'removed';
}

export async function deletePosted(
  { poster, store, now }: AnswerParts,
  { channel, ts }: PostedAnswer,
  by: string,
): Promise<void> {
  await poster.remove({ channel, ts });
  await store.answers.remove(channel, ts);
  const entry = { action: 'answer_deleted', actor: by, subject: channel, detail: `回答 ${ts}` } as const;
  await store.audit.append(entry, now());
}

const REASONS = {
  not_asker: 'この回答を削除できるのは、質問した方だけです。',
  unknown: 'この回答は記録が残っていないため、削除できません。',
};

async function tellNotRemoved(
  { poster }: AnswerParts,
  place: SlackPlace,
  user: string,
  reason: keyof typeof REASONS,
): Promise<void> {
  await poster.whisper(place, user, sentence(REASONS[reason]));
}
