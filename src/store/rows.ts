import { z } from 'zod';
import { BudgetLine } from '../model/budget-line.ts';
import { Kpi, ReferenceActual } from '../model/kpi.ts';
import { Commitment, Count, Measure } from '../model/measure.ts';
import { Passage } from '../model/passage.ts';
import { DocumentPart, type IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import type { StoreSchema } from './schema.ts';

/** A value kept as JSON text; undefined where it does not have the schema's shape. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T | undefined {
  return schema.safeParse(storedJson(text)).data;
}

/** The value of a JSON column; the text itself where it is no JSON, so that the row's schema refuses it. */
export function storedJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}

type Row = Readonly<Record<string, unknown>>;

/** The lists of a document of which each has a table. */
export type RowList = {
  [K in keyof IngestedDocument]: IngestedDocument[K] extends object[] ? K : never;
}[Exclude<keyof IngestedDocument, 'doubts'>];
export type RowOf<L extends RowList> = IngestedDocument[L][number];

/** How one of our types is kept in a table, both ways. */
interface RowTable<T> {
  table: keyof StoreSchema;
  /** The row without its place among its fellows, which the writer counts. */
  toRow(value: T): Row;
  /** Parses: a row that somebody edited by hand is a fault; a column that a newer planbot has added is none. */
  fromRow(row: object): T;
}

/** A field is kept in the column of its name, or the one that `columns` gives; a list as JSON. */
function rowTable<T extends object>(
  table: keyof StoreSchema,
  schema: z.ZodObject,
  columns: Partial<Record<string, string>> = {},
): RowTable<T> {
  const fields = Object.entries(schema.shape).map(([name, type]) => ({
    name,
    column: columns[name] ?? name,
    isList: type instanceof z.ZodArray,
    isOptional: type instanceof z.ZodOptional,
  }));
  const plain = fields.filter(({ name }) => name !== 'source');
  const isSourced = plain.length < fields.length;
  return {
    table,
    toRow(value) {
      const given = value as Row;
      const kept = plain.map(({ name, column, isList }) => {
        const field = given[name] ?? null;
        return [column, isList ? JSON.stringify(field) : field];
      });
      return { ...Object.fromEntries(kept), ...(isSourced ? sourceColumns(given.source as Source) : {}) };
    },
    fromRow(row) {
      const given = row as Row;
      const read = plain.flatMap(({ name, column, isList, isOptional }) => {
        const kept = given[column];
        if (isOptional && kept === null) return [];
        return [[name, isList ? storedJson(kept) : kept]];
      });
      const source = isSourced ? { source: sourceOf(given) } : {};
      return schema.parse({ ...Object.fromEntries(read), ...source }) as T;
    },
  };
}

function sourceOf({ file, line, page, sourceTitle: title, place }: Row): Row {
  return { file, line, page, title, ...(place === null ? {} : { place }) };
}

function sourceColumns(source: Source): Row {
  const { file, line, page, title, place = null } = source;
  return { file, line, page, sourceTitle: title, place };
}

/** A KPI's target and actual stand in its own row; what staff reported of it is kept elsewhere. */
const kpiTable: RowTable<Kpi> = {
  table: 'kpi',
  toRow({ target, actual, section, source, actualSource: _, documented: __, ...kpi }) {
    const { text: targetText, ...goal } = target;
    return {
      ...kpi,
      ...goal,
      targetText,
      // Null where the document reports no actual at all.
      actualText: actual?.text ?? null,
      actualValue: actual?.value ?? null,
      asOf: actual?.asOf ?? null,
      previousValue: actual?.previousValue ?? null,
      previousText: actual?.previousText ?? null,
      section: JSON.stringify(section),
      ...sourceColumns(source),
    };
  },
  fromRow(row) {
    const { branch, fy, indicator, stated, importance, difficulty, section, ...of }: Row = { ...row };
    const { op, value, unit, relative, targetText, proviso } = of;
    const { actualText, actualValue, asOf, previousValue, previousText } = of;
    const actual = { value: actualValue, text: actualText, asOf, previousValue, previousText };
    return Kpi.parse({
      ...{ branch, fy, indicator, stated, importance, difficulty },
      target: { op, value, unit, relative, text: targetText, proviso },
      actual: actualText === null ? null : actual,
      section: storedJson(section),
      source: sourceOf(of),
    });
  },
};

/** In the order in which a document is written. */
export const ROW_TABLES: { readonly [L in RowList]: RowTable<RowOf<L>> } = {
  parts: rowTable('documentPart', DocumentPart),
  kpis: kpiTable,
  referenceActuals: rowTable('referenceActual', ReferenceActual, { text: 'body' }),
  measures: rowTable('measure', Measure),
  budgets: rowTable('budgetLine', BudgetLine),
  commitments: rowTable('commitment', Commitment, {
    text: 'body',
    when: 'dateWords',
    from: 'firstDay',
    to: 'lastDay',
  }),
  counts: rowTable('periodCount', Count, { table: 'tableTitle', text: 'body' }),
  passages: rowTable('passage', Passage, { text: 'body', from: 'firstLine', to: 'lastLine' }),
};
