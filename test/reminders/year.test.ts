import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeUpYear } from '../../scripts/simulate-year/made-up-year.ts';
import { openBuiltIn } from '../../src/app/built-in.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { ingestFile } from '../../src/documents/ingest.ts';
import type { Knowledge } from '../../src/model/knowledge.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import type { Measure } from '../../src/model/measure.ts';
import type { Reminder } from '../../src/model/reminder.ts';
import type { ReportedActual } from '../../src/model/reported.ts';
import { createFollowUps } from '../../src/reminders/follow-up.ts';
import { knowledgeOfDocuments } from '../../src/store/document-knowledge.ts';
import type { Store } from '../../src/store/store.ts';
import { PLANS_FOLDER, plansPresent } from '../helpers/plans.ts';
import { catalogueOf, OFFICE_OWNER, TOKYO_OWNER, wellIn } from './made-up-office.ts';
import { type Happening, importing, runYear, type Year } from './office-year.ts';
import { reportOn, TOKYO_PROMISES } from './tokyo-promises.ts';

/**
 * A year of messages, word for word, as files beside this test: whoever changes a sentence reads there what becomes of
 * it (`npx vitest run test/reminders/year.test.ts -u` writes them anew).
 */
const HEAD = { ...TOKYO_OWNER, head: 'U0HEAD001' };

function figure(
  indicator: string,
  asOf: string,
  value: number | null,
  text: string,
  over: Partial<ReportedActual> = {},
) {
  return { branch: '東京', fy: 7, indicator, asOf, value, text, note: null, ...over };
}

/** The figures of one quarter of 東京: what is behind, what is well. */
function quarterOf(asOf: string, values: Record<string, [number | null, string]>): ReportedActual[] {
  return Object.entries(values).map(([indicator, [value, text]]) => figure(indicator, asOf, value, text));
}

const WELL: Record<string, [number | null, string]> = {
  service_standard: [100, '100％'],
  avg_days: [6.2, '6.2日'],
  visit_rate: [32.6, '32.6％'],
  generic_rate: [88.6, '88.6％'],
  single_bid: [0, '0％'],
  claim_recovery: [54.2, '54.2％'],
  biosimilar: [null, '実施'],
  committee_offices: [13020, '13,020社'],
};

const Q2 = quarterOf('2025-09-30', {
  ...WELL,
  counter_rate: [1.8, '1.8％'],
  assessment_rate: [0.074, '0.074％'],
  reexam_amount: [15210, '15,210円'],
  checkup_rate: [30.2, '30.2％'],
  employer_data_rate: [1.1, '1.1％'],
  dependents_checkup: [15.9, '15.9％'],
  guidance_insured: [6.4, '6.4％'],
  guidance_dependents: [4.1, '4.1％'],
  declaration_offices: [3066, '3,066社'],
  sns: [null, '未実施'],
  committee_coverage: [40.8, '40.8％'],
});

const Q3 = quarterOf('2025-12-31', {
  ...WELL,
  counter_rate: [1.8, '1.8％'],
  assessment_rate: [0.078, '0.078％'],
  reexam_amount: [15210, '15,210円'],
  checkup_rate: [47.9, '47.9％'],
  employer_data_rate: [2.2, '2.2％'],
  dependents_checkup: [25.8, '25.8％'],
  guidance_insured: [10.9, '10.9％'],
  guidance_dependents: [7.6, '7.6％'],
  declaration_offices: [3081, '3,081社'],
  sns: [null, '実施'],
  committee_coverage: [40.9, '40.9％'],
});

const Q4 = quarterOf('2026-03-31', {
  ...WELL,
  counter_rate: [1.8, '1.8％'],
  assessment_rate: [0.078, '0.078％'],
  reexam_amount: [15210, '15,210円'],
  checkup_rate: [63.4, '63.4％'],
  employer_data_rate: [3.2, '3.2％'],
  dependents_checkup: [33.9, '33.9％'],
  guidance_insured: [14.6, '14.6％'],
  guidance_dependents: [10.1, '10.1％'],
  declaration_offices: [3124, '3,124社'],
  sns: [null, '実施'],
  committee_coverage: [41.2, '41.2％'],
});

const whole = loadCatalogue();
const builtIn = openBuiltIn(whole);

function isAbout({ series, item }: Reminder, what: string): boolean {
  return series.includes(what) || (item ?? '').includes(what);
}

