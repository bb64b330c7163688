import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { modal, thread } from './page-parts.ts';
import { channelAnswer } from './scenes/channel-answer.ts';
import { ranking } from './scenes/ranking.ts';
import { reminder } from './scenes/reminder.ts';
import { reportForm } from './scenes/report-form.ts';
import type { VisitOptions } from './visit.ts';

/** A picture of the README: a scene of the tests, as it looks when the scene has been played. */
export interface Picture {
  file: string;
  scene: (page: Page) => Promise<unknown>;
  visit: VisitOptions;
  /** What of the page is shown; all of it where this is left out. */
  part?: (page: Page) => Locator;
}

/** Beside the tests that they are taken from. */
export const PICTURES_FOLDER = join(import.meta.dirname, 'pictures');

const size = { width: 1120, height: 720 };

export const PICTURES: readonly Picture[] = [
  { file: 'answer.png', scene: channelAnswer, visit: { size } },
  { file: 'ranking.png', scene: ranking, visit: { size }, part: thread },
  { file: 'report.png', scene: reportForm, visit: { size }, part: modal },
  { file: 'reminder.png', scene: reminder, visit: { size }, part: (page) => page.getByRole('main') },
];
