import { describe, expect, test } from 'vitest';
import type { OutboxContent, OutboxMessage } from '../../../src/model/outbox.ts';
import type { Reminder } from '../../../src/model/reminder.ts';
import { checkBlocks } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import { findDue } from '../../../src/reminders/due.ts';
import { reminderView } from '../../../src/slack/views/reminder.ts';
import { budget, reported, situationOf, wellIn } from '../../reminders/made-up-office.ts';

function message(
  content: OutboxContent,
  reminders: Reminder[],
  over: Partial<OutboxMessage> = {},
): OutboxMessage {
  return {
    id: 7,
    key: 'k',
    reader: null,
    subject: 7,
    audience: 'branch',
    branch: '東京',
    content,
    state: 'sent',
    attempts: 1,
    route: 0,
    fault: null,
    channel: 'C0TOKYO01',
    ts: '1.0',
    createdAt: new Date('2025-10-01T00:00:00Z'),
    recipient: null,
    thread: null,
    followUp: 'open',
    followedBy: null,
    followedAt: null,
    snoozedUntil: null,
    assignee: null,
    escalatedAt: null,
    version: 0,
    items: reminders.map((reminder) => ({ reminder, resolvedAt: null, isReplaced: false, ending: null })),
    ...over,
  };
}

/** The line of a figure that is held against where it should be by now. */
function paced({ line }: Reminder): string {
  return line.replace('▲', '目安との差▲');
}

const NOTICE: OutboxContent = { type: 'notice', notes: [] };

async function manyReminders(): Promise<Reminder[]> {
  const budgets = Array.from({ length: 40 }, (_, index) =>
    budget(`とても長い名前の事業${'あ'.repeat(60)}${index}`),
  );
  const kpis = ['checkup_rate', 'employer_data_rate', 'guidance_insured', 'dependents_checkup'].map((id) =>
    reported(id, 1, '9月時点', { value: 60 }),
  );
  return findDue(await situationOf({ today: '2025-10-01', budgets, kpis: [...kpis, wellIn('9月時点')] }));
}

describe('a message that Slack takes', () => {
  test('also with forty things to say: counted whole, shown in part', async () => {
    const reminders = await manyReminders();
    expect(reminders).toHaveLength(44);
    const { blocks, text } = reminderView(message(NOTICE, reminders), ['U0REPORT1']);
    expect(checkBlocks(blocks, 'message')).toMatchObject({ ok: true });
    expect(JSON.stringify(blocks)).toContain('東京支部のお知らせ（遅れ 4件・未着手 40件）');
    expect(JSON.stringify(blocks)).toContain('ほか28件');
    expect(blocks.at(-1)).toMatchObject({ type: 'actions', block_id: 'reminder:7' });
    expect(text.length).toBeLessThanOrEqual(4_000);
  });

  test.each([
    [40, true],
    [12, false],
  ])('of %i alike, sources and what is not shown can be opened', async (count, isLong) => {
    const all = (await manyReminders()).filter(({ kind }) => kind === 'budget_unstarted').slice(0, count);
    const shown = JSON.stringify(reminderView(message(NOTICE, all), []).blocks);
    expect(shown.includes('ほか28件は「詳細と出典」でスレッドに出ます')).toBe(isLong);
    expect(shown).toContain('reminder:explain');
  });

  test('a digest of 47 branches', () => {
    const lines = Array.from(
      { length: 47 },
      (_, index) => `支部${index}：${'遅れ3件（指標の名前、'.repeat(8)}`,
    );
    const digest: OutboxContent = {
      type: 'digest',
      title: '全支部のまとめ',
      counts: ['未報告の支部：3'],
      lines,
    };
    const { blocks } = reminderView(message(digest, []), ['U0ADMIN01']);
    expect(checkBlocks(blocks, 'message')).toMatchObject({ ok: true });
    expect(JSON.stringify(blocks)).toContain('未報告の支部：3');
  });

  test('with hostile words of a document: no mention, no link', async () => {
    const hostile = budget('<!channel> <https://example.test|本部> *太字* <@U0ADMIN01>');
    const reminders = findDue(
      await situationOf({ today: '2025-10-01', budgets: [hostile], kpis: [wellIn('9月時点')] }),
    );
    const shown = JSON.stringify(reminderView(message(NOTICE, reminders), []));
    expect(shown).not.toMatch(/<[!@h]/);
  });
});

