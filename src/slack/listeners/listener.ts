import type { App, Context, ReceiverEvent, RespondFn, ViewResponseAction } from '@slack/bolt';
import type { OptionGroup, PlainTextOption } from '@slack/web-api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { TellRefusal } from '../access/refusals.ts';
import { reply } from '../delivery/private-reply.ts';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log.ts';
import type { SlackRequest } from '../slack-request.ts';
import { refusedAck } from '../views/answer-surfaces.ts';
import { sentence } from '../views/card.ts';

type AckResponse = ViewResponseAction | { options: PlainTextOption[] } | { option_groups: OptionGroup[] };

/** How Slack is answered. */
export interface Exchange {
  /** Only for listeners that acknowledge by themselves; the others are acknowledged before they are called. */
  ack(response?: AckResponse): Promise<void>;
  /** To the person alone, where Slack gives an address for it: commands, shortcuts and clicks in messages. */
  respond: RespondFn;
  context: Context & InboundContext;
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
  apology?: string;
  handle(input: z.infer<S>, exchange: Exchange): Promise<unknown>;
}

/** A listener whose input is typed by its own schema. */
export function on<S extends z.ZodType>(
  kind: Listener['on'],
  id: Listener['id'],
  schema: S,
  handle: Listener<S>['handle'],
  more: Pick<Listener, 'acknowledges' | 'apology'> = {},
): Listener {
  return { on: kind, id, schema, handle, ...more };
}

const FAULT = '申し訳ありません。うまく処理できませんでした。少し時間をおいて、もう一度お試しください。';

/** What all listeners have in common: acknowledging, reading, once-only, logging and apology. */
export function registerListeners(app: App, listeners: readonly Listener[], log: Logger): void {
  /** Buttons whose work runs: whoever presses again in impatience sets off nothing. */
  const pressed = new Set<string>();

  async function run(own: Listener, payload: unknown, exchange: Exchange): Promise<void> {
    if (!own.acknowledges) await exchange.ack();
    const input = own.schema.parse(payload);
    const key = exchange.context.request.pressedAs;
    if (key === null) return void (await own.handle(input, exchange));
    if (pressed.has(key)) return;
    pressed.add(key);
    try {
      await own.handle(input, exchange);
    } finally {
      pressed.delete(key);
    }
  }

  for (const own of listeners) {
    const apology = own.apology ?? FAULT;
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
        if (!isAcknowledged) await exchange.ack(refusedAck(args.context.request.interaction, apology));
        if (args.respond !== undefined) await reply(args.respond, sentence(apology));
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
  context: Context & InboundContext;
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

const noAddress: RespondFn = async () => {
  throw new Error('Slack gave no address to respond to');
};

const OLD_BUTTON = '古いボタンです。お手数ですが、もう一度質問してください。';
const OLD_FORM = '古い画面です。お手数ですが、開き直してください。';

/**
 * Acknowledges what no listener knows any more: messages and forms of an earlier version stay in Slack for years.
 * `refreshHome` shows the person's Home tab as it is now.
 */
export function acknowledgeAll(
  process: (event: ReceiverEvent) => Promise<void>,
  parts: { tell: TellRefusal; refreshHome(user: string): Promise<void> },
): (event: ReceiverEvent, request: SlackRequest) => Promise<void> {
  return async (event, request) => {
    let isAcknowledged = false;
    const ack: ReceiverEvent['ack'] = async (response) => {
      isAcknowledged = true;
      await event.ack(response);
    };
    await process({ ...event, ack });
    const { interaction, access, view } = request;
    if (isAcknowledged || interaction === null) return;
    await event.ack(refusedAck(interaction, OLD_FORM));
    if (interaction !== 'block_actions' || access === null) return;
    if (view?.type === 'home') await parts.refreshHome(access.user);
    else await parts.tell(request, { text: OLD_BUTTON, isRepeated: false });
  };
}
