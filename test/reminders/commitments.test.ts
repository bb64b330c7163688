import { describe, expect, test } from 'vitest';
import { commitmentName } from '../../src/model/commitments.ts';
import { type Commitment, visitSubject } from '../../src/model/measure.ts';
import type { ReportedActual } from '../../src/model/reported.ts';
import { findDue } from '../../src/reminders/due.ts';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { measure, type Office, promise, reported, situationOf, wellIn } from './made-up-office.ts';
import { moment, openOffice, postings, type Shown } from './office-days.ts';

async function linesOf(office: Office): Promise<string[]> {
  const found = findDue(await situationOf({ since: '2025-05-07', ...office }));
  return found
    .filter(({ kind }) => kind.startsWith('commitment'))
    .map(({ kind, line, detail }) => (kind === 'commitment_overdue' ? `${line}／${detail}` : line));
}

function row(asOf: string, over: Partial<ReportedActual> = {}): ReportedActual {
  const about = { branch: '東京', fy: 7, indicator: 'employer_data_rate', asOf };
  return { ...about, value: 3, text: '3％', note: null, ...over };
}

const meeting = { text: '実践者会議を開く', due: '2025-11-28' };
const OVERDUE = '実践者会議を開く　期限 11月28日（金）／実施したという報告はありません。';
const NOT_HELD = OVERDUE.replace(/／.*/, '／その後の報告では、実施していないとのことです。');

describe('what staff promised beside a figure', () => {
  test.each<[string, Partial<ReportedActual>, string[]]>([
    ['a figure alone', {}, [OVERDUE]],
    ['a comment on something else', { note: '健診機関に依頼した。' }, [OVERDUE]],
    ['a comment that says it is yet to come', { note: '実践者会議は2月に開催予定。' }, [OVERDUE]],
    ['a comment that says that it was put off', { note: '実践者会議は延期した。' }, [NOT_HELD]],
    ['a comment that tells of it', { note: '実践者会議を11月28日に開催した。' }, []],
    [
      'the same promise with a later day',
      { next: { ...meeting, due: '2026-03-13' } },
      ['実践者会議を開く　期限 3月13日（金）'],
    ],
    [
      'another promise',
      { next: { text: '手引きを配る', due: '2026-03-13' } },
      ['手引きを配る　期限 3月13日（金）', OVERDUE],
    ],
  ])('after its day, once there is %s', async (_, over, lines) => {
    const actuals = [row('2025-09-30', { next: meeting }), row('2025-12-31', over)];
    expect(await linesOf({ today: '2026-01-20', actuals })).toEqual(lines);
  });

  test.each([
    ['文書の様式を改めた。', 1],
    ['労働局との連名文書を送った。', 0],
  ])('it is spoken of where most of what it names is: 「%s」', async (note, left) => {
    const next = { text: '労働局と連名の文書を送る', due: '2025-12-19' };
    const actuals = [row('2025-09-30', { next }), row('2025-12-31', { note })];
    expect(await linesOf({ today: '2026-01-20', actuals })).toHaveLength(left);
  });

  test('before its day neither a newer promise nor a comment ends it', async () => {
    const actuals = [
      row('2025-09-30', { next: meeting }),
      row('2025-10-31', {
        note: '実践者会議の会場を決めた。',
        next: { text: '手引きを配る', due: '2025-12-12' },
      }),
    ];
    expect(await linesOf({ today: '2025-11-10', actuals })).toEqual([
      '実践者会議を開く　期限 11月28日（金）',
      '手引きを配る　期限 12月12日（金）',
    ]);
  });
});

describe('what a report says of its measure', () => {
  const second = promise('第2回令和7年9月11日', '2025-09-11', '2025-09-11', {
    subject: '第2回評議会',
    when: '令和7年9月11日',
    section: ['Ⅰ.健全な財政運営'],
    source: { file: 'first.txt', line: 1, page: null, title: '報告' },
  });

  test.each([
    ['第2回評議会を9月11日に開催した。', []],
    ['評議会を開いた（2回目、9月11日）。', []],
    ['第2回評議会（資料作成を含む）を9月11日に開催した。', []],
    ['第2回評議会（健康づくり推進協議会）。済んだ。', []],
    ['第2回評議会の開催に向けて準備を進めた。', ['overdue']],
    ['第2回評議会の資料を作成した。', ['overdue']],
    ['第2回評議会に向けて会場を決めた。', ['overdue']],
    ['第3回評議会を10月20日に開催した。', ['overdue']],
    ['広報紙を配った。', ['overdue']],
    ['第2回評議会は開催できなかった。', ['overdue']],
    ['―', ['overdue']],
  ])('「%s」', async (progress, left) => {
    const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];
    const measures = [measure(progress, 'second.txt', { section: ['Ⅰ.健全な財政運営'] })];
    const situation = await situationOf({ today: '2025-10-20', commitments: [second], kpis, measures });
    const found = findDue(situation).filter(({ kind }) => kind.startsWith('commitment'));
    expect(found.map(({ stage }) => stage)).toEqual(left);
  });
});

