import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { startBot } from '../../src/app/start-bot.ts';
import { CHANNELS, USERS } from '../../src/playground/emulator/workspace.ts';
import type { ActResult } from '../../src/playground/page/actions.ts';
import type { PageView } from '../../src/playground/page/page-view.ts';
import { openStore } from '../../src/store/store.ts';
import { madeUpPlan } from '../cli/made-up-plan.ts';
import { freshFolder } from '../store/data-folder.ts';

const user = USERS.staff.id;
const SUNDAY = new Date('2026-11-22T12:00:00+09:00');

/** planbot as `npm start` runs it without tokens, on a data folder that is empty unless it was prepared. */
async function visit(dataDir = freshFolder()) {
  const log = pino({ level: 'silent' });
  const config = { dataDir, database: null, keepDays: 0, port: 0, logLevel: 'silent' as const, slack: null };
  const bot = await startBot({ ...config }, { now: () => SUNDAY, log });
  onTestFinished(() => bot.stop());
  const json = async (path: string, options?: RequestInit) => (await fetch(bot.place + path, options)).json();
  return {
    dataDir,
    act: async (what: Record<string, unknown>) =>
      (await json('/act', { method: 'POST', body: JSON.stringify({ user, ...what }) })) as ActResult,
    view: async (place: Record<string, string> = {}) =>
      (await json(`/view?${new URLSearchParams({ user, ...place })}`)) as PageView,
    bring: async (name: string, body: string) =>
      (await fetch(`${bot.place}/files?${new URLSearchParams({ name })}`, { method: 'POST', body })).text(),
  };
}

type Visit = Awaited<ReturnType<typeof visit>>;

/** The bot's answer in the thread, once it is there. */
async function answerTo({ act, view }: Visit, text: string): Promise<string> {
  const { ts = '' } = await act({ kind: 'say', channel: CHANNELS.tokyo, text, thread: null });
  return expect
    .poll(async () => (await view({ thread: ts })).thread?.[1]?.html ?? '', { timeout: 25_000 })
    .toContain('出典')
    .then(async () => (await view({ thread: ts })).thread?.[1]?.html ?? '');
}

test('reminders come when the clock is moved, to made-up people, and never touch the data folder', async () => {
  const dataDir = freshFolder();
  const known = await openStore({ dataDir });
  onTestFinished(() => known.close());
  const { act, view } = await visit(dataDir);
  expect((await view()).messages).toEqual([]);

  expect((await view()).clock).toMatchObject({ day: '2025-08-01', moved: true });
  const moved = await act({ kind: 'clock', to: 'business_day' });
  expect(moved.arrivals).toContainEqual({
    channel: CHANNELS.tokyo,
    name: '#東京支部',
    count: expect.any(Number),
  });
  const html = (await view()).messages.map((piece) => piece.html).join('');
  expect(html).toContain('東京支部のお知らせ（遅れ 8件');
  expect(html).toContain('@鈴木（報告者）');
  expect((await view({ panel: 'outbox' })).outbox).toContain('送信済み');

  // A Saturday; the Monday after it is a holiday.
  expect(await act({ kind: 'clock', to: '2025-08-09' })).toMatchObject({ arrivals: [] });
  expect((await act({ kind: 'clock', to: 'business_day' })).note).toContain('8月12日（火）');
  expect(await known.outbox.messages()).toEqual([]);
  expect(await known.figures.owners()).toEqual([]);
  expect(await known.members.list()).toEqual([]);
}, 60_000);

test('a document and a table that are brought answer at once, and leave the data folder as it was', async () => {
  const here = await visit();
  expect(await here.bring('aomori.txt', madeUpPlan('81.5'))).toContain('KPI 2');
  expect(await answerTo(here, '青森支部のジェネリックKPIは？')).toContain('81.5％以上');
  const table = '支部,年度,指標,時点,実績\n青森,令和7,ジェネリック医薬品使用割合,2025-06-30,80.2%\n';
  expect(await here.bring('kpi.csv', table)).toContain('追加 1');
  expect(await answerTo(here, '青森支部のジェネリックの実績は？')).toContain('80.2％');
  expect(await here.bring('kpi.csv', table.replace('80.2%', '高い'))).toContain('何も取り込みませんでした');
  expect(await here.bring('letter.txt', 'こんにちは')).toContain('事業計画として読み取れません');
  // What planbot is delivered with goes on answering, the sample too.
  expect(await answerTo(here, '大分支部の評議会の取組は？')).toContain('大分支部');
  expect((await here.view()).documents).toEqual([
    { name: '付属の数値（47支部の計画）と見本の計画', brought: false },
    { name: 'aomori.txt', brought: true },
  ]);
  const known = await openStore({ dataDir: here.dataDir });
  onTestFinished(() => known.close());
  expect(await known.documents.list()).toEqual([]);
  expect(await known.figures.reportedActuals()).toEqual([]);
}, 60_000);
