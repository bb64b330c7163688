import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BudgetLine } from '../../src/model/budget-line.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { ingestedPlans, PLANS_FOLDER, plansPresent } from '../helpers/plans.ts';

/** The part of the gold set that is open; read by eye. */
const GOLD_FOLDER = join(PLANS_FOLDER, '../dev');

interface GoldKpi {
  file: string;
  line: number;
  branch: string;
  fy: number;
  indicator: string;
  op: string;
  value: number | null;
  relative: string | null;
  actual?: number | null;
}

interface GoldBudget {
  file: string;
  fy: number;
  name: string;
  amount_yen: number;
  executed_yen: number | null;
  status: string | null;
}

function gold<T>(name: string): T[] {
  const text = readFileSync(join(GOLD_FOLDER, name), 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

/** Names differ in white space and width alone. */
const same = (name: string) => name.normalize('NFKC').replace(/\s+/g, '');

/** A KPI that one plan alone has may be named otherwise in the gold. */
function goldKey({ file, branch, fy, indicator, op, value, relative, actual }: GoldKpi): string {
  const id = indicator.startsWith('other:') ? 'other' : indicator;
  return [file, branch, fy, id, op, value, relative, actual ?? null].join(' ');
}

function kpiKey({ source, branch, fy, indicator, target, actual }: Kpi): string {
  return goldKey({
    file: source.file,
    line: source.line,
    branch,
    fy,
    indicator,
    ...target,
    actual: actual?.value ?? null,
  });
}

function budgetKey({ source, fy, name, amountYen, executedYen, status }: BudgetLine): string {
  return [source.file, fy, same(name), amountYen, executedYen, status].join(' ');
}

describe.runIf(plansPresent('抽出の正確さ（../shared/plans と ../shared/dev）'))('the real plans', () => {
  let documents: IngestedDocument[] = [];
  let wanted: GoldKpi[] = [];
  let found: Kpi[] = [];

  beforeAll(async () => {
    documents = await ingestedPlans();
    wanted = gold<GoldKpi>('kpi.jsonl');
    const covered = new Set(wanted.map(({ file, branch, fy }) => `${file} ${branch} ${fy}`));
    found = documents
      .flatMap(({ kpis }) => kpis)
      .filter(({ source, branch, fy }) => covered.has(`${source.file} ${branch} ${fy}`));
  });

  test('every KPI of the gold is found with its target and actual, and no other', () => {
    expect(found.map(kpiKey).sort()).toEqual(wanted.map(goldKey).sort());
  });

  test('every KPI is at the line of its statement, two lines more or less', () => {
    const lines = new Map(found.map((kpi) => [kpiKey(kpi), kpi.source.line]));
    const far = wanted.filter((row) => Math.abs((lines.get(goldKey(row)) ?? 0) - row.line) > 2);
    const others = far.filter(({ indicator }) => !indicator.startsWith('other:'));
    expect(others).toEqual([]);
  });

  test('every budget of the gold is found, and no other', () => {
    const rows = gold<GoldBudget>('budget.jsonl');
    const covered = new Set(rows.map(({ file, fy }) => `${file} ${fy}`));
    const budgets = documents
      .flatMap((document) => document.budgets)
      .filter(({ source, fy }) => covered.has(`${source.file} ${fy}`));
    const expected = rows.map(({ file, fy, name, amount_yen, executed_yen, status }) =>
      [file, fy, same(name), amount_yen, executed_yen, status].join(' '),
    );
    expect(budgets.map(budgetKey).sort()).toEqual(expected.sort());
  });

  test('all 47 branches and the head office have KPIs', () => {
    const branches = new Set(documents.flatMap(({ kpis }) => kpis).map(({ branch }) => branch));
    expect(branches.size).toBe(48);
  });

  test('no passage is too long to be shown', () => {
    const long = documents.flatMap(({ passages }) => passages).filter(({ text }) => text.length > 600);
    expect(long).toEqual([]);
  });
});
