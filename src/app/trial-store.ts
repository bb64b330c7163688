import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../model/errors.ts';
import { copyStore } from '../store/copy.ts';
import type { StoreLocation } from '../store/dialects/dialect.ts';
import { databaseFile } from '../store/dialects/sqlite/sqlite.ts';
import { isThere } from '../store/keep-file.ts';
import { openStore, type Store } from '../store/store.ts';
import { PASSAGE_FILE } from './store-passages.ts';

const FOLDER = 'playground';

const COPIED = [
  'document',
  'document_part',
  'kpi',
  'reference_actual',
  'measure',
  'budget_line',
  'commitment',
  'period_count',
  'passage',
  'figure_import',
  'reported_figure',
] as const;

/** Where the playground keeps what it needs, inside the data folder. */
export function trialFolder(dataDir: string): string {
  return join(dataDir, FOLDER);
}

/**
 * A store for trying things out: begins anew each time with the documents, figures and targets of the real one, which
 * it never writes to. A figure that was made up in the playground, a document dropped there and a reminder
 * sent at a date that has not come must not be what a real Slack works with; and what the local Slack shows lives
 * no longer than the process either. People and owners stay behind, since nobody in the playground has their ids.
 */
export async function openTrialStore({ dataDir, database }: StoreLocation): Promise<Store> {
  const folder = trialFolder(dataDir);
  const file = databaseFile(folder);
  try {
    await mkdir(folder, { recursive: true });
    for (const part of [file, `${file}-wal`, `${file}-shm`]) await rm(part, { force: true });
  } catch (cause) {
    throw new AppError('store_unavailable', { message: 'お試し画面の準備ができません', file: folder, cause });
  }
  if (database || (await isThere(databaseFile(dataDir)))) {
    await copyStore({
      from: { dataDir, database },
      to: { dataDir: folder },
      tables: COPIED,
      leaveOut: (table, row) => table === 'reported_figure' && row.kind === 'owners',
    });
    await copyFile(join(dataDir, PASSAGE_FILE), join(folder, PASSAGE_FILE)).catch(() => undefined);
  }
  return openStore({ dataDir: folder });
}
