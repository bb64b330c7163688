import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readTable } from '../../src/tables/table-file.ts';
import { workbook } from './workbook.ts';

const SHEET = 'xl/worksheets/sheet1.xml';

/** A workbook whose last row stands elsewhere: its cells are named as given. */
function movedTo(place: string, row: number): Buffer {
  const files = unzipSync(workbook([['支部'], ['東京']]));
  const sheet = strFromU8(files[SHEET] ?? new Uint8Array());
  const moved = sheet.replace('r="A2"', `r="${place}"`).replace('<row r="2"', `<row r="${row}"`);
  return Buffer.from(zipSync({ ...files, [SHEET]: strToU8(moved) }));
}

test('a sheet whose cells stand far apart is refused before it is laid out', async () => {
  await expect(readTable(movedTo('XFD1048576', 1_048_576), '表.xlsx')).rejects.toMatchObject({
    code: 'unreadable_file',
    message: '表としては大きすぎます（1048576行、16384列に広がっています）',
  });
});

test('empty rows and columns within a sheet are no fault', async () => {
  const { rows } = await readTable(movedTo('AB500', 500), '表.xlsx');
  expect(rows.map(({ line, cells }) => [line, cells.at(-1)?.text])).toEqual([
    [1, expect.anything()],
    [500, '東京'],
  ]);
});

test('a workbook that unpacks too large is refused before it is unpacked', async () => {
  const files = unzipSync(workbook([['支部'], ['東京']]));
  const vast = zipSync({ ...files, [SHEET]: new Uint8Array(64 * 1024 * 1024) });
  await expect(readTable(Buffer.from(vast), '表.xlsx')).rejects.toMatchObject({
    code: 'unreadable_file',
    message: expect.stringContaining('展開すると大きすぎます'),
  });
});
