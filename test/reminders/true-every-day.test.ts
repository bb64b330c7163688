import { describe, expect, test } from 'vitest';
import type { Kpi } from '../../src/model/kpi.ts';
import type { Standing } from '../../src/model/standing.ts';
import { reminderDigest } from '../../src/reminders/digest.ts';
import { findDue } from '../../src/reminders/due.ts';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { reportState } from '../../src/reminders/quarter-report.ts';
import {
  budget,
  measure,
  OFFICE_OWNER,
  type Office,
  planned,
  promise,
  reported,
  situationOf,
  TOKYO_OWNER,
  wellIn,
} from './made-up-office.ts';
import { moment, openOffice, postings, type Shown } from './office-days.ts';
import { importing } from './office-year.ts';

/** In the first year of a branch: nothing is asked for that was due before. */
async function dueOf(office: Office) {
  return findDue(await situationOf({ since: '2025-05-07', ...office }));
}

function wordsOf(shown: readonly Shown[], place = 'C0TOKYO01'): string[] {
  return shown
    .filter((one) => one.place === place && !one.edited)
    .flatMap(({ message: { content } }) =>
      content.type === 'word'
        ? [content.words.map((word) => ('id' in word ? word.id : word.text)).join(' ')]
        : [],
    );
}

function linesOf(shown: Shown | undefined): string[] {
  return (shown?.message.items ?? []).map(({ reminder }) => reminder.line);
}

function noticeIn(shown: readonly Shown[]): Shown | undefined {
  return shown.find(
    ({ message, edited, threadTs }) => !edited && threadTs === null && message.branch === '東京',
  );
}

/** Enough of a quarter's figures that the report is in, whatever the others are. */
const enough = (asOf: string) =>
  ['checkup_rate', 'generic_rate', 'mail_rate', 'visit_rate', 'single_bid', 'claim_recovery'].map((id) =>
    id === 'single_bid'
      ? wellIn(asOf, { file: 'well.txt' })
      : reported(id, 90, asOf, { value: 90 }, { file: 'well.txt' }),
  );

const employer = (value: number, asOf: string, over: Partial<Kpi> & { file?: string } = {}) =>
  reported('employer_data_rate', value, asOf, { value: 3.9 }, over);
const offices = (value: number, asOf = '6月時点') =>
  reported(
    'declaration_offices',
    value,
    asOf,
    { value: 3120, unit: '事業所', text: '3,120事業所以上' },
    {
      previous: 2998,
      actual: {
        value,
        text: `${value.toLocaleString('ja-JP')}社`,
        asOf,
        previousValue: 2998,
        previousText: '2,998社',
      },
    },
  );

