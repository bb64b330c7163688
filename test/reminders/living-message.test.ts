import { describe, expect, test } from 'vitest';
import type { OutboxMessage } from '../../src/model/outbox.ts';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { recordDue } from '../../src/reminders/record-due.ts';
import { reminderView } from '../../src/slack/views/reminder.ts';
import type { Stored } from '../../src/store/documents-and-facts.ts';
import { budget, OFFICE_OWNER, reported, TOKYO_OWNER, wellIn } from './made-up-office.ts';
import { moment, type OfficeDays, openOffice, postings, type Shown } from './office-days.ts';

const behind = (value: number, asOf: string) => reported('employer_data_rate', value, asOf, { value: 3.9 });

async function posted(office: OfficeDays, at: string): Promise<Shown> {
  const shown = (await office.look(at)).find(({ place, edited }) => place === 'C0TOKYO01' && !edited);
  if (!shown) throw new Error('nothing was posted');
  return shown;
}

function wordsOf(message: OutboxMessage | undefined): string {
  const content = message?.content;
  return content?.type === 'word'
    ? content.words.map((word) => ('id' in word ? word.id : word.text)).join(' ')
    : '';
}

function act(shown: Shown, at: string) {
  return { messageId: shown.message.id, by: 'U0STAFF01', now: moment(at) };
}

describe('what ends a message', () => {
  test('the report comes: the message is edited in place and its thread says so', async () => {
    const office = await openOffice();
    const first = await posted(office, '2025-07-22T09:00');
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    const shown = await office.look('2025-07-23T09:00');
    const edit = shown.find(({ edited }) => edited);
    expect(edit).toMatchObject({ ts: first.ts, message: { followUp: 'resolved' } });
    const [word] = shown.filter(({ threadTs }) => threadTs === first.ts);
    expect(word && wordsOf(word.message)).toBe(
      '令和7年度第1四半期の報告が届きました（1件中1件）。ありがとうございました。',
    );
    expect(await office.look('2025-08-05T09:00')).toEqual([]);
  });

  test('a new actual that ends one of two gaps resolves that one at once, at any hour', async () => {
    const office = await openOffice();
    const other = reported('judo_rate', 1.5, '5月時点', { op: '<=', value: 1, text: '1％以下' });
    await office.report('report.txt', { kpis: [behind(0.1, '5月時点'), other] });
    await posted(office, '2025-06-10T09:00');
    await office.report('report.txt', { kpis: [behind(0.7, '5月時点'), other] });
    const [edit, ...rest] = await office.look('2025-06-10T22:00');
    expect(rest).toEqual([]);
    expect(
      edit?.message.items.map(({ reminder, resolvedAt }) => [reminder.indicator, resolvedAt !== null]),
    ).toEqual(
      expect.arrayContaining([
        ['employer_data_rate', true],
        ['judo_rate', false],
      ]),
    );
  });

  test('a new actual that is behind too takes the old message’s place', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [behind(0.1, '4月時点')] });
    const first = await posted(office, '2025-05-20T09:00');
    await office.report('report.txt', { kpis: [behind(0.2, '5月時点')] });
    const shown = await office.look('2025-06-10T09:00');
    expect(postings(shown)).toEqual(['C0TOKYO01 notice kpi_behind:actual']);
    const edit = shown.find(({ edited }) => edited);
    expect(edit).toMatchObject({ ts: first.ts, message: { followUp: 'resolved' } });
    const view = JSON.stringify(edit && reminderView(edit.message, []).blocks);
    expect(view).toContain('（新しいお知らせに続きます）');
    expect(view).not.toContain('解消');
  });

  test('what was found at night and mended before the morning is never sent', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [behind(0.1, '5月時点')] });
    await office.look('2025-06-10T20:00');
    await office.report('report.txt', { kpis: [behind(2, '5月時点')] });
    expect(await office.look('2025-06-11T09:00')).toEqual([]);
  });

  test('the next quarter’s turn is not called a success', async () => {
    const office = await openOffice();
    const first = await posted(office, '2025-07-22T09:00');
    const shown = await office.look('2025-10-22T09:00');
    expect(postings(shown)).toContain('C0TOKYO01 notice report_overdue:before_7');
    expect(shown.find(({ ts }) => ts === first.ts)?.message).toMatchObject({
      followUp: 'resolved',
      items: [{ ending: 'over' }],
    });
    expect(shown.filter(({ threadTs }) => threadTs === first.ts)).toEqual([]);
    const next = shown.find(({ place, edited }) => place === 'C0TOKYO01' && !edited);
    expect(next?.message.content).toEqual({
      type: 'notice',
      notes: ['令和7年度第1四半期の報告は、届かないまま次の期間に移りました。'],
    });
  });
});

