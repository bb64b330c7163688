import { describeFault } from '../../log-fault.ts';
import { AnswerClick } from '../../payloads/payloads.ts';
import { DELETE_ACTION } from '../../views/answer-foot.ts';
import type { ListenerParts } from '../parts.ts';
import { tellRefusal } from '../removal-refusal.ts';
import { removeAnswer } from '../remove-answer.ts';

/** The bin under an answer. */
export function listenToDeletes(parts: ListenerParts): void {
  parts.app.action(DELETE_ACTION, async ({ ack, body }) => {
    await ack();
    const { user, channel, container, message } = AnswerClick.parse(body);
    const posted = { channel: channel.id, ts: container.message_ts };
    const outcome = await removeAnswer(parts, posted, user.id).catch((error: unknown) => {
      parts.log.error(describeFault(error), 'answer not deleted');
      return 'fault' as const;
    });
    if (outcome !== 'removed') {
      await tellRefusal(
        parts,
        { channel: channel.id, threadTs: message?.thread_ts ?? null },
        user.id,
        outcome,
      );
    }
  });
}
