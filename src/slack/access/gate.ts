import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Logger } from 'pino';
import type { InboundContext } from '../inbox.ts';
import { describeFault } from '../log-fault.ts';
import type { AccessRequest } from '../slack-request.ts';
import { refusedModal } from '../views/answer-modal.ts';
import type { People } from './people.ts';
import { type AccessPolicy, judgeAccess, type Workplace } from './policy.ts';
import type { TellRefusal } from './refusals.ts';
import { type RecordRefusal, UNSURE } from './refusals.ts';

export interface GateParts {
  policy: AccessPolicy;
  /** Known once the app has started. */
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
    const isAnswered = await acknowledge(args, refusal.text);
    if (access.isAddressed && !isAnswered) {
      await tell(request, refusal).catch((error: unknown) => {
        log.info(describeFault(error), 'refusal not said');
      });
    }
  };
}

/** Slack shows an error where a command or click is not acknowledged. True where the sentence went along. */
async function acknowledge(args: Args, text: string): Promise<boolean> {
  if ('command' in args && args.command) {
    await args.ack({ response_type: 'ephemeral', text });
    return true;
  }
  if ('options' in args && args.options) {
    await args.ack({ options: [] });
    return true;
  }
  if ('view' in args && args.body.type === 'view_submission') {
    await args.ack({ response_action: 'update', view: refusedModal(text) });
    return true;
  }
  if ('ack' in args && typeof args.ack === 'function') {
    const ack: () => Promise<void> = args.ack;
    await ack();
  }
  return false;
}
