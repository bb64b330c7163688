import type { Page } from 'playwright-core';
import { become, goTo } from '../page-parts.ts';

/** The Home tab of a reporter who has chosen a branch: where each KPI stands, as words and as bars. */
export async function home(page: Page): Promise<void> {
  await become(page, '鈴木（報告者）');
  await goTo(page, /ホーム/);
  const main = page.getByRole('main');
  await main.getByRole('combobox', { name: '支部を選ぶ' }).selectOption('東京支部');
  await main.getByRole('heading', { name: '東京支部の状況' }).waitFor();
  await main.getByText('遅れ ▲：窓口での受付率').waitFor();
}
