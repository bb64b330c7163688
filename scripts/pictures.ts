import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from '../test/browser/find-browser.ts';
import { PICTURES, PICTURES_FOLDER } from '../test/browser/pictures.ts';
import { launchBrowser, openVisit } from '../test/browser/visit.ts';

/** Takes the README's pictures anew: `npm run -s pictures`. Fails where a scene no longer plays. */

const path = findBrowser(process.env);
if (path === null) {
  console.error('ブラウザが見つかりません。CHROMIUM_PATH で指定してください。');
  process.exit(1);
}
const browser = await launchBrowser(path);
mkdirSync(PICTURES_FOLDER, { recursive: true });
try {
  for (const { file, scene, visit, part } of PICTURES) {
    const { page, end } = await openVisit(browser, visit);
    await scene(page);
    await page.evaluate('document.fonts.ready.then(() => document.activeElement?.blur())');
    const { length } = await (part?.(page) ?? page).screenshot({ path: join(PICTURES_FOLDER, file) });
    console.log(`${file} ${Math.ceil(length / 1024)} KB`);
    await end();
  }
} finally {
  await browser.close();
}
