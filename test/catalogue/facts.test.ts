import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFacts } from '../../src/catalogue/facts-loader.ts';
import { writeFacts } from '../../src/catalogue/facts-writer.ts';
import { AppError } from '../../src/model/errors.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { freshFolder } from '../store/data-folder.ts';
import { madeUpDocument, madeUpKpi } from '../store/made-up-document.ts';

function writtenFolder(documents: IngestedDocument[]): string {
  const folder = freshFolder();
  for (const [name, text] of writeFacts(documents)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

test('figures come back as they were written, without any plan text', () => {
  const actual = { value: 6.18, text: '6.18日', asOf: '４月時点', previousValue: 7, previousText: '7.00日' };
  const document = madeUpDocument('plan.txt', [
    madeUpKpi(),
    madeUpKpi({ line: 20, indicator: 'avg_days', actual }),
  ]);
  const [fact] = loadFacts(writtenFolder([document]));
  expect(fact?.parts).toEqual(document.parts);
  expect(fact?.kpis).toEqual(document.kpis.map((kpi) => ({ ...kpi, stated: null })));
  expect(fact?.budgets).toEqual(document.budgets);
  expect(fact?.counts).toEqual(document.counts);
  expect(fact?.measures).toEqual([
    { ...document.measures[0], plan: '２ 保健事業', progress: null, next: null },
  ]);
  expect([fact?.passages, fact?.commitments]).toEqual([[], []]);
});

test('no sentence of a plan gets into a file', () => {
  const sentence = 'この文は計画の本文であり、事実の表に残してはならない長さを持っています。';
  const document = madeUpDocument('plan.txt', [madeUpKpi({ stated: sentence, section: [sentence] })]);
  const measures = document.measures.map((m) => ({
    ...m,
    plan: sentence,
    progress: sentence,
    next: sentence,
  }));
  const budgets = document.budgets.map((b) => ({ ...b, name: sentence, note: sentence }));
  const written = [...writeFacts([{ ...document, measures, budgets }]).values()].join('\n');
  expect(written).not.toContain(sentence.slice(0, 32));
  expect(written).toContain(`${sentence.slice(0, 29)}…`);
});

test.each([
  ['a figure that is none', 'kpi.csv', '88.8,%', '88点8,%', 'value'],
  ['an unknown document', 'kpi.csv', /^plan\.txt/m, 'other.txt', 'parts.csvにない資料'],
  ['an unknown status', 'budget.csv', '未着手', '着手', 'status'],
  ['an unknown evaluation', 'measures.csv', '○', '◎', 'evaluation'],
])('%s is named with its file and line', (_, name, from, to, words) => {
  const folder = writtenFolder([madeUpDocument()]);
  const file = join(folder, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  const error = (() => {
    try {
      return loadFacts(folder);
    } catch (reason) {
      return reason;
    }
  })();
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'bad_facts', file, line: 2 });
  expect((error as AppError).toLine()).toContain(words);
});

test('the same documents give the same files, byte for byte', () => {
  const documents = [madeUpDocument('a.txt'), madeUpDocument('b.txt')];
  expect(writeFacts(loadFacts(writtenFolder(documents)))).toEqual(writeFacts(documents));
});
