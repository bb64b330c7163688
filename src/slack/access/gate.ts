import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Logger } from 'pino';
import type { InboundContext } from '../inbox.ts';
import { logged } from '../log.ts';
import type { AccessRequest, SlackRequest } from '../slack-request.ts';
import { refusedAck } from '../views/answer-surfaces.ts';
import type { People } from './people.ts';
import { type AccessPolicy, judgeAccess, type Workplace } from './policy.ts';
import { type RecordRefusal, type TellRefusal, UNSURE } from './refusals.ts';

interface GateParts {
  policy: AccessPolicy;
  home: () => Workplace;
  people: People;
  record: RecordRefusal;
  tell: TellRefusal;
  log: Logger;
}

type Args = AnyMiddlewareArgs & AllMiddlewareArgs;

/**
 * Stands before every listener: whoever may not be served gets one polite sentence, seen by nobody else, and
 * nothing goes further. Where Slack cannot tell who somebody is, the gate stays closed: an answer to the wrong
 * person cannot be taken back, and a colleague can ask again. Who was known within a day passes meanwhile.
 */
export function createGate({
  policy,
  home,
  people,
  record,
  tell,
  log,
}: GateParts): Middleware<AnyMiddlewareArgs> {
  async function refusalOf(
    access: AccessRequest,
    isHomeOpened: boolean,
    patience: 'acknowledging' | 'acknowledged',
  ): Promise<{ text: string; isRepeated: boolean } | null> {
    const person = await people(access.user, patience);
    if (person === null) {
      return { text: UNSURE, isRepeated: false };
    }
    const refusal = judgeAccess(access, person, policy, home());
    if (refusal === null) {
      return null;
    }
    return access.isAddressed ? record(access, refusal, isHomeOpened) : { text: '', isRepeated: true };
  }

  return async (args) => {
    const { request } = args.context as unknown as InboundContext;
    const { access } = request;
    const refusal =
      access === null
        ? null
        : await refusalOf(access, request.isHomeOpened, 'event' in args ? 'acknowledged' : 'acknowledging');
    if (access === null || refusal === null) {
      await args.next();
      return;
    }
    const isAnswered = await acknowledge(args, request, refusal.text);
    if (access.isAddressed && !isAnswered) {
      await tell(request, refusal).catch(logged(log, 'info', 'refusal not said'));
    }
  };
}

/** True where the sentence went along. */
async function acknowledge(args: Args, { interaction }: SlackRequest, text: string): Promise<boolean> {
  const response =
    'command' in args && args.command ? { response_type: 'ephemeral', text } : refusedAck(interaction, text);
  if ('ack' in args && typeof args.ack === 'function') {
    const ack: (response?: unknown) => Promise<void> = args.ack as never;
    await ack(response);
  }
  return response !== undefined;
}
