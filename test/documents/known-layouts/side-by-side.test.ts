import { describe, expect, test } from 'vitest';
import { splitColumns } from '../../../src/documents/known-layouts/column-split.ts';
import { toLines } from '../../../src/documents/lines.ts';
import { ingested } from '../made-up-plan.ts';

const HEADER = ' 青森支部事業計画案 本部事業計画案 ';

function cell(rate: string, name = 'ジェネリック医薬品使用割合', more: string[] = []): string {
  return [
    'Ⅰ）薬の使用促進',
    '・ 薬局で希望を伝えるカードを配り、説明の場を設ける。',
    ...more,
    `■KPI：${name}を${rate}％以上とする`,
  ].join('\n');
}

function columns(text: string): string[] {
  return ingested(text).kpis.map(
    ({ branch, fy, indicator, target }) => `${branch}${fy} ${indicator} ${target.value}`,
  );
}

describe('two plans side by side', () => {
  test('of two branches: the columns alternate inside a page', () => {
    const pages = [
      cell('80.1'),
      cell('81.1'),
      cell('60.1', '生活習慣病予防健診実施率'),
      cell('61.1', '生活習慣病予防健診実施率'),
    ];
    const text = `令和7年度 青森支部事業計画（案）について\n${HEADER}\n${pages.slice(0, 2).join('\n\n')}\n${HEADER}\n${pages.slice(2).join('\n\n')}`;
    expect(columns(text)).toEqual([
      '青森7 generic_rate 80.1',
      '青森7 checkup_rate 60.1',
      '本部7 generic_rate 81.1',
      '本部7 checkup_rate 61.1',
    ]);
  });

  test.each([
    [' 令和７年度 青森支部 令和６年度 青森支部 '],
    [' 次年度（令和７年度） 現年度（令和６年度） '],
    ['2025年度計画　2024年度計画'],
  ])('of two years: %s', (header) => {
    const text = `令和7年度 青森支部事業計画（案）\n${header}\n${cell('80.1')}\n\n${cell('79.1')}\n${header}\n・ 窓口の案内を直す。\n\n・ 窓口の案内を直す。`;
    expect(columns(text)).toEqual(['青森7 generic_rate 80.1', '青森6 generic_rate 79.1']);
  });

  test.each([
    ['left', ['・ 港の祭りで相談の窓口を開き、薬の飲み方を話す。'], []],
    ['right', [], ['・ 国の会議で意見を述べ、集めた資料を公にする。']],
  ])('the %s column may be the longer', (_, left, right) => {
    const text = `令和7年度 青森支部事業計画（案）\n${HEADER}\n${cell('80.1', undefined, left)}\n\n${cell('81.1', undefined, right)}\n${HEADER}\n・ 窓口の案内を直す。\n\n・ 窓口の案内を直す。`;
    expect(columns(text)).toEqual(['青森7 generic_rate 80.1', '本部7 generic_rate 81.1']);
  });

  test('both columns say whose they are', () => {
    const text = `令和7年度 青森支部事業計画（案）\n${HEADER}\n${cell('80.1')}\n\n${cell('81.1')}\n${HEADER}\n・ 窓口の案内を直す。\n\n・ 窓口の案内を直す。`;
    const document = ingested(text);
    expect(document.layout).toBe('二段組の対比');
    expect(document.parts.map(({ title }) => title)).toEqual([
      expect.stringContaining('青森支部事業計画'),
      expect.stringContaining('［本部欄］'),
    ]);
  });
});

test('a page is cut where left and right share most, and no line is lost', () => {
  const lines = toLines(
    [
      '① 窓口の改善',
      '・ 案内板を、入口から見える高さに直す。',
      '① 窓口の改善',
      '・ 案内板を、遠くから読める大きさに直す。',
      '② 電話の改善',
      '・ つながりやすい時間を、案内状に書く。',
      '・ 応対を聞き直す会を、毎月開く。',
      '② 電話の改善',
      '・ つながりやすい時間を、ホームページに書く。',
    ].join('\n'),
  );
  const { left, right } = splitColumns(lines);
  expect(left.map(({ number }) => number)).toEqual([1, 2, 5, 6, 7]);
  expect(right.map(({ number }) => number)).toEqual([3, 4, 8, 9]);
});
