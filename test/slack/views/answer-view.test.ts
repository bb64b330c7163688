import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBlocks } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import { buttonValue, questionOf } from '../../../src/slack/button-question.ts';
import { answerView } from '../../../src/slack/views/card.ts';
import { shareButton } from '../../../src/slack/views/choices.ts';
import { anyAnswer, kpiQuery } from '../answers.ts';

describe('any answer', () => {
  test('is a message that Slack takes, natively and in the classic form', () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const { blocks, classic, text } = answerView(answer, shareButton('share', buttonValue(kpiQuery)));
        expect(checkBlocks(blocks, 'message')).toMatchObject({ ok: true });
        expect(checkBlocks(classic, 'message')).toMatchObject({ ok: true });
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4_000);
      }),
      { numRuns: 150 },
    );
  });

  test('never carries a mention, a link or a control character out of its texts', () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        const sent = JSON.stringify(answerView(answer));
        // Slack's markup begins with <; > alone is a quotation.
        expect(sent).not.toContain('<');
        expect(sent).not.toMatch(/\\u0000|\u202e|\\ud800/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an answer that is no figure', () => {
  test('asks back with a button for each meaning', () => {
    const meant = { ...kpiQuery, indicators: ['checkup_rate'] };
    const view = answerView({
      kind: 'clarify',
      text: 'どの健診率についてお調べしますか？',
      passages: [],
      choices: [{ label: '生活習慣病予防健診', query: meant }],
    });
    expect(view.blocks).toMatchObject([
      { type: 'section', text: { text: 'どの健診率についてお調べしますか？' } },
      {
        type: 'actions',
        elements: [{ action_id: 'choice:0' }],
      },
    ]);
    expect(questionOf(buttonValues(view.blocks)[0] ?? '')).toEqual({ text: '', query: meant });
  });

  test('says what is not in the documents, without buttons where there is nothing to offer', () => {
    const view = answerView({ kind: 'not_found', text: '資料にありません。', passages: [], choices: [] });
    expect(view.blocks).toMatchObject([{ type: 'section', text: { text: '資料にありません。' } }]);
    expect(view.text).toBe('資料にありません。');
  });
});

function buttonValues(blocks: readonly object[]): string[] {
  return blocks.flatMap((block) =>
    'elements' in block ? (block.elements as { value: string }[]).map(({ value }) => value) : [],
  );
}
