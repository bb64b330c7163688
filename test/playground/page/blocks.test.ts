import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/playground/message.ts';
import { renderBlocks } from '../../../src/playground/page/blocks.ts';
import { createWorkspace } from '../../../src/playground/workspace.ts';

const workspace = createWorkspace('planbot');
const plain = (text: string) => ({ type: 'plain_text', text });

function render(block: Block, inForm = false): string {
  return renderBlocks([block], { workspace, inForm });
}

describe('renderBlocks', () => {
  it('says so where it cannot show a block, with what was in it', () => {
    const html = render({ type: 'hologram', depth: 3 });
    expect(html).toContain('表示できないブロックです：hologram');
    expect(html).toContain('&quot;depth&quot;: 3');
  });

  it('says so where it cannot show a control', () => {
    expect(render({ type: 'actions', elements: [{ type: 'lever', action_id: 'a' }] })).toContain(
      '表示できない操作：lever',
    );
  });

  it('gives a button what a click needs to be told', () => {
    const elements = [{ type: 'button', action_id: 'choice:0', text: plain('東京'), style: 'primary' }];
    expect(render({ type: 'actions', block_id: 'b1', elements })).toContain(
      '<button type="button" class="action primary" data-action="choice:0" data-block="b1" data-act="click">東京</button>',
    );
  });

  it('gives each feedback button its own value', () => {
    const element = {
      type: 'feedback_buttons',
      action_id: 'f',
      positive_button: { text: plain('役に立った'), value: 'good' },
      negative_button: { text: plain('違う'), value: 'bad' },
    };
    const html = render({ type: 'context_actions', block_id: 'b', elements: [element] });
    expect([...html.matchAll(/data-value="(\w+)"/g)].map((match) => match[1])).toEqual(['good', 'bad']);
  });

  it('shows no control of a form as one that acts by itself', () => {
    const block = {
      type: 'input',
      block_id: 'b',
      label: plain('支部'),
      element: { type: 'static_select', action_id: 's', options: [{ text: plain('東京'), value: 'tokyo' }] },
    };
    expect(render(block, true)).toContain('data-field');
    expect(render(block, true)).not.toContain('data-act=');
    expect(render(block, false)).toContain('data-act="select"');
  });

  it.each([
    ['plain_text_input', '<label class="field"><span>指標</span>'],
    ['radio_buttons', '<fieldset class="field"><legend>指標</legend>'],
  ])('names a %s in a form for those who cannot see it', (type, start) => {
    const element = { type, action_id: 'a', options: [{ text: plain('査定率'), value: 'a' }] };
    expect(render({ type: 'input', block_id: 'b', label: plain('指標'), element }, true)).toContain(start);
  });

  const cell = (value: number) => ({ type: 'raw_number', value, text: `${value}%` });
  const rows = [
    [
      { type: 'raw_text', text: '支部' },
      { type: 'raw_text', text: '目標' },
    ],
    ...[3, 1, 2].map((value) => [{ type: 'raw_text', text: `支部${value}` }, cell(value)]),
  ];

  it('keeps the rows of a data_table past its first page behind a button', () => {
    const html = render({ type: 'data_table', caption: '目標', rows, page_size: 2 });
    expect(html.match(/<tr hidden>/g)).toHaveLength(1);
    expect(html).toContain('残り1行を表示');
    expect(html).toContain('<caption>目標</caption>');
    expect(html).toContain('<td class="align-right" data-value="3">3%</td>');
  });

  it('draws one bar for each value, with the figures as a table beside it', () => {
    const html = render({
      type: 'data_visualization',
      title: '四半期の推移',
      chart: {
        type: 'bar',
        series: [
          {
            name: '目標',
            data: [
              { label: '1Q', value: 10 },
              { label: '2Q', value: 20 },
            ],
          },
          {
            name: '実績',
            data: [
              { label: '1Q', value: 8 },
              { label: '2Q', value: -4 },
            ],
          },
        ],
        axis_config: { categories: ['1Q', '2Q'] },
      },
    });
    expect(html.match(/<rect /g)).toHaveLength(4);
    const heights = [...html.matchAll(/height="([\d.-]+)"/g)].map((match) => Number(match[1]));
    expect(Math.min(...heights)).toBeGreaterThan(0);
    expect(heights[1]).toBeCloseTo((heights[0] ?? 0) * 2, 0);
    expect(html).toContain(
      '<th scope="row">2Q</th><td class="align-right">20</td><td class="align-right">-4</td>',
    );
  });

  it.each(['line', 'area', 'pie'])('draws a %s chart within its frame', (type) => {
    const data = [
      { label: 'a', value: 5 },
      { label: 'b', value: 5 },
    ];
    const chart =
      type === 'pie'
        ? { type, segments: data }
        : { type, series: [{ name: 's', data }], axis_config: { categories: ['a', 'b'] } };
    const html = render({ type: 'data_visualization', title: 't', chart });
    expect(html).not.toContain('NaN');
    expect(html).not.toContain('Infinity');
  });
});
