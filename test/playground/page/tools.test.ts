import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/model/errors.ts';
import type { OutboxMessage } from '../../../src/model/outbox.ts';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { USERS } from '../../../src/playground/emulator/workspace.ts';
import type { ActResult } from '../../../src/playground/page/actions.ts';
import type { PageView } from '../../../src/playground/page/page-view.ts';
import { type Playground, startPlayground } from '../../../src/playground/page/server.ts';
import type { BroughtFile } from '../../../src/playground/page/tools.ts';
import { createClock } from '../../../src/playground/page/tools.ts';
import { startSlack } from '../../helpers/local-slack.ts';
import { outboxMessage } from '../../slack/made-up-outbox.ts';

const user = USERS.staff.id;
const SATURDAY = new Date('2025-07-26T13:00:00+09:00');

/** The page's own tools, over a tools that notes what it is asked. */
describe('the tools of the page', () => {
  let slack: LocalSlack;
  let page: Playground;
  const taken: BroughtFile[] = [];
  const brought = ['plan.txt', 'other.txt'];
  const looks: string[] = [];
  const outbox: OutboxMessage[] = [];
  const clock = createClock(() => SATURDAY);

  beforeAll(async () => {
    slack = await startSlack();
    page = await startPlayground({
      port: 0,
      localSlack: slack,
      tools: {
        clock,
        nextDeadline: () => '2025-07-31',
        isBusinessDay: (day) => day !== '2025-07-26' && day !== '2025-07-27',
        nextBusinessDay: () => '2025-07-28',
        look: async () => void looks.push(clock.today()),
        outbox: async () => outbox,
        documents: async () => [
          { name: '付属の数値', brought: false },
          ...brought.map((name) => ({ name, brought: true })),
        ],
        async remove(name) {
          if (!brought.includes(name))
            throw new AppError('wrong_use', { message: 'その名前の資料は取り込まれていません', file: name });
          brought.splice(brought.indexOf(name), 1);
        },
        async take(file, tell) {
          taken.push(file);
          tell('読んでいます');
          if (file.name === 'broken.csv')
            throw new AppError('bad_import', {
              message: '1行に誤りがあります\n2行目: 数値として読めません',
              file: file.name,
            });
          return `${file.name}\n  KPI 1`;
        },
      },
    });
  });
  afterAll(async () => {
    await page.stop();
    await slack.stop();
  });

  async function act(wanted: Record<string, string>): Promise<ActResult> {
    const body = JSON.stringify({ user, ...wanted });
    return (await (await fetch(`${page.url}/act`, { method: 'POST', body })).json()) as ActResult;
  }
  const move = (to: string) => act({ kind: 'clock', to });
  async function view(place: Record<string, string> = {}): Promise<PageView> {
    return (await (
      await fetch(`${page.url}/view?${new URLSearchParams({ user, ...place })}`)
    ).json()) as PageView;
  }
  async function bring(
    name: string,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<Record<string, string>[]> {
    const query = new URLSearchParams({ name });
    const response = await fetch(`${page.url}/files?${query}`, { method: 'POST', body });
    return (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  }

  it.each([
    ['2025-07-27', '2025-07-27', '7月27日（日）：お休みの日です。お知らせは次の営業日に届きます。'],
    ['business_day', '2025-07-28', '7月28日（月）：新しいお知らせはありません。'],
    ['week', '2025-08-04', '8月4日（月）：新しいお知らせはありません。'],
    ['deadline', '2025-07-31', '7月31日（木）：新しいお知らせはありません。'],
    ['2026-01-05', '2026-01-05', '1月5日（月）：新しいお知らせはありません。'],
    ['today', '2025-07-26', '7月26日（土）：お休みの日です。お知らせは次の営業日に届きます。'],
  ])('move the clock by %s to %s, look for what is due, and say what came', async (to, day, note) => {
    expect(await move(to)).toEqual({ problem: null, arrivals: [], note });
    expect([clock.today(), looks.at(-1)]).toEqual([day, day]);
    expect((await view()).clock).toMatchObject({ day, moved: to !== 'today' });
  });

  it.each(['tomorrow', '2025-02-30', '', '99999-01-01'])('refuse the date %j', async (to) => {
    expect((await move(to)).problem).toBe('受け付けられない操作です。');
  });

  it.each(['0002-01-01', '2019-04-30', '2100-01-01', '9999-12-31'])(
    'stay within 令和, not %s',
    async (to) => {
      const before = clock.today();
      expect((await move(to)).problem).toContain('2019-05-01から2099-12-31まで');
      expect(clock.today()).toBe(before);
    },
  );

  it('show every message of the outbox with its state, recipient, times, follow-up and fault, and no HTML of its', async () => {
    const message = outboxMessage(
      {
        branch: '東京<b>',
        content: { type: 'word', words: [{ id: USERS.admin.id }, { text: '<script>' }] },
        state: 'unclear',
        attempts: 6,
        fault: 'timeout<i>',
        ts: null,
      },
      '',
    );
    const followed = outboxMessage(
      {
        id: 2,
        ts: '1753921800.000100',
        followUp: 'snoozed',
        followedBy: USERS.reporter.id,
        snoozedUntil: '2025-08-07',
        assignee: USERS.admin.id,
      },
      '報告がまだ届いていません',
    );
    outbox.push(message, followed);
    const { outbox: html } = await view({ panel: 'outbox' });
    const rows = html.split('<tr>').slice(2);
    expect(rows).toHaveLength(2);
    for (const part of [
      '送信済み',
      '報告がまだ届いていません',
      '7月31日（木） 09:30',
      '後で知らせる',
      '8月7日（木）まで',
      '鈴木（報告者）',
      '担当：高橋（管理者）',
    ])
      expect(rows[0]).toContain(part);
    for (const part of [
      '送れたか分かりません',
      '東京&lt;b&gt;（#東京支部）',
      '高橋（管理者）',
      '&lt;script&gt;',
      '6回',
      'timeout&lt;i&gt;',
    ])
      expect(rows[1]).toContain(part);
    expect((await view()).outbox).toBe('');
  });

  it.each([
    ['over', '― 第1四半期の報告', '期間終了'],
    ['reported', '✓ 第1四半期の報告', '報告済み'],
    ['mended', '✓ 第1四半期の報告', '解消'],
  ] as const)(
    'close a message whose thing ended as %s with the words of Slack',
    async (ending, line, word) => {
      const message = outboxMessage({ followUp: 'resolved', ts: '1.1' }, '第1四半期の報告');
      const resolvedAt = new Date('2025-10-31T00:00:00Z');
      outbox.splice(0, outbox.length, {
        ...message,
        items: message.items.map((item) => ({ ...item, resolvedAt, ending })),
      });
      const { outbox: html } = await view({ panel: 'outbox' });
      expect(html).toContain(line);
      expect(html).toContain(`<td>${word}</td>`);
    },
  );

  it('take a file by its name alone, and tell how far it is, then the report', async () => {
    expect(await bring('../../etc/計画.txt', 'あ')).toEqual([
      { progress: '受け取っています' },
      { progress: '読んでいます' },
      { report: '計画.txt\n  KPI 1' },
    ]);
    expect(taken.at(-1)).toEqual({ name: '計画.txt', bytes: Buffer.from('あ') });
  });

  it('say all that is wrong with a file', async () => {
    expect((await bring('broken.csv', 'x')).at(-1)).toEqual({
      problem: 'broken.csv: 1行に誤りがあります\n2行目: 数値として読めません',
    });
  });

  it('take a file while another is still on its way', async () => {
    const stop = new AbortController();
    const stalled = new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('始め')) });
    const slow = { method: 'POST', body: stalled, duplex: 'half', signal: stop.signal } as const;
    const begun = await fetch(`${page.url}/files?name=slow.txt`, slow);
    expect(begun.status).toBe(200);
    expect((await bring('quick.txt', '計画')).at(-1)).toEqual({ report: 'quick.txt\n  KPI 1' });
    stop.abort();
  });

  it('refuse a file that is too large, and go on', async () => {
    const before = taken.length;
    const large = new Uint8Array(20 * 1024 * 1024 + 1);
    expect((await bring('large.pdf', large)).at(-1)).toEqual({
      problem: 'large.pdf: 大きすぎます。上限は20MBです。',
    });
    expect(taken).toHaveLength(before);
    expect((await bring('small.txt', 'x')).at(-1)).toEqual({ report: 'small.txt\n  KPI 1' });
  });

  it('are closed to other sites', async () => {
    const headers = { origin: 'https://evil.example' };
    const response = await fetch(`${page.url}/files?name=x.txt`, { method: 'POST', body: 'x', headers });
    expect(response.status).toBe(403);
  });

  it('name the documents that answers come from', async () => {
    expect((await view()).documents).toEqual([
      { name: '付属の数値', brought: false },
      { name: 'plan.txt', brought: true },
      { name: 'other.txt', brought: true },
    ]);
  });

  it('take a document out again, once, and say where none is of that name', async () => {
    const remove = () => act({ kind: 'remove_document', name: 'other.txt' });
    expect(await remove()).toEqual({ problem: null });
    expect((await view()).documents.map(({ name }) => name)).toEqual(['付属の数値', 'plan.txt']);
    expect((await remove()).problem).toContain('その名前の資料は取り込まれていません');
  });
});
