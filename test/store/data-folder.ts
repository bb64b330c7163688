import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

let empty: Promise<Buffer> | undefined;

/** A fresh folder with an empty store: a copy of one that was made once, since its tables take longest. */
export async function storeFolder(): Promise<string> {
  const folder = freshFolder();
  empty ??= makeEmpty();
  writeFileSync(databaseFile(folder), await empty);
  return folder;
}

async function makeEmpty(): Promise<Buffer> {
  const dataDir = newFolder();
  try {
    await (await openStore({ dataDir })).close();
    return readFileSync(databaseFile(dataDir));
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
