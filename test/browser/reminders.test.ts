import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, goTo, messages, passOneDay, thread } from './page-parts.ts';
import { reminder } from './scenes/reminder.ts';

inBrowser('a reminder', (visit) => {
  test('falls due when the day comes, and a click acknowledges it: the message says who, the thread too', async () => {
    const { page } = await visit();
    const notice = await reminder(page);
    expect(await notice.innerText()).toContain('19件中0件　期限 7月31日（木）を過ぎています');
    await notice.getByRole('button', { name: '確認しました' }).click();
    await notice.getByText(/確認済：.*佐藤.*8月4日（月）/).waitFor();
    expect(await notice.getByRole('button', { name: '確認しました' }).count()).toBe(0);
    await messages(page).getByRole('button', { name: '1件の返信' }).click();
    await thread(page).getByText('さんが確認しました。').waitFor();
  });

  test('waits until a day is typed out: those that its digits make on the way do not come', async () => {
    const { page } = await visit();
    const day = page.getByLabel('日付を選ぶ');
    const label = page.locator('#clock-label');
    // Twice down from 1 August is a day that there is, whichever part of a date comes first.
    await day.press('ArrowDown');
    await day.press('ArrowDown');
    const [year = 0, month = 0, date = 0] = (await day.inputValue()).split('-').map(Number);
    expect(await label.innerText()).toContain('2025年8月1日');
    await day.press('Enter');
    await label.filter({ hasText: `${year}年${month}月${date}日` }).waitFor();
  });

  test('is put off to another day, and given to someone else', async () => {
    const { page } = await visit();
    const notice = await reminder(page);
    await notice.getByRole('combobox', { name: '延期する' }).selectOption('来週まで');
    await notice.getByText('延期：8月12日（火）まで').waitFor();
    await notice.getByRole('combobox', { name: '担当を変える' }).selectOption('高橋（管理者）');
    await notice.getByText(/担当：.*高橋/).waitFor();
  });

  test('that was put off comes again on its day, and goes to the head office where nobody reports', async () => {
    const { page } = await visit();
    const notice = await reminder(page);
    await notice.getByRole('combobox', { name: '延期する' }).selectOption('明日まで');
    await notice.getByText('延期：8月5日（火）まで').waitFor();
    await page.getByLabel('日付を選ぶ').fill('2025-08-08');
    await notice.getByText('本部に知らせました（8月8日（金））').waitFor();
    await notice.getByRole('button', { name: /件の返信/ }).click();
    await thread(page).getByText('延期の期日になりました。').waitFor();
    await goTo(page, '# 本部');
    await messages(page).getByText('全支部のまとめ').last().waitFor();
  });

  test('of a figure is one line; which yardstick it used and where the figure stands is in the thread', async () => {
    const { page } = await visit();
    await goTo(page, '# 東京支部');
    await passOneDay(page);
    const notice = answerIn(messages(page));
    await notice
      .getByText('被扶養者の特定健診実施率　3.4％（5月時点）／目標 33.6％以上　目安との差▲2.2ポイント')
      .waitFor();
    for (const detail of ['目安 5.6％', '行目']) expect(await notice.innerText()).not.toContain(detail);
    await notice.getByRole('button', { name: '詳細と出典' }).click();
    await notice.getByRole('button', { name: '1件の返信' }).click();
    await thread(page).getByText('この時点の目安5.6％＝33.6％×2か月÷12か月').waitFor();
    await thread(page).getByText('令和7年度 事業計画の実施状況（東京支部） 999行目').waitFor();
  });
});