describe('a report is in by its own figures', () => {
  const last = [wellIn('3月時点', { fy: 7, file: 'r7.txt' })];
  const before = [wellIn('12月時点', { fy: 7, file: 'r7.txt' })];
  const next = employer(0.5, '4月時点', { fy: 8, file: 'r8.txt' });

  test.each([
    ['the figures of its quarter', last, 0],
    ['a figure of the next year', [...before, next], 1],
  ])('of the last quarter: %s', async (_, kpis, count) => {
    const found = await dueOf({ today: '2026-05-20', kpis });
    expect(
      found.filter(({ kind, audience }) => kind === 'report_overdue' && audience === 'branch'),
    ).toHaveLength(count);
  });

  test('a figure of the same quarter of another year is none of it', async () => {
    const kpis = [wellIn('5月時点'), wellIn('6月時点', { fy: 6, file: 'r6.txt' })];
    const [found] = await dueOf({ today: '2025-08-05', kpis });
    expect(found?.line).toContain('1件中0件');
  });

  const ids = ['checkup_rate', 'guidance_insured', 'generic_rate', 'judo_rate', 'mail_rate'];
  const some = (there: number, late = '3月時点') =>
    ids.map((id, index) => {
      const op = id === 'judo_rate' ? ('<=' as const) : ('>=' as const);
      const value = op === '<=' ? 90 : 50;
      const asOf = index < there ? '6月時点' : late;
      return reported(id, 60, asOf, { op, value, text: `${value}％` }, { file: `${index}.txt` });
    });

  test.each([
    [3, '令和7年度第1四半期の実施状況報告　5件中3件　期限 7月31日（木）を過ぎています'],
    [4, null],
    [5, null],
  ])('%i of five figures, where the calendar asks for 80 per cent', async (there, line) => {
    const found = await dueOf({ today: '2025-08-05', kpis: some(there) });
    expect(found.find(({ kind }) => kind === 'report_overdue')?.line ?? null).toBe(line);
  });

  test('names before the deadline which figures are missing', async () => {
    const [first] = await dueOf({ today: '2025-07-22', kpis: some(3) });
    expect(first?.detail).toBe(
      '数値が未報告の指標：柔道整復施術療養費の3部位以上かつ月15日以上の申請の割合、現金給付等の申請に係る郵送化率',
    );
    expect(first?.text).toContain(first?.detail ?? '?');
  });

  test('older months that a report prints count, once it prints anything of the quarter’s end', async () => {
    const mixed = [employer(3, '4月時点'), reported('generic_rate', 90, '6月時点', { value: 80 })];
    expect(await dueOf({ today: '2025-08-05', kpis: mixed })).toEqual([]);
    const early = mixed.map((kpi) => ({ ...kpi, actual: kpi.actual && { ...kpi.actual, asOf: '5月時点' } }));
    expect((await dueOf({ today: '2025-08-05', kpis: early })).map(({ stage }) => stage)).toEqual([
      'after_3',
    ]);
  });

  describe('figures of staff count by the same rule', () => {
    const row = (indicator: string, asOf: string) => ({
      ...{ branch: '東京', fy: 7, indicator, asOf, value: 90, text: '90％', note: null },
    });
    const plan = ['generic_rate', 'checkup_rate'].map((id) => reported(id, null, '', { value: 80 }));
    const lineOf = async (actuals: ReturnType<typeof row>[], kpis = plan) =>
      (await dueOf({ today: '2025-08-05', kpis, actuals })).find(({ kind }) => kind === 'report_overdue');

    test('an older month counts beside one of the quarter’s end in the same table', async () => {
      expect(await lineOf([row('generic_rate', '2025-06-30'), row('checkup_rate', '2025-05-31')])).toBe(
        undefined,
      );
    });

    test('older months alone are no report, and are named as of when they are', async () => {
      const found = await lineOf([row('generic_rate', '2025-04-30'), row('checkup_rate', '2025-05-31')]);
      expect(found?.line).toContain('2件中0件');
      expect(found?.text).toContain('は、6月末時点の数値がまだ届いていません。');
      expect(found?.detail).toContain('4月・5月時点の数値は2件届いています。6月末時点の数値が未報告の指標：');
    });

    test('of another import of the same name, months before the quarter’s end stay early', async () => {
      const office = await openOffice();
      await office.report('report.txt', { kpis: plan });
      const rows = [row('generic_rate', '2025-05-31'), row('checkup_rate', '2025-06-30')];
      for (const [index, own] of rows.entries()) {
        await importing('kpi.csv', [own])(office.store, moment(`2025-07-1${index}T10:00`));
      }
      const due = (await office.look('2025-08-05T09:00')).flatMap(({ message }) => message.items);
      const lines = due.map(({ reminder }) => reminder.line);
      expect(lines).toContainEqual(expect.stringContaining('2件中1件'));
      const standings = (await office.store.knowledge.kpis({})).map((kpi) => ({ kpi }) as Standing);
      const { calendar } = office.catalogue;
      expect(reportState({ standings, today: '2025-08-05', calendar })).toMatchObject({
        isIn: false,
        count: { kpis: 2, there: 1 },
      });
    });

    test('nothing is asked for where no plan of the year is known', async () => {
      expect(await lineOf([row('generic_rate', '2025-05-31')], [])).toBe(undefined);
    });
  });

  test('― is no figure', async () => {
    const none = reported('generic_rate', null, '6月時点', { value: 80 });
    expect((await dueOf({ today: '2025-08-05', kpis: [none] }))[0]?.kind).toBe('report_overdue');
  });

  test('that of a later quarter ends the wish for it', async () => {
    const found = await dueOf({ today: '2025-10-10', kpis: [wellIn('9月時点')] });
    expect(found).toEqual([]);
  });

  test('the branch says that it is all', async () => {
    const office = await openOffice();
    for (const kpi of some(2)) await office.report(kpi.source.file, { kpis: [kpi] });
    const [notice] = await office.look('2025-07-31T09:00');
    const item = notice?.message.items.find(({ reminder }) => reminder.kind === 'report_overdue');
    const { decide } = createFollowUps(office.store.outbox);
    const act = { messageId: notice?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-31T10:00') };
    await decide(act, { series: item?.reminder.series ?? '', decision: 'done' });
    const told = await office.look('2025-07-31T10:05');
    expect(wordsOf(told)).toEqual(['U0STAFF01 さんが「令和7年度第1四半期の実施状況報告」を済みとしました。']);
    expect(told.find(({ edited }) => edited)?.message).toMatchObject({
      followUp: 'resolved',
      items: [{ ending: 'decided' }],
    });
    expect(postings(await office.look('2025-08-05T09:00'))).toEqual([]);
  });
});

describe('a promise ends by what people say of it', () => {
  const visit = promise('会場を下見する', '2025-09-01', '2025-09-30');

  async function promised() {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [wellIn('6月時点')], commitments: [visit] });
    const shown = noticeIn(await office.look('2025-09-01T09:00'));
    const series = shown?.message.items[0]?.reminder.series ?? '';
    const act = { messageId: shown?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-09-02T10:00') };
    return { office, series, act, ...createFollowUps(office.store.outbox) };
  }

  test.each([
    ['done', '済みとしました'],
    ['cancelled', '中止としました'],
  ] as const)('%s: never spoken of again', async (decision, words) => {
    const { office, series, act, decide } = await promised();
    expect(await decide(act, { series, decision })).toBe('done');
    const told = wordsOf(await office.look('2025-09-02T10:05'));
    expect(told).toEqual([`U0STAFF01 さんが「会場を下見する」を${words}。`]);
    expect(postings(await office.look('2025-10-01T09:00'))).toEqual([]);
  });

  test('moved: quiet until the new day is near', async () => {
    const { office, series, act, decide } = await promised();
    expect(await decide(act, { series, decision: 'moved', due: '2025-09-02' })).toBe('past_day');
    expect(await decide(act, { series, decision: 'moved', due: '2025-11-20' })).toBe('done');
    await office.look('2025-09-02T10:05');
    expect(postings(await office.look('2025-10-01T09:00'))).toEqual([]);
    const again = noticeIn(await office.look('2025-11-04T09:00'));
    expect(linesOf(again)).toContain('会場を下見する　期限 11月20日（木）');
  });

  test('moved: only a report of the new day or later tells what became of it, and the thread says so', async () => {
    const { office, series, act, decide } = await promised();
    await decide(act, { series, decision: 'moved', due: '2025-11-20' });
    await office.look('2025-09-02T10:05');
    const told = measure('会場を下見した。', 'second.txt');
    await office.report('second.txt', {
      kpis: [wellIn('9月時点', { file: 'second.txt' })],
      measures: [told],
    });
    const again = noticeIn(await office.look('2025-11-04T09:00'));
    expect(linesOf(again)).toContain('会場を下見する　期限 11月20日（木）');
    await office.report('third.txt', {
      kpis: [wellIn('12月時点', { file: 'third.txt' })],
      measures: [{ ...told, source: { ...told.source, file: 'third.txt' } }],
    });
    expect(wordsOf(await office.look('2026-01-20T09:00'))).toEqual([
      'その後の報告に記載がありました：会場を下見する。',
    ]);
  });

  test('moved twice: the last word holds', async () => {
    const { office, series, act, decide } = await promised();
    await decide(act, { series, decision: 'moved', due: '2025-09-25' });
    const again = noticeIn(await office.look('2025-09-02T10:05'));
    const next = { ...act, messageId: again?.message.id ?? 0, now: moment('2025-09-16T10:00') };
    await decide(next, { series, decision: 'moved', due: '2025-12-10' });
    await office.look('2025-09-16T10:05');
    expect(postings(await office.look('2025-10-01T09:00'))).toEqual([]);
    expect(linesOf(noticeIn(await office.look('2025-12-01T09:00')))).toContain(
      '会場を下見する　期限 12月10日（水）',
    );
  });

  test('a figure that comes in does not end it', async () => {
    const { office } = await promised();
    await office.report('other.txt', { kpis: [wellIn('9月時点', { file: 'other.txt' })] });
    const shown = noticeIn(await office.look('2025-10-01T09:00'));
    expect(linesOf(shown)).toEqual(['会場を下見する　期限 9月30日（火）']);
  });
});

