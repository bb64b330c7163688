import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../src/knowledge/catalogue-loader.ts';
import { addDays } from '../../../src/model/calendar-day.ts';
import { promptsFor } from '../../../src/slack/views/prompts.ts';

const { calendar } = loadCatalogue();

describe('the prompts of the agent pane', () => {
  test.each([
    ['2025-07-25', '四半期報告の前に、未報告のKPIを見る', '青森支部の実績が未報告のKPIは？'],
    ['2025-08-05', '四半期報告の前に、未報告のKPIを見る', '青森支部の実績が未報告のKPIは？'],
    ['2025-09-10', '進み具合を見る', '青森支部の遅れているKPIは？'],
    ['2025-03-20', '計画で新しく加わったKPIを見る', '青森支部の新しく増えたKPIは？'],
    ['2025-02-20', '年度末に向けて、遅れを確かめる', '青森支部の遅れているKPIは？'],
  ])('on %s begin with 「%s」', (today, title, message) => {
    expect(promptsFor({ branch: '青森', today, calendar })[0]).toEqual({ title, message });
  });

  test("are about the person's branch, or examples where none is chosen", () => {
    const own = promptsFor({ branch: '本部', today: '2025-09-10', calendar });
    expect(own.map(({ message }) => message)).toEqual([
      '本部の遅れているKPIは？',
      '本部のジェネリックKPIは？',
      '本部のKPIの一覧は？',
      'ヘルプ',
    ]);
    const anybody = promptsFor({ branch: null, today: '2025-09-10', calendar });
    expect(anybody.map(({ message }) => message)).toContain('東京支部のジェネリックKPIは？');
  });

  test('are four on every day, as many as Slack shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), (days) => {
        const today = addDays('2024-04-01', days);
        expect(promptsFor({ branch: '東京', today, calendar })).toHaveLength(4);
      }),
    );
  });
});
