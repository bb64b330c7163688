import { vi } from 'vitest';

/** Waits until a check holds, for as long as a busy machine may need: how soon it holds is no test's matter. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: 20_000 });
}