describe('what is over is called what it is, and thanked for only where something was done', () => {
  async function behindAt(value: number) {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [employer(value, '6月時点'), wellIn('6月時点')] });
    const first = noticeIn(await office.look('2025-07-10T09:00'));
    return { office, first };
  }

  test.each<[string, Kpi[], string, string]>([
    [
      'a newer figure on course',
      [employer(3, '7月時点')],
      'mended',
      '解消しました：事業者健診データ取得率。ありがとうございました。',
    ],
    [
      'the same figure corrected',
      [employer(3, '6月時点')],
      'corrected',
      '数値または目標の訂正により、当てはまらなくなりました：事業者健診データ取得率。',
    ],
    [
      'the figure taken back',
      [],
      'withdrawn',
      'もとになった数値や記載が取り下げられました：事業者健診データ取得率。',
    ],
    [
      'an older figure in its place',
      [employer(3, '5月時点')],
      'withdrawn',
      'もとになった数値や記載が取り下げられました：事業者健診データ取得率。',
    ],
  ])('%s', async (_, kpis, ending, words) => {
    const { office, first } = await behindAt(0.1);
    await office.report('report.txt', { kpis: [...kpis, wellIn('6月時点')] });
    const shown = await office.look('2025-07-11T09:00');
    expect(wordsOf(shown)).toEqual([words]);
    expect(shown.find(({ ts, edited }) => edited && ts === first?.ts)?.message.items[0]?.ending).toBe(ending);
  });

  test('a report whose figures are not all of its last month says so', async () => {
    const office = await openOffice();
    await office.report('report.txt', { kpis: [employer(3, '6月時点'), wellIn('6月時点')] });
    await office.look('2025-10-22T09:00');
    await office.report('report.txt', { kpis: [employer(3, '7月時点'), wellIn('9月時点')] });
    expect(wordsOf(await office.look('2025-10-23T09:00'))).toEqual([
      '令和7年度第2四半期の報告が届きました（2件中2件。うち1件は7月時点の数値です）。ありがとうございました。',
    ]);
  });

  test('one of two gaps closes: a word in the thread, with what is left', async () => {
    const office = await openOffice();
    const other = reported('judo_rate', 1.5, '6月時点', { op: '<=', value: 1, text: '1％以下' });
    await office.report('report.txt', { kpis: [employer(0.1, '6月時点'), other] });
    await office.look('2025-07-10T09:00');
    await office.report('report.txt', { kpis: [employer(3, '7月時点'), other] });
    expect(wordsOf(await office.look('2025-07-11T09:00'))).toEqual([
      '解消しました：事業者健診データ取得率。ありがとうございました。（残り1件）',
    ]);
  });
});

