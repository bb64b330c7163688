import { expect, onTestFinished, test } from 'vitest';
import { createPlanbot } from '../../../src/app/planbot.ts';
import { branchInName } from '../../../src/catalogue/branch-in-name.ts';
import { createWorkspace } from '../../../src/playground/emulator/workspace.ts';
import { examplesFor } from '../../../src/playground/page/page-view.ts';
import { freshFolder } from '../../store/data-folder.ts';

test('every example of every channel leads on: all are answered, and what is asked back offers buttons', async () => {
  const planbot = await createPlanbot({ dataDir: freshFolder(), trial: true, tell: () => {} });
  onTestFinished(() => planbot.close());
  const { branches } = planbot.catalogue;
  const named = createWorkspace('planbot').channels.map(({ name }) => branchInName(name, branches));
  expect(named).toContain('群馬');
  const today = { year: 2025, month: 8, day: 1 };
  for (const branch of new Set(named)) {
    const examples = examplesFor(branch);
    expect(new Set(examples.map(({ label }) => label)).size).toBe(examples.length);
    for (const { label, question } of examples) {
      const defaults = { branch: branch ?? undefined };
      const { answer } = await planbot.ask({ text: question, context: null, today, defaults });
      expect([branch, question, answer.kind]).toEqual([
        branch,
        question,
        label === '聞き返し' ? 'clarify' : 'answered',
      ]);
      if (answer.kind === 'clarify') expect(answer.choices.length).toBeGreaterThan(1);
    }
  }
}, 120_000);
