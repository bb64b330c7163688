import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startBot } from '../../src/app/start-bot.ts';

export interface VisitOptions {
  size?: { width: number; height: number };
}

/** planbot as `npm start` runs it, with an empty data folder, and a person before its page. */
export interface Visit {
  url: string;
  page: Page;
  /** Another browser on the same page. */
  another(): Promise<Page>;
  /** Closes all of it; resolves with what the page should not have done. */
  end(): Promise<string[]>;
}

export function launchBrowser(executablePath: string): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

export async function openVisit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { size = { width: 1280, height: 800 } } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'planbot-browser-'));
  const log = pino({ level: 'silent' });
  const config = { dataDir, database: null, keepDays: 0, port: 0, logLevel: 'silent', slack: null } as const;
  const bot = await startBot(config, { now: () => new Date(), log });
  const wrong: string[] = [];
  const ends: (() => Promise<void>)[] = [];
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({
      viewport: size,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      reducedMotion: 'reduce',
    });
    ends.push(() => context.close());
    // Sooner than a test's own limit, so that a failure names what was not found.
    context.setDefaultTimeout(25_000);
    const page = await context.newPage();
    watch(page, new URL(bot.place).host, wrong);
    await page.goto(bot.place);
    return page;
  };
  return {
    url: bot.place,
    page: await open(),
    another: open,
    async end() {
      for (const close of ends) await close();
      await bot.stop();
      rmSync(dataDir, { recursive: true, force: true });
      return wrong;
    },
  };
}

/** A page that asks anyone outside, runs a stranger's script or fails is wrong, whatever it shows. */
function watch(page: Page, host: string, wrong: string[]): void {
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== host && !['data:', 'blob:'].includes(url.protocol))
      wrong.push(`外への要求: ${url.href.slice(0, 200)}`);
  });
  page.on('pageerror', (error) => wrong.push(`例外: ${error.message}`));
  page.on('dialog', (dialog) => {
    wrong.push(`警告: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`エラー: ${message.text()}`);
  });
}