describe('what a report says before the day has come', () => {
  const SPAN = promise('電話で12月までに勧奨する。', '2025-04-01', '2025-12-31', {
    when: '12月までに',
    source: { file: 'first.txt', line: 1, page: null, title: '報告' },
  });
  const LATER = { ...SPAN, text: '説明会を11月に開く。', when: '11月', from: '2025-11-01', to: '2025-11-30' };

  test.each<[Commitment, string, number, string?]>([
    [SPAN, '電話での勧奨をすべて終えた。', 0],
    [SPAN, '電話での勧奨を30社に行った。', 1],
    [SPAN, '実施済み。', 0],
    [SPAN, '実施済み。', 1, 'first.txt'],
    [SPAN, '実施した。', 1],
    [SPAN, 'ちらしの配布を完了した。', 1],
    [LATER, '説明会を前倒しで9月に開いた。', 0],
    [LATER, '1回目の説明会を7月に実施済み。', 1],
  ])('%o: 「%s」 leaves %i', async (promised, progress, left, file = 'second.txt') => {
    const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];
    const measures = [measure(progress, file)];
    expect(await linesOf({ today: '2025-11-04', commitments: [promised], kpis, measures })).toHaveLength(
      left,
    );
  });

  test('without a name it is of the only promise of its measure, and of none where there are more', async () => {
    const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];
    const measures = [measure('実施済み。', 'second.txt')];
    const commitments = [SPAN, { ...SPAN, text: 'ちらしを12月までに配る。' }];
    expect(await linesOf({ today: '2025-11-04', commitments, kpis, measures })).toHaveLength(2);
  });
});

describe('a promise that a newer report prints', () => {
  const source = (file: string) => ({ file, line: 1, page: null, title: '報告' });
  const held = (day: string, when: string, file: string) =>
    promise(`第3回評議会を${when}に開く。`, day, day, { when, source: source(file) });
  const kpis = [wellIn('6月時点', { file: 'first.txt' }), wellIn('9月時点', { file: 'second.txt' })];

  test('again, behind its day, is what that report tells of', async () => {
    const commitments = [held('2025-07-11', '7月11日', 'second.txt')];
    const office = { today: '2025-10-20', commitments, kpis };
    const lines = (progress: string) => linesOf({ ...office, measures: [measure(progress, 'second.txt')] });
    expect(await lines('第3回評議会を7月11日に開催した。')).toEqual([]);
    expect(await lines('第2回評議会を6月に開催した。')).toHaveLength(1);
  });

  test('with another day before its own has come is put off; behind it, it was not kept', async () => {
    const moved = held('2025-11-10', '11月10日', 'second.txt');
    const lines = (day: string, when: string) =>
      linesOf({ today: '2025-11-04', commitments: [held(day, when, 'first.txt'), moved], kpis });
    expect(await lines('2025-10-20', '10月20日')).toEqual(['第3回評議会を開く　期限 11月10日（月）']);
    expect(await lines('2025-08-20', '8月20日')).toHaveLength(2);
  });
});

test('the end of a contract is not carried out: what is missing is whether it was renewed', async () => {
  const subject = '専用サイトの契約終了';
  const commitments = [promise('専用サイト 9月まで', '2025-09-30', '2025-09-30', { subject })];
  expect(await linesOf({ today: '2025-10-20', commitments })).toEqual([
    `${subject}　期限 9月30日（火）／更新したかどうかの報告はありません。`,
  ]);
});

