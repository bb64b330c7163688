import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that CHROMIUM_PATH names, else one in its usual place; null where there is none. */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | null {
  return env.CHROMIUM_PATH || (PLACES.find((path) => existsSync(path)) ?? null);
}
