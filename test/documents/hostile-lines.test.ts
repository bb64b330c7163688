import { expect, test } from 'vitest';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { readCell } from '../../src/documents/by-heading/cell-value.ts';
import { readFacets } from '../../src/documents/by-heading/facets.ts';
import { indicatorNames } from '../../src/documents/kpi/indicator-names.ts';
import { parseTarget } from '../../src/documents/kpi/target.ts';
import { outline } from '../../src/documents/outline.ts';

const catalogue = loadCatalogue();
const names = indicatorNames(catalogue.indicators);
const words = { headings: catalogue.headings, names, branches: catalogue.branches, fy: 8 };

const READERS: readonly [string, (text: string) => unknown][] = [
  ['outline', (text) => outline([{ number: 1, text, indented: false, afterBlank: true }])],
  ['target', parseTarget],
  ['cell', readCell],
  ['facets', (text) => readFacets(text, words)],
  ['indicator names', (text) => names.named(text, { unit: null, counter: null, deed: null })],
];
const PIECES = ['ー', ' ', '9', '(', '令和7年度', '以上', '前年度', '%、', '入札件数'];
/** No longer line reaches a reader. */
const LONGEST = 20_000;
/** Of one line, in milliseconds of processor time: time by the square of its length takes many times as long. */
const BOUND = 1500;

test.each(READERS.flatMap(([name, read]) => PIECES.map((piece) => [name, piece, read] as const)))(
  '%s reads a line of nothing but 「%s」 within a bounded time',
  (_, piece, read) => {
    const text = piece.repeat(LONGEST / piece.length);
    const from = process.cpuUsage();
    read(text);
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(BOUND);
  },
);
