import { stringify } from 'csv-stringify/sync';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import type { Knowledge } from '../model/knowledge.ts';
import { spreadsheetText } from '../model/spreadsheet-text.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CommandIo, oneOf, parseCommand, storeLocation, wrongUse } from './command.ts';
import {
  auditExport,
  budgetExport,
  commitmentExport,
  countExport,
  feedbackExport,
  historyExport,
  kpiExport,
  measureExport,
  memberExport,
  ownerExport,
  unansweredExport,
} from './export-rows.ts';
import { knownNow } from './known-now.ts';

type Row = Record<string, string | number | null>;

interface Export {
  /** Headings of a CSV file, which has them also where there are no rows. */
  columns: string;
  read: (store: Store) => Promise<Row[]>;
}

/** Of what documents state and staff report. */
function known<T>(list: (knowledge: Knowledge) => Promise<T[]>, toRow: (item: T) => Row): Export['read'] {
  return async (store) => (await list(await ingestedOr(store))).map(toRow);
}

const EXPORTS = {
  kpi: {
    columns:
      'file line branch fy indicator op value unit relative stated actual actual_text as_of prev_actual prev_text section importance difficulty actual_file actual_line',
    read: known((knowledge) => knowledge.kpis({}), kpiExport),
  },
  budget: {
    columns: 'file line branch fy section name amount_yen executed_yen status prev_amount_yen',
    read: known((knowledge) => knowledge.budgets({}), budgetExport),
  },
  measures: {
    columns: 'file line branch fy section number plan progress evaluation next',
    read: known((knowledge) => knowledge.measures({}), measureExport),
  },
  counts: {
    columns: 'file line branch fy table label period value unit text as_of',
    read: known((knowledge) => knowledge.counts({}), countExport),
  },
  commitments: {
    columns: 'file line branch fy section number subject text when from to every_months',
    read: known((knowledge) => knowledge.commitments({}), commitmentExport),
  },
  owners: {
    columns: 'branch channel owner deputy head',
    read: async (store) => (await store.owners()).map(ownerExport),
  },
  members: {
    columns: 'user role branches',
    read: async (store) => (await store.members()).map(memberExport),
  },
  audit: {
    columns: 'id at action actor subject detail',
    read: async (store) => (await store.auditEntries()).map(auditExport),
  },
  feedback: {
    columns: 'at verdict asked comment user channel ts',
    read: async (store) => {
      const catalogue = loadCatalogue();
      return (await store.feedback()).map((feedback) => feedbackExport(feedback, catalogue));
    },
  },
  history: {
    columns: 'at by kind file line branch fy indicator as_of text ended_at ended_in',
    read: async (store) => (await store.figureHistory()).map(historyExport),
  },
  unanswered: {
    columns: 'at question understood outcome',
    read: async (store) => (await store.unanswered()).map(unansweredExport),
  },
} as const satisfies Record<string, Export>;

const KINDS = Object.keys(EXPORTS) as (keyof typeof EXPORTS)[];

/** `planbot export`: what is known, a line each. */
export async function exportRows(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { format: { type: 'string', default: 'jsonl' } });
  const format = oneOf('--format', values.format, ['jsonl', 'csv']);
  if (positionals.length !== 1) {
    throw wrongUse(`書き出すものを1つ選んでください: ${KINDS.join('、')}`);
  }
  const kind = oneOf('export', positionals[0] ?? '', KINDS);
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const { columns, read }: Export = EXPORTS[kind];
    const rows = await read(store);
    if (format === 'csv') {
      // Whatever stands in a document, a file's name or a comment: a spreadsheet must not compute it.
      const options = { header: true, columns: columns.split(' '), cast: { string: spreadsheetText } };
      io.print(stringify(rows, options).trimEnd());
    } else {
      for (const row of rows) {
        io.print(JSON.stringify(row));
      }
    }
  } finally {
    await store.close();
  }
}

/** Rows of what was ingested; of what planbot is delivered with where nothing was. */
async function ingestedOr(store: Store): Promise<Knowledge> {
  return (await store.documents()).length > 0 ? store : knownNow(store);
}
