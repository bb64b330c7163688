import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { databaseFile } from '../../src/store/dialects/sqlite/sqlite.ts';
import { openStore } from '../../src/store/store.ts';

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'planbot-test-'));
}

/** A fresh folder that goes when the test has finished. */
export function freshFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let empty: Promise<string> | undefined;

/** A fresh folder with an empty store: a copy of one that was made once, since its tables take longest. */
export async function storeFolder(): Promise<string> {
  const folder = freshFolder();
  empty ??= makeEmpty();
  copyFileSync(databaseFile(await empty), databaseFile(folder));
  return folder;
}

async function makeEmpty(): Promise<string> {
  const dataDir = newFolder();
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  await (await openStore({ dataDir })).close();
  return dataDir;
}