test.each([
  ['令和7年9月', null, []],
  ['令和7年11月予定', null, ['利島の健診　期限 9月30日（火）／実施したという報告はありません。']],
  [null, 31, []],
  [null, null, ['利島の健診　期限 9月30日（火）／実施したという報告はありません。']],
])('a later table of places with %s and %s for what was planned in it', async (asOf, value, lines) => {
  const subject = '利島の健診';
  const of = { branch: '東京', fy: 7, table: '島しょ部健診実施状況', label: '利島' };
  const planned = promise('利島 9月予定', '2025-09-01', '2025-09-30', { subject: visitSubject(of) });
  const source = { file: 'second.txt', line: 7, page: null, title: '報告' };
  const counts = [{ ...of, period: '受診者数', value, unit: '人', text: '', asOf, source }];
  const kpis = [wellIn('6月時点'), wellIn('9月時点', { file: 'second.txt' })];
  const found = await linesOf({ today: '2025-11-04', commitments: [planned], kpis, counts });
  expect(found.map((line) => line.replace(visitSubject(of), subject))).toEqual(lines);
});

test.each([
  ['2025-07-10', 2, '8月29日（金）'],
  ['2025-09-10', 2, '10月31日（金）'],
  ['2025-10-10', 3, '12月26日（金）'],
  ['2026-03-10', 2, '3月31日（火）'],
])(
  'on %s, what a report of June says is done every %i months is due by %s',
  async (today, everyMonths, day) => {
    const often = promise('勉強会を開く', '2025-04-01', '2026-03-31', { everyMonths });
    const lines = await linesOf({ today, commitments: [often], kpis: [wellIn('6月時点')] });
    expect(lines).toEqual([`勉強会を開く　${everyMonths}か月に1回の予定（今回は${day}まで）`]);
  },
);

test.each([
  ['四半期ごと', 3, '9月30日（火）'],
  ['3か月に1回', 3, '10月31日（金）'],
  ['半期ごと', 6, '9月30日（火）'],
])('a report of July, in September: %s', async (when, everyMonths, day) => {
  const often = promise('勉強会を開く', '2025-04-01', '2026-03-31', { everyMonths, when });
  const kpis = [wellIn('7月時点')];
  const lines = await linesOf({ today: '2025-09-10', commitments: [often], kpis });
  expect(lines).toEqual([`勉強会を開く　${everyMonths}か月に1回の予定（今回は${day}まで）`]);
});

test.each([
  [['健診の推進', '被保険者'], '（健診の推進・被保険者 ①）'],
  [['健診の推進', '（1）被保険者の健診'], '（被保険者の健診 ①）'],
  [['被保険者'], '（被保険者 ①）'],
  [[], ''],
])('a promise alone says where it stands: under %j', async (section, place) => {
  const commitments = [promise('会を開く', '2025-09-01', '2025-09-30', { section })];
  const found = findDue(await situationOf({ today: '2025-09-01', since: '2025-05-07', commitments }));
  const due = found.find(({ kind }) => kind === 'commitment_due');
  expect(due?.text).toContain(`の予定「会を開く」${place}は9月30日（火）が期限です。`);
});

describe('the day of a promise', () => {
  test.each([
    ['2025-09-01', '2025-11-30', '11月28日（金）', 'a stretch ends on its last business day'],
    ['2025-04-01', '2025-12-31', '12月26日（金）', 'before the office closes for the year'],
    ['2025-10-12', '2025-10-12', '10月12日（日）', 'a day of its own stays what it is'],
    ['2025-11-29', '2025-11-30', '11月30日（日）', 'a weekend has no business day'],
  ])('%s to %s: %s (%s)', async (from, to, day) => {
    const today = from === to ? '2025-10-01' : '2025-11-04';
    const lines = await linesOf({ today, commitments: [promise('会を開く', from, to)] });
    expect(lines).toEqual([`会を開く　期限 ${day}`]);
  });

  test.each([
    ['2025-09-30', 0],
    ['2025-10-01', 1],
  ])('all of a quarter come together when it begins: on %s', async (today, count) => {
    const commitments = ['2025-10-20', '2025-12-05'].map((day) => promise(`${day}の会`, day, day));
    expect(await linesOf({ today, commitments })).toHaveLength(count * 2);
  });

  test('what is due in a quarter’s first days is told of in the quarter before', async () => {
    const commitments = [promise('受付を始める', '2025-10-01', '2025-10-01', { when: '10月1日' })];
    expect(await linesOf({ today: '2025-07-01', commitments })).toEqual(['受付を始める　期限 10月1日（水）']);
  });
});

