import { createHash } from 'node:crypto';
import type { Kpi } from '../../src/model/kpi.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';

/** A target of one branch and year, in figures that no plan has. */
export function madeUpKpi(over: Partial<Kpi> & { line?: number; file?: string } = {}): Kpi {
  const { line = 12, file = 'plan.txt', ...rest } = over;
  return {
    branch: '東京',
    fy: 7,
    indicator: 'generic_rate',
    target: { op: '>=', value: 88.8, unit: '%', relative: null, text: '88.8％以上', proviso: null },
    actual: null,
    stated: 'ジェネリック使用割合を88.8％以上とする',
    section: ['１ 医療費適正化', '（１）ジェネリック'],
    importance: '高',
    difficulty: null,
    source: { file, line, page: 3, title: '令和7年度 事業計画（東京支部）' },
    ...rest,
  };
}

/** Each file has a content of its own. */
export function digestOf(file: string): string {
  return createHash('sha256').update(file).digest('hex');
}

/** One row of every kind, so that a column that gets lost is seen. */
export function madeUpDocument(file = 'plan.txt', kpis: Kpi[] = [madeUpKpi({ file })]): IngestedDocument {
  const title = '令和7年度 事業計画（東京支部）';
  const place = { branch: '東京', fy: 7 };
  const source = { file, line: 40, page: null, title };
  return {
    file,
    layout: 'single',
    digest: digestOf(file),
    parts: [{ file, ...place, kind: 'progress_report', status: null, title }],
    kpis,
    referenceActuals: [
      {
        branch: '東京',
        fy: 5,
        indicator: 'generic_rate',
        value: 82.9,
        unit: '%',
        text: '82.9％',
        asOf: '10月診療分',
        source,
      },
    ],
    measures: [
      {
        ...place,
        section: ['２ 保健事業'],
        number: '①',
        plan: '案内を送る',
        progress: '5月に送った',
        evaluation: '○',
        next: '9月にも送る',
        source,
      },
    ],
    budgets: [
      {
        ...place,
        section: '広報',
        name: 'ポスター作成',
        amountYen: 2_654_000,
        amountText: '2,654千円',
        executedYen: null,
        status: '未着手',
        note: null,
        previousAmountYen: 1_000_000,
        source,
      },
    ],
    commitments: [
      {
        ...place,
        section: ['２ 保健事業'],
        number: '①',
        text: '9月にも送る',
        when: '9月',
        from: '2025-09-01',
        to: '2025-09-30',
        source,
      },
    ],
    counts: [
      {
        ...place,
        table: '決定件数の表',
        label: '決定件数',
        period: '４～６月',
        value: 1234,
        unit: '件',
        text: '1,234件',
        asOf: '５月分まで',
        source,
      },
    ],
    passages: [
      { file, title, ...place, section: ['２ 保健事業'], from: 40, to: 42, page: null, text: '案内を送る。' },
    ],
    doubts: [],
  };
}
