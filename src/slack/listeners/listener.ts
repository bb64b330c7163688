import type { App, Context, RespondFn, ViewResponseAction } from '@slack/bolt';
import type { OptionGroup, PlainTextOption } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { reply } from '../delivery/private-reply.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log-fault.ts';
import { refusedModal } from '../views/answer-modal.ts';
import { sentence } from '../views/card.ts';

type AckResponse = ViewResponseAction | { options: PlainTextOption[] } | { option_groups: OptionGroup[] };

/** How Slack is answered. */
export interface Exchange {
  /** Only for listeners that acknowledge by themselves; the others are acknowledged before they are called. */
  ack(response?: AckResponse): Promise<void>;
  /** To the person alone, where Slack gives an address for it: commands, shortcuts and clicks in messages. */
  respond: RespondFn;
  context: Context & Partial<InboundContext>;
}

/** What planbot does when somebody does something in Slack. */
export interface Listener<S extends z.ZodType = z.ZodType> {
  on: 'event' | 'command' | 'action' | 'options' | 'view' | 'shortcut';
  /** Slack's name of the event, or planbot's own of the command, button, field or form. */
  id: string | RegExp;
  /** Of the event, or of the whole payload. */
  schema: S;
  /** The acknowledgement says what came of it: the listener makes it. */
  acknowledges?: true;
  /** Not done twice at the same time under one name: a button that is pressed again in impatience. */
  once?(input: z.infer<S>): string;
  /** Said in private where it fails. */
  apology?: string;
  handle(input: z.infer<S>, exchange: Exchange): Promise<unknown>;
}

/** A listener whose input is typed by its own schema. */
export function listener<S extends z.ZodType>(own: Listener<S>): Listener {
  return own;
}

const FAULT = '申し訳ありません。うまく処理できませんでした。少し時間をおいて、もう一度お試しください。';

/** What all listeners have in common: acknowledging, reading, once-only, logging and apology. */
export function registerListeners(app: App, listeners: readonly Listener[], log: Logger): void {
  const running = new Set<string>();

  async function run(own: Listener, payload: unknown, exchange: Exchange): Promise<void> {
    if (!own.acknowledges) await exchange.ack();
    const input = own.schema.parse(payload);
    const key = own.once === undefined ? null : `${own.id}:${own.once(input)}`;
    if (key !== null && running.has(key)) return;
    if (key !== null) running.add(key);
    try {
      await own.handle(input, exchange);
    } finally {
      if (key !== null) running.delete(key);
    }
  }

  for (const own of listeners) {
    const apology = sentence(own.apology ?? FAULT);
    // Bolt's types tell the kinds apart; here they differ in no more than where the payload stands.
    const listen = async (args: BoltArgs): Promise<void> => {
      let isAcknowledged = false;
      const exchange: Exchange = {
        async ack(response) {
          isAcknowledged = true;
          await args.ack?.(response);
        },
        respond: args.respond ?? noAddress,
        context: args.context,
      };
      try {
        await run(own, own.on === 'event' ? args.event : args.body, exchange);
      } catch (error) {
        log.error({ listener: String(own.id), ...describeFault(error) }, 'listener failed');
        if (!isAcknowledged) await exchange.ack(refusalOf(own, own.apology ?? FAULT));
        if (args.respond !== undefined) {
          await reply(args.respond, apology, { response_type: 'ephemeral', replace_original: false });
        }
      }
    };
    register(app, own, listen);
  }
}

interface BoltArgs {
  ack?(response?: unknown): Promise<void>;
  respond?: RespondFn;
  body: unknown;
  event?: unknown;
  context: Context;
}

function register(app: App, { on, id }: Listener, listen: (args: BoltArgs) => Promise<void>): void {
  const bolt = listen as unknown as (args: object) => Promise<void>;
  switch (on) {
    case 'event':
      return void (typeof id === 'string' ? app.event(id, bolt) : app.event(id, bolt));
    case 'command':
      return void app.command(id, bolt);
    case 'action':
      return void app.action(id, bolt);
    case 'options':
      return void app.options(id, bolt);
    case 'view':
      return void app.view({ callback_id: id, type: 'view_submission' }, bolt);
    case 'shortcut':
      return void app.shortcut(id, bolt);
  }
}

/** Slack shows an error where nobody acknowledges. */
function refusalOf({ on }: Listener, text: string): AckResponse | undefined {
  if (on === 'options') return { options: [] };
  return on === 'view' ? { response_action: 'update', view: refusedModal(text) } : undefined;
}

const noAddress: RespondFn = async () => {
  throw new Error('Slack gave no address to respond to');
};
