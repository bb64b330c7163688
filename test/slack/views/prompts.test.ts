import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../../src/model/calendar-day.ts';
import { promptsFor } from '../../../src/slack/views/prompts.ts';
import { catalogue, fiveMarks, standingsFrom } from '../made-up-standings.ts';

const { calendar } = catalogue;
const standings = await standingsFrom(fiveMarks('青森'))('青森', 7);
const planned = standings.map((standing) => ({ ...standing, kpi: { ...standing.kpi, actual: null } }));

describe('the prompts of the agent pane', () => {
  test.each([
    ['2025-07-25', '四半期報告の前に、未報告のKPIを見る', '青森支部の実績が未報告のKPIは？'],
    ['2025-08-05', '四半期報告の前に、未報告のKPIを見る', '青森支部の実績が未報告のKPIは？'],
    ['2025-09-10', '遅れているKPIを見る', '青森支部の遅れているKPIは？'],
    ['2025-03-20', '計画で新しく加わったKPIを見る', '青森支部の新しく増えたKPIは？'],
    ['2025-02-20', '年度末に向けて、遅れを確かめる', '青森支部の遅れているKPIは？'],
  ])('on %s begin with 「%s」', (today, title, message) => {
    expect(promptsFor({ branch: '青森', standings, today, calendar })[0]).toEqual({ title, message });
  });

  test("ask for the branch's own KPI, the one that is behind first", () => {
    const prompts = promptsFor({ branch: '青森', standings, today: '2025-09-10', calendar });
    expect(prompts.map(({ message }) => message)).toEqual([
      '青森支部の遅れているKPIは？',
      '青森支部のジェネリック医薬品使用割合は？',
      '青森支部のKPIの一覧は？',
      'ヘルプ',
    ]);
  });

  test('ask of a plan without reports where its target stands', () => {
    const prompts = promptsFor({ branch: '青森', standings: planned, today: '2025-09-10', calendar });
    expect(prompts[0]?.message).toBe('青森支部は現金給付等の申請に係る郵送化率の目標が高い順で何位？');
  });

  test.each([[null], ['青森']])('are examples where nothing is known of the branch (%s)', (branch) => {
    const prompts = promptsFor({ branch, standings: [], today: '2025-09-10', calendar });
    expect(prompts.map(({ message }) => message)).toContain('東京支部のジェネリックKPIは？');
  });

  test('are four on every day, as many as Slack shows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), (days) => {
        const today = addDays('2024-04-01', days);
        expect(promptsFor({ branch: '青森', standings, today, calendar })).toHaveLength(4);
      }),
    );
  });
});
