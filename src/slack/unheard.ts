import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import { z } from 'zod';
import { mentions } from './payloads/inbound-text.ts';

const MessageEvent = z.object({
  type: z.literal('message'),
  subtype: z.string().optional(),
  channel: z.string().optional(),
  text: z.string().default(''),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  message: z.object({ bot_id: z.string().optional() }).optional(),
});

/**
 * Ends what no listener hears before all of them look at it: what bots write, the bot's own answers among it, and
 * the second notice of a mention, which comes as `app_mention` too. Two of three events of a question are such.
 */
export function dropUnheard(botUserId: () => string): Middleware<AnyMiddlewareArgs> {
  return async ({ payload, next }) => {
    if (!isUnheard(payload, botUserId())) {
      await next();
    }
  };
}

function isUnheard(payload: unknown, botUserId: string): boolean {
  const parsed = MessageEvent.safeParse(payload);
  if (!parsed.success) {
    return false;
  }
  const { subtype, channel, text, bot_id, user, message } = parsed.data;
  if (bot_id !== undefined || user === botUserId || message?.bot_id !== undefined) {
    return true;
  }
  const isDirect = channel?.startsWith('D') ?? false;
  return subtype === undefined && !isDirect && mentions(text, botUserId);
}
