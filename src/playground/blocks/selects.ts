import { z } from 'zod';
import { ActionId, anyText, Confirm, plainTextSchema } from './text.ts';

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
const placed = { ...common, placeholder: plainTextSchema(150).optional() };
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
  ...placed,
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter,
};

/** Menus from which one option is taken. */
export const singleSelects = [
  withChoices(
    z.strictObject({
      type: z.literal('static_select'),
      ...placed,
      ...choices,
      initial_option: PlainOption.optional(),
    }),
  ),
  z.strictObject({
    type: z.literal('external_select'),
    ...placed,
    initial_option: PlainOption.optional(),
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...placed, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...conversations,
    initial_conversation: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...placed,
    initial_channel: z.string().optional(),
    response_url_enabled: z.boolean().optional(),
  }),
] as const;

/** Menus from which several are taken. */
export const multiSelects = [
  withChoices(
    z.strictObject({
      type: z.literal('multi_static_select'),
      ...placed,
      ...choices,
      ...atMost,
      initial_options: initialMany,
    }),
  ),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...placed,
    ...atMost,
    initial_options: initialMany,
    min_query_length: z.int().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('multi_users_select'), ...placed, ...atMost, initial_users: ids }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...conversations,
    ...atMost,
    initial_conversations: ids,
  }),
  z.strictObject({ type: z.literal('multi_channels_select'), ...placed, ...atMost, initial_channels: ids }),
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
