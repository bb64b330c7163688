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
const WebAddress = z
  .string()
  .max(3000)
  .refine((text) => URL.canParse(text) && /^https?:/i.test(text), { message: 'invalid url' });

const Confirm = z.strictObject({
  title: plainTextSchema(100),
  text: anyText(300),
  confirm: plainTextSchema(30),
  deny: plainTextSchema(30),
  style: z.enum(['primary', 'danger']).optional(),
});

function option(text: ReturnType<typeof anyText> | ReturnType<typeof plainTextSchema>) {
  return z.strictObject({
    text,
    value: z.string().min(1).max(150),
    description: anyText(75).optional(),
  });
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

const choices = {
  options: PlainOptions.min(1).max(100).optional(),
  option_groups: OptionGroups.min(1).max(100).optional(),
};

function withChoices<T extends z.ZodType<{ options?: unknown; option_groups?: unknown }>>(schema: T) {
  return schema.refine((menu) => (menu.options === undefined) !== (menu.option_groups === undefined), {
    message: 'one of options and option_groups is required',
  });
}

/** Menus from which one option is taken. */
const singleSelects = [
  withChoices(
    z.strictObject({
      type: z.literal('static_select'),
      ...menu,
      ...choices,
      initial_option: PlainOption.optional(),
    }),
  ),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    initial_option: PlainOption.optional(),
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() }),
] as const;

/** A menu from which several are taken. */
const multiSelect = withChoices(
  z.strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    ...choices,
    max_selected_items: z.int().positive().optional(),
    initial_options: PlainOptions.min(1).max(100).optional(),
  }),
);

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
  options: z
    .array(
      z.strictObject({
        text: plainTextSchema(75),
        value: z.string().max(150).optional(),
        description: plainTextSchema(75).optional(),
        url: z.string().max(3000).optional(),
      }),
    )
    .min(1)
    .max(5),
});

const Button = z.strictObject({
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
    min_length: z.int().nonnegative().max(3000).optional(),
    max_length: z.int().positive().max(3000).optional(),
  })
  .refine(
    ({ initial_value: text, min_length: least = 0, max_length: most = 3000 }) =>
      least <= most && (text === undefined || text.length <= most),
    { message: 'initial_value must fit min_length and max_length' },
  );

const choosers = [...singleSelects, multiSelect, ...choiceLists, datepicker] as const;

/** Of an actions block, and beside a section. */
export const ActionElement = z.discriminatedUnion('type', [Button, Overflow, ...choosers]);
export const InputElement = z.discriminatedUnion('type', [textInput, ...choosers]);
