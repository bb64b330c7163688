import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeFacts } from '../../src/catalogue/facts-writer.ts';
import { listDocumentPaths } from '../../src/cli/document-paths.ts';
import { indexFolder } from '../../src/model/package-folder.ts';
import { ingestedPlans, PLANS_FOLDER, plansPresent } from '../helpers/plans.ts';

const LONGEST_QUOTE = 32;

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

describe.runIf(plansPresent('index/factsと資料の突き合わせ'))('index/facts', () => {
  test('says what the documents say now: after a change of the extraction, run npm run facts', async () => {
    for (const [name, text] of writeFacts(await ingestedPlans())) {
      expect(readFileSync(join(indexFolder(), 'facts', name), 'utf8') === text, name).toBe(true);
    }
  });

  test('quotes no line of a document', () => {
    const names = [
      'kpi.csv',
      'reference-actuals.csv',
      'budget.csv',
      'measures.csv',
      'counts.csv',
      'parts.csv',
    ];
    const facts = plain(
      names.map((name) => readFileSync(join(indexFolder(), 'facts', name), 'utf8')).join('\n'),
    );
    const quoted = listDocumentPaths([PLANS_FOLDER])
      .paths.flatMap((path) => readFileSync(path, 'utf8').split('\n'))
      .map(plain)
      .filter((line) => line.length >= LONGEST_QUOTE && facts.includes(line));
    expect(quoted).toEqual([]);
  });
});
