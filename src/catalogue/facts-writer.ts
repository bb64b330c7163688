import { stringify } from 'csv-stringify/sync';
import type { BudgetLine } from '../model/budget-line.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { Count, Measure } from '../model/measure.ts';
import type { DocumentPart, IngestedDocument } from '../model/plan-document.ts';
import {
  BudgetFact,
  CountFact,
  FACT_FILES,
  joinSection,
  KpiFact,
  MeasureFact,
  PartFact,
  ReferenceActualFact,
  splitSection,
} from './facts-format.ts';

/** Names and provisos may be kept, sentences may not: a longer text is cut here, in characters. */
const LONGEST_NAME = 60;
/** What is or may be part of a sentence: a text with its full stop, a heading that a line break cut. */
const LONGEST_PIECE = 30;

type Columns<Schema extends { shape: object }> = Record<keyof Schema['shape'], string | number | null>;

/** The text of each file of index/facts, by file name: figures and names, no plan text. */
export function writeFacts(documents: readonly IngestedDocument[]): Map<string, string> {
  return new Map([
    [FACT_FILES.parts, toCsv(PartFact, documents.flatMap((d) => d.parts).map(partColumns))],
    [FACT_FILES.kpi, toCsv(KpiFact, documents.flatMap((d) => d.kpis).map(kpiColumns))],
    [
      FACT_FILES.referenceActuals,
      toCsv(ReferenceActualFact, documents.flatMap((d) => d.referenceActuals).map(referenceActualColumns)),
    ],
    [FACT_FILES.budget, toCsv(BudgetFact, documents.flatMap((d) => d.budgets).map(budgetColumns))],
    [FACT_FILES.measures, toCsv(MeasureFact, documents.flatMap((d) => d.measures).map(measureColumns))],
    [FACT_FILES.counts, toCsv(CountFact, documents.flatMap((d) => d.counts).map(countColumns))],
  ]);
}

function toCsv<S extends { shape: object }>(schema: S, rows: Columns<S>[]): string {
  return stringify(rows, { header: true, columns: Object.keys(schema.shape) });
}

function named(text: string, longest = text.includes('。') ? LONGEST_PIECE : LONGEST_NAME): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}

/** What a proviso says, without the words that make it a sentence of the plan. */
function condition(proviso: string): string {
  return proviso.replace(/^ただし、?/, '').replace(/(こと)?とする。?$/, '');
}

function namedPath(section: readonly string[]): string {
  return joinSection(section.map((title) => named(title, LONGEST_PIECE)));
}

function placeColumns({ branch, fy, source }: Pick<Kpi, 'branch' | 'fy' | 'source'>) {
  return { file: source.file, line: source.line, page: source.page, branch, fy };
}

function partColumns({ file, branch, fy, kind, status, title }: DocumentPart): Columns<typeof PartFact> {
  return { file, branch, fy, kind, status, title: named(title) };
}

function kpiColumns(kpi: Kpi): Columns<typeof KpiFact> {
  const { target, actual } = kpi;
  return {
    ...placeColumns(kpi),
    indicator: kpi.indicator,
    op: target.op,
    value: target.value,
    unit: target.unit,
    relative: target.relative,
    target: named(target.text),
    proviso: target.proviso === null ? null : named(condition(target.proviso)),
    actual_text: actual === null ? null : named(actual.text),
    actual: actual?.value ?? null,
    as_of: actual?.asOf ?? null,
    prev_actual: actual?.previousValue ?? null,
    prev_text: actual?.previousText ?? null,
    section: namedPath(kpi.section),
    importance: kpi.importance,
    difficulty: kpi.difficulty,
  };
}

function referenceActualColumns(actual: ReferenceActual): Columns<typeof ReferenceActualFact> {
  const { indicator, value, unit, text, asOf } = actual;
  return {
    ...placeColumns(actual),
    indicator,
    value,
    unit,
    text: named(text),
    as_of: asOf,
    title: named(actual.source.title),
  };
}

function budgetColumns(budget: BudgetLine): Columns<typeof BudgetFact> {
  return {
    ...placeColumns(budget),
    section: namedPath(splitSection(budget.section)),
    name: named(budget.name),
    amount_yen: budget.amountYen,
    amount_text: budget.amountText,
    executed_yen: budget.executedYen,
    status: budget.status,
    note: budget.note === null ? null : named(budget.note),
    prev_amount_yen: budget.previousAmountYen,
  };
}

function measureColumns(measure: Measure): Columns<typeof MeasureFact> {
  const { number, evaluation, section } = measure;
  return { ...placeColumns(measure), section: namedPath(section), number, evaluation };
}

function countColumns(count: Count): Columns<typeof CountFact> {
  return {
    ...placeColumns(count),
    table: named(count.table),
    label: named(count.label),
    period: named(count.period),
    value: count.value,
    unit: count.unit,
    text: named(count.text),
    as_of: count.asOf,
  };
}
