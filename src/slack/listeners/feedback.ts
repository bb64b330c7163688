import { z } from 'zod';
import type { Feedback } from '../../model/feedback.ts';
import { describeFault, logged } from '../log.ts';
import { Json, MessageClick, Submission } from '../payloads.ts';
import { printable } from '../views/blocks.ts';
import { FEEDBACK_ACTION, sentence } from '../views/card.ts';
import { FEEDBACK_FIELDS, FEEDBACK_FORM, feedbackForm } from '../views/forms.ts';
import { type Listener, on } from './listener.ts';
import type { AnswerParts } from './listener-parts.ts';

const THANKS = 'ご意見をありがとうございます。今後の改善に役立てます。';
const FAULT = '申し訳ありません。ご意見を記録できませんでした。少し時間をおいて、もう一度お試しください。';

/** Thumbs under an answer: kept at once; thumbs down also opens a short form. */
export function feedbackListeners(parts: AnswerParts): Listener[] {
  return [
    on('action', FEEDBACK_ACTION, MessageClick, (click) => judge(parts, click)),
    on('view', FEEDBACK_FORM, Submission, (submission) => explain(parts, submission)),
  ];
}

const Verdict = z.enum(['good', 'bad']);

async function judge(parts: AnswerParts, click: MessageClick): Promise<void> {
  const { user, channel, container, message, actions, trigger_id } = click;
  const verdict = Verdict.parse(actions[0].value);
  const target = { channel: channel.id, ts: container.message_ts, threadTs: message?.thread_ts ?? null };
  const keeping = keep(parts, target, { user: user.id, verdict, comment: null });
  // At the same time: the trigger is good for three seconds only, whatever the store does.
  const opened =
    verdict === 'bad'
      ? await parts.web.views
          .open({ trigger_id, view: feedbackForm(JSON.stringify(target)) })
          .catch(logged(parts.log, 'warn', 'feedback form not opened'))
      : null;
  if ((await keeping) && opened === null) await tell(parts, target, user.id, THANKS);
}

async function explain(parts: AnswerParts, { user, view }: Submission): Promise<void> {
  const target = FeedbackTarget.parse(view.private_metadata);
  const values = view.state;
  const words = printable(values.text(FEEDBACK_FIELDS.words) ?? '');
  const comment = [...values.many(FEEDBACK_FIELDS.wrong), words].filter((part) => part !== '').join('、');
  if (await keep(parts, target, { user: user.id, verdict: 'bad', comment: comment || null })) {
    await tell(parts, target, user.id, THANKS);
  }
}

/** False where the store failed, which the person has been told then. */
async function keep(
  parts: AnswerParts,
  target: FeedbackTarget,
  said: Pick<Feedback, 'user' | 'verdict' | 'comment'>,
): Promise<boolean> {
  const { channel, ts } = target;
  try {
    // One after another, so that the last word is the last one said.
    await parts.inThread(`feedback:${said.user}:${channel}:${ts}`, () =>
      parts.store.feedback.save({ channel, ts, ...said }, parts.now()),
    );
    parts.meter.judged(said.verdict);
    return true;
  } catch (error) {
    parts.log.error(describeFault(error), 'feedback not kept');
    await tell(parts, target, said.user, FAULT);
    return false;
  }
}

async function tell(
  { poster, log }: AnswerParts,
  { channel, threadTs }: FeedbackTarget,
  user: string,
  words: string,
): Promise<void> {
  await poster
    .whisper({ channel, threadTs }, user, sentence(words))
    .catch(logged(log, 'warn', 'thanks not said'));
}

/** Which answer a form is about, in its private_metadata. */
const FeedbackTarget = Json.pipe(
  z.strictObject({
    channel: z.string().min(1),
    ts: z.string().min(1),
    threadTs: z.string().min(1).nullable(),
  }),
);
type FeedbackTarget = z.infer<typeof FeedbackTarget>;
