import type { AllMiddlewareArgs, AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Logger } from 'pino';
import { describeFault } from '../log-fault.ts';
import { refusedModal } from '../views/refused.ts';
import type { People } from './people.ts';
import { type AccessPolicy, type Home, judge } from './policy.ts';
import { type RecordRefusal, UNSURE } from './refusals.ts';
import type { TellRefusal } from './tell-refusal.ts';
import { readVisit, type Visit } from './visit.ts';

export interface GateParts {
  policy: AccessPolicy;
  /** Known once the app has started. */
  home: () => Home;
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
    visit: Visit,
    patience: 'acknowledging' | 'acknowledged',
  ): Promise<{ text: string; isRepeated: boolean } | null> {
    const person = await people(visit.user, patience);
    if (person === null) {
      return { text: UNSURE, isRepeated: false };
    }
    const refusal = judge(visit, person, policy, home());
    if (refusal === null) {
      return null;
    }
    return visit.isAddressed ? record(visit, refusal) : { text: '', isRepeated: true };
  }

  return async (args) => {
    const visit = readVisit(args.body);
    const refusal =
      visit === null ? null : await refusalOf(visit, 'event' in args ? 'acknowledged' : 'acknowledging');
    if (visit === null || refusal === null) {
      await args.next();
      return;
    }
    const isAnswered = await acknowledge(args, refusal.text);
    if (visit.isAddressed && !isAnswered) {
      await tell(args.body, visit, refusal).catch((error: unknown) => {
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
