import { expect, test } from 'vitest';
import { createAsk } from '../../src/answers/ask.ts';
import { actualText } from '../../src/answers/fact.ts';
import type { SourcedActual } from '../../src/model/known-figures.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import { knowledgeInMemory } from '../../src/store/document-knowledge.ts';
import { reported } from '../reminders/made-up-office.ts';
import { catalogue, tokenizer } from './made-up-world.ts';

async function asked(text: string, kpis: Kpi[], actuals: SourcedActual[]): Promise<string> {
  const ask = createAsk({
    catalogue,
    tokenizer,
    knowledge: knowledgeInMemory({
      parts: async () => [],
      kpis: async () => kpis,
      budgets: async () => [],
      measures: async () => [],
      referenceActuals: async () => [],
      commitments: async () => [],
      counts: async () => [],
    }),
    passages: { documents: () => [], search: () => [] },
    actuals: async () => actuals,
  });
  const { answer } = await ask({ text, context: null, today: { year: 2025, month: 8, day: 1 } });
  return answer.text;
}

function told(fy: number, asOf: string, value: number): SourcedActual {
  const source = { file: 'figures.csv', line: 1, page: null, title: '職員の報告' };
  return {
    branch: '東京',
    fy,
    indicator: 'checkup_rate',
    asOf,
    value,
    text: `${value}％`,
    note: null,
    source,
  };
}

const SO_FAR = [reported('checkup_rate', 12, '6月末時点', { value: 60 })];
const SLOW_START = [told(6, '2024-06-30', 10), told(6, '2025-03-31', 58)];

test.each(['東京支部の生活習慣病予防健診実施率の実績は？', '東京支部の令和7年度のKPIの一覧'])(
  '%s judges by the course of the year before, as reminders do',
  async (question) => {
    expect(await asked(question, SO_FAR, [])).toContain('遅れ');
    const known = await asked(question, SO_FAR, SLOW_START);
    expect(known).toContain('順調');
    expect(known).not.toContain('遅れ');
  },
);

test('who has fallen behind is asked by the same yardstick', async () => {
  const question = '東京支部の令和7年度の遅れているKPIは？';
  expect(await asked(question, SO_FAR, [])).toContain('1件です（1件中）。');
  expect(await asked(question, SO_FAR, SLOW_START)).toContain('ありません（1件を確認しました）。');
});

test("a target of 対前年度以上 is held against last year's own report", async () => {
  const target = { value: null, relative: 'prev_year', text: '対前年度以上' } as const;
  const now = reported('generic_rate', 81, '6月時点', target);
  const before = reported('generic_rate', 80, '3月時点', { value: 79 }, { fy: 6 });
  expect(await asked('東京支部のジェネリックの実績は？', [now, before], [])).toContain('達成');
});

test('words that point at a table of the document are no figure', () => {
  const [kpi] = SO_FAR;
  if (!kpi?.actual) throw new Error('a reported KPI is needed');
  const pointing = { ...kpi, actual: { ...kpi.actual, value: null, text: '上表のとおり' } };
  expect(actualText(pointing)).toBe('資料に数値なし（「上表のとおり」と記載）');
});