describe('what is written on 11 August, a holiday, goes out as things stand when it is sent', () => {
  test.each([
    ['2025-08-12', [/7営業日過ぎています/], '2025-08-12'],
    ['2025-08-19', [/12営業日過ぎています/], '2025-08-19'],
    ['2025-10-31', [], null],
  ])('sent on %s', async (day, words, told) => {
    const office = await openOffice();
    const first = await posted(office, '2025-07-31T09:00');
    await office.look('2025-08-04T09:00');
    expect(postings(await office.look('2025-08-11T09:00'))).toEqual([]);
    const waiting = await office.store.outbox.message(first.message.id);
    expect(waiting?.escalatedAt).toBeNull();
    const shown = await office.look(`${day}T09:00`);
    const said = shown.filter(({ threadTs }) => threadTs === first.ts).map(({ message }) => wordsOf(message));
    expect(said).toEqual(words.map((word) => expect.stringMatching(word)));
    const after = await office.store.outbox.message(first.message.id);
    expect(after?.escalatedAt ?? null).toEqual(told === null ? null : moment(`${told}T09:00`));
  });
});

test('a digest that could not be sent for a while tells how all branches stand when it is', async () => {
  const office = await openOffice();
  const { store, catalogue } = office;
  await office.look('2025-07-31T09:00');
  // Written, and the process ends before it is sent.
  const parts = { outbox: store.outbox, catalogue, known: async (stored: Stored) => stored.knowledge };
  await recordDue(parts, moment('2025-08-01T09:00'));
  await office.report('report.txt', { kpis: [wellIn('6月時点')] });
  const shown = await office.look('2025-08-04T09:00');
  const digest = shown.find(({ place }) => place === 'C0HONBU01')?.message.content;
  expect(digest).toMatchObject({
    type: 'digest',
    counts: ['未報告の支部：0', '目標に遅れがある支部：0（指標 0件）', 'お知らせのない支部：1'],
    lines: [],
  });
});

test('a word to the head office that waits over a holiday leaves out who has reported meanwhile', async () => {
  const office = await openOffice(['東京', '群馬', '本部']);
  await office.register(TOKYO_OWNER, { ...TOKYO_OWNER, branch: '群馬', channel: 'C0GUNMA01' });
  for (const day of ['2025-07-31', '2025-08-04', '2025-08-11']) await office.look(`${day}T09:00`);
  await office.report('gunma.txt', { kpis: [wellIn('6月時点', { branch: '群馬' })] });
  const shown = await office.look('2025-08-12T09:00');
  const words = shown.filter(({ place, edited }) => place === 'C0HONBU01' && !edited);
  expect(words.map(({ message }) => wordsOf(message))).toContain(
    '期限を過ぎても令和7年度第1四半期の報告がそろっていません：東京支部。',
  );
  const told = await office.store.outbox.messages();
  expect(told.filter(({ escalatedAt }) => escalatedAt !== null).map(({ branch }) => branch)).toEqual([
    '東京',
  ]);
});

test('the branch reads that the head office was told where the answer to that was lost, once it is found', async () => {
  const office = await openOffice();
  const first = await posted(office, '2025-07-31T09:00');
  await office.look('2025-08-04T09:00');
  office.lost.add('C0HONBU01');
  const told = postings(await office.look('2025-08-07T09:00'));
  expect(told).toContain('C0HONBU01 thread word report_overdue:escalated');
  expect((await office.store.outbox.message(first.message.id))?.escalatedAt).toBeNull();
  expect(postings(await office.look('2025-08-07T09:10'))).toEqual([]);
  const after = await office.store.outbox.message(first.message.id);
  expect(after?.escalatedAt).toEqual(moment('2025-08-07T09:10'));
});