/** What somebody does with the newest notice of a branch that speaks of something. */
function acting(
  what: string,
  act: (
    followUps: ReturnType<typeof createFollowUps>,
    on: { messageId: number; by: string; now: Date },
    series: string,
  ) => Promise<unknown>,
): Happening {
  return async (store: Store, now) => {
    const messages = await store.outbox.messages();
    const found = messages.findLast(
      ({ content, items }) =>
        content.type === 'notice' &&
        items.some(({ reminder, resolvedAt }) => resolvedAt === null && isAbout(reminder, what)),
    );
    const item = found?.items.find(({ reminder }) => isAbout(reminder, what));
    if (!found || !item) throw new Error(`nothing open about ${what}`);
    const on = { messageId: found.id, by: 'U0STAFF01', now };
    await act(createFollowUps(store.outbox), on, item.reminder.series);
  };
}

function postedTo({ counts }: Year, place: string): number {
  const { told = 0, answered = 0 } = counts.get(place) ?? {};
  return told + answered;
}

/** What was posted by itself: not the word in a thread that shows what somebody has just done there. */
function noticesTo({ counts }: Year, place: string): number {
  return counts.get(place)?.told ?? 0;
}

/** Reports that come in during the year: what they say of measures, and as of when. */
function withReports(builtIn: Knowledge) {
  const measures: Measure[] = [];
  const kpis: Kpi[] = [];
  const known: Knowledge = {
    ...builtIn,
    commitments: async () => TOKYO_PROMISES,
    measures: async () => measures,
    kpis: async (filter) => [...(await builtIn.kpis(filter)), ...kpis],
  };
  const take = (file: string, asOf: string, said: Measure[]) => {
    measures.push(...said);
    kpis.push(wellIn(asOf, { file }));
  };
  return { known, take };
}

test('東京, with the delivered figures and those of three more quarters', { timeout: 120_000 }, async () => {
  const catalogue = catalogueOf('東京', '本部');
  const promised = Q2.map((row) =>
    row.indicator === 'guidance_insured'
      ? { ...row, next: { text: '実践者会議を開く', due: '2025-11-28' } }
      : row.indicator === 'employer_data_rate'
        ? { ...row, next: { text: '労働局と連名の文書を送る', due: '2025-12-19' } }
        : row,
  );
  const { known, take } = withReports(await builtIn);
  const year = await runYear({
    title: '東京支部の1年（付属の数値と、報告書にある予定、四半期ごとに報告された見本の数値）',
    knowledge: known,
    catalogue,
    owners: [HEAD, OFFICE_OWNER],
    from: '2025-07-01',
    to: '2026-06-30',
    happenings: {
      '2025-07-03T10:00': {
        does: 'お知らせを確認する',
        happens: acting('employer_data_rate', (followUps, on) => followUps.acknowledge(on)),
      },
      '2025-10-28T10:00': {
        does: '第2四半期の数値19件と、9月までの予定について書かれた報告書を取り込む',
        happens: async (store, now) => {
          take('R7-2.txt', '9月時点', reportOn('2025-07-01', '2025-09-30', 'R7-2.txt'));
          await importing('q2.csv', promised)(store, now);
        },
      },
      '2025-10-29T11:00': {
        does: '被扶養者の特定保健指導実施率を4.1％から4.0％に訂正する',
        happens: importing('q2b.csv', [figure('guidance_dependents', '2025-09-30', 4, '4.0％')]),
      },
      '2025-11-20T10:00': {
        does: '実践者会議を実施済みにする',
        happens: acting('実践者会議', (followUps, on, series) =>
          followUps.decide(on, { series, decision: 'done' }),
        ),
      },
      '2026-01-27T10:00': {
        does: '第3四半期の数値19件と、12月までの予定について書かれた報告書を取り込む',
        happens: async (store, now) => {
          take('R7-3.txt', '12月時点', reportOn('2025-10-01', '2025-12-31', 'R7-3.txt'));
          await importing('q3.csv', Q3)(store, now);
        },
      },
      '2026-04-24T10:00': { does: '第4四半期の数値19件を取り込む', happens: importing('q4.csv', Q4) },
    },
  });
  await expect(year.table).toMatchFileSnapshot('year/tokyo.txt');
  expect(new Set(year.keys).size).toBe(year.keys.length);
  expect(noticesTo(year, 'C0TOKYO01')).toBeLessThanOrEqual(8);
});