describe('what became of it is said in the message', () => {
  test.each<[string, Partial<OutboxMessage>, string]>([
    ['確認済', { followUp: 'acknowledged' }, '確認済：<@U0STAFF01> さん、10月2日（木）'],
    [
      '延期',
      { followUp: 'snoozed', snoozedUntil: '2025-10-09' },
      '延期：10月9日（木）まで（<@U0STAFF01> さん、10月2日（木））',
    ],
    ['担当', { assignee: 'U0ADMIN01' }, '担当：<@U0ADMIN01> さん'],
    ['本部へ', { escalatedAt: new Date('2025-10-08T00:00:00Z') }, '本部に知らせました（10月8日（水））'],
    ['解消', { followUp: 'resolved' }, '解消、10月2日（木）'],
  ])('%s', async (_, over, line) => {
    const by = { followedBy: 'U0STAFF01', followedAt: new Date('2025-10-02T01:00:00Z') };
    const reminders = (await manyReminders()).slice(0, 2);
    const isOver = over.followUp === 'resolved';
    const resolvedAt = isOver ? by.followedAt : null;
    const ending = isOver ? ('mended' as const) : null;
    const items = reminders.map((reminder) => ({ reminder, resolvedAt, isReplaced: false, ending }));
    const shown = reminderView(message(NOTICE, [], { ...by, ...over, items }), []);
    expect(JSON.stringify(shown)).toContain(line);
  });

  test.each([
    ['reported', '報告済み'],
    ['told', '報告で確認'],
    ['decided', '済み'],
    ['corrected', '訂正'],
    ['withdrawn', '取り下げ'],
    ['over', '期間終了'],
  ] as const)('what ended as %s is called %s, and nothing of it 解消', async (ending, word) => {
    const resolvedAt = new Date('2025-10-02T01:00:00Z');
    const [reminder] = await manyReminders();
    if (!reminder) throw new Error('a reminder is needed');
    const items = [{ reminder, resolvedAt, isReplaced: false, ending }];
    const over = { followUp: 'resolved' as const, followedAt: resolvedAt, items };
    const shown = JSON.stringify(reminderView(message(NOTICE, [], over), []));
    const mark = ending === 'over' || ending === 'withdrawn' ? '―' : '✓';
    expect(shown).toContain(`${mark} ${paced(reminder)}（${word}）`);
    expect(shown).toContain(`${word}、10月2日（木）`);
    expect(shown).not.toContain('解消');
  });

  test('a gap to the target is plain, one to where a figure should be by now is called so', async () => {
    const [reminder] = await manyReminders();
    if (!reminder) throw new Error('a reminder is needed');
    const linesOf = (one: Reminder) => JSON.stringify(reminderView(message(NOTICE, [one]), []).blocks);
    expect(linesOf(reminder)).toContain(`• ${paced(reminder)}`);
    expect(linesOf({ ...reminder, expected: reminder.target })).toContain(`• ${reminder.line}`);
  });

  test('what is still open is shown before what is over', async () => {
    const at = new Date('2025-10-02T01:00:00Z');
    const budgets = (await manyReminders()).filter(({ kind }) => kind === 'budget_unstarted');
    const items = budgets.map((reminder, index) => ({
      reminder,
      resolvedAt: index < budgets.length - 1 ? at : null,
      isReplaced: false,
      ending: null,
    }));
    const shown = JSON.stringify(reminderView(message(NOTICE, [], { items }), []).blocks);
    expect(shown).toContain(`• ${budgets.at(-1)?.line}`);
  });

  test('what is said of open things is not said of those that are over', async () => {
    const [budgeted] = (await manyReminders()).filter(({ kind }) => kind === 'budget_unstarted');
    if (!budgeted) throw new Error('a reminder is needed');
    const reminders = ['ちらし', '冊子'].map((line) => ({ ...budgeted, line, detail: '報告はありません。' }));
    const at = new Date('2025-10-02T01:00:00Z');
    const items = (ended: number) =>
      reminders.map((reminder, index) => ({
        reminder,
        resolvedAt: index < ended ? at : null,
        isReplaced: false,
        ending: index < ended ? ('told' as const) : null,
      }));
    const times = (ended: number) =>
      JSON.stringify(reminderView(message(NOTICE, [], { items: items(ended) }), []).blocks).split(
        '報告はありません。',
      ).length - 1;
    expect([0, 1, 2].map(times)).toEqual([1, 1, 0]);
  });

  test.each([
    [1, true],
    [4, false],
  ])(
    'of 4 figures %i are over: how to read a gap and where it comes from is said: %s',
    async (ended, isSaid) => {
      const behind = (await manyReminders()).filter(({ kind }) => kind === 'kpi_behind');
      expect(behind).toHaveLength(4);
      const at = new Date('2025-10-02T01:00:00Z');
      const items = behind.map((reminder, index) => ({
        reminder,
        resolvedAt: index < ended ? at : null,
        isReplaced: false,
        ending: index < ended ? ('corrected' as const) : null,
      }));
      const shown = JSON.stringify(reminderView(message(NOTICE, [], { items }), []).blocks);
      expect([shown.includes('▲は目標との差'), shown.includes('reminder:explain')]).toEqual([isSaid, isSaid]);
    },
  );

  test('a report that is in says no more how much of it was missing', async () => {
    const [first] = await manyReminders();
    if (!first) throw new Error('a reminder is needed');
    const reminder: Reminder = {
      ...first,
      kind: 'report_overdue',
      line: '第2四半期の実施状況報告　19件中0件',
    };
    const at = new Date('2025-11-05T01:00:00Z');
    const items = [{ reminder, resolvedAt: at, isReplaced: false, ending: 'reported' as const }];
    const shown = JSON.stringify(reminderView(message(NOTICE, [], { items }), []).blocks);
    expect(shown).toContain('✓ 第2四半期の実施状況報告（報告済み）');
  });

  test('one thing of two is over: it is marked, and the buttons stay', async () => {
    const [first, second] = await manyReminders();
    if (!first || !second) throw new Error('two reminders are needed');
    const items = [
      {
        reminder: first,
        resolvedAt: new Date('2025-10-02T01:00:00Z'),
        isReplaced: false,
        ending: 'mended' as const,
      },
      { reminder: second, resolvedAt: null, isReplaced: false, ending: null },
    ];
    const { blocks } = reminderView(message(NOTICE, [], { items }), []);
    expect(JSON.stringify(blocks)).toContain(`✓ ${paced(first)}（解消）`);
    expect(JSON.stringify(blocks)).toContain('お知らせ（遅れ 1件）');
    expect(blocks.at(-1)?.type).toBe('actions');
  });
});
