import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summaryLine } from '../../../src/answers/summary.ts';
import { AuditAction } from '../../../src/model/audit.ts';
import { checkView } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import type { ReportState } from '../../../src/reminders/quarter-report.ts';
import type { HomeState } from '../../../src/slack/views/home.ts';
import { homeAdmin, homeReminders, homeView } from '../../../src/slack/views/home.ts';
import { reported } from '../../reminders/made-up-office.ts';
import { anyText } from '../answers.ts';
import { outboxMessage } from '../made-up-outbox.ts';
import { catalogue, manyKpis, standingsFrom } from '../made-up-standings.ts';

const standings = await standingsFrom(manyKpis(20))('東京', 7);
const filled = anyText.map((text) => `あ${text}`);
const branch = fc.constantFrom('東京', '本部', 'もうない支部');
const member = fc.record({
  user: fc.constant('U0STAFF01'),
  role: fc.constantFrom('viewer' as const, 'reporter' as const, 'admin' as const),
  branches: fc.array(branch, { maxLength: 3 }),
});

const Q1 = { fy: 7, quarter: 1 as const };
const OVERDUE: ReportState = {
  period: Q1,
  due: '2025-07-31',
  isIn: false,
  count: { kpis: 19, there: 5 },
  lagging: { count: 0, months: [] },
  next: { period: { fy: 7, quarter: 2 }, due: '2025-10-31' },
  daysLeft: -3,
};
const anyReport: fc.Arbitrary<ReportState> = fc
  .record({ isIn: fc.boolean(), daysLeft: fc.integer({ min: -300, max: 60 }) })
  .map((over) => ({ ...OVERDUE, ...over }));

/** Whatever people and documents wrote stands in it. */
const anyState: fc.Arbitrary<HomeState> = fc.record({
  today: fc.constant('2025-07-25'),
  catalogue: fc.constant(catalogue),
  settings: fc.record({ branch: fc.option(branch), notices: fc.boolean() }),
  member,
  latest: fc.option(
    fc.record({
      fy: fc.constant(7),
      standings: fc.array(
        fc.record({ at: fc.nat(standings.length - 1), text: filled }).map(({ at, text }) => {
          const standing = standings[at] ?? standings[0];
          if (standing === undefined) throw new Error('no standings');
          const { kpi } = standing;
          const target = { ...kpi.target, text, proviso: text };
          const source = { ...kpi.source, title: text };
          return { ...standing, kpi: { ...kpi, target, source } };
        }),
        { minLength: 1, maxLength: 60 },
      ),
    }),
  ),
  report: fc.option(anyReport),
  others: fc.array(fc.record({ branch: filled, report: anyReport }), { maxLength: 47 }),
  snoozed: fc.array(
    filled.map((text) => outboxMessage({ followUp: 'snoozed' }, text)),
    { maxLength: 30 },
  ),
  recent: fc.array(anyText, { maxLength: 5 }),
  admin: fc.option(
    fc.record({
      members: fc.array(member, { maxLength: 80 }),
      audit: fc.array(
        fc.record({
          id: fc.nat(),
          at: fc.constant('2025-07-25T03:00:00.000Z'),
          action: fc.constantFrom(...AuditAction.options),
          actor: filled,
          subject: anyText,
          detail: anyText,
        }),
        { maxLength: 10 },
      ),
      unclear: fc.array(
        filled.map((text) => outboxMessage({ state: 'unclear' }, text)),
        { maxLength: 30 },
      ),
    }),
  ),
});

test('whatever is in it, the Home tab is one that Slack takes', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const view = homeView(state);
      expect(checkView(view, 'home')).toMatchObject({ ok: true });
      expect(view.blocks.length).toBeLessThanOrEqual(100);
    }),
    { numRuns: 100 },
  );
});

test('what has not reached its target is never called all of it', async () => {
  const kpis = [reported('mail_rate', 99.96, '6月末時点', { value: 100 })];
  const latest = { fy: 7, standings: await standingsFrom(kpis)('東京', 7) };
  const settings = { branch: '東京', notices: false };
  const [state] = fc.sample(anyState, 1);
  if (state === undefined) throw new Error('no state');
  const text = JSON.stringify(homeView({ ...state, settings, latest }));
  expect(text).toContain(`${'■'.repeat(9)}□ 目標の99.9％`);
});

