import type { Kysely } from 'kysely';
import type { Knowledge, KpiFilter } from '../model/knowledge.ts';
import { ROW_TABLES, type RowList, type RowOf } from './rows.ts';
import type { StoreSchema } from './schema.ts';

const OF_INDICATORS: ReadonlySet<RowList> = new Set(['kpis', 'referenceActuals']);

/** What the store knows, for reading; rows are checked as they leave the database. */
export function readKnowledge(db: Kysely<StoreSchema>): Knowledge {
  const read = <L extends RowList>(list: L) => {
    const { table, fromRow } = ROW_TABLES[list];
    return async ({ branches, fys, indicators }: KpiFilter = {}): Promise<RowOf<L>[]> => {
      // Each has the columns of this table that it is asked for.
      let query = db.selectFrom(table as 'kpi').selectAll();
      if (branches) query = query.where('branch', 'in', [...branches]);
      if (fys) query = query.where('fy', 'in', [...fys]);
      if (indicators && OF_INDICATORS.has(list)) query = query.where('indicator', 'in', [...indicators]);
      query = query.orderBy('file');
      if (list !== 'parts') query = query.orderBy('line');
      return (await query.orderBy('position').execute()).map(fromRow);
    };
  };
  return {
    parts: read('parts'),
    kpis: read('kpis'),
    referenceActuals: read('referenceActuals'),
    budgets: read('budgets'),
    measures: read('measures'),
    commitments: read('commitments'),
    counts: read('counts'),
  };
}
