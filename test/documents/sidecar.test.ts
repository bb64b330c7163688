import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSidecar } from '../../src/documents/sidecar.ts';
import { ingested, targets } from './made-up-plan.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'planbot-sidecar-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function document(name: string, sidecar: string): string {
  writeFileSync(join(folder, `${name}.yml`), sidecar);
  return join(folder, `${name}.txt`);
}

test('a document without a sidecar states nothing', async () => {
  expect(await readSidecar(join(folder, 'alone.txt'))).toEqual({});
});

test('it states title, kind, branch and year', async () => {
  const path = document('full', 'title: 青森の計画\nkind: plan\nbranch: 青森\nfy: 7\n');
  expect(await readSidecar(path)).toEqual({ title: '青森の計画', kind: 'plan', branch: '青森', fy: 7 });
});

test('a branch may be written as it is called', async () => {
  expect(await readSidecar(document('called', 'branch: 青森支部\n'))).toEqual({ branch: '青森' });
});

test('an empty sidecar states nothing', async () => {
  expect(await readSidecar(document('empty', ''))).toEqual({});
});

test.each([
  ['a year in words', 'fy: 令和7年度'],
  ['an unknown kind', 'kind: letter'],
  ['an unknown key', 'year: 7'],
  ['broken YAML', 'title: "青森'],
])('%s is refused with the path of the sidecar', async (name, text) => {
  const path = document(name, text);
  await expect(readSidecar(path)).rejects.toMatchObject({
    code: 'unreadable_file',
    file: path.replace(/txt$/, 'yml'),
    message: expect.not.stringMatching(/invalid|expected/i),
  });
});

const KPI = '■KPI：申請書の郵送化率を91.0％以上とする';

test('what it states wins over the text', () => {
  const document = ingested(`令和6年度 岩手支部事業計画\n${KPI}`, {
    title: '青森の計画',
    branch: '青森',
    fy: 7,
  });
  expect(document.parts).toMatchObject([{ branch: '青森', fy: 7, title: '青森の計画' }]);
  expect(document.kpis).toMatchObject([{ branch: '青森', fy: 7, source: { title: '青森の計画' } }]);
});

test('it makes a plan of a text that does not say whose it is', () => {
  const text = `取組の一覧\n${KPI}`;
  expect(() => ingested(text)).toThrow(expect.objectContaining({ code: 'not_a_plan' }));
  expect(targets(ingested(text, { title: '本部の計画', branch: '本部', fy: 8 }))).toEqual([
    'mail_rate >= 91%',
  ]);
});
