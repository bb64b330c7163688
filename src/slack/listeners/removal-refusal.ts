import type { Place } from '../delivery/poster.ts';
import { sentence } from '../views/answer-view.ts';
import type { ListenerParts } from './parts.ts';

const REASONS = {
  not_asker: 'この回答を削除できるのは、質問した方だけです。',
  unknown: 'この回答は記録が残っていないため、削除できません。',
};

export async function tellRefusal(
  { poster }: ListenerParts,
  place: Place,
  user: string,
  reason: keyof typeof REASONS,
): Promise<void> {
  await poster.whisper(place, user, sentence(REASONS[reason]));
}
