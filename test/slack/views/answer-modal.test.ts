import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkView } from '../../../src/playground/blocks/check-view.ts';
import { answerModal, modalPanel } from '../../../src/slack/views/answer-modal.ts';
import { anyAnswer, anyText } from '../answers.ts';

const context = { branches: [], fys: [], indicators: [], topic: 'kpi' };
const question = { kind: 'talk', about: 'help' } as const;

test('any answer is a modal that Slack takes, and mentions nobody', () => {
  fc.assert(
    fc.property(anyAnswer, anyText, fc.constantFrom(null, 'C0TOKYO01'), (answer, asked, channel) => {
      const message = modalPanel({ answer, context: { ...context, asked }, question }, channel);
      const modal = answerModal({ message, metadata: JSON.stringify({ channel }) });
      expect(checkView(modal, 'modal')).toMatchObject({ ok: true });
      expect(JSON.stringify(modal)).not.toContain('<');
    }),
    { numRuns: 150 },
  );
});
