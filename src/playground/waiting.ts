import type { State } from './state.ts';

const PATIENCE_MS = 5000;

/** Looks now and after every change, until `look` finds something. `seen` names what was there, for the fault. */
export function waitUntil<T>(
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
