import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, askInThread, goTo, messages, thread } from './page-parts.ts';

inBrowser('a question', (visit) => {
  test('in a channel is answered in its thread, with figure and source; a follow-up too', async () => {
    const { page } = await visit();
    await goTo(page, '# 東京支部');
    await ask(page, '東京支部のジェネリックKPIは？');
    const answer = answerIn(thread(page));
    await answer.getByText('88.3％以上').first().waitFor();
    await answer.getByText('令和7年度 事業計画の実施状況（東京支部）').first().waitFor();
    await messages(page).getByRole('button', { name: '1件の返信' }).waitFor();
    await askInThread(page, 'じゃあ群馬は？');
    await answerIn(thread(page), 1).getByText('群馬支部').first().waitFor();
    expect(await answerIn(thread(page), 1).innerText()).toContain('出典');
  });

  test('in a direct message is answered there', async () => {
    const { page } = await visit();
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, 'とうきょう ジェネリック');
    await answerIn(messages(page)).getByText('88.3％以上').first().waitFor();
  });
});