describe('a report that never came is called neither reported nor taken back', () => {
  test.each(['2026-02-02', '2026-11-30', '2027-06-01', '2029-06-01'])('on %s', async (day) => {
    const office = await openOffice();
    const first = await posted(office, '2025-10-31T09:00');
    await office.look(`${day}T09:00`);
    const message = await office.store.outbox.message(first.message.id);
    expect(message?.items.map(({ ending }) => ending)).toEqual(['over']);
    expect(JSON.stringify(message && reminderView(message, []).blocks)).toContain('（期間終了）');
  });

  test('how much of it was there is said', async () => {
    const office = await openOffice();
    const three = ['checkup_rate', 'judo_rate'].map((id) => reported(id, null, '', { value: 1 }));
    await office.report('report.txt', { kpis: [wellIn('6月時点'), ...three] });
    await posted(office, '2025-07-22T09:00');
    const shown = await office.look('2025-10-31T09:00');
    const next = shown.find(({ place, edited }) => place === 'C0TOKYO01' && !edited);
    expect(next?.message.content).toEqual({
      type: 'notice',
      notes: ['令和7年度第1四半期の報告は、3件中1件だけ届いたまま次の期間に移りました。'],
    });
  });
});

describe('what people do', () => {
  test('確認: who and when, once', async () => {
    const office = await openOffice();
    const { acknowledge } = createFollowUps(office.store.outbox);
    const first = await posted(office, '2025-07-22T09:00');
    expect(await acknowledge(act(first, '2025-07-22T10:00'))).toBe('done');
    expect(await acknowledge(act(first, '2025-07-22T10:01'))).toBe('done');
    const shown = await office.look('2025-07-22T10:05');
    expect(shown.filter(({ edited }) => edited).at(-1)?.message).toMatchObject({
      followUp: 'acknowledged',
      followedBy: 'U0STAFF01',
      followedAt: moment('2025-07-22T10:00'),
    });
    expect(shown.filter(({ edited }) => !edited).map(({ message }) => wordsOf(message))).toEqual([
      'U0STAFF01 さんが確認しました。',
    ]);
  });

  test('延期: silent until the day, then a word in the thread and what fell due meanwhile, collapsed', async () => {
    const office = await openOffice();
    const { snooze } = createFollowUps(office.store.outbox);
    const first = await posted(office, '2025-07-31T09:00');
    expect(await snooze(act(first, '2025-07-31T10:00'), '2025-08-12')).toBe('done');
    await office.look('2025-07-31T10:05');
    for (const day of ['2025-08-01', '2025-08-05', '2025-08-06']) {
      expect(
        postings(await office.look(`${day}T09:00`)).filter((one) => one.startsWith('C0TOKYO01')),
      ).toEqual([]);
    }
    const woken = await office.look('2025-08-12T09:00');
    const words = woken
      .filter(({ threadTs }) => threadTs === first.ts)
      .map(({ message }) => wordsOf(message));
    expect(words).toEqual([expect.stringMatching(/^延期の期日になりました。.*7営業日過ぎています/)]);
    expect(woken.find(({ threadTs }) => threadTs === first.ts)?.mentions).toEqual(['U0REPORT1', 'U0STAFF01']);
  });

  test('延期 does not keep the head office from hearing of it', async () => {
    const office = await openOffice();
    const { snooze } = createFollowUps(office.store.outbox);
    const first = await posted(office, '2025-07-31T09:00');
    await snooze(act(first, '2025-07-31T10:00'), '2025-08-29');
    const shown = await office.look('2025-08-07T09:00');
    expect(postings(shown).filter((one) => one.startsWith('C0HONBU01'))).toEqual([
      'C0HONBU01 digest report_overdue:escalated',
    ]);
    expect(shown.find(({ edited, place }) => edited && place === 'C0TOKYO01')?.message.escalatedAt).toEqual(
      moment('2025-08-07T09:00'),
    );
  });

  test.each(['2025-07-31', '2025-07-01'])('延期 to %s is refused', async (until) => {
    const office = await openOffice();
    const first = await posted(office, '2025-07-31T09:00');
    expect(await createFollowUps(office.store.outbox).snooze(act(first, '2025-07-31T10:00'), until)).toBe(
      'past_day',
    );
  });

  test('担当へ: the one who took over is named from then on', async () => {
    const office = await openOffice();
    const { reassign, snooze } = createFollowUps(office.store.outbox);
    const first = await posted(office, '2025-07-31T09:00');
    await reassign(act(first, '2025-07-31T10:00'), 'U0ADMIN01');
    await snooze(act(first, '2025-07-31T10:01'), '2025-08-01');
    const words = (await office.look('2025-08-01T09:00')).map(({ message, mentions }) => [
      wordsOf(message),
      mentions,
    ]);
    expect(words).toContainEqual(['U0STAFF01 さんが担当を U0ADMIN01 さんに変えました。', []]);
    expect(words).toContainEqual(['延期の期日になりました。ご確認をお願いします。', ['U0ADMIN01']]);
  });

  test('a message that is over, or none of ours, takes no more acts', async () => {
    const office = await openOffice();
    const { acknowledge } = createFollowUps(office.store.outbox);
    const first = await posted(office, '2025-07-22T09:00');
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    await office.look('2025-07-23T09:00');
    expect(await acknowledge(act(first, '2025-07-23T10:00'))).toBe('resolved');
    expect(await acknowledge({ ...act(first, '2025-07-23T10:00'), messageId: 99 })).toBe('unknown_message');
  });
});

