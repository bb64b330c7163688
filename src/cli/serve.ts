import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { startBot } from '../app/start-bot.ts';
import { readConfig } from '../config.ts';
import { describeFault } from '../slack/log.ts';
import { type CommandIo, parseCommand, wrongUse } from './command.ts';

const HURRY_MS = 3_000;
/** Longer than answers that are under way are waited for. */
const DRAIN_MS = 30_000;

/** `planbot serve`: runs until the process is asked to end, then answers what is running. */
export async function serve(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { playground: { type: 'boolean' } });
  if (positionals.length > 0) {
    throw wrongUse('serve に引数はありません');
  }
  const read = readConfig(io.env);
  const config = {
    ...read,
    dataDir: values.data || read.dataDir,
    slack: values.playground ? null : read.slack,
  };
  // Logs go to standard error, so that standard output stays for people.
  const log = pino({ level: config.logLevel }, pino.destination(2));
  const ending = Promise.race([
    io.stopped().then(() => ({ fault: null })),
    io.crashed().then((fault) => ({ fault })),
  ]);
  const starting = startBot(config, { now: io.now, log });
  const running = await Promise.race([starting, ending.then(() => null)]);
  if (running !== null) io.print(`planbotが動いています: ${running.place}（終わるには Ctrl+C）`);
  const { fault } = await ending;
  if (fault !== null) log.fatal(describeFault(fault), 'a fault that nothing caught: leaving in order');
  // Asked to end while it starts, it may be waiting for Slack.
  await Promise.race([
    starting.then((started) => started.stop()),
    wait(running === null ? HURRY_MS : DRAIN_MS),
  ]);
  if (fault !== null) throw fault;
}
