import { expect, test } from 'vitest';
import { cutOff, seriousIssues } from './checks.ts';
import { inBrowser } from './in-browser.ts';
import { answerIn, become, thread } from './page-parts.ts';
import { channelAnswer } from './scenes/channel-answer.ts';
import { ranking } from './scenes/ranking.ts';

inBrowser('the page', (visit) => {
  test('can be used with the keyboard alone', async () => {
    const { page } = await visit();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('東京支部のジェネリックKPIは？');
    await page.keyboard.press('Enter');
    await answerIn(thread(page)).getByText('88.3％以上').first().waitFor();
    await page.keyboard.press('Escape');
    await thread(page).waitFor({ state: 'hidden' });
  });

  test('has no serious issue for a screen reader: channel, thread, log', async () => {
    const { page } = await visit();
    expect(await seriousIssues(page)).toEqual([]);
    await ranking(page);
    expect(await seriousIssues(page)).toEqual([]);
    await page.getByText('ボットとSlackのやりとり').click();
    await page.getByText('chat.postMessage').first().waitFor();
    expect(await seriousIssues(page)).toEqual([]);
  });

  test('cuts nothing off on a telephone: channel, thread, table', async () => {
    const { page } = await visit({ size: { width: 390, height: 800 } });
    expect(await cutOff(page)).toEqual([]);
    await channelAnswer(page);
    expect(await cutOff(page)).toEqual([]);
    await page.getByRole('button', { name: 'スレッドを閉じる' }).click();
    await ranking(page);
    expect(await cutOff(page)).toEqual([]);
  });

  test('shows each person the channels that they are in', async () => {
    const { page } = await visit();
    const places = page.getByRole('navigation').getByRole('button');
    await places.filter({ hasText: '東京支部' }).waitFor();
    expect(await places.filter({ hasText: '企画総務' }).count()).toBe(0);
    await become(page, '高橋（管理者）');
    await places.filter({ hasText: '企画総務' }).waitFor();
    await become(page, '田中（外部）');
    await places.filter({ hasText: '企画総務' }).waitFor({ state: 'detached' });
    expect(await places.filter({ hasText: '東京支部' }).count()).toBe(0);
  });
});