test('a relative target without last year’s figure is said to be unknown, beside what is due', async () => {
  const office = await openOffice();
  const relative = { value: null, relative: 'prev_year', text: '対前年度以上' } as const;
  await office.report('report.txt', {
    kpis: [behind(0.1, '5月時点'), reported('card_recovery', 90, '5月時点', relative)],
  });
  const { message } = await posted(office, '2025-06-10T09:00');
  expect(message.items.map(({ reminder: { kind, line, detail } }) => [kind, line, detail])).toContainEqual([
    'kpi_unjudged',
    '資格喪失後1か月以内の保険証回収率　90％（5月時点）／目標 対前年度以上',
    '前年度の実績が資料にないため判定できません。',
  ]);
  await office.report('report.txt', { kpis: [reported('card_recovery', 91, '5月時点', relative)] });
  expect(postings(await office.look('2025-06-11T09:00'))).toEqual(['C0TOKYO01 thread word']);
});

describe('a figure that cannot be judged', () => {
  const unjudged = async () => {
    const office = await openOffice();
    const text = '対前年度以上';
    const figure = (asOf: string, value: number | null = null, file = 'report.txt') =>
      reported(
        'card_recovery',
        90,
        asOf,
        { value, relative: value === null ? 'prev_year' : null, text },
        { file },
      );
    await office.report('report.txt', { kpis: [wellIn('6月時点'), figure('6月時点')] });
    await posted(office, '2025-07-10T09:00');
    return { office, figure };
  };

  test('a newer figure came for the first time, and cannot be judged either', async () => {
    const { office, figure } = await unjudged();
    await office.report('report.txt', { kpis: [wellIn('6月時点'), figure('7月時点')] });
    expect(wordsOf((await posted(office, '2025-07-11T09:00')).message)).toBe(
      '資格喪失後1か月以内の保険証回収率の7月時点の数値（90％）が届きました。判定できないままです。',
    );
  });

  test('a target was registered: by that it can be judged, no report spoke of it', async () => {
    const { office, figure } = await unjudged();
    await office.report('report.txt', { kpis: [wellIn('6月時点'), figure('6月時点', 80)] });
    const shown = await office.look('2025-07-11T09:00');
    expect(shown.filter(({ edited }) => !edited).map(({ message }) => wordsOf(message))).toEqual([
      '目標の登録により判定できるようになりました：資格喪失後1か月以内の保険証回収率。',
    ]);
    expect(shown.find(({ edited }) => edited)?.message.items[0]?.ending).toBe('judged');
  });
});

test('what was found is written or not at all', async () => {
  const office = await openOffice();
  const now = moment('2025-07-22T09:00');
  const content = { type: 'word' as const, words: [{ text: 'a' }] };
  const broken = office.store.outbox.withDue(async (trx) => {
    await trx.add({ key: 'a', parentId: null, audience: 'branch', branch: '東京', content, items: [] }, now);
    throw new Error('power cut');
  });
  await expect(broken).rejects.toThrow('power cut');
  expect(await office.store.outbox.messages()).toEqual([]);
});

