import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { ingestFile } from '../../src/documents/ingest.ts';
import { indexFolder } from '../../src/model/package-folder.ts';
import { targets } from './made-up-plan.ts';

const folder = join(indexFolder(), 'sample');
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const catalogue = loadCatalogue();

test('there is a sample of each layout', async () => {
  const documents = await Promise.all(names.map((name) => ingestFile(join(folder, name), catalogue)));
  expect(new Set(documents.map(({ layout }) => layout))).toEqual(
    new Set(['二段組の対比', '実施状況報告', '支部事業計画の合本', 'HTMLセルの対比表']),
  );
});

describe.each(names)('%s', (name) => {
  test('is read without a doubt, of years before those of the real plans, with passages', async () => {
    const document = await ingestFile(join(folder, name), catalogue);
    expect(document.doubts).toEqual([]);
    expect(document.passages.length).toBeGreaterThanOrEqual(10);
    for (const { fy } of document.parts) expect(fy).toBeLessThanOrEqual(2);
  });

  test('says in its text that it is a sample', async () => {
    const { passages, parts } = await ingestFile(join(folder, name), catalogue);
    const shown = [...passages.map(({ text }) => text), ...parts.map(({ title }) => title)].join('\n');
    // A compilation's preamble belongs to no branch; it is marked where it is shown as built in.
    if (name !== 'two-branches.txt') expect(shown).toContain('見本');
  });
});

test('the compilation has the KPIs of both branches', async () => {
  const document = await ingestFile(join(folder, 'two-branches.txt'), catalogue);
  expect(document.kpis.map(({ branch }) => branch).filter((branch) => branch === '鳥取')).toHaveLength(10);
  expect(targets(document).slice(10)).toEqual([
    'service_standard = 100%',
    'mail_rate >= 92%',
    'judo_rate <= 2%',
    'guidance_insured >= 12%',
    'guidance_dependents >= 2%',
    'declaration_offices >= 220社',
    'committee_coverage >= 32%',
    'committee_offices >= 前年度',
  ]);
});

test('the two plans side by side differ where their columns do', async () => {
  const { kpis } = await ingestFile(join(folder, 'branch-beside-head-office.txt'), catalogue);
  const rates = kpis.map(({ branch, indicator, target }) => `${branch} ${indicator} ${target.value}`);
  expect(rates).toHaveLength(12);
  expect(rates).toContain('香川 generic_rate 72');
  expect(rates).toContain('本部 generic_rate 73');
});

test('the table has two years and budgets in yen', async () => {
  const { kpis, budgets } = await ingestFile(join(folder, 'two-years-in-a-table.txt'), catalogue);
  expect(new Set(kpis.map(({ fy }) => fy))).toEqual(new Set([1, 2]));
  expect(budgets.find(({ name }) => name === '健診会場の借り上げ')).toMatchObject({
    amountYen: 1_200_000,
    previousAmountYen: 1_100_000,
  });
});

test('the progress report has measures, counts, budgets and commitments', async () => {
  const report = await ingestFile(join(folder, 'progress-report.txt'), catalogue);
  expect(report.measures.map(({ evaluation }) => evaluation).join('')).toBe('○△―○○―×');
  expect(report.counts.map(({ label, value }) => [label, value])).toEqual([
    ['決定件数', 1200],
    ['達成件数', 1200],
  ]);
  expect(report.budgets.map(({ name, status }) => [name, status])).toEqual([
    ['夕方の健診日の会場借上', '契約済み'],
    ['誕生月の案内はがき', '未着手'],
  ]);
  expect(report.commitments.map(({ when }) => when)).toEqual([
    '9月',
    '第3四半期',
    '10月までに',
    '下期',
    '7月',
  ]);
});
