import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { freshFolder } from '../store/data-folder.ts';
import { planbot } from './command-line.ts';

/** Resolves with the port that a server on this machine has taken. */
function takenPort(): Promise<{ port: number; free: () => void }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        free: () => server.close(),
      });
    });
  });
}

test('without tokens the playground opens, and closes when asked to end', async () => {
  let started: (line: string) => void = () => undefined;
  const running = new Promise<string>((resolve) => {
    started = resolve;
  });
  let end: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
  });
  const finished = run(['serve', '--data', freshFolder()], {
    env: { PORT: '0', PLANBOT_LOG_LEVEL: 'silent' },
    now: () => new Date('2025-07-31T03:00:00Z'),
    input: (async function* () {})(),
    print: (line) => started(line),
    complain: (line) => started(line),
    progress: () => undefined,
    stopped: () => stopped,
    crashed: () => new Promise(() => undefined),
  });
  const line = await running;
  const url = /http:\/\/localhost:\d+/.exec(line)?.[0];
  expect(url).toBeDefined();
  const response = await fetch(`${url}`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('planbot');
  end();
  expect(await finished).toBe(0);
  await expect(fetch(`${url}`)).rejects.toThrow();
});

test('a port that is taken is a fault in one line', async () => {
  const { port, free } = await takenPort();
  try {
    const env = { PORT: `${port}`, PLANBOT_LOG_LEVEL: 'silent' };
    const stopped = new Promise<void>(() => undefined);
    const { code, err } = await planbot(['serve', '--data', freshFolder()], { env, stopped: () => stopped });
    expect([code, err]).toEqual([1, [expect.stringContaining(`${port}`)]]);
  } finally {
    free();
  }
});

test('a half-set environment is refused by the name of the variable', async () => {
  const { code, err } = await planbot(['serve', '--data', freshFolder()], {
    env: { SLACK_BOT_TOKEN: 'xoxb-1234567890-abcdef' },
  });
  expect([code, err]).toEqual([1, [expect.stringContaining('SLACK_APP_TOKEN')]]);
});

test('a fault that nothing caught ends it in order, with one line', async () => {
  let end: (fault: Error) => void = () => undefined;
  const crashed = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  const stopped = new Promise<void>(() => undefined);
  const env = { PORT: '0', PLANBOT_LOG_LEVEL: 'silent' };
  const finished = planbot(['serve', '--data', freshFolder()], {
    env,
    stopped: () => stopped,
    crashed: () => crashed,
  });
  end(new Error('socket\nhang up'));
  expect(await finished).toMatchObject({ code: 1, err: [expect.stringContaining('socket hang up')] });
});
