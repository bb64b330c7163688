import { describe, expect, it } from 'vitest';
import { checkView } from '../../../../src/playground/emulator/blocks/check-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const input = { type: 'input', label: plain('実績'), element: { type: 'plain_text_input', action_id: 'v' } };
const modal = (change = {}) => ({
  type: 'modal',
  title: plain('報告'),
  submit: plain('送る'),
  blocks: [input],
  ...change,
});

describe('checkView', () => {
  it('takes a modal with an input and a way to send it', () => {
    expect(checkView(modal(), 'modal')).toMatchObject({ ok: true, payload: { type: 'modal' } });
  });

  it.each([
    [
      'a long title',
      modal({ title: plain('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'an input without submit',
      modal({ submit: undefined }),
      'missing required field: submit [json-pointer:/view]',
    ],
    [
      'a long private_metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      '101 blocks',
      modal({ blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'a bad block',
      modal({ blocks: [{ type: 'header', text: plain('') }] }),
      '[json-pointer:/view/blocks/0/text/text]',
    ],
    ['a Home view', { type: 'home', blocks: [] }, 'must be a modal view [json-pointer:/view/type]'],
    ['another type', { type: 'popup', blocks: [] }, 'unsupported type: popup [json-pointer:/view/type]'],
  ])('refuses %s', (_name, view, sentence) => {
    const verdict = checkView(view, 'modal');
    expect(verdict).toMatchObject({ ok: false, error: 'invalid_arguments' });
    expect(verdict.ok ? [] : verdict.errors).toContainEqual(expect.stringContaining(sentence));
  });
});
