import { describe, expect, test } from 'vitest';
import type { SavedReport, SheetLine } from '../../../src/model/figure-report.ts';
import { checkBlocks, checkView } from '../../../src/playground/emulator/blocks/check-blocks.ts';
import {
  decodeState,
  encodeState,
  type ReportFormState,
} from '../../../src/slack/listeners/report-entries.ts';
import { readHint, reportButton, reportCard } from '../../../src/slack/views/report-card.ts';
import { doneView, formView, MOST_LINES, mostDetails } from '../../../src/slack/views/report-form.ts';

const SCOPE = { branch: '東京', fy: 7, quarter: 2 as const, asOf: '2025-09-30' };
const NOW = new Date('2025-10-10T00:00:00Z');
const HOSTILE = '<!channel> *太字* <https://example.jp|押す> &amp; ';

function line(index: number, over: Partial<SheetLine> = {}): SheetLine {
  const name = `${HOSTILE}${'長'.repeat(60)}${index}`;
  const own = {
    // Ids are not shown.
    indicator: `other:${'長'.repeat(90)}${index}`,
    value: 81.2,
    text: '81.2％',
    evaluation: '△' as const,
    comment: 'あ'.repeat(1_000),
    next: { text: HOSTILE.repeat(10), due: '2025-12-26' },
  };
  const last = { value: 80, text: '80.0％', asOf: '2025-06-30' };
  return {
    indicator: own.indicator,
    name,
    known: null,
    unit: '%',
    target: HOSTILE,
    aim: null,
    own,
    last,
    newer: null,
    ...over,
  };
}

const SHEET = Array.from({ length: 70 }, (_, index) => line(index));

function state(entries: number): ReportFormState {
  const ids = SHEET.slice(0, entries).map(({ indicator }) => indicator);
  return {
    opened: NOW.toISOString(),
    channel: 'C0TOKYO01',
    scope: SCOPE,
    confirmed: ids.map((id) => [id, '81.2％']),
  };
}

describe('whatever the sheet holds, Slack takes', () => {
  test('the form', () => {
    const verdict = checkView(formView(SCOPE, SHEET, ''), 'modal');
    expect(verdict).toMatchObject({ ok: true });
    const text = JSON.stringify(verdict);
    expect(text).toContain(`ほか${SHEET.length - MOST_LINES}件は、表の取り込みで報告してください。`);
    expect(text.includes('<!channel>')).toBe(false);
  });

  test('the form with comments, and with every figure to be confirmed', () => {
    const jumps = SHEET.slice(0, MOST_LINES).map(({ indicator, name }) => ({
      indicator,
      name,
      from: { text: '8.0％', asOf: '2025-06-30' },
      to: '80.0％',
      why: '10ポイントを超えて変わっています',
    }));
    const asked = (sheet: SheetLine[]) => {
      const details = sheet.slice(0, mostDetails(sheet.length)).map(({ indicator }) => indicator);
      return checkView(formView(SCOPE, sheet, '', { details, jumps }), 'modal');
    };
    expect(asked(SHEET)).toMatchObject({ ok: true });
    expect(asked(SHEET.slice(0, 19))).toMatchObject({ ok: true });
    expect([mostDetails(19), mostDetails(70)]).toEqual([18, 4]);
  });

  test('the card', () => {
    const figures = SHEET.slice(0, MOST_LINES).flatMap((one) => {
      const { own, name, target, last } = one;
      return own
        ? [{ ...own, name, target, last, state: 'behind' as const, corrected: null, isWithdrawn: false }]
        : [];
    });
    const saved: SavedReport = { scope: SCOPE, figures, unchanged: 2, channel: null };
    const card = reportCard(saved, 'U0REPORT1');
    expect(checkBlocks(card.blocks, 'message')).toMatchObject({ ok: true });
    expect(JSON.stringify(card).includes('<!channel>')).toBe(false);
    expect(JSON.stringify(card.blocks)).toContain('<@U0REPORT1>');
    expect(card.text.length).toBeLessThanOrEqual(4_000);
  });
});

describe('what a modal carries', () => {
  test('comes back as it went', () => {
    const carried = encodeState(state(8)) ?? '';
    expect(carried.length).toBeLessThanOrEqual(3_000);
    expect(decodeState(carried, NOW)).toEqual(state(8));
  });

  test('is refused where Slack would not take it', () => {
    expect(encodeState(state(MOST_LINES))).toBeNull();
  });

  test('all figures of a branch fit', () => {
    const confirmed = Array.from({ length: MOST_LINES }, (_, index): ReportFormState['confirmed'][number] => [
      `guidance_dependents_${index}`,
      '3,120事業所',
    ]);
    expect(encodeState({ ...state(0), confirmed })).not.toBeNull();
  });

  test.each([['{}'], ['x'], [''], ['{"opened":"2025-10-10T00:00:00Z"}']])('%s is expired', (metadata) => {
    expect(decodeState(metadata, NOW)).toBeNull();
  });

  test('a day later it is expired', () => {
    const later = new Date(NOW.getTime() + 24 * 60 * 60 * 1_000 + 1);
    expect(decodeState(encodeState(state(1)) ?? '', later)).toBeNull();
  });
});

test('a button’s hint comes back; one that cannot be read is none', () => {
  const hint = { branch: '東京', fy: 7, quarter: 2 as const };
  expect(readHint(reportButton(hint).value)).toEqual(hint);
  for (const value of [undefined, '', 'x', '{"branch":1}', '[]']) expect(readHint(value)).toEqual({});
});

test.each([
  [2, 1, '2件の実績を報告し、1件の実績を取り消しました。'],
  [2, 0, '2件の実績を報告しました。'],
  [0, 1, '1件の実績を取り消しました。'],
])('%i reported and %i taken back are counted apart', (reported, withdrawn, words) => {
  const figures = SHEET.slice(0, reported + withdrawn).flatMap(({ own, name, target, last }, index) =>
    own === null
      ? []
      : [{ ...own, name, target, last, state: null, corrected: null, isWithdrawn: index >= reported }],
  );
  const view = doneView({ scope: SCOPE, figures, unchanged: 0, channel: null }, null);
  expect(JSON.stringify(view)).toContain(words);
});
