import { z } from 'zod';
import { KPI_FIELDS } from '../views/kpi-form.ts';
import { PICKERS } from '../views/pickers.ts';

/** What a view of planbot's keeps in its private_metadata. */
export const ViewMemory = z.strictObject({
  /** Where it was opened from, to share answers in; null where that is no channel. */
  channel: z.string().min(1).nullable(),
});
export type ViewMemory = z.infer<typeof ViewMemory>;

/** Text of planbot's own that comes back from Slack. */
export const Json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});

const User = z.object({ id: z.string().min(1) });
const PickedOption = z.object({ value: z.string().min(1) });
const Picked = z.object({ selected_option: PickedOption.nullish() });

export const KpiFormSubmission = z.object({
  user: User,
  trigger_id: z.string().min(1),
  view: z.object({
    private_metadata: Json.pipe(ViewMemory),
    state: z.object({
      values: z.object({
        [KPI_FIELDS.branch]: z.object({ [PICKERS.branch]: Picked }),
        [KPI_FIELDS.indicator]: z.object({ [PICKERS.indicator]: Picked }),
        [KPI_FIELDS.year]: z.object({ [PICKERS.year]: Picked }),
      }),
    }),
  }),
});
export type KpiFormSubmission = z.infer<typeof KpiFormSubmission>;

/** What is typed into a picker. */
export const PickerQuery = z.object({
  action_id: z.string(),
  value: z.string().max(500).default(''),
  view: z
    .object({
      state: z.object({ values: z.record(z.string(), z.record(z.string(), Picked)) }).optional(),
    })
    .optional(),
});
export type PickerQuery = z.infer<typeof PickerQuery>;

/** A click in a modal that shows an answer. */
export const ModalClick = z.object({
  user: User,
  view: z.object({ id: z.string().min(1), private_metadata: Json.pipe(ViewMemory) }),
  actions: z.array(z.object({ value: z.string().min(1).max(2_000), action_ts: z.string().min(1) })).min(1),
});
export type ModalClick = z.infer<typeof ModalClick>;

/** A shortcut of a message's menu. */
export const MessageShortcut = z.object({
  user: User,
  channel: z.object({ id: z.string().min(1) }),
  trigger_id: z.string().min(1),
  message: z.object({ text: z.string().default(''), user: z.string().optional() }),
});
export type MessageShortcut = z.infer<typeof MessageShortcut>;
