import type { Page } from 'playwright-core';
import { become, goTo, modal, passOneDay } from '../page-parts.ts';

export interface Report {
  branch: string;
  /** What the field's name begins with. */
  indicator: RegExp;
  value: string;
}

/** A reporter opens the form for a branch's quarter and puts one figure in. */
export async function fillReport(page: Page, { branch, indicator, value }: Report): Promise<void> {
  await page.getByRole('button', { name: 'ショートカット' }).click();
  await page.getByRole('menuitem', { name: '実績を報告' }).click();
  await modal(page).getByRole('combobox', { name: /^支部/ }).selectOption(branch);
  await modal(page).getByRole('button', { name: '次へ' }).click();
  await modal(page).getByRole('textbox', { name: indicator }).fill(value);
}

export async function sendReport(page: Page): Promise<void> {
  await modal(page).getByRole('button', { name: '報告する' }).click();
  await modal(page).getByText('1件の実績を報告しました').waitFor();
  await modal(page).getByRole('button', { name: '閉じる' }).click();
  await modal(page).waitFor({ state: 'hidden' });
}

/** The form for a figure that is behind, on the day after the report was due. */
export async function reportForm(page: Page): Promise<void> {
  await become(page, '鈴木（報告者）');
  await goTo(page, '# 東京支部');
  await passOneDay(page);
  await page.getByText('東京支部のお知らせ（遅れ 8件・予算超過 1件・判定できず 1件）').waitFor();
  await fillReport(page, { branch: '東京支部', indicator: /^窓口での受付率/, value: '１．８％' });
}
