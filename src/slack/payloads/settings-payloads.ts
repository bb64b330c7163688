import { z } from 'zod';
import { FiscalYear } from '../../model/fiscal-year.ts';
import { SETTING_FIELDS, UNSET } from '../views/channel-settings.ts';
import { Json } from './form-payloads.ts';

const Chosen = <T extends z.ZodType>(value: T) => z.object({ selected_option: z.object({ value }) });

const Year = z.union([
  z.literal(UNSET).transform(() => null),
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(FiscalYear),
]);

const { branch, fy, answerIn, speaks, reminders } = SETTING_FIELDS;

/** The form of a channel's settings, sent off. */
export const SettingsSubmission = z.object({
  user: z.object({ id: z.string().min(1) }),
  view: z.object({
    private_metadata: Json.pipe(z.strictObject({ channel: z.string().min(1) })),
    state: z.object({
      values: z
        .object({
          [branch]: z.object({ [branch]: Chosen(z.string().min(1)) }),
          [fy]: z.object({ [fy]: Chosen(Year) }),
          [answerIn]: z.object({ [answerIn]: Chosen(z.enum(['thread', 'ephemeral'])) }),
          [speaks]: z.object({ [speaks]: Chosen(z.enum(['in_threads', 'when_called'])) }),
          [reminders]: z.object({ [reminders]: Chosen(z.enum(['on', 'off'])) }),
        })
        .transform((values) => {
          const name = values[branch][branch].selected_option.value;
          return {
            branch: name === UNSET ? null : name,
            fy: values[fy][fy].selected_option.value,
            answerIn: values[answerIn][answerIn].selected_option.value,
            speaks: values[speaks][speaks].selected_option.value,
            reminders: values[reminders][reminders].selected_option.value === 'on',
          };
        }),
    }),
  }),
});
export type SettingsSubmission = z.infer<typeof SettingsSubmission>;
