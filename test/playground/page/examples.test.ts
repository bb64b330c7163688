import { expect, onTestFinished, test } from 'vitest';
import { createPlanbot } from '../../../src/app/planbot.ts';
import { branchInName } from '../../../src/catalogue/branch-in-name.ts';
import { CHANNELS, createWorkspace, USERS } from '../../../src/playground/emulator/workspace.ts';
import { readPlace } from '../../../src/playground/page/conversation-view.ts';
import { examplesFor, renderPage } from '../../../src/playground/page/page-view.ts';
import { startSlack } from '../../helpers/local-slack.ts';
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
    // Another branch is named only where the own one is compared with it.
    const foreign = examples.filter(({ question }) => question.startsWith('東京支部') && branch !== '東京');
    if (branch !== null) expect(foreign).toEqual([]);
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

test.each([
  { who: 'staff', user: USERS.staff, channel: CHANNELS.gunma, said: '知りたいことを書いてください' },
  { who: 'a guest', user: USERS.guest, channel: CHANNELS.kanagawa, said: 'ゲストと外部の方' },
  { who: 'a stranger', user: USERS.external, channel: CHANNELS.shared, said: 'ゲストと外部の方' },
  { who: 'staff, without the bot', user: USERS.staff, channel: CHANNELS.chat, said: '参加していません' },
  { who: 'staff, before strangers', user: USERS.staff, channel: CHANNELS.shared, said: '外部と共有している' },
])('examples are offered where they are answered: $who', async ({ user, channel, said }) => {
  const slack = await startSlack();
  onTestFinished(() => slack.stop());
  const place = readPlace(new URLSearchParams({ user: user.id, channel }), slack.workspace);
  const page = await renderPage({ slack, tools: null, branchInName: () => null }, place);
  expect(page.welcome).toContain(said);
  expect(page.examples.includes('data-ask')).toBe(said === '知りたいことを書いてください');
});
