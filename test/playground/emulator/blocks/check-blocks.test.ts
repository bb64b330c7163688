import { describe, expect, it } from 'vitest';
import { checkBlocks } from '../../../../src/playground/emulator/blocks/check-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string, more = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
const button = (change = {}) => ({ type: 'button', text: plain('押す'), action_id: 'a', ...change });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const cells = (...texts: string[]) => texts.map((text) => ({ type: 'raw_text', text }));
const dataTable = (change = {}) => ({
  type: 'data_table',
  caption: '比較',
  rows: [
    cells('支部', '目標'),
    [
      { type: 'raw_text', text: '東京' },
      { type: 'raw_number', value: 88.3, text: '88.3%' },
    ],
  ],
  ...change,
});
const point = (label: string, value: number) => ({ label, value });
const chart = (change = {}) => ({
  type: 'data_visualization',
  title: '推移',
  chart: {
    type: 'line',
    series: [{ name: '実績', data: [point('1Q', 1), point('2Q', -2)] }],
    axis_config: { categories: ['1Q', '2Q'], y_label: '%' },
    ...change,
  },
});
const option = (value: string) => ({ text: plain(value), value });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('checkBlocks takes what Slack takes', () => {
  it.each([
    ['section', section('x'.repeat(3000))],
    ['fields', { type: 'section', fields: many(10, () => ({ type: 'mrkdwn', text: 'x'.repeat(1000) })) }],
    ['header', { type: 'header', text: plain('x'.repeat(150)) }],
    ['divider', { type: 'divider', block_id: 'line' }],
    ['context', { type: 'context', elements: [{ type: 'mrkdwn', text: '出典' }] }],
    ['actions', actions(button({ value: 'x'.repeat(2000), style: 'primary' }))],
    [
      'select',
      actions({ type: 'static_select', action_id: 's', options: many(100, (n) => option(`o${n}`)) }),
    ],
    ['input', { type: 'input', label: plain('名前'), element: { type: 'plain_text_input', action_id: 'i' } }],
    ['data_table', dataTable()],
    ['chart', chart()],
    [
      'feedback',
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'f',
            positive_button: { text: plain('はい'), value: 'good' },
            negative_button: { text: plain('いいえ'), value: 'bad' },
          },
        ],
      },
    ],
  ])('%s', (_name, block) => {
    expect(checkBlocks([block], 'message')).toEqual({ ok: true, blocks: [block] });
  });
});

describe('checkBlocks refuses what Slack refuses, and says where', () => {
  it.each([
    ['an unknown type', [{ type: 'hologram' }], 'unsupported type: hologram [json-pointer:/blocks/0/type]'],
    ['no type', [{}], 'missing required field: type [json-pointer:/blocks/0]'],
    ['a missing field', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'an unknown field',
      [section('x', { colour: 1 })],
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'a long section',
      [section('x'.repeat(3001))],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', [section('')], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    [
      'a section without words',
      [{ type: 'section' }],
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      '11 fields',
      [{ type: 'section', fields: many(11, () => plain('x')) }],
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a long header',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'mrkdwn in a header',
      [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
      '[json-pointer:/blocks/0/text/type]',
    ],
    [
      'a long label',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a long value',
      [actions(button({ value: 'x'.repeat(2001) }))],
      'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
    ],
    [
      'a long action_id',
      [actions(button({ action_id: 'x'.repeat(256) }))],
      'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
    ],
    [
      'a style of its own',
      [actions(button({ style: 'green' }))],
      '[json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      '26 elements',
      [actions(...many(26, (n) => button({ action_id: `a${n}` })))],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    ['no elements', [actions()], 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
    ['an action_id twice', [actions(button(), button())], '`action_id` a already exists'],
    [
      'a block_id twice',
      [section('x', { block_id: 'b' }), section('y', { block_id: 'b' })],
      '`block_id` b already exists',
    ],
    [
      '101 options',
      [actions({ type: 'static_select', action_id: 's', options: many(101, (n) => option(`o${n}`)) })],
      'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a select without options',
      [actions({ type: 'static_select', action_id: 's' })],
      'missing required field: options [json-pointer:/blocks/0/elements/0]',
    ],
    [
      '51 blocks',
      many(51, () => ({ type: 'divider' })),
      'no more than 50 items allowed [json-pointer:/blocks]',
    ],
    [
      '102 rows of a table',
      [dataTable({ rows: many(102, () => cells('a')) })],
      'no more than 101 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      '21 columns',
      [dataTable({ rows: many(2, () => cells(...many(21, () => 'a'))) })],
      'no more than 20 items allowed [json-pointer:/blocks/0/rows/0]',
    ],
    [
      'a data_table without caption',
      [dataTable({ caption: undefined })],
      'missing required field: caption [json-pointer:/blocks/0]',
    ],
    [
      'a data_table of a header alone',
      [dataTable({ rows: [cells('a')] })],
      'no fewer than 2 items allowed [json-pointer:/blocks/0/rows]',
    ],
    [
      'uneven rows',
      [dataTable({ rows: [cells('a', 'b'), cells('a')] })],
      'all rows must have the same number of cells',
    ],
    [
      '10,001 characters in tables',
      [dataTable({ rows: [cells('a'), cells('x'.repeat(10_000))] })],
      'table text must be less than 10001 characters',
    ],
    ['three charts', many(3, () => chart()), 'no more than 2 data_visualization blocks allowed'],
    [
      'a long chart label',
      [chart({ axis_config: { categories: ['x'.repeat(21), '2Q'] } })],
      'must be less than 21 characters',
    ],
    [
      'a series with a gap',
      [chart({ series: [{ name: '実績', data: [point('1Q', 1)] }] })],
      'every series needs one value for each category',
    ],
    [
      'seven series',
      [chart({ series: many(7, (n) => ({ name: `s${n}`, data: [point('1Q', 1), point('2Q', 2)] })) })],
      'no more than 6 items allowed',
    ],
    [
      'text that is a number',
      [section(7 as unknown as string)],
      'must provide a string [json-pointer:/blocks/0/text/text]',
    ],
  ])('%s', (_name, blocks, sentence) => {
    const verdict = checkBlocks(blocks, 'message');
    expect(verdict).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(verdict.ok ? [] : verdict.errors).toContainEqual(expect.stringContaining(sentence));
  });

  it('blocks that are no list', () => {
    expect(checkBlocks({ type: 'divider' }, 'message')).toMatchObject({ error: 'invalid_blocks_format' });
  });

  it('blocks that are too long together', () => {
    const verdict = checkBlocks(
      many(5, () => section('x'.repeat(2900))),
      'message',
    );
    expect(verdict).toMatchObject({ ok: false, error: 'msg_blocks_too_long' });
  });

  it('a message’s block in a view', () => {
    expect(checkBlocks([dataTable()], 'message')).toMatchObject({ ok: true });
    for (const surface of ['modal', 'home'] as const)
      expect(checkBlocks([dataTable()], surface)).toMatchObject({ ok: false, error: 'invalid_blocks' });
  });

  it('a chart in a modal, but not in the Home tab', () => {
    expect(checkBlocks([chart()], 'modal')).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(checkBlocks([chart()], 'home')).toMatchObject({ ok: true });
  });
});
