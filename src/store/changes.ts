import { formatYen } from '../japanese/amounts.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Count, Measure } from '../model/measure.ts';

/** A row of a document as a change names it. */
export interface ChangedRow {
  kind: 'kpi' | 'measure' | 'budget' | 'count';
  branch: string;
  fy: FiscalYear;
  /** Indicator of a KPI, name of a budget, section and number of a measure, table and label of a count. */
  name: IndicatorId | string;
  /** What it says, as users read it. */
  figure: string;
  line: number;
}

/** What an ingest changed in one document's figures, against what was known of it before. */
export interface DocumentChange {
  file: string;
  kind: 'new' | 'changed' | 'unchanged';
  /** The name under which the same content was known; null where it kept its name or is new. */
  renamedFrom: string | null;
  added: ChangedRow[];
  removed: ChangedRow[];
  changed: { before: ChangedRow; after: ChangedRow }[];
}

/** The figures of a document that a change is told of. */
export interface Figured {
  kpis: readonly Kpi[];
  measures: readonly Measure[];
  budgets: readonly BudgetLine[];
  counts: readonly Count[];
}

/** `before` is null where the document was not known. Two rows of one name are paired in their order. */
export function describeChange(
  { file, renamedFrom }: Pick<DocumentChange, 'file' | 'renamedFrom'>,
  before: Figured | null,
  after: Figured,
): DocumentChange {
  const known = keyed(before === null ? [] : rowsOf(before));
  const given = keyed(rowsOf(after));
  const added = [...given].filter(([key]) => !known.has(key)).map(([, row]) => row);
  const removed = [...known].filter(([key]) => !given.has(key)).map(([, row]) => row);
  const changed: DocumentChange['changed'] = [];
  for (const [key, row] of given) {
    const old = known.get(key);
    if (old && old.figure !== row.figure) {
      changed.push({ before: old, after: row });
    }
  }
  const same = added.length + removed.length + changed.length === 0;
  const kind = before === null ? 'new' : same ? 'unchanged' : 'changed';
  return { file, kind, renamedFrom, added, removed, changed };
}

function rowsOf({ kpis, measures, budgets, counts }: Figured): ChangedRow[] {
  const place = ({ branch, fy, source }: Kpi | Measure | BudgetLine | Count) => ({
    branch,
    fy,
    line: source.line,
  });
  return [
    ...kpis.map((kpi): ChangedRow => {
      return { kind: 'kpi', ...place(kpi), name: kpi.indicator, figure: kpiFigure(kpi) };
    }),
    ...measures.map((measure): ChangedRow => {
      const name = `${measure.section.at(-1) ?? ''} ${measure.number}`.trim();
      return { kind: 'measure', ...place(measure), name, figure: measure.evaluation ?? '評価なし' };
    }),
    ...budgets.map((budget): ChangedRow => {
      return { kind: 'budget', ...place(budget), name: budget.name, figure: budgetFigure(budget) };
    }),
    ...counts.map((count): ChangedRow => {
      const name = `${count.table} ${count.label} ${count.period}`;
      return { kind: 'count', ...place(count), name, figure: count.text };
    }),
  ];
}

function kpiFigure({ target, actual }: Kpi): string {
  const reported = actual === null ? '' : `、実績 ${actual.text}${actual.asOf ? `（${actual.asOf}）` : ''}`;
  return `目標 ${target.text}${reported}`;
}

function budgetFigure({ amountYen, executedYen, status }: BudgetLine): string {
  const executed = executedYen === null ? '' : `、執行 ${formatYen(executedYen)}`;
  return `${formatYen(amountYen)}${executed}${status === null ? '' : `、${status}`}`;
}

function keyed(rows: ChangedRow[]): Map<string, ChangedRow> {
  const map = new Map<string, ChangedRow>();
  for (const row of rows) {
    const stem = `${row.kind}|${row.branch}|${row.fy}|${row.name}`;
    let nth = 1;
    while (map.has(`${stem}|${nth}`)) {
      nth += 1;
    }
    map.set(`${stem}|${nth}`, row);
  }
  return map;
}
