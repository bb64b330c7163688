import type { Locator, Page } from 'playwright-core';
import { answerIn, goTo, messages } from '../page-parts.ts';

/** What is due stands in the branch's channel, with the yardstick and what can be done about it. */
export async function reminder(page: Page): Promise<Locator> {
  await goTo(page, '# 東京支部');
  const notice = answerIn(messages(page));
  await notice.getByText('東京支部のお知らせ').first().waitFor();
  await notice.getByRole('button', { name: '確認しました' }).waitFor();
  return notice;
}
