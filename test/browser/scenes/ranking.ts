import type { Page } from 'playwright-core';
import { answerIn, ask, goTo, thread } from '../page-parts.ts';

/** All branches in the order of one target, as a table that sorts by click. */
export async function ranking(page: Page): Promise<void> {
  await goTo(page, '# 本部');
  await ask(page, '健診実施率の目標が高い支部は？');
  await answerIn(thread(page)).getByRole('table').getByText('山形支部').waitFor();
}
