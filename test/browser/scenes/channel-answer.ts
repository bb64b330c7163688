import type { Page } from 'playwright-core';
import { answerIn, ask, goTo, thread } from '../page-parts.ts';

/** A question in a channel, and its answer in the thread with the figure and where it stands. */
export async function channelAnswer(page: Page): Promise<void> {
  await goTo(page, '# 東京支部');
  await ask(page, '東京支部のジェネリックKPIは？');
  const answer = answerIn(thread(page));
  await answer.getByText('88.3％以上').first().waitFor();
  await answer.getByText('令和7年度 事業計画の実施状況（東京支部）').first().waitFor();
}
