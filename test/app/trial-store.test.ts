import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openTrialStore, trialFolder } from '../../src/app/trial-store.ts';
import { reportedKey } from '../../src/model/reported.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshFolder } from '../store/data-folder.ts';
import { madeUpDocument } from '../store/made-up-document.ts';

const NOW = new Date('2025-08-01T09:30:00+09:00');

async function opened(store: Promise<Store>): Promise<Store> {
  const found = await store;
  onTestFinished(() => found.close());
  return found;
}

async function report(store: Store, branch: string): Promise<void> {
  const row = {
    branch,
    fy: 7,
    indicator: 'generic_rate',
    asOf: '2025-06-30',
    value: 87,
    text: '87％',
    note: null,
  };
  const lines = [{ line: 2, key: reportedKey(row), row }];
  await store.figures.import({ kind: 'kpi', file: 'kpi.csv', digest: 'a'.repeat(64), by: null, lines }, NOW);
}

async function appoint(store: Store): Promise<void> {
  const row = { branch: '東京', channel: 'C123', owner: 'U123', deputy: null };
  const lines = [{ line: 2, key: reportedKey(row), row }];
  await store.figures.import(
    { kind: 'owners', file: 'owners.csv', digest: 'b'.repeat(64), by: null, lines },
    NOW,
  );
}

test('a trial begins with the documents and figures of the data folder, and without its people', async () => {
  const dataDir = freshFolder();
  const store = await opened(openStore({ dataDir }));
  await store.documents.replace([madeUpDocument()], NOW);
  await report(store, '東京');
  await appoint(store);
  const trial = await opened(openTrialStore({ dataDir }));
  expect(await trial.documents.list()).toEqual(await store.documents.list());
  expect(await trial.knowledge.kpis({})).toEqual(await store.knowledge.kpis({}));
  expect(await trial.documents.passages()).toEqual(await store.documents.passages());
  expect(await trial.figures.reportedActuals()).toHaveLength(1);
  expect(await trial.figures.owners()).toEqual([]);
});

test('what is tried stays in the trial, and the next trial begins anew', async () => {
  const dataDir = freshFolder();
  const store = await opened(openStore({ dataDir }));
  await report(store, '東京');
  const trial = await openTrialStore({ dataDir });
  await trial.documents.replace([madeUpDocument()], NOW);
  await report(trial, '群馬');
  await appoint(trial);
  await trial.close();
  expect(await store.documents.list()).toEqual([]);
  expect((await store.figures.reportedActuals()).map(({ branch }) => branch)).toEqual(['東京']);
  expect(await store.figures.owners()).toEqual([]);
  const next = await opened(openTrialStore({ dataDir }));
  expect(await next.documents.list()).toEqual([]);
  expect((await next.figures.reportedActuals()).map(({ branch }) => branch)).toEqual(['東京']);
});

test('a trial without a data folder leaves nothing but its own folder there', async () => {
  const dataDir = join(freshFolder(), 'data');
  await opened(openTrialStore({ dataDir }));
  expect(existsSync(trialFolder(dataDir))).toBe(true);
  expect(existsSync(join(dataDir, 'planbot.sqlite'))).toBe(false);
});
