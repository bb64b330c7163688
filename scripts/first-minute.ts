import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findBrowser } from '../test/browser/find-browser.ts';
import { launchBrowser } from '../test/browser/visit.ts';

/**
 * What a newcomer waits for: from `npm start` to a page that can be used, and from the first click on an example to
 * its answer on the screen. `npm run build && npm run -s bench:page -- [times]`; each time is a new process.
 */

// Runs in the page: the answer is there when the next picture after it has been drawn.
const CLICK_AND_WAIT = `new Promise((resolve) => {
  const answered = () => [...document.querySelectorAll('article')]
    .some((one) => one.checkVisibility() && one.textContent.includes('出典'));
  const started = performance.now();
  new MutationObserver((_, observer) => {
    if (!answered()) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
  document.querySelector('[data-ask]').click();
})`;

const times = Number(process.argv[2] ?? 5);
const path = findBrowser(process.env);
if (path === null) {
  console.error('ブラウザが見つかりません。CHROMIUM_PATH で指定してください。');
  process.exit(1);
}
const browser = await launchBrowser(path);
const ready: number[] = [];
const answered: number[] = [];
for (let time = 0; time < times; time += 1) {
  const dataDir = mkdtempSync(join(tmpdir(), 'planbot-page-'));
  const started = performance.now();
  const program = ['dist/cli.js', 'serve', '--playground', '--data', dataDir];
  const server = spawn(process.execPath, program, { env: { ...process.env, PORT: '0' } });
  const [line] = await once(createInterface(server.stdout), 'line');
  const page = await browser.newPage();
  await page.goto(/http:\S+?(?=（)/.exec(String(line))?.[0] ?? '');
  await page.getByRole('region', { name: '質問の例' }).getByRole('button').first().waitFor();
  ready.push(performance.now() - started);
  answered.push(Number(await page.evaluate(CLICK_AND_WAIT)));
  await page.close();
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
await browser.close();
console.log(`画面が使えるまで: ${summary(ready)}`);
console.log(`最初の質問のクリックから答えまで: ${summary(answered)}`);

function summary(measured: number[]): string {
  const sorted = measured.map(Math.round).sort((one, other) => one - other);
  return `中央値 ${sorted[Math.floor(sorted.length / 2)]}ms（${sorted[0]}～${sorted.at(-1)}ms、${sorted.length}回）`;
}
