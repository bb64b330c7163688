import { expect, test } from 'vitest';
import { cutOff, seriousIssues } from './checks.ts';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, become, goTo, modal, passOneDay, thread } from './page-parts.ts';
import { channelAnswer } from './scenes/channel-answer.ts';
import { home } from './scenes/home.ts';
import { kpiForm } from './scenes/kpi-form.ts';
import { ranking } from './scenes/ranking.ts';
import { reportForm } from './scenes/report-form.ts';

inBrowser('the page', (visit, same) => {
  test('can be used with the keyboard alone', async () => {
    const { page } = await same();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('東京支部のジェネリックKPIは？');
    await page.keyboard.press('Enter');
    await answerIn(thread(page)).getByText('88.3％以上').first().waitFor();
    await page.keyboard.press('Escape');
    await thread(page).waitFor({ state: 'hidden' });
  });

  test('has no serious issue for a screen reader: channel, thread, chart, log, outbox', async () => {
    const { page } = await visit();
    expect(await seriousIssues(page)).toEqual([]);
    await ranking(page);
    expect(await seriousIssues(page)).toEqual([]);
    await page.getByRole('button', { name: 'ボットとSlackのやりとり' }).click();
    await page.getByText('chat.postMessage').first().waitFor();
    expect(await seriousIssues(page)).toEqual([]);
    await page.getByRole('button', { name: '送信箱' }).click();
    await passOneDay(page);
    await page.getByRole('region', { name: '送信箱' }).getByText('送信済み').first().waitFor();
    expect(await seriousIssues(page)).toEqual([]);
  });

  test('has no serious issue in Home and in its forms either', async () => {
    const { page } = await visit();
    await home(page);
    expect(await seriousIssues(page)).toEqual([]);
    await kpiForm(page);
    expect(await seriousIssues(page)).toEqual([]);
    await modal(page).getByRole('button', { name: '入力をやめる' }).click();
    await modal(page).waitFor({ state: 'hidden' });
    await reportForm(page);
    expect(await seriousIssues(page)).toEqual([]);
  });

  test('is written in a font that comes with it', async () => {
    const { page } = await same();
    const fonts =
      '[...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family)';
    const loaded = await page.evaluate(`document.fonts.ready.then(() => ${fonts})`);
    expect(String(loaded)).toContain('BIZ UDPGothic');
    expect(await page.evaluate('getComputedStyle(document.body).fontFamily')).toContain('BIZ UDPGothic');
  });

  test('is the same after a reload: person, channel and thread', async () => {
    const { page } = await same();
    await become(page, '高橋（管理者）');
    await channelAnswer(page);
    const before = await thread(page).innerText();
    await page.reload();
    await answerIn(thread(page)).waitFor();
    expect(await thread(page).innerText()).toBe(before);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('#東京支部');
    expect(await page.getByLabel('使う人').inputValue()).toBe('U0ADMIN01');
  });

  test('cuts nothing off on a telephone: channel, thread, table, Home, form', async () => {
    const { page } = await visit({ size: { width: 390, height: 800 } });
    expect(await cutOff(page)).toEqual([]);
    await channelAnswer(page);
    expect(await cutOff(page)).toEqual([]);
    await page.getByRole('button', { name: 'スレッドを閉じる' }).click();
    await ranking(page);
    expect(await cutOff(page)).toEqual([]);
    await page.getByRole('button', { name: 'スレッドを閉じる' }).click();
    await home(page);
    expect(await cutOff(page)).toEqual([]);
    await goTo(page, '# 東京支部');
    await ask(page, '/kpi');
    await modal(page).getByRole('combobox', { name: /^指標/ }).fill('健診');
    await modal(page).getByRole('option').first().waitFor();
    const form = `document.querySelector('.modal-body')`;
    expect(await page.evaluate(`${form}.scrollHeight - ${form}.clientHeight`)).toBe(0);
    await modal(page).getByRole('button', { name: '入力をやめる' }).click();
    await modal(page).waitFor({ state: 'hidden' });
    await kpiForm(page);
    expect(await cutOff(page)).toEqual([]);
  });

  test('shows each person the channels that they are in', async () => {
    const { page } = await same();
    const places = page.getByRole('navigation').getByRole('button');
    await become(page, '佐藤（職員）');
    await places.filter({ hasText: '東京支部' }).waitFor();
    await places.filter({ hasText: '企画総務' }).waitFor({ state: 'detached' });
    await become(page, '高橋（管理者）');
    await places.filter({ hasText: '企画総務' }).waitFor();
    await become(page, '田中（外部）');
    await places.filter({ hasText: '企画総務' }).waitFor({ state: 'detached' });
    expect(await places.filter({ hasText: '東京支部' }).count()).toBe(0);
  });
});