describe('sentences claim what is known', () => {
  test.each([
    ['2025-10-05', '6月時点', '6月時点の報告では未着手です。その後、予算の報告はありません。'],
    ['2025-10-05', '9月時点', '9月時点の報告では未着手です。'],
    ['2026-01-05', '9月時点', '9月時点の報告では未着手です。その後、予算の報告はありません。'],
  ])('a budget on %s, by a report as of %s', async (today, asOf, detail) => {
    const found = await dueOf({ today, kpis: [wellIn(asOf)], budgets: [budget('チラシ')] });
    expect(found.find(({ kind }) => kind === 'budget_unstarted')?.detail).toBe(detail);
  });

  test.each(['契約済み', '調達中', null] as const)(
    'what was spent on something %s is called as its column is',
    async (status) => {
      const spent = budget('動画', { executedYen: 1_200_000, status });
      const [found] = await dueOf({ today: '2025-05-12', budgets: [spent] });
      expect(found?.line).toContain('執行（予定）額 1,200,000円');
      expect(found?.text).toContain('執行（予定）額1,200,000円');
    },
  );

  test('a newer report without a budget takes nothing of it back', async () => {
    const kpis = [wellIn('6月時点'), wellIn('9月時点', { file: 'second.txt' })];
    const spent = budget('動画', { executedYen: 1_200_000, status: null });
    const office = { today: '2025-10-20', kpis, budgets: [spent] };
    expect((await dueOf(office)).map(({ kind }) => kind)).toEqual(['budget_over']);
    const anew = budget('動画', {
      executedYen: 900_000,
      status: null,
      source: { ...spent.source, file: 'second.txt' },
    });
    expect(await dueOf({ ...office, budgets: [spent, anew] })).toEqual([]);
  });

  test('a figure between two known ones is called so', async () => {
    const lastYear = (asOf: string, value: number) => ({
      branch: '東京',
      fy: 6,
      indicator: 'checkup_rate',
      asOf,
      value,
      text: `${value}％`,
      note: null,
    });
    const actuals = [lastYear('2024-09-30', 31.5), lastYear('2025-03-31', 60)];
    const kpi = reported('checkup_rate', 5, '6月時点', { value: 60 });
    const [found] = (await dueOf({ today: '2025-07-10', kpis: [kpi], actuals })).filter(
      ({ kind }) => kind === 'kpi_behind',
    );
    expect(found?.text).toContain('前年度の同じ時期15.75％（9月31.5％からの按分）÷前年度末60％');
  });

  test.each<[string, Office & { unplanned?: true }, string[]]>([
    [
      'a branch without a plan of the year has nothing to report on',
      { today: '2025-11-04', unplanned: true },
      ['未報告の支部：1', '令和7年度の計画がない支部：1（群馬）', '東京支部：未報告'],
    ],
    [
      'where last year’s plan is the last, that is all there is to say',
      { today: '2026-08-03', kpis: [employer(4, '3月時点')], unplanned: true },
      ['未報告の支部：0', '令和8年度の計画がない支部：2（群馬、東京）'],
    ],
    ['and once is enough', { today: '2026-11-02', kpis: [employer(4, '3月時点')], unplanned: true }, []],
    [
      'a branch that has older figures alone',
      { today: '2025-11-04', kpis: [employer(0.1, '6月時点')] },
      [
        '未報告の支部：2',
        '目標に遅れがある支部：数値の報告がないため分かりません',
        '未報告の支部で、以前の数値では遅れている指標：1件',
        '東京支部：未報告、以前の数値では遅れ1件',
      ],
    ],
    [
      'the only branches never reported',
      { today: '2025-11-04' },
      ['未報告の支部：2', '目標に遅れがある支部：数値の報告がないため分かりません', '東京支部：未報告'],
    ],
    [
      'last year’s figures are known when the new year begins',
      { today: '2026-05-01', kpis: [employer(0.1, '12月時点')] },
      [
        '未報告の支部：2',
        '目標に遅れがある支部：1（指標 1件。未報告の2支部は、届いた数値だけで数えています）',
        '東京支部：未報告、遅れ1件（事業者健診データ取得率）',
      ],
    ],
    [
      'one of two has reported',
      { today: '2025-11-04', kpis: [employer(0.1, '9月時点')] },
      [
        '未報告の支部：1',
        '目標に遅れがある支部：1（指標 1件。未報告の1支部は、届いた数値だけで数えています）',
        '東京支部：遅れ1件（事業者健診データ取得率）',
      ],
    ],
    [
      'what cannot be judged is no budget and no promise',
      {
        today: '2025-11-04',
        kpis: [
          reported('card_recovery', 90, '9月時点', {
            value: null,
            relative: 'prev_year',
            text: '対前年度以上',
          }),
        ],
        budgets: [budget('チラシ')],
        commitments: [
          promise('会を開く', '2025-09-01', '2025-09-30'),
          promise('また開く', '2025-12-01', '2025-12-31'),
        ],
      },
      ['東京支部：期限を過ぎた予定1件、予算の超過・未着手1件、判定できず1件'],
    ],
  ])('the digest: %s', async (_, given, lines) => {
    const kpis = [...(given.kpis ?? planned(['東京'])), ...planned(given.unplanned ? [] : ['群馬'])];
    const owners = [TOKYO_OWNER, OFFICE_OWNER];
    const situation = await situationOf({ branches: ['東京', '群馬', '本部'], owners, ...given, kpis });
    const content = reminderDigest(situation, findDue(situation));
    const said = content?.type === 'digest' ? [...content.counts, ...content.lines] : [];
    expect(said).toEqual(lines.length === 0 ? [] : expect.arrayContaining(lines));
  });
});

test('what an earlier planbot has said under another name is not said again, and goes on', async () => {
  const office = await openOffice();
  await office.report('report.txt', { kpis: [employer(0.1, '6月時点'), wellIn('6月時点')] });
  const situation = { today: '2025-07-10', kpis: [employer(0.1, '6月時点'), wellIn('6月時点')] };
  const [due] = await dueOf(situation);
  if (!due) throw new Error('nothing is due');
  const old = { ...due, key: `${due.key}=0.1`, version: '' };
  const content = { type: 'notice' as const, notes: [] };
  const message = { key: 'old', parentId: null, audience: 'branch' as const, branch: '東京', content };
  await office.store.outbox.withDue((trx) =>
    trx.add({ ...message, items: [old] }, moment('2025-07-09T09:00')),
  );
  const [sent, ...rest] = postings(await office.look('2025-07-10T09:00'));
  expect([sent, rest]).toEqual(['C0TOKYO01 notice kpi_behind:quarter_end', []]);
  expect(postings(await office.look('2025-07-11T09:00'))).toEqual([]);
  await office.report('report.txt', { kpis: [employer(3, '7月時点'), wellIn('6月時点')] });
  expect(wordsOf(await office.look('2025-07-14T09:00'))).toEqual([
    '解消しました：事業者健診データ取得率。ありがとうございました。',
  ]);
});

describe('the notice shows the figure of today', () => {
  test('0.3 → 0.2 → 0.3: at each look what is known then, with a word on each correction', async () => {
    const office = await openOffice();
    const figures = [0.3, 0.2, 0.3];
    const shown: Shown[][] = [];
    for (const [index, value] of figures.entries()) {
      await office.report('report.txt', { kpis: [employer(value, '6月時点')] });
      shown.push(await office.look(`2025-07-1${index + 4}T09:00`));
    }
    expect(shown.map((one) => one.at(-1)?.message.items.map(({ reminder }) => reminder.actual))).toEqual([
      [0.3],
      [0.2],
      [0.3],
    ]);
    expect(shown.slice(1).map((one) => wordsOf(one))).toEqual([
      ['訂正：事業者健診データ取得率の実績 0.3％ → 0.2％（6月時点）'],
      ['訂正：事業者健診データ取得率の実績 0.2％ → 0.3％（6月時点）'],
    ]);
    expect(postings(shown.flat()).filter((one) => one.includes('notice'))).toHaveLength(1);
  });

  test('a newer figure that is taken back gives way to the older one', async () => {
    const office = await openOffice();
    await office.report('well.txt', { kpis: enough('6月時点') });
    await office.report('report.txt', { kpis: [employer(0.1, '6月時点')] });
    await office.look('2025-07-10T09:00');
    await office.report('report.txt', { kpis: [employer(0.2, '7月時点')] });
    await office.look('2025-08-20T09:00');
    await office.report('report.txt', { kpis: [employer(0.1, '6月時点')] });
    const shown = await office.look('2025-08-21T09:00');
    expect(wordsOf(shown)).toEqual([
      '取り下げ：事業者健診データ取得率の7月時点の数値（0.2％）が取り下げられ、6月時点の0.1％で見ています。',
    ]);
    expect(shown.find(({ edited }) => edited)?.message.items[0]?.reminder).toMatchObject({
      actual: 0.1,
      asOf: '6月時点',
    });
    await office.report('report.txt', { kpis: [employer(0.2, '7月時点')] });
    expect(wordsOf(await office.look('2025-08-22T09:00'))).toEqual([
      '事業者健診データ取得率の7月時点の数値（0.2％）が再び届きました。',
    ]);
  });
});

