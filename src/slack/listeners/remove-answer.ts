import type { PostedAnswer } from '../../model/posted-answer.ts';
import type { PostedMessage, SlackPlace } from '../delivery/poster.ts';
import { sentence } from '../views/answer-view.ts';
import type { AnswerParts } from './parts.ts';

/** Who asked may take an answer away; `unknown` is a message that is no answer, or too old. */
export async function removeAnswer(
  parts: AnswerParts,
  { channel, ts }: PostedMessage,
  user: string,
): Promise<'removed' | 'not_asker' | 'unknown'> {
  const answer = await parts.store.postedAnswer(channel, ts);
  if (answer === null) {
    return 'unknown';
  }
  if (answer.asker !== user) {
    const detail = `回答 ${ts} の削除：質問者ではないため`;
    await parts.store.appendAudit({ action: 'refused', actor: user, subject: channel, detail }, parts.now());
    return 'not_asker';
  }
  await takeAway(parts, answer, user);
  return 'removed';
}

export async function takeAway(
  { poster, store, now }: AnswerParts,
  { channel, ts }: PostedAnswer,
  by: string,
): Promise<void> {
  await poster.remove({ channel, ts });
  await store.removePostedAnswer(channel, ts);
  const entry = { action: 'answer_deleted', actor: by, subject: channel, detail: `回答 ${ts}` } as const;
  await store.appendAudit(entry, now());
}

const REASONS = {
  not_asker: 'この回答を削除できるのは、質問した方だけです。',
  unknown: 'この回答は記録が残っていないため、削除できません。',
};

export async function tellNotRemoved(
  { poster }: AnswerParts,
  place: SlackPlace,
  user: string,
  reason: keyof typeof REASONS,
): Promise<void> {
  await poster.whisper(place, user, sentence(REASONS[reason]));
}
