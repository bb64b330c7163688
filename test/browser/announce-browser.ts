import type { TestProject } from 'vitest/node';
import { findBrowser } from './find-browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the browser for test/browser; null where there is none. */
    browserPath: string | null;
  }
}

/** Looks for the browser once for all files, so that one line says what is skipped. */
export default function setup(project: TestProject): void {
  const path = findBrowser(process.env);
  project.provide('browserPath', path);
  if (path === null)
    project.vitest.logger.log(
      'ブラウザが見つからないため、test/browser を省略します（CHROMIUM_PATH で指定できます）。',
    );
}
