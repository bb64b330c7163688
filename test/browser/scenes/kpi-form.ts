import type { Page } from 'playwright-core';
import { ask, goTo, modal, pick } from '../page-parts.ts';

/** /kpi without words: branch and indicator are found by their kana, and the figure stands in the same window. */
export async function kpiForm(page: Page): Promise<void> {
  await goTo(page, '# 東京支部');
  await ask(page, '/kpi');
  await pick(page, /^支部/, 'とうきょ', '東京支部');
  await pick(page, /^指標/, 'じぇね', 'ジェネリック医薬品使用割合');
  await modal(page).getByRole('button', { name: '調べる' }).click();
  await modal(page).getByText('88.3％以上').first().waitFor();
}
