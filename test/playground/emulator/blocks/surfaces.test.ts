import { describe, expect, it } from 'vitest';
import { checkBlocks, checkView } from '../../../../src/playground/emulator/blocks/check-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string, more: object = {}) => ({ text: plain(value), value, ...more });
const cell = (text: string) => ({ type: 'raw_text', text });
const input = (element: object) => ({
  type: 'input',
  label: plain('欄'),
  element: { action_id: 'i', ...element },
});
const line = {
  type: 'line',
  series: [{ name: '実績', data: [{ label: '1Q', value: 1 }] }],
  axis_config: { categories: ['1Q'] },
};

/** What Slack's documentation says of each block: in a message, a modal, the Home tab. */
const blocks: [string, object, [boolean, boolean, boolean]][] = [
  ['section', { type: 'section', text: plain('x') }, [true, true, true]],
  ['header', { type: 'header', text: plain('x') }, [true, true, true]],
  ['divider', { type: 'divider' }, [true, true, true]],
  ['context', { type: 'context', elements: [plain('x')] }, [true, true, true]],
  [
    'image, which planbot shares as a file',
    { type: 'image', alt_text: 'x', image_url: 'https://example.com/a.png' },
    [false, false, false],
  ],
  [
    'actions',
    { type: 'actions', elements: [{ type: 'button', text: plain('x'), action_id: 'a' }] },
    [true, true, true],
  ],
  ['input', input({ type: 'plain_text_input' }), [true, true, true]],
  [
    'data_table',
    { type: 'data_table', caption: 'x', rows: [[cell('a')], [cell('b')]] },
    [true, false, false],
  ],
  ['data_visualization', { type: 'data_visualization', title: 'x', chart: line }, [true, false, true]],
  [
    'context_actions',
    {
      type: 'context_actions',
      elements: [{ type: 'icon_button', icon: 'trash', text: plain('消す'), action_id: 'a', value: 'x' }],
    },
    [true, false, false],
  ],
  ['alert, for which planbot has no use', { type: 'alert', text: plain('x') }, [false, false, false]],
  [
    'file, which only Slack posts',
    { type: 'file', external_id: 'x', source: 'remote' },
    [false, false, false],
  ],
];

describe('where a block may stand', () => {
  it.each(blocks)('%s', (_name, block, [inMessage, inModal, inHome]) => {
    expect(checkBlocks([block], 'message').ok).toBe(inMessage);
    const modal = { type: 'modal', title: plain('x'), submit: plain('送る'), blocks: [block] };
    expect(checkView(modal, 'modal').ok).toBe(inModal);
    expect(checkView({ type: 'home', blocks: [block] }, 'home').ok).toBe(inHome);
  });
});

const cases: [string, object, string | null][] = [
  [
    'an option that is there',
    { type: 'static_select', options: [option('a')], initial_option: option('a') },
    null,
  ],
  [
    'an option that is not',
    { type: 'static_select', options: [option('a')], initial_option: option('b') },
    'initial option does not match any of the options [json-pointer:/blocks/0/element]',
  ],
  [
    'an option in other words',
    {
      type: 'radio_buttons',
      options: [option('a', { text: plain('説明') })],
      initial_option: option('a'),
    },
    'initial option does not match',
  ],
  [
    'one of several',
    {
      type: 'multi_static_select',
      options: [option('a'), option('b')],
      initial_options: [option('b')],
    },
    null,
  ],
  [
    'eleven checkboxes',
    { type: 'checkboxes', options: Array.from({ length: 11 }, (_, n) => option(`${n}`)) },
    '10',
  ],
  ['a text within its length', { type: 'plain_text_input', max_length: 3, initial_value: 'abc' }, null],
  [
    'a text past its length',
    { type: 'plain_text_input', max_length: 3, initial_value: 'abcd' },
    'initial_value',
  ],
  ['a length past 3,000', { type: 'plain_text_input', max_length: 3001 }, 'must be less than 3001'],
  [
    'a day that cannot be',
    { type: 'datepicker', initial_date: '2025-02-30' },
    '[json-pointer:/blocks/0/element/initial_date]',
  ],
  ['a button as input', { type: 'button', text: plain('x') }, 'unsupported type: button'],
];

describe('what an input may start with', () => {
  it.each(cases)('%s', (_name, element, sentence) => {
    const verdict = checkBlocks([input(element)], 'modal');
    expect(verdict.ok).toBe(sentence === null);
    if (sentence !== null && !verdict.ok) expect(verdict.errors.join('\n')).toContain(sentence);
  });

  it('only one field of a view has the cursor', () => {
    const focused = (block_id: string) => ({
      ...input({ type: 'plain_text_input', focus_on_load: true }),
      block_id,
    });
    expect(checkBlocks([focused('a')], 'modal').ok).toBe(true);
    expect(checkBlocks([focused('a'), focused('b')], 'modal')).toMatchObject({
      errors: ['only one element can have focus_on_load [json-pointer:/blocks/1/element]'],
    });
  });
});

describe('cells of a table', () => {
  const rows = (...texts: string[][]) => texts.map((row) => row.map(cell));
  it.each<[string, object, string]>([
    [
      'an empty one',
      { type: 'data_table', caption: 'x', rows: rows(['a'], ['']) },
      'must be more than 0 characters [json-pointer:/blocks/0/rows/1/0/text]',
    ],
    [
      'a row that is short',
      { type: 'data_table', caption: 'x', rows: rows(['a', 'b'], ['c']) },
      'the same number of cells',
    ],
  ])('%s', (_name, block, sentence) => {
    const verdict = checkBlocks([block], 'message');
    expect(verdict.ok ? '' : verdict.errors.join('\n')).toContain(sentence);
  });
});