test('nobody is mentioned but by planbot itself', () => {
  fc.assert(
    fc.property(anyState, (state) => {
      const own = /<@U0STAFF01>|<#C0TOKYO01>/g;
      expect(JSON.stringify(homeView(state)).replace(own, '')).not.toContain('<');
    }),
    { numRuns: 100 },
  );
});

test('the audit log names direct messages, not their ids', () => {
  const entry = { id: 1, at: '2025-07-25T03:00:00.000Z', action: 'refused', actor: 'U0VISIT01' } as const;
  const audit = [{ ...entry, subject: 'D0VISIT01', detail: 'ゲストのため' }];
  const text = JSON.stringify(homeAdmin({ members: [], unclear: [], audit }));
  expect(text).toContain('お断り　ダイレクトメッセージ：ゲストのため');
});

test('the audit log names people inside what was done, too', () => {
  const entry = { id: 1, at: '2025-07-25T03:00:00.000Z', action: 'reminder_followed' } as const;
  const detail = 'U0REPORT1 さんが担当を U0ADMIN01 さんに変えました。 CSV WORKSHOP';
  const audit = [{ ...entry, actor: 'U0REPORT1', subject: '群馬', detail }];
  const text = JSON.stringify(homeAdmin({ members: [], unclear: [], audit }));
  expect(text).toContain('群馬：<@U0REPORT1> さんが担当を <@U0ADMIN01> さんに変えました。 CSV WORKSHOP');
});

const LATE = '第1四半期の報告がそろっていません（19件中5件）。期限は7月31日（木）で、3営業日過ぎています。';
const NEXT = '次の期限は10月31日（金）です（令和7年度第2四半期）。';

test.each<[string, Partial<ReportState>, string]>([
  ['overdue', {}, `▲ 東京支部：令和7年度${LATE}${NEXT}`],
  [
    'in, with some missing and some older',
    { isIn: true, count: { kpis: 19, there: 16 }, lagging: { count: 2, months: [1, 2] } },
    `✓ 東京支部：令和7年度第1四半期の報告は届いています（19件中16件、未報告3件、2件は4月・5月時点の数値）。${NEXT}`,
  ],
  [
    'in, and whole',
    { isIn: true, count: { kpis: 19, there: 19 } },
    `✓ 東京支部：令和7年度第1四半期の報告は届いています。${NEXT}`,
  ],
])('whoever is in charge of a branch that is not chosen as theirs reads of it: %s', (_, over, line) => {
  const own = {
    settings: { branch: null, notices: false },
    member: { user: 'U1', role: 'viewer' as const, branches: [] },
  };
  const rest = {
    today: '2025-08-05',
    catalogue,
    latest: null,
    report: null,
    snoozed: [],
    recent: [],
    admin: null,
  };
  const others = [
    { branch: '群馬', report: { ...OVERDUE, isIn: true } },
    { branch: '東京', report: { ...OVERDUE, ...over } },
  ];
  const text = JSON.stringify(homeReminders({ ...own, ...rest, others }));
  expect(text).toContain(line);
  const isFirst = text.indexOf('東京支部：') < text.indexOf('群馬支部：');
  expect(isFirst).toBe(!(over.isIn ?? false));
});

test.each([
  ['実績の報告（Slackでの報告 鈴木）', '、実績の報告（Slackでの報告 鈴木） 3行目）'],
  ['令和7年度 実施状況（東京支部）', '、実績は令和7年度 実施状況（東京支部） 3行目）'],
])('a figure from %s is said once to be an actual', (title, words) => {
  const [standing] = standings;
  if (standing === undefined) throw new Error('no standings');
  const actualSource = { file: 'a', line: 3, page: null, title };
  const line = summaryLine('査定率', { ...standing, kpi: { ...standing.kpi, actualSource } });
  expect(line.endsWith(words)).toBe(true);
});
