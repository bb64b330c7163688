import { z } from 'zod';

/** Slack's own ceiling for a text object that states no smaller one. */
const TEXT_LIMIT = 3000;

export function plainTextSchema(limit = TEXT_LIMIT) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(limit),
    emoji: z.boolean().optional(),
  });
}

function mrkdwnText(limit = TEXT_LIMIT) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(limit),
    verbatim: z.boolean().optional(),
  });
}

export function anyText(limit = TEXT_LIMIT) {
  return z.discriminatedUnion('type', [plainTextSchema(limit), mrkdwnText(limit)]);
}

export const BlockId = z.string().max(255).optional();
const ActionId = z.string().min(1).max(255).optional();

const Confirm = z.strictObject({
  title: plainTextSchema(100),
  text: anyText(300),
  confirm: plainTextSchema(30),
  deny: plainTextSchema(30),
  style: z.enum(['primary', 'danger']).optional(),
});

function option(text: ReturnType<typeof anyText> | ReturnType<typeof plainTextSchema>) {
  return z.strictObject({ text, value: z.string().min(1).max(150) });
}

const PlainOption = option(plainTextSchema(75));
export const PlainOptions = z.array(PlainOption);
export const OptionGroups = z.array(
  z.strictObject({ label: plainTextSchema(75), options: PlainOptions.min(1).max(100) }),
);
const TextOption = option(anyText(75));

const common = {
  action_id: ActionId,
  confirm: Confirm.optional(),
  focus_on_load: z.boolean().optional(),
};
const menu = { ...common, placeholder: plainTextSchema(150).optional() };

const options = PlainOptions.min(1).max(100);

/** Menus from which one option is taken. */
const singleSelects = [
  z.strictObject({
    type: z.literal('static_select'),
    ...menu,
    options,
    initial_option: PlainOption.optional(),
  }),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    initial_option: PlainOption.optional(),
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu }),
] as const;

/** A menu from which several are taken. */
const multiSelect = z.strictObject({
  type: z.literal('multi_static_select'),
  ...menu,
  options,
  max_selected_items: z.int().positive().optional(),
  initial_options: options.optional(),
});

/** Options that all stand in sight. */
const choiceLists = [
  z.strictObject({
    type: z.literal('checkboxes'),
    ...common,
    options: z.array(TextOption).min(1).max(10),
    initial_options: z.array(TextOption).min(1).max(10).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...common,
    options: z.array(TextOption).min(1).max(10),
    initial_option: TextOption.optional(),
  }),
] as const;

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: ActionId,
  confirm: Confirm.optional(),
  options: PlainOptions.min(1).max(5),
});

const Button = z.strictObject({
  type: z.literal('button'),
  text: plainTextSchema(75),
  action_id: ActionId,
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: Confirm.optional(),
});

const FeedbackButton = z.strictObject({
  text: plainTextSchema(75),
  value: z.string().max(2000),
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
  visible_to_user_ids: z.array(z.string()).optional(),
});

export const ContextAction = z.discriminatedUnion('type', [FeedbackButtons, IconButton]);

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...menu,
  initial_date: z.iso.date().optional(),
});

const textInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: ActionId,
    focus_on_load: z.boolean().optional(),
    placeholder: plainTextSchema(150).optional(),
    initial_value: z.string().optional(),
    multiline: z.boolean().optional(),
    max_length: z.int().positive().max(3000).optional(),
  })
  .refine(({ initial_value: text = '', max_length: most = 3000 }) => text.length <= most, {
    message: 'initial_value must fit max_length',
  });

const choosers = [...singleSelects, multiSelect, ...choiceLists, datepicker] as const;

/** Of an actions block, and beside a section. */
export const ActionElement = z.discriminatedUnion('type', [Button, Overflow, ...choosers]);
export const InputElement = z.discriminatedUnion('type', [textInput, ...choosers]);
