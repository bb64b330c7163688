import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import { packageFolder } from '../model/package-folder.ts';
import { type CommandIo, wrongUse } from './command.ts';
import { COMMANDS, type CommandEntry, helpOf, helpText } from './commands.ts';

type ExitCode = 0 | 1 | 2;

/** Runs one command line: 0 for success, 1 for a fault, 2 for wrong use, each fault in one line. */
export async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.print(helpText());
    return 0;
  }
  if (name === '--version') {
    io.print(version());
    return 0;
  }
  try {
    const entry = find(name);
    if (asksForHelp(rest)) {
      io.print(helpOf(entry));
      return 0;
    }
    const command = await entry.load();
    await command(rest, io);
    return 0;
  } catch (error) {
    io.progress('');
    io.complain(
      `planbot: ${error instanceof AppError ? error.toLine() : `予期しない誤りです: ${oneLine(error)}`}`,
    );
    return error instanceof AppError && error.code === 'wrong_use' ? 2 : 1;
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--help');
}

function version(): string {
  const read: unknown = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8'));
  return `planbot ${(read as { version: string }).version}`;
}

function find(name: string | undefined): CommandEntry {
  const entry = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!entry) {
    const problem = name === undefined ? 'コマンドがありません' : `コマンド ${name} はありません`;
    throw wrongUse(`${problem}。使い方は planbot --help をご覧ください`);
  }
  return entry;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
}
