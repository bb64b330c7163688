import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuditAction } from '../../../src/model/audit.ts';
import { checkView } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import type { HomeState } from '../../../src/slack/views/home.ts';
import { homeAdmin, homeView } from '../../../src/slack/views/home.ts';
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
  report: fc.option(
    fc.record({
      period: fc.constant({ fy: 7, quarter: 1 as const }),
      due: fc.constant('2025-07-31'),
      isIn: fc.boolean(),
      count: fc.constant({ kpis: 19, there: 7 }),
      daysLeft: fc.integer({ min: -300, max: 60 }),
    }),
  ),
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
