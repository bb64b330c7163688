import { expect, test } from 'vitest';
import { madeUpPlan } from '../cli/made-up-plan.ts';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, goTo, thread } from './page-parts.ts';

const TABLE = '支部,年度,指標,時点,実績\n東京,令和7年度,ジェネリック医薬品使用割合,2025-06-30,88.9％\n';

inBrowser('a document', (visit) => {
  test('that is dropped on the page is taken in with a report, and answers', async () => {
    const { page } = await visit();
    const dropped = await page.evaluateHandle(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(madeUpPlan())}], 'aomori.txt', { type: 'text/plain' })); return data; })()`,
    );
    await page.getByRole('main').dispatchEvent('drop', { dataTransfer: dropped });
    const reports = page.getByRole('region', { name: '取り込みの報告' });
    await reports.getByText('取り込みました').waitFor();
    expect(await reports.innerText()).toContain('青森');
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, '青森支部のジェネリックの目標は？');
    await answerIn(thread(page)).getByText('81.5％以上').first().waitFor();
  });

  test('is taken out again once that is confirmed, with what it brought', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: '資料を追加' }).click();
    const file = { name: 'aomori.txt', mimeType: 'text/plain', buffer: Buffer.from(madeUpPlan()) };
    await page.getByRole('button', { name: /ここにファイルを置く/ }).setInputFiles(file);
    const removal = page.getByRole('button', { name: 'aomori.txtを取り消す' });
    await removal.click();
    const question = page.getByRole('dialog');
    await question.getByRole('button', { name: 'やめる' }).click();
    await removal.click();
    await question.getByRole('button', { name: '取り消す' }).click();
    await removal.waitFor({ state: 'detached' });
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, '青森支部のジェネリックの令和7年度の目標は？');
    await answerIn(thread(page))
      .getByText(/資料にありません/)
      .first()
      .waitFor();
  });

  test('with figures in a table changes the answer, and its place is said', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: '資料を追加' }).click();
    const file = { name: '実績.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) };
    await page.getByRole('button', { name: /ここにファイルを置く/ }).setInputFiles(file);
    await page.getByRole('region', { name: '取り込みの報告' }).getByText('取り込みました').waitFor();
    await goTo(page, /ダイレクトメッセージ/);
    await ask(page, '東京支部のジェネリックKPIは？');
    const answer = answerIn(thread(page));
    await answer.getByText('88.9％').first().waitFor();
    expect(await answer.innerText()).toContain('実績.csv');
  });

  test('of a kind that cannot be read is refused in words', async () => {
    const { page } = await visit();
    await page.getByRole('button', { name: '資料を追加' }).click();
    const file = { name: '計画.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') };
    await page.getByRole('button', { name: /ここにファイルを置く/ }).setInputFiles(file);
    await page.getByText('読めない種類のファイルです').waitFor();
  });
});
