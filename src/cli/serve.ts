import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { startBot } from '../main.ts';
import { type CommandIo, parseCommand, wrongUse } from './command.ts';

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
  const stopped = io.stopped();
  const running = await startBot(config, { now: io.now, log });
  io.print(`planbotが動いています: ${running.place}（終わるには Ctrl+C）`);
  await stopped;
  await running.stop();
}
