import type { Locator, Page } from 'playwright-core';
import { answerIn, goTo, messages, passOneDay } from '../page-parts.ts';

/** A day passes, and what fell due stands in the branch's channel with what can be done about it. */
export async function reminder(page: Page): Promise<Locator> {
  await goTo(page, '# 群馬支部');
  await passOneDay(page);
  const notice = answerIn(messages(page));
  await notice.getByText('群馬支部のお知らせ').first().waitFor();
  await notice.getByRole('button', { name: '確認しました' }).waitFor();
  return notice;
}
