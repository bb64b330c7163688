import type { ApiCall } from './api-call.ts';
import type { Message, View } from './message.ts';
import type { State } from './state.ts';

const PATIENCE_MS = 5000;

export interface WaitOptions {
  /** 5,000 unless given. The promise is rejected, naming what was there, when it passes. */
  timeoutMs?: number;
}

export interface Waits {
  /** The first message that fits, there already or to come, also after an edit. */
  waitForMessage(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForEphemeral(fits: (message: Message) => boolean, options?: WaitOptions): Promise<Message>;
  waitForView(fits: (view: View) => boolean, options?: WaitOptions): Promise<View>;
  waitForCall(fits: (call: ApiCall) => boolean, options?: WaitOptions): Promise<ApiCall>;
  /** Anything else that a change in the workspace brings about: a message that is gone, a status that ended. */
  waitUntil(holds: () => boolean, options?: WaitOptions): Promise<void>;
}

export function createWaits(state: State): Waits {
  const inSight = (): string[] =>
    state.messages.map((one) => `${one.channel} ${one.user}: ${one.text.slice(0, 60)}`);
  const message = (isEphemeral: boolean, what: string): Waits['waitForMessage'] => {
    return (fits, wait) => {
      const look = () =>
        state.messages.find((one) => (one.ephemeralTo !== null) === isEphemeral && fits(one));
      return waitFor(state, look, what, inSight, wait?.timeoutMs);
    };
  };
  return {
    waitForMessage: message(false, 'message'),
    waitForEphemeral: message(true, 'ephemeral message'),
    waitForView(fits, wait) {
      const seen = () => state.views.map((view) => `${view.type} ${String(view.payload.callback_id ?? '')}`);
      return waitFor(state, () => state.views.find(fits), 'view', seen, wait?.timeoutMs);
    },
    waitForCall(fits, wait) {
      const look = () => state.calls.find((call) => call.outcome !== null && fits(call));
      const seen = () => state.calls.map((call) => `${call.method} ${call.outcome}`);
      return waitFor(state, look, 'call', seen, wait?.timeoutMs);
    },
    async waitUntil(holds, wait) {
      await waitFor(state, () => holds() || undefined, 'state', inSight, wait?.timeoutMs);
    },
  };
}

/** Looks now and after every change, until `look` finds something. `seen` names what was there, for the fault. */
function waitFor<T>(
  state: State,
  look: () => T | undefined,
  what: string,
  seen: () => string[],
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const listener = (): void => {
      const found = look();
      if (found === undefined) return;
      stop();
      resolve(found);
    };
    const timer = setTimeout(() => {
      stop();
      reject(
        new Error(`no such ${what} within ${timeoutMs} ms; there were: ${seen().join(' | ') || 'none'}`),
      );
    }, timeoutMs);
    const stop = (): void => {
      clearTimeout(timer);
      state.listeners.delete(listener);
    };
    state.listeners.add(listener);
    listener();
  });
}