test('when its day has passed, the open notice shows it, and it is said again though it was confirmed', async () => {
  const office = await openOffice();
  const visit = promise('会場を下見する', '2025-07-01', '2025-07-31');
  await office.report('report.txt', { kpis: [wellIn('6月時点')], commitments: [visit] });
  const [notice] = await office.look('2025-07-10T09:00');
  const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-10T10:00') };
  await createFollowUps(office.store.outbox).acknowledge(by);
  await office.look('2025-07-10T10:05');
  const [shown, ...rest] = await office.look('2025-08-01T09:00');
  expect(rest).toEqual([]);
  expect([shown?.edited, shown?.message.followUp, shown?.message.items[0]?.reminder.kind]).toEqual([
    true,
    'open',
    'commitment_overdue',
  ]);
  expect(postings(await office.look('2025-10-01T09:00'))).toEqual([
    'C0TOKYO01 notice report_overdue:before_7 commitment_overdue:overdue',
  ]);
});

test('once more when the year is over, and then no more', async () => {
  const office = {
    kpis: [wellIn('3月時点')],
    commitments: [promise('会を開く', '2025-09-01', '2025-09-30')],
  };
  const keyOn = async (today: string) =>
    findDue(await situationOf({ today, ...office })).find(({ kind }) => kind === 'commitment_overdue')?.key;
  const keys = await Promise.all(['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'].map(keyOn));
  expect(new Set(keys.slice(0, 3)).size).toBe(2);
  expect([keys[1], keys[3]]).toEqual([keys[2], undefined]);
  expect(await linesOf({ today: '2026-04-01', ...office })).toEqual([
    '会を開く　期限 9月30日（火）／年度は終わりました。実施したという報告はありません。',
  ]);
});

test('that a quarter has passed without its report is told to the head office, and is no message of its own to the branch', async () => {
  const office = await openOffice();
  await office.report('report.txt', {
    kpis: [],
    commitments: [promise('会を開く', '2025-10-01', '2025-12-26')],
  });
  expect(postings(await office.look('2025-08-25T09:00'))).toContain(
    'C0TOKYO01 notice report_overdue:weekly_2',
  );
  // What comes with the quarter names its report already, so that its first notice is none.
  await office.look('2025-10-01T09:00');
  expect(postings(await office.look('2025-10-22T09:00'))).toEqual(['C0HONBU01 thread word']);
});

test('what somebody took over is not told alone because others of the branch are told of something', async () => {
  const office = await openOffice();
  const visit = promise('毎月の訪問', '2025-04-01', '2026-03-31', { everyMonths: 1 });
  const meeting = promise('会を開く', '2025-07-15', '2025-07-15');
  const kpis = [wellIn('6月時点')];
  await office.report('report.txt', { kpis, commitments: [visit, meeting] });
  const [notice] = await office.look('2025-07-10T09:00');
  const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-10T10:00') };
  await createFollowUps(office.store.outbox).reassign(by, 'U0ADMIN01');
  await office.look('2025-07-10T10:05');
  const behind = reported('employer_data_rate', 0.1, '6月時点', { value: 3.9 });
  await office.report('report.txt', { kpis: [...kpis, behind], commitments: [visit, meeting] });
  expect(postings(await office.look('2025-08-01T09:00'))).toEqual([
    'C0TOKYO01 notice kpi_behind:quarter_end',
    expect.stringContaining('C0HONBU01 digest'),
  ]);
});

