import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished } from 'vitest';
import { launchBrowser, openVisit, type Visit, type VisitOptions } from './visit.ts';

type OpenVisit = (options?: VisitOptions) => Promise<Visit>;
/** The same for all tests of the file, as the one before left it: for what needs no fresh start. */
type SameVisit = () => Promise<Visit>;

/** One for all files of a worker; it ends with its process. */
let launched: Promise<Browser> | undefined;

/** Each visit has its own planbot, and is checked when its test ends. A page is slower than a call. */
export function inBrowser(name: string, define: (visit: OpenVisit, same: SameVisit) => void): void {
  const path = inject('browserPath');
  describe.skipIf(path === null)(name, { timeout: 60_000 }, () => {
    let browser: Browser;
    let shared: Promise<Visit> | null = null;
    beforeAll(async () => {
      launched ??= launchBrowser(path ?? '');
      browser = await launched;
    });
    afterAll(async () => {
      const wrong = await (await shared)?.end();
      expect(wrong ?? []).toEqual([]);
    });
    const visit: OpenVisit = async (options) => {
      const own = await openVisit(browser, options);
      onTestFinished(async () => expect(await own.end()).toEqual([]));
      return own;
    };
    define(visit, () => {
      shared ??= openVisit(browser);
      return shared;
    });
  });
}
