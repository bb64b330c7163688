import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkView } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import { answerModal, modalPanel } from '../../../src/slack/views/answer-surfaces.ts';
import { anyAnswer, anyText, kpiQuery } from '../answers.ts';

test('any answer is a modal that Slack takes, and mentions nobody', () => {
  fc.assert(
    fc.property(anyAnswer, anyText, fc.constantFrom(null, 'C0TOKYO01'), (answer, about, channel) => {
      const query = { ...kpiQuery, about };
      const message = modalPanel({ answer, query, understood: '', context: null, questions: 1 }, channel);
      const modal = answerModal({ message, metadata: JSON.stringify({ channel }) });
      expect(checkView(modal, 'modal')).toMatchObject({ ok: true });
      expect(JSON.stringify(modal)).not.toContain('<');
    }),
    { numRuns: 150 },
  );
});
