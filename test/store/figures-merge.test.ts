import { expect, test } from 'vitest';
import type { Actual, Kpi, Target } from '../../src/model/kpi.ts';
import type { ReportedActual, ReportedTarget } from '../../src/model/reported.ts';
import { mergeReported } from '../../src/store/figures-merge.ts';
import type { Sourced } from '../../src/store/figures-store.ts';
import { madeUpKpi } from './made-up-document.ts';

const ABOUT = { branch: '東京', fy: 7, indicator: 'generic_rate', note: null } as const;
const source = { file: '報告.csv', line: 2, page: null, title: '実績の報告' };

function actual(asOf: string, value: number, fy = 7): Sourced<ReportedActual> {
  return { ...ABOUT, fy, asOf, value, text: `${value}％`, source };
}

function target(value: number): Target {
  return { op: '>=', value, unit: '%', relative: null, text: `${value}％以上`, proviso: null };
}

function reported(value: number): Sourced<ReportedTarget> {
  return { ...ABOUT, target: target(value), source };
}

function printed(asOf: string | null, value: number): Actual {
  return { value, text: `${value}％`, asOf, previousValue: null, previousText: null };
}

const plan = madeUpKpi();
const report = (asOf: string | null) => madeUpKpi({ file: 'report.txt', actual: printed(asOf, 80) });
/** What a reader sees of it: target, actual, last year's, and what the document had said. */
const seen = (kpi: Kpi) => [
  kpi.target.value,
  kpi.actual?.value ?? null,
  kpi.actual?.previousText ?? null,
  kpi.documented?.actual?.value ?? kpi.documented?.target.value ?? null,
];

test.each<[string, Kpi[], Sourced<ReportedTarget>[], Sourced<ReportedActual>[], unknown[][]]>([
  ['nothing', [plan], [], [], [[88.8, null, null, null]]],
  ['a target in the place of the document’s', [plan], [reported(90)], [], [[90, null, null, 88.8]]],
  ['the same target', [plan], [reported(88.8)], [], [[88.8, null, null, null]]],
  ['a target that no document states', [], [reported(90)], [], [[90, null, null, null]]],
  ['an actual of a target', [plan], [], [actual('2025-06-30', 81)], [[88.8, 81, null, null]]],
  ['an actual without any target: kept back', [], [], [actual('2025-06-30', 81)], []],
  [
    'the newest of several actuals',
    [plan],
    [],
    [actual('2025-06-30', 81), actual('2025-12-31', 83), actual('2025-09-30', 82)],
    [[88.8, 83, null, null]],
  ],
  ['a newer actual', [report('５月時点')], [], [actual('2025-06-30', 81)], [[88.8, 81, null, 80]]],
  ['an actual of the same day', [report('６月時点')], [], [actual('2025-06-30', 81)], [[88.8, 81, null, 80]]],
  ['an older actual', [report('７月時点')], [], [actual('2025-06-30', 81)], [[88.8, 80, null, null]]],
  ['an actual of winter', [report('２月時点')], [], [actual('2025-12-31', 81)], [[88.8, 80, null, null]]],
  [
    'an actual, where the document names no day',
    [report(null)],
    [],
    [actual('2025-06-30', 81)],
    [[88.8, 81, null, 80]],
  ],
  [
    'an actual of what a plan and a report state: the report’s',
    [plan, report('５月時点')],
    [],
    [actual('2025-06-30', 81)],
    [
      [88.8, null, null, null],
      [88.8, 81, null, 80],
    ],
  ],
  [
    'last year’s end beside it',
    [plan],
    [],
    [actual('2025-06-30', 81), actual('2025-03-31', 79, 6)],
    [[88.8, 81, '79％', null]],
  ],
  [
    'last year’s third quarter, which is not its end',
    [plan],
    [],
    [actual('2025-06-30', 81), actual('2024-12-31', 78, 6)],
    [[88.8, 81, null, null]],
  ],
])('staff reported %s', (_, kpis, targets, actuals, expected) => {
  expect(mergeReported(kpis, targets, actuals).map(seen)).toEqual(expected);
});
