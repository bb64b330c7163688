import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { withOwners } from './office.ts';
import { messages, thread } from './page-parts.ts';
import { reminder } from './scenes/reminder.ts';

inBrowser('a reminder', (visit) => {
  test('is acknowledged by a click: the message says who, the thread too', async () => {
    const { page } = await visit({ prepare: withOwners });
    const notice = await reminder(page);
    expect(await notice.innerText()).toContain('目安5.6％＝33.6％×2か月÷12か月');
    await notice.getByRole('button', { name: '確認しました' }).click();
    await notice.getByText(/確認済：.*佐藤.*8月1日（金）/).waitFor();
    expect(await notice.getByRole('button', { name: '確認しました' }).count()).toBe(0);
    await messages(page).getByRole('button', { name: '1件の返信' }).click();
    await thread(page).getByText('さんが確認しました。').waitFor();
  });

  test('is put off to another day, and given to someone else', async () => {
    const { page } = await visit({ prepare: withOwners });
    const notice = await reminder(page);
    await notice.getByRole('combobox', { name: '延期する' }).selectOption('来週まで');
    await notice.getByText('延期：8月8日（金）まで').waitFor();
    await notice.getByRole('combobox', { name: '担当を変える' }).selectOption('高橋（管理者）');
    await notice.getByText(/担当：.*高橋/).waitFor();
  });
});
