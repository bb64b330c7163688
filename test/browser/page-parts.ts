import type { Locator, Page } from 'playwright-core';

/** The conversation of the channel that is open. */
export function messages(page: Page): Locator {
  return page.getByRole('log', { name: 'メッセージ', exact: true });
}

export function thread(page: Page): Locator {
  return page.getByRole('complementary', { name: 'スレッド' });
}

export function modal(page: Page): Locator {
  return page.getByRole('dialog');
}

/** The bot's n-th answer in a place, from 0. */
export function answerIn(place: Locator, n = 0): Locator {
  return place.getByRole('article').filter({ hasText: 'アプリ' }).nth(n);
}

export async function ask(page: Page, question: string): Promise<void> {
  await page.getByRole('textbox', { name: '質問', exact: true }).fill(question);
  await page.getByRole('textbox', { name: '質問', exact: true }).press('Enter');
}

export async function askInThread(page: Page, question: string): Promise<void> {
  const field = thread(page).getByRole('textbox');
  await field.fill(question);
  await field.press('Enter');
}

/** A channel, the direct message or the Home tab, by what the list at the side says. */
export async function goTo(page: Page, place: string | RegExp): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: place }).click();
}

export async function become(page: Page, person: string): Promise<void> {
  await page.getByLabel('使う人').selectOption({ label: person });
}

/** Moves planbot's clock by the button on the page: from Friday 1 August, where the trial begins, to Monday. */
export async function passOneDay(page: Page): Promise<void> {
  await page.getByRole('button', { name: '次の営業日へ' }).click();
}

/** Types into a field that offers choices, and takes the one that is offered first with Enter. */
export async function pick(page: Page, field: RegExp, typed: string, offered: string): Promise<void> {
  const box = modal(page).getByRole('combobox', { name: field });
  await box.fill(typed);
  await modal(page).getByRole('option', { name: offered, selected: true }).waitFor();
  await box.press('Enter');
}

/** Chooses from the menu of a message. */
export async function chooseForMessage(message: Locator, item: string): Promise<void> {
  await message.hover();
  await message.getByRole('button', { name: 'このメッセージの操作' }).click();
  await message.page().getByRole('menuitem', { name: item }).click();
}
