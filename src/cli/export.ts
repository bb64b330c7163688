import { stringify } from 'csv-stringify/sync';
import { openStore, type Store } from '../knowledge/store.ts';
import { type CommandIo, dataFolder, oneOf, parseCommand, wrongUse } from './command.ts';
import { budgetExport, kpiExport, measureExport, unansweredExport } from './export-rows.ts';
import { knownNow } from './known-now.ts';

const KINDS = ['kpi', 'budget', 'measures', 'unanswered'] as const;
type Kind = (typeof KINDS)[number];
type Row = Record<string, string | number | null>;

/** Headings of a CSV file, which has them also where there are no rows. */
const COLUMNS: Readonly<Record<Kind, readonly string[]>> = {
  kpi: 'file line branch fy indicator op value unit relative stated actual actual_text as_of prev_actual prev_text'.split(
    ' ',
  ),
  budget: 'file line branch fy section name amount_yen executed_yen status prev_amount_yen'.split(' '),
  measures: 'file line branch fy section number plan progress evaluation next'.split(' '),
  unanswered: 'at question understood outcome'.split(' '),
};

/** `planbot export`: what is known, a line each. */
export async function exportRows(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { format: { type: 'string', default: 'jsonl' } });
  const format = oneOf('--format', values.format, ['jsonl', 'csv']);
  if (positionals.length !== 1) {
    throw wrongUse(`書き出すものを1つ選んでください: ${KINDS.join('、')}`);
  }
  const kind = oneOf('書き出すもの', positionals[0] ?? '', KINDS);
  const store = await openStore({ dataDir: dataFolder(values.data, io.env) });
  try {
    const rows = await rowsOf(kind, store);
    if (format === 'csv') {
      io.print(stringify(rows, { header: true, columns: [...COLUMNS[kind]] }).trimEnd());
    } else {
      for (const row of rows) {
        io.print(JSON.stringify(row));
      }
    }
  } finally {
    await store.close();
  }
}

async function rowsOf(kind: Kind, store: Store): Promise<Row[]> {
  if (kind === 'unanswered') {
    return (await store.unanswered()).map(unansweredExport);
  }
  const knowledge = await knownNow(store);
  switch (kind) {
    case 'kpi':
      return (await knowledge.kpis({})).map(kpiExport);
    case 'budget':
      return (await knowledge.budgets({})).map(budgetExport);
    case 'measures':
      return (await knowledge.measures({})).map(measureExport);
  }
}
