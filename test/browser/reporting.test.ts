import { expect, test } from 'vitest';
import { inBrowser } from './in-browser.ts';
import { answerIn, become, goTo, messages, modal, passOneDay, thread } from './page-parts.ts';
import { home } from './scenes/home.ts';
import { fillReport, reportForm, sendReport } from './scenes/report-form.ts';

inBrowser('a report of figures', (visit) => {
  test('changes the mark, ends what the reminder said of it, and stands in the Home tab', async () => {
    const { page } = await visit();
    await reportForm(page);
    await sendReport(page);
    const notice = answerIn(messages(page), 0);
    await notice.getByText('東京支部のお知らせ（遅れ 7件・予算超過 1件・判定できず 1件）').waitFor();
    expect(await notice.innerText()).toMatch(/✓ 窓口での受付率.*（解消）/);
    const card = await answerIn(messages(page), 1).innerText();
    expect(card).toContain('前回 2.1％');
    expect(card).toContain('1.8％');
    expect(card).toContain('達成 ✓');
    await goTo(page, /ホーム/);
    const main = page.getByRole('main');
    await main.getByRole('combobox', { name: '支部を選ぶ' }).selectOption('東京支部');
    await main.filter({ hasText: /達成 ✓：.*窓口での受付率/ }).waitFor();
  });

  test('that was overdue is asked for until the branch says that it is all: its buttons go, and the thread says so', async () => {
    const { page } = await visit();
    await become(page, '鈴木（報告者）');
    await goTo(page, '# 群馬支部');
    await passOneDay(page);
    await page.getByText('群馬支部のお知らせ（未報告 1件）').waitFor();
    await fillReport(page, { branch: '群馬支部', indicator: /^被扶養者の特定健診実施率/, value: '9.1' });
    await sendReport(page);
    const notice = answerIn(messages(page), 0);
    await notice.getByText('19件中1件').waitFor();
    await notice.getByRole('button', { name: '報告済みにする' }).click();
    await notice.getByText('群馬支部のお知らせ（終了）').waitFor();
    expect(await notice.getByRole('button', { name: '確認しました' }).count()).toBe(0);
    await notice.getByRole('button', { name: '1件の返信' }).click();
    await thread(page).getByText('済みとしました。').waitFor();
  });

  test('with a figure that cannot be says so at its field, and saves nothing', async () => {
    const { page } = await visit();
    await reportForm(page);
    await modal(page)
      .getByRole('textbox', { name: /^窓口での受付率/ })
      .fill('だいたい2');
    await modal(page).getByRole('button', { name: '報告する' }).click();
    const alert = modal(page).getByRole('alert').filter({ hasText: /./ });
    await alert.first().waitFor();
    expect(await alert.count()).toBe(1);
    await modal(page).getByRole('button', { name: '入力をやめる' }).click();
    expect(await messages(page).getByRole('article').count()).toBe(1);
  });

  test('is refused to a viewer, who hears whom to ask', async () => {
    const { page } = await visit();
    await become(page, '佐藤（職員）');
    await page.getByRole('button', { name: 'ショートカット' }).click();
    await page.getByRole('menuitem', { name: '実績を報告' }).click();
    await modal(page).getByText('できるのは、登録された報告担当の方です').waitFor();
    expect(await modal(page).innerText()).toContain('@高橋（管理者）');
    expect(await modal(page).getByRole('textbox').count()).toBe(0);
  });
});

inBrowser('the Home tab', (visit) => {
  test('keeps the branch that was chosen, also after a reload', async () => {
    const { page } = await visit();
    await home(page);
    await page.reload();
    await page.getByRole('heading', { name: '東京支部の状況' }).waitFor();
    expect(await page.getByLabel('使う人').inputValue()).toBe('U0REPORT1');
  });
});