describe('延期 and 担当を変える', () => {
  async function putOff(until: string, at = '2025-07-10') {
    const office = await openOffice();
    await office.report('well.txt', { kpis: enough('6月時点') });
    await office.report('report.txt', { kpis: [employer(0.3, '6月時点')] });
    const first = noticeIn(await office.look(`${at}T09:00`));
    const followUps = createFollowUps(office.store.outbox);
    const act = { messageId: first?.message.id ?? 0, by: 'U0STAFF01', now: moment(`${at}T10:00`) };
    await followUps.snooze(act, until);
    await office.look(`${at}T10:05`);
    return { office, first, act, ...followUps };
  }

  test.each([
    ['worse, at once', 0.1, '7月時点', true],
    ['better, on its day', 0.9, '7月時点', false],
  ])('a new figure that is %s', async (_, value, asOf, isAwake) => {
    const { office, first } = await putOff('2025-09-10');
    await office.report('report.txt', { kpis: [employer(value, asOf)] });
    const shown = await office.look('2025-08-20T09:00');
    expect(noticeIn(shown) !== undefined).toBe(isAwake);
    // What is known shows in the open notice all the same.
    const edit = shown.find(({ edited, ts }) => edited && ts === first?.ts);
    expect(isAwake || edit?.message.items[0]?.reminder.actual === value).toBe(true);
    if (isAwake) {
      expect(noticeIn(shown)?.message.content).toMatchObject({
        notes: ['数値が悪くなったため、延期を終えます。'],
      });
    }
  });

  test.each([
    ['2025-09-30', []],
    ['2025-10-01', ['四半期が変わったため、延期を終えます。ご確認をお願いします。']],
  ])('ends with its quarter: on %s', async (day, words) => {
    const { office } = await putOff('2025-12-01');
    expect(wordsOf(await office.look(`${day}T09:00`))).toEqual(words);
  });

  test('on its day: one word that names those in charge', async () => {
    const { office } = await putOff('2025-07-17');
    expect(await office.look('2025-07-16T09:00')).toEqual([]);
    const posted = (await office.look('2025-07-17T09:00')).filter(({ edited }) => !edited);
    expect(posted.map(({ mentions }) => mentions)).toEqual([['U0REPORT1', 'U0STAFF01']]);
    expect(wordsOf(posted)).toEqual(['延期の期日になりました。ご確認をお願いします。']);
  });

  test('who took a thing over is named in every later word and in the next message about it', async () => {
    const office = await openOffice();
    const [first] = await office.look('2025-07-22T09:00');
    const act = { messageId: first?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-22T10:00') };
    await createFollowUps(office.store.outbox).reassign(act, 'U0ADMIN01');
    await office.look('2025-07-22T10:05');
    expect((await office.look('2025-07-30T09:00')).map(({ mentions }) => mentions)).toContainEqual([
      'U0ADMIN01',
    ]);
    await office.report('report.txt', { kpis: [employer(0.1, '6月時点')] });
    const behind = noticeIn(await office.look('2025-07-31T09:00'));
    expect(behind?.mentions).toEqual(['U0REPORT1', 'U0STAFF01']);
    const other = { ...act, messageId: behind?.message.id ?? 0, now: moment('2025-07-31T10:00') };
    await createFollowUps(office.store.outbox).reassign(other, 'U0ADMIN01');
    await office.report('report.txt', { kpis: [employer(0.2, '7月時点'), wellIn('6月時点')] });
    expect(noticeIn(await office.look('2025-08-20T09:00'))?.mentions).toEqual(['U0ADMIN01']);
  });

  test('a channel or person registered anew is used from the next message on', async () => {
    const office = await openOffice();
    await office.look('2025-07-22T09:00');
    await office.register(
      { ...TOKYO_OWNER, channel: 'C0NEW0001', owner: 'U0NEW0001', deputy: null },
      OFFICE_OWNER,
    );
    const [stage] = (await office.look('2025-07-30T09:00')).filter(({ edited }) => !edited);
    expect([stage?.place, stage?.threadTs, stage?.mentions]).toEqual(['C0NEW0001', null, ['U0NEW0001']]);
  });

  test('who has left is named nowhere, and written to nowhere', async () => {
    const office = await openOffice();
    await office.look('2025-07-22T09:00');
    office.left.add('U0REPORT1');
    const stage = (await office.look('2025-07-30T09:00')).filter(({ place }) => place === 'C0TOKYO01');
    expect(stage.map(({ mentions }) => mentions)).toEqual([['U0STAFF01'], ['U0STAFF01']]);
    office.left.add('U0STAFF01');
    const nobody = (await office.look('2025-07-31T09:00')).filter(({ place }) => place === 'C0TOKYO01');
    expect(nobody.map(({ mentions }) => mentions)).toEqual([[], []]);
  });

  test('where the channel is gone, what was for somebody who has left goes to the deputy', async () => {
    const office = await openOffice();
    office.gone.add('C0TOKYO01');
    office.left.add('U0REPORT1');
    const shown = await office.look('2025-07-22T09:00');
    expect(shown.filter(({ message }) => message.branch === '東京').map(({ place }) => place)).toEqual([
      'U0STAFF01',
    ]);
  });
});

describe('no flood', () => {
  test('after the weeks of the calendar a branch hears no more of its missing report', async () => {
    const office = await openOffice();
    await office.register({ ...TOKYO_OWNER, head: 'U0HEAD001' }, OFFICE_OWNER);
    const named: (readonly string[])[] = [];
    for (const day of ['2025-07-22', '2025-08-05', '2025-08-08', '2025-08-18', '2025-08-25', '2025-09-30']) {
      const shown = await office.look(`${day}T09:00`);
      named.push(
        ...shown.filter(({ place, edited }) => place === 'C0TOKYO01' && !edited).map((one) => one.mentions),
      );
    }
    const inCharge = ['U0REPORT1', 'U0STAFF01'];
    expect(named).toEqual([inCharge, inCharge, inCharge, ['U0HEAD001'], ['U0HEAD001']]);
  });

  test('what was confirmed is not repeated until something changes', async () => {
    const office = await openOffice();
    const [first] = await office.look('2025-07-22T09:00');
    const { acknowledge } = createFollowUps(office.store.outbox);
    const messageId = first?.message.id ?? 0;
    await acknowledge({ messageId, by: 'U0STAFF01', now: moment('2025-07-22T10:00') });
    await office.look('2025-07-22T10:05');
    const toTokyo = async (day: string) =>
      postings(await office.look(`${day}T09:00`)).filter((one) => one.startsWith('C0TOKYO01'));
    expect(await toTokyo('2025-07-30')).toEqual([]);
    expect(await toTokyo('2025-07-31')).toEqual([]);
    // The deadline has passed meanwhile.
    expect(await toTokyo('2025-08-05')).toEqual(['C0TOKYO01 thread word report_overdue:after_3']);
    expect((await office.store.outbox.message(messageId))?.followUp).toBe('open');
    await acknowledge({ messageId, by: 'U0STAFF01', now: moment('2025-08-05T10:00') });
    await office.look('2025-08-05T10:05');
    expect(await toTokyo('2025-08-08')).toEqual([]);
  });

  test.each([
    [14, 1],
    [15, 2],
  ])('what is imported %i minutes after a notice: %i notices', async (minutes, count) => {
    const office = await openOffice();
    await office.report('a.txt', { kpis: [employer(0.1, '6月時点', { file: 'a.txt' })] });
    await office.look('2025-07-10T09:00');
    const other = reported(
      'judo_rate',
      1.5,
      '6月時点',
      { op: '<=', value: 1, text: '1％以下' },
      { file: 'b.txt' },
    );
    await office.report('b.txt', { kpis: [other] });
    const shown = await office.look(`2025-07-10T09:${minutes}`);
    const notices = postings(office.shown).filter((one) => one.includes('notice'));
    expect(notices).toHaveLength(count);
    expect(linesOf(shown.at(-1))).toHaveLength(3 - count);
  });

  test('the worst gap and the largest amount come first', async () => {
    const budgets = [1_000_000, 3_000_000, 2_000_000].map((amountYen) =>
      budget(`${amountYen}`, { amountYen }),
    );
    const kpis = [
      employer(0.9, '6月時点'),
      reported('judo_rate', 9, '6月時点', { op: '<=', value: 1, text: '1％以下' }),
    ];
    const found = await dueOf({ today: '2025-11-05', kpis: [...kpis, wellIn('9月時点')], budgets });
    expect(found.filter(({ kind }) => kind === 'budget_unstarted').map(({ target }) => target)).toEqual([
      3_000_000, 2_000_000, 1_000_000,
    ]);
    const early = await dueOf({ today: '2025-07-10', kpis });
    expect(early.map(({ indicator }) => indicator)).toEqual(['judo_rate', 'employer_data_rate']);
  });

  test.each([
    ['2025-07-31', ['report_overdue']],
    ['2025-08-01', []],
  ])('somebody is in charge since %s: the first deadline after it is the first', async (since, kinds) => {
    const old = promise('古い約束', '2025-06-01', '2025-06-30');
    const office = await openOffice(['東京', '本部'], since);
    await office.report('report.txt', { kpis: [], commitments: [old] });
    const shown = await office.look('2025-08-05T09:00');
    const notice = noticeIn(shown);
    expect((notice?.message.items ?? []).map(({ reminder }) => reminder.kind)).toEqual(kinds);
  });
});

test('a branch is in charge since its first registration, not since the last one', async () => {
  const office = await openOffice();
  const lines = [{ line: 2, key: '東京', row: { ...TOKYO_OWNER, deputy: null } }];
  const table = { kind: 'owners' as const, file: 'new.csv', digest: '', by: null, lines };
  await office.store.figures.import(table, moment('2025-08-04T09:00'));
  expect(postings(await office.look('2025-08-05T09:00'))).toContain(
    'C0TOKYO01 notice report_overdue:after_3',
  );
});

describe('a branch that nobody is in charge of', () => {
  const june = { branch: '群馬', fy: 8, file: 'gunma.txt' };

  test.each<[string, boolean, string[]]>([
    ['still nobody when the next year’s first report is asked for', false, []],
    ['somebody is registered', true, ['解消しました：群馬支部の担当者の登録']],
  ])('%s', async (_, isRegistered, words) => {
    const office = await openOffice(['東京', '群馬', '本部']);
    await office.report('gunma.txt', {
      kpis: [reported('generic_rate', 50, '3月時点', { value: 90 }, { ...june, fy: 7 })],
    });
    await office.look('2026-06-01T09:00');
    if (isRegistered) {
      await office.register(
        TOKYO_OWNER,
        { ...TOKYO_OWNER, branch: '群馬', channel: 'C0GUNMA01' },
        OFFICE_OWNER,
      );
    }
    const told = wordsOf(await office.look('2026-07-22T09:00'), 'C0HONBU01').join();
    expect(told.match(/解消しました：[^。]*/g) ?? []).toEqual(words);
  });
});

describe('the end of the year', () => {
  test('names what is left of it in the digest of that day; the notice shows that it is over', async () => {
    const office = await openOffice();
    const budgets = [
      ...['チラシ', '冊子'].map((name) => budget(name)),
      budget('動画', { executedYen: 1_200_000, status: '契約済み' }),
    ];
    const commitments = [promise('会を開く', '2025-09-01', '2025-09-30')];
    await office.report('report.txt', { kpis: [wellIn('3月時点')], budgets, commitments });
    const first = noticeIn(await office.look('2026-04-01T09:00'));
    expect(linesOf(first)).toHaveLength(4);
    expect(wordsOf(await office.look('2026-04-30T09:00'))).toEqual([]);
    const shown = await office.look('2026-05-01T09:00');
    const edit = shown.find(({ edited, ts }) => edited && ts === first?.ts);
    expect(edit?.message.items.map(({ ending }) => ending)).toEqual(['over', 'over', 'over', 'over']);
    expect(
      shown.find(({ place, edited }) => place === 'C0HONBU01' && !edited)?.message.content,
    ).toMatchObject({
      type: 'digest',
      counts: expect.arrayContaining([
        '年度末に残ったもの：期限を過ぎた予定1件、未着手の予算2件、予算超過1件',
      ]),
    });
    expect(postings(await office.look('2026-05-07T09:00'))).toEqual([]);
  });
});

describe('what a manager would miss', () => {
  test('a KPI that cannot be judged is told of by itself, with the reason', async () => {
    const relative = { value: null, relative: 'prev_year', text: '対前年度以上' } as const;
    const kpis = [reported('card_recovery', 90, '6月時点', relative)];
    const [found, ...rest] = await dueOf({ today: '2025-07-10', kpis });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({
      kind: 'kpi_unjudged',
      detail: '前年度の実績が資料にないため判定できません。',
    });
  });

  test.each([
    ['2025-07-10', '6月時点', '毎月の目標「実施する」に対し、実施していないと報告されています。'],
    ['2026-04-10', '3月時点', '年度末までの目標「実施する」に届いていません。'],
  ])('a milestone that was not done, on %s: as of %s', async (today, asOf, detail) => {
    const target = { op: 'do' as const, value: null, unit: null, text: '実施する' };
    const actual = { value: null, text: '未実施', asOf, previousValue: null, previousText: null };
    const kpi = reported('opinion', null, asOf, target, { stated: 'SNSで毎月発信する', actual });
    expect((await dueOf({ today, kpis: [kpi] })).find(({ kind }) => kind === 'kpi_behind')?.detail).toBe(
      detail,
    );
  });

  test.each([
    ['SNSで毎月発信する', '未実施', 'kpi_behind'],
    ['SNSで毎月発信する', '実施', undefined],
    ['年度内に発信する', '未実施', 'kpi_unjudged'],
  ])('a milestone 「%s」 reported as %s in June', async (stated, text, kind) => {
    const target = { op: 'do' as const, value: null, unit: null, text: '実施する' };
    const actual = { value: null, text, asOf: '6月時点', previousValue: null, previousText: null };
    const kpi = reported('opinion', null, '6月時点', target, { stated, actual });
    expect((await dueOf({ today: '2025-07-10', kpis: [kpi] }))[0]?.kind).toBe(kind);
  });

  test('money that is overspent rests once it was confirmed, whatever else its message has, until the year is over', async () => {
    const office = await openOffice();
    const spent = budget('動画', { executedYen: 1_200_000, status: '契約済み' });
    const visit = promise('会場を下見する', '2025-07-01', '2025-07-31');
    const state = { kpis: [wellIn('6月時点')], commitments: [visit], budgets: [spent] };
    await office.report('report.txt', state);
    const first = noticeIn(await office.look('2025-07-10T09:00'));
    const act = { messageId: first?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-07-10T10:00') };
    await createFollowUps(office.store.outbox).acknowledge(act);
    const kindsOn = async (at: string) =>
      noticeIn(await office.look(at))?.message.items.map(({ reminder }) => reminder.kind);
    expect(await kindsOn('2025-10-01T09:00')).toEqual(['report_overdue', 'commitment_overdue']);
    await office.report('report.txt', { ...state, kpis: [wellIn('12月時点')] });
    expect(await kindsOn('2026-01-05T09:00')).toBeUndefined();
    const last = noticeIn(await office.look('2026-04-01T09:00'));
    expect(last?.message.items.map(({ reminder }) => reminder.kind)).toContain('budget_over');
    expect(last?.message.content).toMatchObject({
      notes: ['令和7年度に残っているもののお知らせは、4月30日（木）で終わります。'],
    });
  });

  test('money that is overspent is said again with what comes, until it is dealt with', async () => {
    const office = await openOffice();
    const spent = budget('動画', { executedYen: 1_200_000, status: '契約済み' });
    await office.report('report.txt', { kpis: [wellIn('6月時点')], budgets: [spent] });
    const first = noticeIn(await office.look('2025-07-10T09:00'));
    expect(linesOf(first)).toHaveLength(1);
    expect(noticeIn(await office.look('2025-10-01T09:00'))).toBeUndefined();
    const again = noticeIn(await office.look('2025-10-22T09:00'));
    expect(again?.message.items.map(({ reminder }) => reminder.kind)).toEqual([
      'report_overdue',
      'budget_over',
    ]);
    const over = again?.message.items.find(({ reminder }) => reminder.kind === 'budget_over');
    const act = { messageId: again?.message.id ?? 0, by: 'U0STAFF01', now: moment('2025-10-22T10:00') };
    await createFollowUps(office.store.outbox).decide(act, {
      series: over?.reminder.series ?? '',
      decision: 'done',
    });
    const items = (await office.look('2026-01-21T09:00')).flatMap(({ message }) => message.items);
    const open = items.filter(({ resolvedAt }) => resolvedAt === null).map(({ reminder }) => reminder.kind);
    expect(open).not.toContain('budget_over');
    await office.report('report.txt', {
      kpis: [wellIn('6月時点')],
      budgets: [{ ...spent, executedYen: 1_300_000 }],
    });
    const more = noticeIn(await office.look('2026-01-22T09:00'));
    expect(linesOf(more)).toEqual(['動画　執行（予定）額 1,300,000円／予算 1,000,000円　▲300,000円']);
  });

  test.each([
    ['2026-07-31', 1],
    ['2026-08-03', 0],
  ])(
    'what the year ended with is spoken of until the new year’s first report was due: %s',
    async (today, count) => {
      const r8 = enough('6月時点').map((kpi) => ({ ...kpi, fy: 8 }));
      const kpis = [employer(3.2, '3月時点'), ...enough('3月時点'), ...r8];
      const found = (await dueOf({ today, kpis })).filter(({ kind }) => kind === 'kpi_behind');
      expect(found).toHaveLength(count);
    },
  );

  test('on 1 April every KPI that was behind and has no figure of the year’s end', async () => {
    const office = await openOffice();
    const late = reported('judo_rate', 1.5, '12月時点', { op: '<=', value: 1, text: '1％以下' });
    await office.report('report.txt', { kpis: [employer(0.9, '12月時点'), late, wellIn('12月時点')] });
    await office.look('2026-01-15T09:00');
    expect(noticeIn(await office.look('2026-03-31T09:00'))).toBeUndefined();
    const shown = noticeIn(await office.look('2026-04-01T09:00'));
    expect(shown?.message.items.map(({ reminder }) => [reminder.indicator, reminder.stage])).toEqual(
      expect.arrayContaining([
        ['employer_data_rate', 'year_end'],
        ['judo_rate', 'year_end'],
      ]),
    );
    const line = shown?.message.items.find(({ reminder }) => reminder.indicator === 'judo_rate')?.reminder
      .line;
    expect(line).toContain('1.5％（12月時点、年度末は未報告）／目標 1％以下');
    // The report of that quarter is named in the same message: no other one asks for it.
    expect(shown?.message.items.map(({ reminder }) => reminder.kind)).toContain('report_overdue');
    expect(postings(await office.look('2026-04-20T09:00'))).toEqual([]);
    expect(postings(await office.look('2026-04-28T09:00'))).toEqual([
      'C0TOKYO01 thread word report_overdue:before_1',
    ]);
  });
});

test('令和9 turns to 10 as 令和7 turns to 8', async () => {
  const turn = async (fy: number, days: string[]) => {
    const office = await openOffice(undefined, `${fy + 2018}-05-07`);
    const year = fy + 2018;
    const day = `${year}-09-30`;
    await office.report('report.txt', {
      kpis: [
        { ...employer(0.9, '12月時点'), fy },
        ...planned(['東京']).map((kpi) => ({ ...kpi, fy: fy + 1 })),
      ],
      commitments: [promise('会を開く', day, day, { fy })],
      budgets: [budget('チラシ', { fy })],
    });
    const said: string[][] = [];
    for (const on of days) said.push(postings(await office.look(`${on}T09:00`)));
    return said;
  };
  const seventh = ['2026-01-15', '2026-03-31', '2026-04-01', '2026-05-01', '2026-07-22', '2026-08-03'];
  const ninth = ['2028-01-17', '2028-03-31', '2028-04-03', '2028-05-01', '2028-07-20', '2028-08-01'];
  const said = await turn(9, ninth);
  expect(said).toEqual(await turn(7, seventh));
  for (const kind of ['kpi_behind', 'commitment_overdue', 'budget_unstarted']) {
    expect(said[2]?.join()).toContain(`${kind}:year_end`);
  }
});

describe('a line is read at a glance', () => {
  test('one unit, counts rounded up, differences of the figures that are shown', async () => {
    const [found] = await dueOf({ today: '2025-07-10', kpis: [offices(3000)] });
    expect(found?.line).toBe('健康宣言事業所数　3,000社（6月時点）／目標 3,120社以上　▲29社');
    expect(found?.detail).toBe(
      'この時点の目安 3,029社（積み増し）　目標に届くには、この時点から残り9か月で毎月14社の積み上げが必要です。',
    );
    expect(found?.text).not.toContain('3,120事業所');
  });

  test('so much a month reaches the target', async () => {
    const kpi = reported('employer_data_rate', 1.9, '9月時点', { value: 3.9 });
    const [found] = await dueOf({ today: '2025-11-04', kpis: [kpi] });
    expect(found?.detail).toContain('残り6か月で毎月0.34ポイント');
  });

  test('a decided plan holds before its draft, whichever was read first', async () => {
    const partOf = (file: string, status: 'draft' | 'approved') => {
      return { file, branch: '東京', fy: 7, kind: 'plan' as const, status, title: '' };
    };
    const planOf = (file: string, value: number) =>
      reported('guidance_insured', 2.1, '6月時点', { value }, { file });
    const found = await dueOf({
      today: '2025-07-10',
      kpis: [planOf('draft.txt', 20), planOf('plan.txt', 14.3)],
      parts: [partOf('draft.txt', 'draft'), partOf('plan.txt', 'approved')],
    });
    expect(found.map(({ target }) => target)).toEqual([14.3]);
  });

  test.each([
    [14.3, '6月時点', 2.1, '3.58％', '1.48ポイント'],
    [33.6, '5月時点', 3.4, '5.6％', '2.2ポイント'],
    [9.9, '5月時点', 0.7, '1.65％', '0.95ポイント'],
  ])('%f％ by %s: %f％ is held against %s', async (target, asOf, value, guide, gap) => {
    const kpi = reported('guidance_insured', value, asOf, { value: target });
    const found = (await dueOf({ today: '2025-07-10', kpis: [kpi] })).find(
      (one) => one.kind === 'kpi_behind',
    );
    expect(found?.text).toContain(`この時点の目安${guide}＝`);
    expect(found?.text).toContain(`を${gap}下回って`);
    expect(found?.line.endsWith(`▲${gap}`)).toBe(true);
  });

  test('neither the branch nor the source stands in it', async () => {
    const kpis = [employer(0.1, '6月時点')];
    const budgets = [budget('動画', { executedYen: 2_000_000 })];
    const commitments = [promise('会を開く', '2025-07-01', '2025-07-31', { section: ['(1)保健事業'] })];
    const found = await dueOf({ today: '2025-07-10', kpis, budgets, commitments });
    expect(found).toHaveLength(3);
    for (const { line, detail } of found) expect(`${line}${detail}`).not.toMatch(/東京支部|行目/);
  });
});
