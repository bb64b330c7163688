#!/usr/bin/env node
import { run } from './cli/run.ts';

// `planbot export kpi | head` closes our output early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const [command] = process.argv.slice(2);
process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  now: () => new Date(),
  input: process.stdin,
  print: (line) => {
    process.stdout.write(`${line}\n`);
  },
  complain: (line) => {
    process.stderr.write(`${line}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001b[K${text}`);
    }
  },
  stopped: () =>
    new Promise((resolve) => {
      process.once('SIGINT', () => resolve());
      process.once('SIGTERM', () => resolve());
    }),
  crashed: () =>
    new Promise((resolve) => {
      process.on('unhandledRejection', resolve);
      process.on('uncaughtException', resolve);
    }),
});
// Whatever still hangs on after the end must not keep a service manager waiting.
if (command === 'serve') setTimeout(() => process.exit(), 3_000).unref();
