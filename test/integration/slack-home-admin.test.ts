import { describe, expect, test } from 'vitest';
import { outboxMessage } from '../slack/made-up-outbox.ts';
import { STAFF } from '../slack/running-app.ts';
import { ADMIN, COLLEAGUE, home, JULY, text } from './home-tab.ts';

describe('for admins', () => {
  async function asAdmin(options: Parameters<typeof home>[0] = {}) {
    const running = await home({ user: ADMIN, ...options });
    await running.store.members.save({ user: ADMIN, role: 'admin', branches: [] }, '導入', JULY());
    const form = async () => {
      await running.slack.clickButton({ view: await running.open(), actionId: 'home:role', user: ADMIN });
      return running.slack.waitForView((view) => view.payload.callback_id === 'role_form');
    };
    const submit = async (role: string, branches: string[], user = COLLEAGUE) =>
      running.slack.submitView({
        view: await form(),
        user: ADMIN,
        values: { role_user: user, role_role: role, role_branches: branches },
      });
    return { ...running, form, submit };
  }

  test('the tab lists roles, what was done, and reminders nobody knows to have been sent', async () => {
    const unclear = outboxMessage({ id: 1, branch: '群馬', state: 'unclear' }, '群馬支部の報告');
    const { open } = await asAdmin({ messages: [unclear] });
    const words = text(await open());
    expect(words).toContain('送れたか分からないお知らせ');
    expect(words).toContain('群馬支部の報告');
    expect(words).toContain(`<@${ADMIN}>　管理者`);
    expect(words).toContain('導入　役割の変更');
  });

  test('nobody else sees any of it', async () => {
    const { open } = await home({ messages: [outboxMessage({ id: 1, state: 'unclear' }, '群馬支部の報告')] });
    const words = text(await open());
    for (const hidden of ['管理者', '送れたか分からない', 'home:role']) expect(words).not.toContain(hidden);
  });

  test('a role is set, recorded, and shown', async () => {
    const { submit, store, slack } = await asAdmin();
    expect((await submit('reporter', ['東京', '青森'])).acknowledged).toBe(true);
    expect(await store.members.get(COLLEAGUE)).toMatchObject({
      role: 'reporter',
      branches: ['東京', '青森'],
    });
    await slack.waitUntil(() => text(slack.home(ADMIN)).includes('報告者（東京、青森）'));
    expect((await store.audit.entries()).at(-1)).toMatchObject({ actor: ADMIN, action: 'member_saved' });
  });

  test.each([
    ['a reporter of nothing', 'reporter', [], COLLEAGUE, { role_branches: '報告者には、報告する支部' }],
    ['the last admin', 'viewer', [], ADMIN, { role_role: '管理者がいなくなるため' }],
  ] as const)('refuses %s, at the field', async (_, role, branches, user, expected) => {
    const { submit, store } = await asAdmin();
    const { payload } = await submit(role, [...branches], user);
    const errors = (payload as { errors?: Record<string, string> } | null)?.errors ?? {};
    for (const [field, words] of Object.entries(expected)) expect(errors[field]).toContain(words);
    expect(await store.members.list()).toHaveLength(1);
  });

  test('whoever is no admin any more when the form is sent is refused, and that is recorded', async () => {
    const { form, store, slack } = await asAdmin();
    const view = await form();
    await store.members.save({ user: COLLEAGUE, role: 'admin', branches: [] }, ADMIN, JULY());
    await store.members.save({ user: ADMIN, role: 'viewer', branches: [] }, COLLEAGUE, JULY());
    const values = { role_user: STAFF, role_role: 'admin', role_branches: [] };
    const { payload } = await slack.submitView({ view, user: ADMIN, values });
    expect(JSON.stringify(payload)).toContain('役割を設定できるのは、管理者だけです');
    expect((await store.audit.entries()).at(-1)).toMatchObject({ action: 'refused', actor: ADMIN });
  });
});
