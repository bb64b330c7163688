import { z } from 'zod';
import { hasOneSource, pictureSource } from './picture.ts';
import { choiceLists, multiSelects, Overflow, singleSelects } from './selects.ts';
import { ActionId, anyText, Confirm, plainTextSchema, WebAddress } from './text.ts';

export const Button = z.strictObject({
  type: z.literal('button'),
  text: plainTextSchema(75),
  action_id: ActionId,
  url: WebAddress.optional(),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
});

const FeedbackButton = z.strictObject({
  text: plainTextSchema(75),
  value: z.string().max(2000),
  accessibility_label: z.string().max(75).optional(),
});

const FeedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  action_id: ActionId,
  positive_button: FeedbackButton,
  negative_button: FeedbackButton,
});

const IconButton = z.strictObject({
  type: z.literal('icon_button'),
  icon: z.literal('trash'),
  text: plainTextSchema(75),
  action_id: ActionId,
  value: z.string().max(2000).optional(),
  confirm: Confirm.optional(),
  accessibility_label: z.string().max(75).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

export const ContextAction = z.discriminatedUnion('type', [FeedbackButtons, IconButton]);

const ImageElement = z
  .strictObject({
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    ...pictureSource,
  })
  .refine(hasOneSource, { message: 'one of image_url and slack_file is required' });

const focus = { action_id: ActionId, focus_on_load: z.boolean().optional() };
const placed = { ...focus, placeholder: plainTextSchema(150).optional() };
const typed = {
  ...placed,
  initial_value: z.string().optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])) })
    .optional(),
};

const pickers = [
  z.strictObject({
    type: z.literal('datepicker'),
    ...placed,
    confirm: Confirm.optional(),
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...placed,
    confirm: Confirm.optional(),
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    timezone: z.string().optional(),
  }),
] as const;

/** Seconds since 1970, ten digits. It does not stand beside a section. */
const DateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...focus,
  confirm: Confirm.optional(),
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

const Figure = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number in text');

function fitsLengths(input: {
  initial_value?: string | undefined;
  min_length?: number | undefined;
  max_length?: number | undefined;
}): boolean {
  const { initial_value: text, min_length: least = 0, max_length: most = 3000 } = input;
  return least <= most && (text === undefined || text.length <= most);
}

function fitsBounds(input: {
  initial_value?: string | undefined;
  min_value?: string | undefined;
  max_value?: string | undefined;
}): boolean {
  const [least, most] = [Number(input.min_value ?? '-Infinity'), Number(input.max_value ?? 'Infinity')];
  if (input.initial_value === undefined) return least <= most;
  const value = Number(input.initial_value);
  return !Number.isNaN(value) && least <= value && value <= most;
}

const textInputs = [
  z
    .strictObject({
      type: z.literal('plain_text_input'),
      ...typed,
      multiline: z.boolean().optional(),
      min_length: z.int().nonnegative().max(3000).optional(),
      max_length: z.int().positive().max(3000).optional(),
    })
    .refine(fitsLengths, { message: 'initial_value must fit min_length and max_length' }),
  z
    .strictObject({
      type: z.literal('number_input'),
      ...typed,
      is_decimal_allowed: z.boolean(),
      min_value: Figure.optional(),
      max_value: Figure.optional(),
    })
    .refine(fitsBounds, { message: 'initial_value must lie between min_value and max_value' }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed }),
] as const;

export const ActionElement = z.discriminatedUnion('type', [
  Button,
  Overflow,
  ...singleSelects,
  ...multiSelects,
  ...choiceLists,
  ...pickers,
  DateTimePicker,
]);

export const Accessory = z.discriminatedUnion('type', [
  Button,
  ImageElement,
  Overflow,
  ...singleSelects,
  ...multiSelects,
  ...choiceLists,
  ...pickers,
]);

export const InputElement = z.discriminatedUnion('type', [
  ...textInputs,
  ...singleSelects,
  ...multiSelects,
  ...choiceLists,
  ...pickers,
  DateTimePicker,
]);

export const ContextElement = z.union([ImageElement, anyText()]);