describe('what a promise is called', () => {
  test.each([
    ['第3四半期の発送に向けて調達を進める。', '案内の発送に向けた調達'],
    ['下期の開催に備えて講師を決める。', '案内の発送に向けた準備'],
    ['第3四半期に発送する。', '案内の発送'],
  ])('%s, with what it is about', (text, name) => {
    expect(commitmentName({ text, when: '第3四半期', subject: '案内の発送' })).toBe(name);
  });

  test.each([
    ['引き続き、窓口を毎月3か所以上訪問する。', '毎月', '窓口を3か所以上訪問する'],
    ['令和7年9月チラシで知らせる。', '令和7年9月', 'チラシで知らせる'],
    ['9月の広報紙に載せる。', '9月', '広報紙に載せる'],
    ['確認書の発行は8月から9月を予定している。', '8月から9月', '確認書の発行'],
    ['予算の案は、12月の評議会に諮る。', '12月', '予算の案は、評議会に諮る'],
    ['訪問を、上期のうちに終える。', '上期', '訪問を、終える'],
    ['12月までに新聞に広告を出す。', '12月までに', '新聞に広告を出す'],
    ['番組の放送開始(令和7年7月~隔週木曜日10:25から10分間)', '令和7年7月', '番組の放送開始'],
    ['弁護士と相談する(第2四半期)。', '第2四半期', '弁護士と相談する'],
    ['隣の県と話し合う。(7月に会議開催予定)', '7月', '隣の県と話し合う。(会議開催予定)'],
    ['冊子に載せる(9月号)。', '9月', '冊子に載せる'],
    ['研修は、下期に向けて講師を決める。', '下期', '研修は、下期に向けて講師を決める'],
    ['また、7月より夜間の面談を始めるとともに', '7月', '夜間の面談を始める'],
  ])('%s', (text, when, name) => {
    expect(commitmentName({ text, when })).toBe(name);
  });

  test('printed twice in nearly the same words it is one, and what is decided of one is decided of both', async () => {
    const twins: Commitment[] = ['引き続き、事業所を訪問する。', '引き続き事業所を訪問する。'].map((text) =>
      promise(text, '2025-09-01', '2025-09-30'),
    );
    const office = await openOffice();
    await office.report('report.txt', { kpis: [wellIn('6月時点')], commitments: twins });
    const [notice] = await office.look('2025-09-01T09:00');
    const items = notice?.message.items ?? [];
    expect(items).toHaveLength(1);
    const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-09-02T10:00') };
    await createFollowUps(office.store.outbox).decide(by, {
      series: items[0]?.reminder.series ?? '',
      decision: 'done',
    });
    await office.look('2025-09-02T10:05');
    expect(postings(await office.look('2025-10-01T09:00'))).toEqual([]);
    // Whichever of them is printed first.
    await office.report('report.txt', { kpis: [wellIn('9月時点')], commitments: [...twins].reverse() });
    expect(postings(await office.look('2025-10-02T09:00'))).toEqual([]);
  });
});

describe('取り消す: what was decided by mistake', () => {
  const words = (shown: readonly Shown[]) =>
    shown.flatMap(({ message: { content } }) =>
      content.type === 'word'
        ? content.words.map((word) => ('id' in word ? word.id : word.text)).join(' ')
        : [],
    );

  test('is open again in its message, and can be decided anew', async () => {
    const office = await openOffice();
    const visit = promise('会場を下見する', '2025-09-01', '2025-09-30');
    await office.report('report.txt', { kpis: [wellIn('6月時点')], commitments: [visit] });
    const [notice] = await office.look('2025-09-01T09:00');
    const series = notice?.message.items[0]?.reminder.series ?? '';
    const { decide, takeBack } = createFollowUps(office.store.outbox);
    const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-09-02T10:00') };
    for (const hour of ['10', '11']) {
      await decide(by, { series, decision: 'done' });
      expect((await office.store.outbox.message(by.messageId))?.followUp).toBe('resolved');
      await office.look(`2025-09-02T${hour}:05`);
      expect(await takeBack(by, series)).toBe('done');
      const shown = await office.look(`2025-09-02T${hour}:10`);
      expect(words(shown)).toEqual(['U0STAFF01 さんが「会場を下見する」の操作を取り消しました。']);
      expect(shown.find(({ edited }) => edited)?.message).toMatchObject({
        followUp: 'open',
        items: [{ resolvedAt: null, ending: null }],
      });
    }
    expect(postings(await office.look('2025-10-01T09:00'))).toEqual([
      'C0TOKYO01 notice report_overdue:before_7 commitment_overdue:overdue',
    ]);
  });

  test('does nothing to what is open again in a newer message', async () => {
    const office = await openOffice();
    const visit = promise('会場を下見する', '2025-09-01', '2025-09-30');
    await office.report('report.txt', { kpis: [wellIn('6月時点')], commitments: [visit] });
    const [notice] = await office.look('2025-09-01T09:00');
    const series = notice?.message.items[0]?.reminder.series ?? '';
    const { decide, takeBack } = createFollowUps(office.store.outbox);
    const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-09-02T10:00') };
    await decide(by, { series, decision: 'moved', due: '2025-09-25' });
    expect(postings(await office.look('2025-09-02T10:05'))).toContain('C0TOKYO01 notice commitment_due:due');
    await takeBack(by, series);
    expect(await office.look('2025-09-02T10:10')).toEqual([]);
  });

  test('does nothing to what nobody decided', async () => {
    const office = await openOffice();
    await office.report('report.txt', {
      kpis: [wellIn('6月時点')],
      commitments: [promise('会場を下見する', '2025-09-01', '2025-09-30')],
    });
    const [notice] = await office.look('2025-09-01T09:00');
    const by = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-09-02T10:00') };
    await createFollowUps(office.store.outbox).takeBack(by, notice?.message.items[0]?.reminder.series ?? '');
    expect(await office.look('2025-09-02T10:05')).toEqual([]);
  });
});
