import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { tableTemplate } from '../../src/tables/columns.ts';
import { readSharedTable } from '../../src/tables/read-table.ts';

const catalogue = loadCatalogue();
const KINDS = ['kpi', 'targets', 'owners', 'members'] as const;

const read = (text: string) => readSharedTable({ name: '表.csv', bytes: Buffer.from(text) }, catalogue);

describe.each(KINDS)('the template of %s', (kind) => {
  test('adds nothing as it is, and says why', async () => {
    expect(await read(tableTemplate(kind))).toMatchObject({ lines: [], bad: [], examples: [2] });
  });

  test('with a row of its own below the example brings that row', async () => {
    const [header = '', example = ''] = tableTemplate(kind).split('\n');
    const own = example.replace('東京', '群馬').replace('U0123ABCD', 'U0789ABCD');
    const { lines, bad, examples } = await read([header, example, own].join('\n'));
    expect([lines.map(({ line }) => line), bad, examples]).toEqual([[3], [], [2]]);
  });
});
