import { run } from '../../src/cli/run.ts';

export interface Outcome {
  code: number;
  out: string[];
  err: string[];
}

export const NOW = new Date('2025-07-31T03:00:00Z');

/** Runs a command line in this process, with nothing of the real environment. */
export async function planbot(
  args: readonly string[],
  over: {
    env?: Record<string, string>;
    input?: string;
    stopped?: () => Promise<void>;
    crashed?: () => Promise<unknown>;
  } = {},
): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env: over.env ?? {},
    now: () => NOW,
    input: (async function* () {
      yield over.input ?? '';
    })(),
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    progress: () => undefined,
    stopped: over.stopped ?? (async () => undefined),
    crashed: over.crashed ?? (() => new Promise(() => undefined)),
  });
  return { code, out, err };
}
