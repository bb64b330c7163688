import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { readGeneral } from '../../src/documents/by-heading/read-by-heading.ts';
import type { DocumentForm } from '../../src/documents/formats/form.ts';
import { readTextForm } from '../../src/documents/formats/text.ts';
import { plain } from '../../src/documents/lines.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { formOf, type MadeUpTable, madeUpTables, type StatedFigure, textOf } from './made-up-tables.ts';

const catalogue = loadCatalogue();

function read(form: DocumentForm): IngestedDocument {
  return readGeneral({ file: 'made-up', form, sidecar: {}, digest: '0' }, catalogue);
}

type Figure = Omit<StatedFigure, 'printed'>;
const keyOf = ({ branch, fy, indicator, role, value }: Figure) =>
  [branch, `R${fy}`, indicator, role, value].join(' ');

function stored({ kpis, referenceActuals }: IngestedDocument): string[] {
  return [
    ...kpis.flatMap(({ target, actual, ...of }): Figure[] => [
      ...(target.value === null ? [] : [{ ...of, role: 'target' as const, value: target.value }]),
      ...(actual?.value == null ? [] : [{ ...of, role: 'actual' as const, value: actual.value }]),
    ]),
    ...referenceActuals.map((actual): Figure => ({ ...actual, role: 'actual' })),
  ].map(keyOf);
}

const dense = (text: string) => plain(text).replace(/\s+/g, '');

test.each<[string, (table: MadeUpTable) => DocumentForm]>([
  ['with cells', formOf],
  ['of tabs', (table) => readTextForm(textOf(table))],
])('a figure of a table %s is stored as what it is, or among the doubts', (_, formIn) => {
  fc.assert(
    fc.property(madeUpTables, (table) => {
      const document = read(formIn(table));
      const rows = stored(document);
      const stated = table.figures.map(keyOf);
      expect(rows.filter((row) => !stated.includes(row))).toEqual([]);
      const doubted = dense(document.doubts.map(({ text }) => text).join());
      const lost = table.figures.filter(
        (figure) => !rows.includes(keyOf(figure)) && !doubted.includes(dense(figure.printed)),
      );
      expect(lost).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