test('a branch that never reports is told at most 30 times a year', { timeout: 120_000 }, async () => {
  const catalogue = catalogueOf('群馬', '本部');
  const gunma = { ...HEAD, branch: '群馬', channel: 'C0GUNMA01' };
  const year = await runYear({
    title: '1年のあいだ報告しない支部（群馬支部、付属の目標）',
    knowledge: await builtIn,
    catalogue,
    owners: [gunma, OFFICE_OWNER],
    from: '2025-07-01',
    to: '2026-06-30',
  });
  await expect(year.table).toMatchFileSnapshot('year/never-reports.txt');
  expect(postedTo(year, 'C0GUNMA01')).toBeLessThanOrEqual(30);
});

test.runIf(plansPresent('1年のあいだ報告しない東京支部への通数'))(
  '東京 with all that its report promised, and nobody reports any more: at most 30',
  { timeout: 120_000 },
  async () => {
    const report = await ingestFile(join(PLANS_FOLDER, '004_c50fe7c338612cf8.txt'), whole);
    // Its sentences are the plan's: counted here, and kept in no file.
    const year = await runYear({
      title: '',
      knowledge: knowledgeOfDocuments([report]),
      catalogue: catalogueOf('東京', '本部'),
      owners: [HEAD, OFFICE_OWNER],
      from: '2025-07-01',
      to: '2026-06-30',
    });
    expect(postedTo(year, 'C0TOKYO01')).toBeLessThanOrEqual(30);
    expect(postedTo(year, 'C0TOKYO01')).toBeGreaterThan(20);
  },
);

test('a branch that reports half of its figures', { timeout: 120_000 }, async () => {
  const catalogue = catalogueOf('宮城', '本部');
  const miyagi = { ...HEAD, branch: '宮城', channel: 'C0MIYAGI1' };
  const kpis = await (await builtIn).kpis({ branches: ['宮城'], fys: [7] });
  const own = new Set(kpis.map(({ indicator }) => indicator));
  const half = (rows: readonly ReportedActual[]) =>
    rows
      .filter(({ indicator }) => own.has(indicator))
      .slice(0, 9)
      .map((row) => ({ ...row, branch: '宮城' }));
  const year = await runYear({
    title: '半分だけ報告する支部（宮城支部、付属の目標）',
    knowledge: await builtIn,
    catalogue,
    owners: [miyagi, OFFICE_OWNER],
    from: '2025-10-01',
    to: '2026-03-31',
    happenings: {
      '2025-10-24T10:00': { does: '第2四半期の数値9件を取り込む', happens: importing('half.csv', half(Q2)) },
      '2025-11-14T10:00': {
        does: 'この期間の報告は以上、とする',
        happens: acting('report_overdue', (followUps, on, series) =>
          followUps.decide(on, { series, decision: 'done' }),
        ),
      },
      '2026-01-26T10:00': { does: '第3四半期の数値9件を取り込む', happens: importing('half3.csv', half(Q3)) },
    },
  });
  await expect(year.table).toMatchFileSnapshot('year/half-reports.txt');
});

test('47 branches: what the head office reads, and how much each branch is told', {
  timeout: 240_000,
}, async () => {
  const catalogue = whole;
  const branches = catalogue.branches.map(({ name }) => name).filter((name) => name !== '本部');
  const made = madeUpYear(branches, catalogue);
  const happenings: Record<string, { does: string; happens: Happening }> = {};
  for (let day = 1; day <= 430; day += 1) {
    const date = new Date(Date.UTC(2025, 3, day)).toISOString().slice(0, 10);
    const news = made.news(date);
    if (news.length === 0) continue;
    happenings[`${date}T08:00`] = {
      does: `${news.length}件の資料を取り込む`,
      happens: async (store, now) => {
        await store.documents.replace(news, now);
      },
    };
  }
  const year = await runYear({
    title: '47支部の1年：本部に届くものすべてと、支部に届くものの1行目、支部ごとの通数（見本の数値）',
    knowledge: await builtIn,
    catalogue,
    owners: made.owners.lines.flatMap(({ row }) => row ?? []),
    from: '2025-04-01',
    to: '2026-03-31',
    happenings,
    shows: ({ audience }) => audience === 'head_office',
  });
  await expect(year.table).toMatchFileSnapshot('year/all-branches.txt');
  expect(new Set(year.keys).size).toBe(year.keys.length);
  for (const [index, branch] of branches.slice(0, -1).entries()) {
    const place = made.owners.lines.find(({ row }) => row?.branch === branch)?.row?.channel ?? '';
    const isOnTime = index % 7 !== 6 && index % 16 !== 15;
    expect(postedTo(year, place), branch).toBeLessThanOrEqual(isOnTime ? 8 : 30);
  }
});
