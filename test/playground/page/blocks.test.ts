import { describe, expect, it } from 'vitest';
import type { SentBlock } from '../../../src/playground/emulator/state.ts';
import { createWorkspace } from '../../../src/playground/emulator/workspace.ts';
import { renderBlocks } from '../../../src/playground/page/blocks.ts';

const workspace = createWorkspace('planbot');
const plain = (text: string) => ({ type: 'plain_text', text });

function render(block: SentBlock, inForm = false): string {
  return renderBlocks([block], { workspace, inForm });
}

describe('renderBlocks', () => {
  it('says so where it cannot show a block, with what was in it', () => {
    const html = render({ type: 'hologram', depth: 3 });
    expect(html).toContain('表示できないブロックです：hologram');
    expect(html).toContain('&quot;depth&quot;: 3');
  });

  it('breaks no short word of a table, only what is long', () => {
    const cells = (...texts: string[]) => texts.map((text) => ({ type: 'raw_text', text }));
    const long = '健康保険委員が委嘱されている事業所の被保険者数の割合';
    const html = render({
      type: 'data_table',
      caption: '表',
      rows: [cells('支部', '指標', '出典'), cells('宮城支部', long, '1135行目')],
    });
    expect(html).toMatch(/class="align-left whole"[^>]*>宮城支部</);
    expect(html).toMatch(/class="align-left whole"[^>]*>1135行目</);
    expect(html).toMatch(/class="align-left"[^>]*>健康保険委員/);
  });

  it.each([
    ['is short', { lines: 2 }, false],
    ['is long', { lines: 6 }, true],
    ['is long and need not stand open', { lines: 6, expand: false }, true],
    ['is long and is to stand open', { lines: 6, expand: true }, false],
  ])('folds a section that %s: as Slack does', (_, { lines, ...open }, isFolded) => {
    const text = { type: 'mrkdwn', text: Array.from({ length: lines }, () => '出典').join('\n') };
    const html = render({ type: 'section', text, ...open });
    expect(html.includes('<summary>もっと見る</summary>')).toBe(isFolded);
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

  it('tells the app of each choice, and marks what is sent with a form', () => {
    const block = {
      type: 'input',
      block_id: 'b',
      label: plain('支部'),
      element: { type: 'static_select', action_id: 's', options: [{ text: plain('東京'), value: 'tokyo' }] },
    };
    expect(render(block, true)).toContain('data-act="select" data-field');
    expect(render(block, false)).toContain('data-act="select"');
    expect(render(block, false)).not.toContain('data-field');
  });

  const options = ['東京', '群馬'].map((name) => ({ text: plain(name), value: name }));
  const [first] = options;

  it.each([
    ['static_select', { options, initial_option: first }, /<option value="東京" selected>/],
    ['multi_static_select', { options, initial_options: [first] }, /value="東京" checked/],
    ['radio_buttons', { options, initial_option: first }, /type="radio"[^>]*value="東京" checked/],
    ['checkboxes', { options, initial_options: [first] }, /type="checkbox"[^>]*value="東京" checked/],
    ['external_select', { initial_option: first }, /role="combobox"[^>]*value="東京"/],
    ['datepicker', { initial_date: '2025-07-31' }, /type="date" value="2025-07-31"/],
    ['plain_text_input', { initial_value: '88.3' }, /value="88.3"/],
  ])('shows in a %s what it starts with', (type, content, start) => {
    const html = render({ type: 'actions', block_id: 'b', elements: [{ type, action_id: 'a', ...content }] });
    expect(html).toMatch(start);
  });

  it('offers people in a users_select', () => {
    const html = render({ type: 'actions', elements: [{ type: 'users_select', action_id: 'a' }] });
    expect(html).toMatch(/<option value="U0ADMIN01">高橋/);
  });

  it('says before a dangerous button what is asked first', () => {
    const confirm = {
      title: plain('確認'),
      text: plain('消しますか'),
      confirm: plain('消す'),
      deny: plain('やめる'),
    };
    const elements = [{ type: 'button', action_id: 'a', text: plain('削除'), confirm }];
    expect(render({ type: 'actions', elements })).toContain(
      'data-confirm="消しますか" data-confirm-title="確認" data-confirm-yes="消す" data-confirm-no="やめる"',
    );
  });

  it.each([
    ['plain_text_input', '<label class="field"><span class="field-label">指標</span>'],
    ['multi_static_select', '<fieldset class="field"><legend class="field-label">指標</legend>'],
    ['radio_buttons', '<fieldset class="field"><legend class="field-label">指標</legend>'],
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

  it('cuts many long labels at their end, and makes room for them', () => {
    const categories = [...'あいうえおかき'].map((first) => `${first}被保険者の特定保健指導実施率`);
    const data = categories.map((label) => ({ label, value: 5 }));
    const chart = { type: 'bar', series: [{ name: 's', data }], axis_config: { categories } };
    const html = render({ type: 'data_visualization', title: 't', chart });
    const labels = [...html.matchAll(/y="(\d+)" text-anchor="end" transform="[^"]*">([^<]*)</g)];
    expect(labels[0]?.[2]).toBe('あ被保険者の特定保健指…');
    const height = Number(/viewBox="0 0 380 (\d+)"/.exec(html)?.[1]);
    for (const [, top] of labels) expect(height - Number(top)).toBeGreaterThan(100);
    expect(html).toContain('<th scope="row">あ被保険者の特定保健指導実施率</th>');
  });

  it('writes a unit clear of the highest tick, and labels aslant that have no room side by side', () => {
    const charted = (categories: string[]) => {
      const data = categories.map((label) => ({ label, value: 3_000 }));
      const axis_config = { categories, y_label: '事業所' };
      const chart = { type: 'bar', series: [{ name: 's', data }], axis_config };
      return render({ type: 'data_visualization', title: 't', chart });
    };
    const six = charted([...'青岩宮秋山福'].map((first) => `${first}森支部`));
    const unit = Number(/y="(\d+)">事業所</.exec(six)?.[1]);
    const tops = [...six.matchAll(/y="([\d.]+)" text-anchor="end">/g)].map(([, y]) => Number(y));
    expect(Math.min(...tops) - unit).toBeGreaterThan(16);
    expect(six).not.toContain('rotate(');
    expect(charted([...'青岩宮秋山福'].map((first) => `${first}児島島支部`))).toContain('rotate(');
  });

  it('draws a line within its frame', () => {
    const data = [
      { label: 'a', value: 5 },
      { label: 'b', value: 5 },
    ];
    const chart = { type: 'line', series: [{ name: 's', data }], axis_config: { categories: ['a', 'b'] } };
    const html = render({ type: 'data_visualization', title: 't', chart });
    expect(html).not.toContain('NaN');
    expect(html).not.toContain('Infinity');
  });
});
