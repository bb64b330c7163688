import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { decode } from '../../src/documents/decode.ts';
import { ingestFile, ingestText } from '../../src/documents/ingest.ts';
import { readDocumentFile } from '../../src/documents/read-file.ts';

const TEXT = '令和7年度 青森支部事業計画\r\n■KPI：申請書の郵送化率を91.0％以上とする\r\n';
/** 計画 in Shift_JIS. */
const SHIFT_JIS = [0x8c, 0x76, 0x89, 0xe6];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'planbot-read-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark', Buffer.from(`\ufeff${TEXT}`)],
  ['UTF-16, low byte first', utf16(TEXT, 'le')],
  ['UTF-16, high byte first', utf16(TEXT, 'be')],
])('%s gives the same KPI', async (name, bytes) => {
  const document = await ingestFile(file(`${name}.txt`, bytes), loadCatalogue());
  expect(document.kpis).toMatchObject([
    { branch: '青森', fy: 7, indicator: 'mail_rate', source: { line: 2 } },
  ]);
});

test('Shift_JIS is told from UTF-8', () => {
  expect(decode(Uint8Array.from(SHIFT_JIS), 'a.txt')).toBe('計画');
});

test.each([
  ['bytes of no text', [0x00, 0x01, 0x02, 0x00, 0xff]],
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff]],
])('%s are refused with the path', (_, bytes) => {
  expect(() => decode(Uint8Array.from(bytes), 'folder/a.txt')).toThrow(
    expect.objectContaining({ code: 'unreadable_file', file: 'folder/a.txt' }),
  );
});

test('a file that is not there is an unreadable one', async () => {
  const path = join(folder, 'nowhere.txt');
  await expect(readDocumentFile(path)).rejects.toMatchObject({ code: 'unreadable_file', file: path });
});

test('a file of 50 MB is refused before it is read as text, with its size', async () => {
  const path = file('large.txt', new Uint8Array(50 * 1024 * 1024).fill(0x61));
  await expect(readDocumentFile(path)).rejects.toMatchObject({
    code: 'unreadable_file',
    message: expect.stringContaining('50MB'),
  });
});

test('a file that is no plan is refused with its first line', async () => {
  const path = file('letter.txt', '拝啓\n\nお元気ですか。\n');
  await expect(ingestFile(path, loadCatalogue())).rejects.toMatchObject({
    code: 'not_a_plan',
    line: 1,
    text: '拝啓',
  });
});

test.each([
  ['UTF-8', Buffer.from(TEXT).subarray(0, 8)],
  ['UTF-16', utf16(TEXT, 'le').subarray(0, 9)],
  ['Shift_JIS', Uint8Array.from(SHIFT_JIS.slice(0, 3))],
])('a text in %s that ends within a character is called cut off', (_, bytes) => {
  expect(() => decode(bytes, 'a.txt')).toThrow(
    expect.objectContaining({
      code: 'unreadable_file',
      message: expect.stringContaining('途中で切れています'),
    }),
  );
});

test('a text that changes its encoding is refused with the line where it does', () => {
  const bytes = Buffer.concat([Buffer.from(TEXT), Uint8Array.from([...SHIFT_JIS, 0x0a])]);
  expect(() => decode(bytes, 'a.txt')).toThrow(
    expect.objectContaining({
      line: 3,
      message: expect.stringContaining('文字コードが途中で変わっています'),
    }),
  );
});

test.each([
  [
    'in its title',
    '令和7年度 江戸支部事業計画\n東京支部とともに進めます。\n■KPI：申請書の郵送化率を91.0％以上とする\n',
    {},
  ],
  ['behind the organisation', '全国健康保険協会江戸支部 令和7年度事業計画\n東京支部とともに進めます。\n', {}],
  ['in what a person stated', TEXT, { branch: '江戸' }],
])('a plan that names an unknown branch %s is not taken for another branch’s', (_, text, sidecar) => {
  const document = { file: 'a.txt', text, sidecar, digest: '' };
  expect(() => ingestText(document, loadCatalogue())).toThrow(
    expect.objectContaining({ code: 'not_a_plan', message: expect.stringContaining('江戸支部は支部の一覧') }),
  );
});

test('a name with a line end is one line wherever it is shown', async () => {
  const document = await ingestFile(file('計画\n完了.txt', TEXT), loadCatalogue());
  expect(document.file).toBe('計画 完了.txt');
});
