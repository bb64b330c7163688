import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freshFolder } from '../store/data-folder.ts';

const run = promisify(execFile);
const KEYS = ['mrr@10', 'recall@1', 'recall@5', 'recall@10', 'build_s', 'p50_ms', 'p95_ms', 'rss_mb'];

async function evaluate(passages: string, queries: string) {
  const folder = freshFolder();
  const files = { '--passages': passages, '--queries': queries };
  const args = Object.entries(files).flatMap(([flag, text]) => {
    const path = join(folder, `${flag.slice(2)}.jsonl`);
    writeFileSync(path, text);
    return [flag, path];
  });
  return run(process.execPath, ['--import', 'tsx', 'scripts/evaluate-search.ts', ...args]);
}

test('each system is one JSON line, for public sets as they come', { timeout: 120_000 }, async () => {
  const passages = [
    { id: 1, text: '港の会館で歯科健診を開く。' },
    { id: 2, title: null, text: '広報誌に表彰した会社を載せる。' },
    { id: 'c', title: '入札', text: '公告の期間を延ばす。' },
  ];
  const queries = [
    { id: 1, q: '歯科健診はどこで開く？', relevant: [1] },
    { id: 2, q: '入札の公告は？', relevant: ['c'] },
    { id: 3, q: '答えのない質問', relevant: [] },
  ];
  const lines = (rows: object[]) => `\ufeff${rows.map((row) => JSON.stringify(row)).join('\r\n')}\r\n`;
  const { stdout, stderr } = await evaluate(lines(passages), lines(queries));
  const systems = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(stderr).toBe('');
  expect(systems.map(({ system }) => system)).toEqual([
    'planbot',
    'minisearch, same terms',
    'minisearch+kuromoji',
  ]);
  for (const measured of systems) {
    expect(Object.keys(measured)).toEqual(expect.arrayContaining(KEYS));
    expect(measured).toMatchObject({ passages: 3, queries: 2, 'mrr@10': 1, 'recall@1': 1 });
  }
});

test('a line that is no passage is named', { timeout: 120_000 }, async () => {
  const failed = evaluate('{"id":1,"text":"港の会館"}\n{"id":2}\n', '{"id":1,"q":"港","relevant":[1]}\n');
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/passages\.jsonl:2: .*text/),
  });
});
