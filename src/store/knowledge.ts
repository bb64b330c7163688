import type { Kysely, SelectQueryBuilder } from 'kysely';
import type { Knowledge, PartFilter } from '../model/knowledge.ts';
import {
  budgetFromRow,
  commitmentFromRow,
  countFromRow,
  kpiFromRow,
  measureFromRow,
  partFromRow,
  referenceActualFromRow,
} from './rows.ts';
import type { StoreSchema } from './schema.ts';

type SourcedTable = 'kpi' | 'reference_actual' | 'measure' | 'budget_line' | 'commitment' | 'period_count';

/** What the store knows, for reading; rows are checked as they leave the database. */
export function readKnowledge(db: Kysely<StoreSchema>): Knowledge {
  return {
    async parts() {
      const query = db.selectFrom('document_part').selectAll();
      return (await query.orderBy('file').orderBy('position').execute()).map(partFromRow);
    },
    async kpis({ indicators, ...filter }) {
      let query = db.selectFrom('kpi').selectAll();
      if (indicators) {
        query = query.where('indicator', 'in', [...indicators]);
      }
      return (await inOrder(filtered(query, filter)).execute()).map(kpiFromRow);
    },
    async referenceActuals({ indicators, ...filter }) {
      let query = db.selectFrom('reference_actual').selectAll();
      if (indicators) {
        query = query.where('indicator', 'in', [...indicators]);
      }
      return (await inOrder(filtered(query, filter)).execute()).map(referenceActualFromRow);
    },
    async budgets(filter) {
      const query = db.selectFrom('budget_line').selectAll();
      return (await inOrder(filtered(query, filter)).execute()).map(budgetFromRow);
    },
    async measures(filter) {
      const query = db.selectFrom('measure').selectAll();
      return (await inOrder(filtered(query, filter)).execute()).map(measureFromRow);
    },
    async commitments(filter) {
      const query = db.selectFrom('commitment').selectAll();
      return (await inOrder(filtered(query, filter)).execute()).map(commitmentFromRow);
    },
    async counts(filter) {
      const query = db.selectFrom('period_count').selectAll();
      return (await inOrder(filtered(query, filter)).execute()).map(countFromRow);
    },
  };
}

function filtered<T extends SourcedTable, O>(
  query: SelectQueryBuilder<StoreSchema, T, O>,
  { branches, fys }: PartFilter,
): SelectQueryBuilder<StoreSchema, T, O> {
  // Kysely cannot see through the type parameter that all these tables have the columns.
  let narrowed = query as unknown as SelectQueryBuilder<StoreSchema, 'kpi', O>;
  if (branches) {
    narrowed = narrowed.where('branch', 'in', [...branches]);
  }
  if (fys) {
    narrowed = narrowed.where('fy', 'in', [...fys]);
  }
  return narrowed as unknown as SelectQueryBuilder<StoreSchema, T, O>;
}

function inOrder<T extends SourcedTable, O>(query: SelectQueryBuilder<StoreSchema, T, O>) {
  const placed = query as unknown as SelectQueryBuilder<StoreSchema, 'kpi', O>;
  return placed.orderBy('file').orderBy('line').orderBy('position');
}
