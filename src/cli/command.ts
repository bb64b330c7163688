import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { readDatabase } from '../config.ts';
import { UNNAMED } from '../model/audit.ts';
import { addDays } from '../model/calendar-day.ts';
import { AppError } from '../model/errors.ts';
import type { StoreLocation } from '../store/dialects/dialect.ts';

/** The world as a command sees it; tests give their own. */
export interface CommandIo {
  env: Readonly<Record<string, string | undefined>>;
  now: () => Date;
  input: AsyncIterable<string | Uint8Array>;
  /** Writes one line to standard output. */
  print: (line: string) => void;
  /** Writes one line to standard error. */
  complain: (line: string) => void;
  /** Shows progress; does nothing where standard error is no terminal. */
  progress: (text: string) => void;
  /** Resolves when the process is asked to end. */
  stopped: () => Promise<void>;
  /** Resolves with the first fault that nothing caught; from the call on, such a fault does not end the process. */
  crashed: () => Promise<unknown>;
}

/** Throws AppError for a fault; `wrong_use` becomes exit code 2, any other 1. */
export type Command = (args: string[], io: CommandIo) => Promise<void>;

/** Every command takes --data. */
const COMMON = { data: { type: 'string' } } as const;

/** As `parseArgs` of node:util, with --data; what it refuses is AppError `wrong_use`. */
export function parseCommand<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options: { ...COMMON, ...options }, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new AppError('wrong_use', { message: explain(cause), cause });
  }
}

function explain(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const option = /'(--?[^' ]+)/.exec(message)?.[1] ?? '';
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return `オプション ${option} はありません`;
  }
  return code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
    ? `オプション ${option} の値が正しくありません`
    : message;
}

/** The data folder: --data, else $PLANBOT_DATA, else data/. */
function dataFolder(option: string | undefined, env: CommandIo['env']): string {
  return option || env.PLANBOT_DATA || 'data';
}

/** Where the store of that folder is kept: in it, or in the database that the environment names. */
export function storeLocation(option: string | undefined, env: CommandIo['env']): StoreLocation {
  return { dataDir: dataFolder(option, env), database: readDatabase(env) };
}

export function wrongUse(message: string): AppError {
  return new AppError('wrong_use', { message });
}

/** The value of an option that takes one of a few words. */
export function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) {
    throw wrongUse(`${option} は ${choices.join('、')} のどれかにしてください: ${value}`);
  }
  return found;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** The moment of --at. Without a time zone it is Japan's. */
export function parseMoment(text: string): Date {
  const withTime = text.includes('T') ? text : `${text}T00:00`;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(withTime) ? withTime : `${withTime}+09:00`;
  const moment = new Date(MOMENT.test(text) && isDay(text.slice(0, 10)) ? zoned : Number.NaN);
  if (Number.isNaN(moment.getTime())) {
    throw wrongUse(`--at は 2025-07-31 か 2025-07-31T09:00 の形で書いてください: ${text}`);
  }
  return moment;
}

/** Date takes 30 February for 2 March. */
function isDay(text: string): boolean {
  return addDays(text, 0) === text;
}

/** The name that --by gives, else that of the account that planbot runs under. */
export function whoRuns(by: string | undefined): string {
  if (by) return by;
  try {
    return userInfo().username || UNNAMED;
  } catch {
    // An account that the system has no name for, as in a container.
    return UNNAMED;
  }
}

/**
 * Writes the file of --out; one that is there only where that was said with --force, since somebody may have worked
 * on it. AppError `unwritable_file` names it.
 */
export async function writeOut(path: string, content: string | Uint8Array, force = false): Promise<void> {
  try {
    await writeFile(path, content, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    const message = isThere
      ? 'すでにあります。置きかえるときは --force を付けてください'
      : 'ファイルに書き込めません。フォルダーと権限を確かめてください';
    throw new AppError('unwritable_file', { message, file: path, cause });
  }
}
