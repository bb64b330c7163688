import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { channelAnswer } from './scenes/channel-answer.ts';
import { home } from './scenes/home.ts';
import { ranking } from './scenes/ranking.ts';
import { reminder } from './scenes/reminder.ts';
import { reportForm } from './scenes/report-form.ts';
import type { VisitOptions } from './visit.ts';

/** A picture of the README: a scene of the tests, as it looks when the scene has been played. */
export interface Picture {
  file: string;
  scene: (page: Page) => Promise<unknown>;
  visit: VisitOptions;
}

/** Beside the tests that they are taken from. */
export const PICTURES_FOLDER = join(import.meta.dirname, 'pictures');

const size = { width: 1120, height: 680 };

export const PICTURES: readonly Picture[] = [
  { file: 'answer.png', scene: channelAnswer, visit: { size } },
  { file: 'ranking.png', scene: ranking, visit: { size } },
  { file: 'home.png', scene: home, visit: { size } },
  { file: 'report.png', scene: reportForm, visit: { size } },
  { file: 'reminder.png', scene: reminder, visit: { size } },
];
