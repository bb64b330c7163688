import { expect, test } from 'vitest';
import { withPages } from '../../../src/documents/pdf/read-pdf.ts';
import { madeUpDocument } from '../../store/made-up-document.ts';

test('every figure and passage of a document with pages names its page', () => {
  const document = madeUpDocument();
  const paged = withPages(document, { pageOfLine: (line) => line + 100, picturePages: [] });
  const { kpis, referenceActuals, measures, budgets, commitments, counts } = paged;
  const kinds = { kpis, referenceActuals, measures, budgets, commitments, counts };
  for (const [kind, rows] of Object.entries(kinds)) {
    expect([kind, rows.length > 0]).toEqual([kind, true]);
    expect([kind, rows.map(({ source }) => source.page)]).toEqual([
      kind,
      rows.map(({ source }) => source.line + 100),
    ]);
  }
  expect(paged.passages.map(({ page }) => page)).toEqual(document.passages.map(({ from }) => from + 100));
});