describe('the head office', () => {
  test('reads once a quarter how all branches stand: who is behind first, the rest in one line, with counts', async () => {
    const branches = ['東京', '群馬', '千葉', '埼玉', '本部'];
    const office = await openOffice(branches);
    const gunma = { branch: '群馬', file: 'gunma.txt' };
    await office.report('report.txt', { kpis: [wellIn('6月時点'), behind(0.1, '6月時点')] });
    await office.report('gunma.txt', { kpis: [wellIn('6月時点', gunma)] });
    await office.register(
      TOKYO_OWNER,
      ...branches.slice(1, 4).map((branch, index) => ({
        ...TOKYO_OWNER,
        branch,
        channel: `C0BRANCH${index}`,
      })),
    );
    await office.look('2025-07-31T09:00');
    const shown = await office.look('2025-08-01T09:00');
    const digest = shown.find(({ place }) => place === 'C0HONBU01')?.message.content;
    expect(digest).toEqual({
      type: 'digest',
      title: '全支部のまとめ（令和7年度第1四半期）',
      counts: [
        '未報告の支部：2',
        '目標に遅れがある支部：1（指標 1件。未報告の2支部は、届いた数値だけで数えています）',
        'お知らせのない支部：1',
      ],
      lines: ['東京支部：遅れ1件（事業者健診データ取得率）', '未報告（2支部）：埼玉、千葉'],
    });
    expect((await office.look('2025-08-04T09:00')).filter(({ place }) => place === 'C0HONBU01')).toEqual([]);
  });

  test('reads which branches have something due and nobody to tell', async () => {
    const office = await openOffice(['東京', '群馬', '本部']);
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    const shown = await office.look('2025-07-31T09:00');
    expect(wordsOf(shown.find(({ place }) => place === 'C0HONBU01')?.message)).toBe(
      '知らせることがありますが、担当者とチャンネルが登録されていません：群馬支部。',
    );
  });

  test('reads the state of all branches once: which reports are long overdue is a word in its thread', async () => {
    const office = await openOffice(['東京', '群馬', '本部']);
    await office.register(
      TOKYO_OWNER,
      { ...TOKYO_OWNER, branch: '群馬', channel: 'C0GUNMA01' },
      OFFICE_OWNER,
    );
    const toOffice = async (day: string) =>
      (await office.look(`${day}T09:00`)).filter(({ place, edited }) => place === 'C0HONBU01' && !edited);
    const [digest] = await toOffice('2025-08-01');
    expect(digest?.message.content.type).toBe('digest');
    const [word, ...rest] = await toOffice('2025-08-07');
    expect(rest).toEqual([]);
    expect([word?.threadTs, wordsOf(word?.message)]).toEqual([
      digest?.ts,
      '期限を過ぎても令和7年度第1四半期の報告がそろっていません：群馬支部、東京支部。',
    ]);
    await office.report('report.txt', { kpis: [wellIn('6月時点')] });
    expect(await toOffice('2025-08-12')).toEqual([]);
    await office.report('gunma.txt', { kpis: [wellIn('6月時点', { branch: '群馬', file: 'gunma.txt' })] });
    expect((await toOffice('2025-08-13')).map(({ message }) => wordsOf(message))).toEqual([
      '群馬支部から、令和7年度第1四半期の報告が届きました。',
    ]);
  });
});

test('what went on in a newer message stays so in the older one when the thing ends', async () => {
  const office = await openOffice();
  const figure = (value: number, asOf: string) =>
    office.report('report.txt', { kpis: [reported('employer_data_rate', value, asOf, { value: 3.9 })] });
  await figure(0.1, '5月時点');
  await office.look('2025-06-10T09:00');
  await figure(0.3, '6月時点');
  await office.look('2025-07-03T09:00');
  const stateOf = async () => {
    const [older] = await office.store.outbox.messages();
    return older?.items.map(({ resolvedAt, isReplaced, ending }) => [resolvedAt, isReplaced, ending]);
  };
  const before = await stateOf();
  expect(before).toEqual([[moment('2025-07-03T09:00'), true, null]]);
  await figure(4, '7月時点');
  await office.look('2025-08-01T09:00');
  expect(await stateOf()).toEqual(before);
});

test('詳細と出典: all that is open, largest first, in as many words as it takes, once each', async () => {
  const office = await openOffice();
  const budgets = Array.from({ length: 40 }, (_, index) =>
    budget(`${'長い名前の'.repeat(10)}事業${index}`, { amountYen: 1_000_000 + index }),
  );
  await office.report('report.txt', { kpis: [wellIn('9月時点')], budgets });
  const notice = await posted(office, '2025-10-01T09:00');
  const { explain } = createFollowUps(office.store.outbox);
  for (const minute of ['00', '01']) await explain(act(notice, `2025-10-01T10:${minute}`));
  const words = (await office.look('2025-10-01T10:05')).map(({ message }) => wordsOf(message));
  expect(words.length).toBeGreaterThan(1);
  for (const text of words) expect(text.length).toBeLessThan(4_000);
  const amounts = [...words.join('').matchAll(/（(1,000,0\d\d)円）は/g)].map(([, amount]) => amount);
  expect(amounts).toEqual(
    Array.from({ length: 40 }, (_, index) => `1,000,0${String(39 - index).padStart(2, '0')}`),
  );
});
