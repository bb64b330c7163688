import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished } from 'vitest';
import { launchBrowser, openVisit, type Visit, type VisitOptions } from './visit.ts';

type OpenVisit = (options?: VisitOptions) => Promise<Visit>;

/** One browser for the tests in it; each visit has its own planbot, and is checked when its test ends. */
export function inBrowser(name: string, define: (visit: OpenVisit) => void): void {
  const path = inject('browserPath');
  describe.skipIf(path === null)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser(path ?? '');
    });
    afterAll(() => browser.close());
    define(async (options) => {
      const visit = await openVisit(browser, options);
      onTestFinished(async () => expect(await visit.end()).toEqual([]));
      return visit;
    });
  });
}
