import { describe, expect, test } from 'vitest';
import { ingested, targets } from '../made-up-plan.ts';

const KPI = '■KPI：申請書の郵送化率を91.0％以上とする';

describe('the plan of one branch', () => {
  test.each([
    ['令和7年度 青森支部事業計画', '青森', 7],
    ['令和７年度　全国健康保険協会　青森支部　事業計画', '青森', 7],
    ['令和 8 年度 北海道支部事業計画（案）', '北海道', 8],
    ['2026年度 沖縄支部事業計画', '沖縄', 8],
    ['令和元年度 青森支部事業計画', '青森', 1],
    ['令和７年度\n青森支部\n事業計画（案）', '青森', 7],
    ['令和６年度第３回青森支部評議会\n資料１\n令和７年度 青森支部事業計画（案）', '青森', 7],
  ])('%s', (title, branch, fy) => {
    const document = ingested(`${title}\n${KPI}`);
    expect(document.layout).toBe('単独の事業計画');
    expect(document.parts).toMatchObject([{ branch, fy, kind: 'plan' }]);
    expect(document.kpis).toMatchObject([{ branch, fy, indicator: 'mail_rate' }]);
  });

  test('its title names the branch, also where the document leaves it to another line', () => {
    const document = ingested(`令和7年度 事業計画（案）\n青森支部\n${KPI}`);
    expect(document.parts[0]?.title).toBe('令和7年度 事業計画（案）（青森支部）');
  });
});

test.each([
  ['nothing', ''],
  ['white space', ' \n　\n'],
  ['prose', '拝啓\nお元気ですか。'],
  ['a plan of an unknown branch', `令和7年度 銀河支部事業計画\n${KPI}`],
  ['a plan without a year', `青森支部事業計画\n${KPI}`],
])('%s is refused', (_, text) => {
  expect(() => ingested(text)).toThrow(expect.objectContaining({ code: 'not_a_plan', file: 'made-up.txt' }));
});

describe('a compilation', () => {
  const PLANS = [
    ' 令和 7年度 事業計画（青森支部） ',
    '分野 具体的施策等',
    '１．基盤的保険者機能関係 １．サービスの向上',
    '○ 案内板を直す。',
    KPI,
    '令和７年度　事業計画（岩手支部）',
    KPI.replace('91', '92'),
    '令和７年度 事業計画（秋田支部）',
    '○ 案内のはがきを送る。',
  ].join('\n');

  test('gives each branch its own lines', () => {
    const document = ingested(`全国の計画\n${PLANS}`);
    expect(document.layout).toBe('支部事業計画の合本');
    expect(document.parts.map(({ branch, fy }) => [branch, fy])).toEqual([
      ['青森', 7],
      ['岩手', 7],
      ['秋田', 7],
    ]);
    expect(document.kpis).toMatchObject([
      { branch: '青森', target: { value: 91 }, source: { line: 6, title: '令和7年度 事業計画（青森支部）' } },
      { branch: '岩手', target: { value: 92 }, source: { line: 8, title: '令和7年度 事業計画（岩手支部）' } },
    ]);
    const third = document.passages.filter(({ branch }) => branch === '秋田');
    expect(third).toMatchObject([{ from: 10, to: 10 }]);
  });

  test('parts the field of its first column from the heading beside it', () => {
    const [kpi] = ingested(PLANS).kpis;
    expect(kpi?.section).toEqual(['1.基盤的保険者機能関係', '1.サービスの向上']);
  });

  test('has a title that runs on every page of a plan', () => {
    const text = `令和7年度 事業計画（青森支部）\n${KPI}\n- 2 -\n令和7年度 事業計画（青森支部）\n■KPI：ジェネリック医薬品使用割合を80.0％以上とする`;
    const document = ingested(`${text}\n令和7年度 事業計画（岩手支部）\n${KPI}`);
    expect(targets(document)).toEqual(['mail_rate >= 91%', 'generic_rate >= 80%', 'mail_rate >= 91%']);
    expect(document.kpis.map(({ branch }) => branch)).toEqual(['青森', '青森', '岩手']);
  });
});
