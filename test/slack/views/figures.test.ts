import { describe, expect, test } from 'vitest';
import type { Chart } from '../../../src/model/answer.ts';
import { chartBlock } from '../../../src/slack/views/figures.ts';

function chart(series: Record<string, Record<string, number>>): Chart {
  return {
    kind: 'line',
    title: '推移',
    unit: '件',
    series: Object.entries(series).map(([name, points]) => ({
      name,
      points: Object.entries(points).map(([label, value]) => ({ label, value })),
    })),
  };
}

const months = Object.fromEntries(Array.from({ length: 21 }, (_, month) => [`${month + 1}回目`, month]));

describe('chartBlock', () => {
  test('draws series over the same labels', () => {
    expect(
      chartBlock(chart({ 決定: { 第1四半期: 1, 第2四半期: 2 }, 受付: { 第1四半期: 3, 第2四半期: 4 } })),
    ).toMatchObject({
      chart: { axis_config: { categories: ['第1四半期', '第2四半期'] } },
    });
  });

  test.each([
    ['no series', {}],
    ['no points', { 決定: {} }],
    ['series over different labels', { 決定: { '4月': 1 }, 受付: { '5月': 1 } }],
    ['more points than Slack draws', { 決定: months }],
    [
      'more series than Slack draws',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, { '4月': 1 }])),
    ],
    [
      'labels that are the same after cutting',
      { 決定: { [`${'長'.repeat(25)}い`]: 1, [`${'長'.repeat(25)}う`]: 2 } },
    ],
  ])('leaves to the text what Slack would refuse: %s', (_, series) => {
    expect(chartBlock(chart(series))).toBeNull();
  });
});
