import { z } from 'zod';
import type { Feedback } from '../../model/feedback.ts';
import { describeFault } from '../log-fault.ts';
import { Json } from '../payloads.ts';
import { FEEDBACK_ACTION, sentence } from '../views/card.ts';
import {
  FEEDBACK_FIELDS,
  FEEDBACK_FORM,
  FEEDBACK_WORDS,
  feedbackForm,
  WRONGS,
} from '../views/feedback-form.ts';
import { printable } from '../views/text.ts';
import { type Listener, listener } from './listener.ts';
import type { AnswerParts } from './listener-parts.ts';

const THANKS = 'ご意見をありがとうございます。今後の改善に役立てます。';
const FAULT = '申し訳ありません。ご意見を記録できませんでした。少し時間をおいて、もう一度お試しください。';

/** Thumbs under an answer: kept at once; thumbs down also opens a short form. */
export function feedbackListeners(parts: AnswerParts): Listener[] {
  return [
    listener({
      on: 'action',
      id: FEEDBACK_ACTION,
      schema: FeedbackClick,
      handle: (click) => judge(parts, click),
    }),
    listener({
      on: 'view',
      id: FEEDBACK_FORM,
      schema: FeedbackSubmission,
      handle: (submission) => explain(parts, submission),
    }),
  ];
}

async function judge(parts: AnswerParts, click: FeedbackClick): Promise<void> {
  const { user, channel, container, message, actions, trigger_id } = click;
  const verdict = actions[0]?.value ?? 'good';
  const target = { channel: channel.id, ts: container.message_ts, threadTs: message?.thread_ts ?? null };
  const keeping = keep(parts, target, { user: user.id, verdict, comment: null });
  let isAsked = false;
  if (verdict === 'bad') {
    // At the same time: the trigger is good for three seconds only, whatever the store does.
    const view = feedbackForm(JSON.stringify(target));
    isAsked = await parts.web.views.open({ trigger_id, view }).then(
      () => true,
      (error: unknown) => {
        parts.log.warn(describeFault(error), 'feedback form not opened');
        return false;
      },
    );
  }
  if ((await keeping) && !isAsked) {
    await tell(parts, target, user.id, THANKS);
  }
}

async function explain(parts: AnswerParts, { user, view }: FeedbackSubmission): Promise<void> {
  const target = view.private_metadata;
  const { values } = view.state;
  const wrongs = values[FEEDBACK_FIELDS.wrong][FEEDBACK_FIELDS.wrong].selected_options;
  const words = printable(values[FEEDBACK_FIELDS.words][FEEDBACK_FIELDS.words].value ?? '').trim();
  const comment = [...wrongs.map(({ value }) => value), words].filter((part) => part !== '').join('、');
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
  await poster.whisper({ channel, threadTs }, user, sentence(words)).catch((error: unknown) => {
    log.warn(describeFault(error), 'thanks not said');
  });
}

const Id = z.string().min(1);

export const FeedbackClick = z.object({
  trigger_id: Id,
  user: z.object({ id: Id }),
  channel: z.object({ id: Id }),
  container: z.object({ message_ts: Id }),
  message: z.object({ thread_ts: Id.optional() }).optional(),
  actions: z.array(z.object({ value: z.enum(['good', 'bad']) })).min(1),
});
export type FeedbackClick = z.infer<typeof FeedbackClick>;

/** Which answer a form is about, in its private_metadata. */
export const FeedbackTarget = z.strictObject({
  channel: Id,
  ts: Id,
  /** Where thanks are said. */
  threadTs: Id.nullable(),
});
export type FeedbackTarget = z.infer<typeof FeedbackTarget>;

export const FeedbackSubmission = z.object({
  user: z.object({ id: Id }),
  view: z.object({
    private_metadata: Json.pipe(FeedbackTarget),
    state: z.object({
      values: z.object({
        [FEEDBACK_FIELDS.wrong]: z.object({
          [FEEDBACK_FIELDS.wrong]: z.object({
            selected_options: z.array(z.object({ value: z.enum(WRONGS) })).default([]),
          }),
        }),
        [FEEDBACK_FIELDS.words]: z.object({
          [FEEDBACK_FIELDS.words]: z.object({ value: z.string().max(FEEDBACK_WORDS).nullish() }),
        }),
      }),
    }),
  }),
});
export type FeedbackSubmission = z.infer<typeof FeedbackSubmission>;
