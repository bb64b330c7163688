import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCatalogue } from '../src/catalogue/load-catalogue.ts';
import { formatBranch, HEAD_OFFICE } from '../src/model/branch.ts';
import { addDays, formatDay, momentInTokyo } from '../src/model/calendar-day.ts';
import { deliver } from '../src/reminders/deliver.ts';
import { recordDue } from '../src/reminders/record-due.ts';
import { openStore } from '../src/store/store.ts';
import { madeUpYear } from './simulate-year/made-up-year.ts';
import { SilentSlack } from './simulate-year/silent-slack.ts';

/**
 * A year of reminders for 47 branches with made-up figures, in seconds: who gets what on which day.
 * `npm run -s simulate-year -- [branch …]` shows those branches and the head office day by day, and all in counts.
 */

const asked = process.argv.slice(2);
const started = performance.now();
const catalogue = loadCatalogue();
const branches = catalogue.branches.map(({ name }) => name).filter((name) => name !== HEAD_OFFICE);
// One that is well, one that is late, one that is behind, one that never reports, one without owner.
const examples = [0, 6, 8, 15, branches.length - 1].flatMap((index) => branches[index] ?? []);
const shownBranches = asked.length > 0 ? asked : examples;
const dataDir = mkdtempSync(join(tmpdir(), 'planbot-year-'));
const store = await openStore({ dataDir });
const slack = new SilentSlack();
try {
  const year = madeUpYear(branches, catalogue);
  await store.figures.import(year.owners, momentInTokyo('2025-04-01', '08:00'));
  const counts = new Map<string, number>();
  for (let day = '2025-04-01'; day <= '2026-05-29'; day = addDays(day, 1)) {
    const now = () => momentInTokyo(day, '09:00');
    const news = year.news(day);
    if (news.length > 0) await store.documents.replace(news, now());
    await recordDue({ outbox: store.outbox, catalogue, known: async (stored) => stored.knowledge }, now());
    slack.day = day;
    const { calendar } = catalogue;
    await deliver({
      outbox: store.outbox,
      owners: store.figures.owners,
      sender: slack,
      calendar,
      now,
      holder: 'year',
    });
    for (const { message, line } of slack.take()) {
      const branch = message.branch;
      counts.set(branch, (counts.get(branch) ?? 0) + 1);
      if (shownBranches.includes(branch) || branch === HEAD_OFFICE) {
        console.log(`${day.slice(0, 4)}年${formatDay(day)}　${formatBranch(branch)}：${line}`);
      }
    }
  }
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const keys = new Set(slack.keys);
  console.log(`\n支部ごとの通数：${[...counts].map(([branch, n]) => `${branch} ${n}`).join('、')}`);
  console.log(
    `合計 ${total}通、同じお知らせが二度送られたもの ${slack.keys.length - keys.size}、${Math.round((performance.now() - started) / 1000)}秒`,
  );
} finally {
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}
