import { constants, existsSync, mkdirSync } from 'node:fs';
import { access, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function isThere(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Puts a finished file in its place at once, and lets both reach the disk: a crash leaves the old one or the new one. */
export async function moveIntoPlace(from: string, to: string): Promise<void> {
  await flush(from);
  await rename(from, to);
  await flush(dirname(to));
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Step by step: Node's own `recursive` never ends where a folder that is there takes no new ones (/proc, autofs). */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    // What is kept in it names people.
    mkdirSync(folder, { mode: 0o700 });
  } catch (cause) {
    // Another process that starts at the same moment may have made it.
    if (!existsSync(folder)) throw cause;
  }
}
