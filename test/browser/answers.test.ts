import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, become, chooseForMessage, goTo, messages, modal, thread } from './page-parts.ts';
import { channelAnswer } from './scenes/channel-answer.ts';
import { kpiForm } from './scenes/kpi-form.ts';
import { ranking } from './scenes/ranking.ts';

inBrowser('an answer', (visit, same) => {
  test('by /kpi alone comes from a form that finds names by their kana', async () => {
    const { page } = await same();
    await kpiForm(page);
    expect(await modal(page).innerText()).toContain('令和7年度 事業計画の実施状況（東京支部） 1669行目');
    expect(await messages(page).getByRole('article').count()).toBe(0);
    await modal(page).getByRole('button', { name: '入力をやめる' }).click();
    await modal(page).waitFor({ state: 'hidden' });
  });

  test('for a ranking can be had as a picture', async () => {
    const { page } = await same();
    await ranking(page);
    await answerIn(thread(page)).getByRole('button', { name: 'グラフを画像で受け取る' }).click();
    const picture = answerIn(thread(page), 1).getByRole('img');
    await picture.waitFor();
    await picture.evaluate('(image) => image.decode()');
    expect(await picture.getAttribute('alt')).toContain('生活習慣病予防健診実施率の目標');
  });

  test('that is wrong can be reported in a form, and thanks come', async () => {
    const { page } = await same();
    await channelAnswer(page);
    await answerIn(thread(page)).getByRole('button', { name: '違っていた' }).click();
    await modal(page).getByLabel('数値が違う').check();
    await modal(page).getByRole('button', { name: '送信' }).click();
    await modal(page).waitFor({ state: 'hidden' });
    await thread(page).getByText('ありがとうございます').waitFor();
  });

  test('follows its question when that is edited, and goes at ❌ of the asker', async () => {
    const { page } = await same();
    await channelAnswer(page);
    await chooseForMessage(thread(page).getByRole('article').first(), '編集');
    const dialog = page.getByRole('dialog', { name: 'メッセージの編集' });
    await dialog.getByRole('textbox').fill('@planbot 群馬支部のジェネリックKPIは？');
    await dialog.getByRole('button', { name: '変更を保存' }).click();
    const answer = answerIn(thread(page));
    await answer.getByText('群馬支部 令和7年度 ジェネリック医薬品使用割合').waitFor();
    await chooseForMessage(answer, '❌ まちがい');
    await answer.waitFor({ state: 'detached' });
  });

  test('is offered in the agent’s pane by questions of the season', async () => {
    const { page } = await same();
    await goTo(page, /ダイレクトメッセージ/);
    const offers = page.getByRole('region', { name: '質問の候補' });
    await offers.getByRole('button', { name: 'KPIの目標を調べる' }).click();
    await answerIn(thread(page)).waitFor();
    expect(await answerIn(thread(page)).innerText()).toContain('出典');
  });

  test('is refused to people from outside, to themselves alone', async () => {
    const { page, another } = await visit();
    const staff = await another();
    await goTo(staff, '# 外部との連携');
    await become(page, '田中（外部）');
    await goTo(page, '# 外部との連携');
    await ask(page, '東京支部のジェネリックKPIは？');
    const refusal = messages(page).getByRole('article').filter({ hasText: 'あなただけに表示されています' });
    await refusal.getByText('職員の方だけがご利用いただけます').waitFor();
    expect(await messages(staff).getByText('職員の方だけ').count()).toBe(0);
    expect(await page.getByText('88.3％').count()).toBe(0);
  });
});
