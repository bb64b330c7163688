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
export const ActionId = z.string().min(1).max(255).optional();
export const WebAddress = z
  .string()
  .max(3000)
  .refine((text) => URL.canParse(text) && /^https?:/i.test(text), { message: 'invalid url' });

export const Confirm = z.strictObject({
  title: plainTextSchema(100),
  text: anyText(300),
  confirm: plainTextSchema(30),
  deny: plainTextSchema(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** Hosts that Slack's servers cannot fetch a picture from. */
const PRIVATE_HOST =
  /^(?:localhost|[^.]+|.*\.(?:local|internal|test|invalid)|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[.*\])$/i;

const ImageAddress = z
  .string()
  .max(3000)
  .refine((text) => URL.canParse(text) && /^https?:/i.test(text), { message: 'invalid url', abort: true })
  .refine((text) => !PRIVATE_HOST.test(new URL(text).hostname), { message: 'downloading image failed' });

const SlackFile = z
  .strictObject({ id: z.string().min(1).optional(), url: z.string().max(3000).optional() })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), {
    message: 'one of id and url is required',
  });

/** Where a picture comes from: an address on the web, or a file in the workspace. */
export const pictureSource = { image_url: ImageAddress.optional(), slack_file: SlackFile.optional() };

export function hasOneSource(picture: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (picture.image_url === undefined) !== (picture.slack_file === undefined);
}

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
const atMost = { max_selected_items: z.int().positive().optional() };

const choices = {
  options: PlainOptions.min(1).max(100).optional(),
  option_groups: OptionGroups.min(1).max(100).optional(),
};

function withChoices<T extends z.ZodType<{ options?: unknown; option_groups?: unknown }>>(schema: T) {
  return schema.refine((menu) => (menu.options === undefined) !== (menu.option_groups === undefined), {
    message: 'one of options and option_groups is required',
  });
}

const initialMany = PlainOptions.min(1).max(100).optional();
const ids = z.array(z.string()).optional();
const conversationFilter = z
  .strictObject({
    include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .optional();
const conversations = {
  ...menu,
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter,
};

/** Menus from which one option is taken. */
export const singleSelects = [
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
  z.strictObject({
    type: z.literal('conversations_select'),
    ...conversations,
    initial_conversation: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
] as const;

/** Menus from which several are taken. */
export const multiSelects = [
  withChoices(
    z.strictObject({
      type: z.literal('multi_static_select'),
      ...menu,
      ...choices,
      ...atMost,
      initial_options: initialMany,
    }),
  ),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...menu,
    ...atMost,
    initial_options: initialMany,
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('multi_users_select'), ...menu, ...atMost, initial_users: ids }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...conversations,
    ...atMost,
    initial_conversations: ids,
  }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...menu, ...atMost, initial_channels: ids }),
] as const;

/** Options that all stand in sight. */
export const choiceLists = [
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

export const Overflow = z.strictObject({
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
