import { z } from 'zod';
import { FEEDBACK_FIELDS, FEEDBACK_WORDS, WRONGS } from '../views/feedback-form.ts';
import { Json } from './form-payloads.ts';

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
