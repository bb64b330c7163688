import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, askInThread, become, goTo, messages, thread } from './page-parts.ts';
import { channelAnswer } from './scenes/channel-answer.ts';
import { ranking } from './scenes/ranking.ts';

inBrowser('a question', (visit, same) => {
  test('in a channel is answered in its thread, and what follows in the thread too', async () => {
    const { page } = await same();
    await channelAnswer(page);
    await messages(page).getByRole('button', { name: '1件の返信' }).waitFor();
    await askInThread(page, 'じゃあ青森は？');
    const next = answerIn(thread(page), 1);
    await next.getByText('青森支部').first().waitFor();
    const text = await next.innerText();
    expect(text).toContain('ジェネリック医薬品使用割合');
    expect(text).toContain('令和3年度 事業計画（青森支部）');
  });

  test('in a direct message is answered there', async () => {
    const { page } = await same();
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, 'とうきょう ジェネリック');
    await answerIn(thread(page)).getByText('88.3％以上').first().waitFor();
  });

  test('with several meanings is asked back, and a button answers it', async () => {
    const { page } = await same();
    await goTo(page, '# 本部');
    await ask(page, '健診率は？');
    const back = answerIn(thread(page));
    await back.getByText('どの支部のことでしょうか').waitFor();
    await back.getByRole('button', { name: '群馬支部' }).click();
    const answer = answerIn(thread(page), 1);
    await answer.getByText('出典').first().waitFor();
    expect(await answer.innerText()).toContain('群馬支部');
  });

  test('for a ranking is a table that a click on a column sorts', async () => {
    const { page } = await same();
    await ranking(page);
    const table = thread(page).getByRole('table');
    const first = () => table.getByRole('row').nth(1).innerText();
    expect(await first()).toContain('山形支部');
    const header = table.getByRole('columnheader', { name: /目標/ });
    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    expect(await first()).not.toContain('山形支部');
    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    expect(await first()).toContain('山形支部');
  });

  test('by /kpi is answered to the asker alone until it is shared; a colleague’s browser needs no reload', async () => {
    const { page, another } = await visit();
    const colleague = await another();
    await become(colleague, '鈴木（報告者）');
    for (const one of [page, colleague]) await goTo(one, '# 東京支部');
    await ask(page, '/kpi 東京 ジェネリック');
    const own = messages(page).getByRole('article').filter({ hasText: 'あなただけに表示されています' });
    await own.getByText('88.3％以上').first().waitFor();
    expect(await messages(colleague).getByRole('article').count()).toBe(0);
    await own.getByRole('button', { name: 'チャンネルに共有' }).click();
    const shared = answerIn(messages(colleague));
    await shared.getByText('88.3％以上').first().waitFor();
    expect(await shared.innerText()).toContain('佐藤');

    await channelAnswer(page);
    await messages(colleague).getByRole('button', { name: '1件の返信' }).click();
    const seen = answerIn(thread(colleague));
    expect(await seen.innerText()).toBe(await answerIn(thread(page)).innerText());
  });

  test('asked right after the person was changed, on a slow line, is that person’s own', async () => {
    const { page } = await visit();
    await goTo(page, /ダイレクトメッセージ/);
    let resume = () => {};
    const line = new Promise<void>((resolve) => {
      resume = resolve;
    });
    await page.route('**/view?*', async (route) => {
      await line;
      await route.continue();
    });
    await become(page, '高橋（管理者）');
    // As the list stands, it is the direct message of the person before.
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, 'こんにちは');
    resume();
    const article = thread(page).getByRole('article');
    await article.filter({ hasText: '高橋' }).getByText('こんにちは').waitFor();
    await answerIn(thread(page)).getByRole('combobox', { name: '担当の支部を選ぶ' }).waitFor();
  });

  test('that is refused stays in the field', async () => {
    const { page } = await same();
    await goTo(page, '# 東京支部');
    await page.route('**/act', (route) => route.fulfill({ json: { problem: '試しに断りました。' } }), {
      times: 1,
    });
    await ask(page, 'ジェネリックのKPIは？');
    await page.getByText('試しに断りました。').first().waitFor();
    expect(await page.getByRole('textbox', { name: '質問', exact: true }).inputValue()).toBe(
      'ジェネリックのKPIは？',
    );
  });
});
