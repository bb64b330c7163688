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
