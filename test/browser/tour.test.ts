import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { readPdf } from '../../src/documents/pdf/read-pdf.ts';
import { cutOff, seriousIssues } from './checks.ts';
import { inBrowser } from './in-browser.ts';
import { answerIn, ask, become, goTo, messages, modal, passOneDay, thread } from './page-parts.ts';

/** A window of 1280 × 800 at a zoom of 200 % has as many pixels as one of half the size. */
const SIZES = [
  ['on a desk', { width: 1280, height: 800 }],
  ['on a telephone', { width: 390, height: 844 }],
  ['at a zoom of 200 %', { width: 640, height: 400 }],
] as const;

async function closeThread(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'スレッドを閉じる' }).click();
  await thread(page).waitFor({ state: 'hidden' });
}

/** How much of the window the conversation has. */
async function shareOf(page: Page, place: string): Promise<number> {
  return Number(await page.evaluate(`document.querySelector('${place}').clientHeight / innerHeight`));
}

inBrowser('the tour of a newcomer', (visit) => {
  test.each(SIZES)(
    '%s: a question, a ranking, a reminder, a report, Home; no dead end',
    async (_, size) => {
      const { page } = await visit({ size });
      const main = page.getByRole('main');

      // The first minute: what planbot is, where its data lives, and one example of each kind.
      await main.getByText('planbotは、協会けんぽの職員のためのボットです').waitFor();
      expect(await page.locator('#clock-label').innerText()).toContain('2025年8月1日');
      const examples = page.getByRole('region', { name: '質問の例' });
      const kinds = await examples.locator('small').allInnerTexts();
      expect(new Set(kinds).size).toBe(6);
      expect(kinds).toHaveLength(6);
      expect(await cutOff(page)).toEqual([]);

      // A branch's channel answers for its branch, in examples and in questions.
      await goTo(page, '# 群馬支部');
      await examples.getByRole('button', { name: '群馬支部のジェネリックKPIは？' }).waitFor();
      await ask(page, '特定健診どうなってる？');
      const answer = answerIn(thread(page));
      await answer.getByText('群馬支部').first().waitFor();
      expect(await answer.innerText()).not.toContain('東京支部');
      await closeThread(page);

      // A ranking opens with ten rows and the own branch; no box scrolls in another, and no name is broken up.
      await ask(page, '健診実施率の目標が高い支部は？');
      const table = thread(page).getByRole('table');
      await table.getByText('山形支部').waitFor();
      expect(await table.locator('tbody tr:visible').count()).toBe(10);
      await answerIn(thread(page)).getByText('23位　61.0％以上').waitFor();
      await answerIn(thread(page)).getByText('47資料').waitFor();
      const box = `document.querySelector('#thread .scroll')`;
      expect(await page.evaluate(`${box}.scrollHeight - ${box}.clientHeight`)).toBe(0);
      expect((await table.getByText('山形支部').boundingBox())?.height).toBeLessThan(40);
      expect(await cutOff(page)).toEqual([]);
      expect(await seriousIssues(page)).toEqual([]);
      await closeThread(page);

      // A reminder: counts in its headline, one line a figure, the rest in the thread.
      await goTo(page, '# 東京支部');
      await passOneDay(page);
      const notice = answerIn(messages(page));
      await notice.getByRole('heading', { name: '東京支部のお知らせ（遅れ 8件' }).waitFor();
      const text = await notice.innerText();
      expect(text).toContain('窓口での受付率　2.1％（5月時点）／目標 1.9％以下　▲0.2ポイント');
      for (const detail of ['必要があります', '積み上げが必要', '行目']) expect(text).not.toContain(detail);
      expect(await shareOf(page, '#messages')).toBeGreaterThan(0.45);
      expect(await cutOff(page)).toEqual([]);
      await notice.getByRole('button', { name: '詳細と出典' }).click();
      await notice.getByRole('button', { name: '1件の返信' }).click();
      await thread(page).getByText('令和7年度 事業計画の実施状況（東京支部） 999行目').waitFor();
      expect(await shareOf(page, '#thread-messages')).toBeGreaterThan(0.6);
      await closeThread(page);

      // A report: the question about a figure that moved far leaves what was typed.
      await become(page, '鈴木（報告者）');
      await goTo(page, '# 東京支部');
      await answerIn(messages(page)).getByRole('button', { name: '実績を報告' }).click();
      await modal(page).getByRole('button', { name: '次へ' }).click();
      const figure = modal(page).getByRole('textbox', { name: /^窓口での受付率/ });
      const other = modal(page).getByRole('textbox', { name: /^返納金債権の回収率/ });
      await figure.fill('91.8');
      await other.fill('33.3');
      await modal(page).getByRole('button', { name: '報告する' }).click();
      await modal(page).getByText('お間違いないか、ご確認ください').waitFor();
      const asked = await modal(page).getByText('数値の確認').boundingBox();
      expect(asked?.y ?? Number.NaN).toBeLessThan(page.viewportSize()?.height ?? 0);
      await expect.poll(() => figure.inputValue()).toBe('91.8');
      expect(await other.inputValue()).toBe('33.3');
      await figure.fill('1.8');
      expect(await seriousIssues(page)).toEqual([]);
      await modal(page).getByRole('button', { name: '報告する' }).click();
      const done = modal(page).getByText('2件の実績を報告しました');
      await done.waitFor();
      await modal(page).getByRole('button', { name: '閉じる' }).click();
      await answerIn(messages(page))
        .getByText(/✓ 窓口での受付率.*（解消）/)
        .waitFor();

      // Home: the branch is asked for first; then what is due and late.
      await goTo(page, /ホーム/);
      await main.getByRole('combobox', { name: '支部を選ぶ' }).selectOption('東京支部');
      await main.getByRole('heading', { name: '東京支部の状況' }).waitFor();
      await main.getByText('■').first().waitFor();
      expect(await cutOff(page)).toEqual([]);
      expect(await seriousIssues(page)).toEqual([]);

      // A greeting offers a branch to whoever has none.
      await become(page, '高橋（管理者）');
      await goTo(page, /ダイレクトメッセージ/);
      await ask(page, 'こんにちは');
      const offer = answerIn(thread(page)).getByRole('combobox', { name: '担当の支部を選ぶ' });
      await offer.selectOption('群馬支部');
      await page.getByText('担当の支部を群馬支部にしました').first().waitFor();

      // On paper stands the answer alone, with all its rows.
      await closeThread(page);
      await goTo(page, '# 群馬支部');
      await ask(page, '健診実施率の目標が高い支部は？');
      await thread(page).getByRole('table').waitFor();
      await page.emulateMedia({ media: 'print' });
      expect(await thread(page).locator('tbody tr:visible').count()).toBe(47);
      for (const aside of ['.bar', '.side', '.composer', '.drawer', '.block.actions'])
        expect(await page.locator(`${aside}:visible`).count(), aside).toBe(0);
      // A heading that sticks would be drawn on the first page only.
      const position = "getComputedStyle(document.querySelector('#thread thead th')).position";
      expect(await page.evaluate(position)).toBe('static');
      const { pages } = await readPdf(await page.pdf({ format: 'A4' }), 'answer.pdf');
      const headed = pages.map((lines) => JSON.stringify(lines).includes('順位'));
      expect(headed).toEqual([true, true]);

      // Nor beside a summary, in no thread, whatever else stands open.
      await page.emulateMedia({ media: null });
      await closeThread(page);
      await goTo(page, '# 東京支部');
      await ask(page, '/kpi まとめ');
      await messages(page).getByText('KPIのまとめ（19件）').waitFor();
      await page.getByRole('button', { name: '資料を追加' }).click();
      await page.emulateMedia({ media: 'print' });
      expect(await messages(page).locator('tbody tr:visible').count()).toBe(19);
      for (const aside of ['.bar', '.side', '.composer', '.drawer', '.files'])
        expect(await page.locator(`${aside}:visible`).count(), aside).toBe(0);
    },
    240_000,
  );
});
