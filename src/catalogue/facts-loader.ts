import { join } from 'node:path';
import type { BudgetLine } from '../model/budget-line.ts';
import { AppError } from '../model/errors.ts';
import type { Kpi, ReferenceActual } from '../model/kpi.ts';
import type { Count, Measure } from '../model/measure.ts';
import { indexFolder } from '../model/package-folder.ts';
import type { DocumentPart, IngestedDocument } from '../model/plan-document.ts';
import type { Source } from '../model/source.ts';
import {
  BudgetFact,
  CountFact,
  FACT_FILES,
  KpiFact,
  MeasureFact,
  PartFact,
  ReferenceActualFact,
  splitSection,
} from './facts-format.ts';
import { type Entry, readCsvRows } from './files.ts';

interface Place {
  file: string;
  line: number;
  page: number | null;
  branch: string;
  fy: number;
}

/**
 * The figures of index/facts as documents without their text: `stated` is null, there are no passages, and a
 * measure says its heading only. Throws AppError `bad_facts` with file, line and text.
 */
export function loadFacts(folder: string = join(indexFolder(), 'facts')): IngestedDocument[] {
  const at = (name: keyof typeof FACT_FILES) => join(folder, FACT_FILES[name]);
  const parts = readCsvRows(at('parts'), PartFact, 'bad_facts').map(({ value }) => value);
  const titles = new Map(parts.map((part) => [partKey(part), part.title]));

  const documents = new Map<string, IngestedDocument>();
  for (const part of parts) {
    const document = documents.get(part.file) ?? emptyDocument(part.file);
    document.parts.push(part);
    documents.set(part.file, document);
  }
  const place = <F extends Place>(file: string, { value, line }: Entry<F>) => {
    const title = titles.get(partKey(value));
    const document = documents.get(value.file);
    if (title === undefined || !document) {
      const text = `${value.file} ${value.branch} ${value.fy}`;
      throw new AppError('bad_facts', { message: 'parts.csvにない資料です', file, line, text });
    }
    const source = { file: value.file, line: value.line, page: value.page, title };
    return { fact: value, document, source };
  };

  for (const entry of readCsvRows(at('kpi'), KpiFact, 'bad_facts')) {
    const { fact, document, source } = place(at('kpi'), entry);
    document.kpis.push(kpiOf(fact, source));
  }
  for (const entry of readCsvRows(at('referenceActuals'), ReferenceActualFact, 'bad_facts')) {
    const { value, line } = entry;
    const document = documents.get(value.file);
    if (!document) {
      const fault = { file: at('referenceActuals'), line, text: value.file };
      throw new AppError('bad_facts', { message: 'parts.csvにない資料です', ...fault });
    }
    document.referenceActuals.push(referenceActualOf(value));
  }
  for (const entry of readCsvRows(at('budget'), BudgetFact, 'bad_facts')) {
    const { fact, document, source } = place(at('budget'), entry);
    document.budgets.push(budgetOf(fact, source));
  }
  for (const entry of readCsvRows(at('measures'), MeasureFact, 'bad_facts')) {
    const { fact, document, source } = place(at('measures'), entry);
    document.measures.push(measureOf(fact, source));
  }
  for (const entry of readCsvRows(at('counts'), CountFact, 'bad_facts')) {
    const { fact, document, source } = place(at('counts'), entry);
    document.counts.push(countOf(fact, source));
  }
  return [...documents.values()];
}

function partKey({ file, branch, fy }: Pick<DocumentPart, 'file' | 'branch' | 'fy'>): string {
  return `${file}|${branch}|${fy}`;
}

function emptyDocument(file: string): IngestedDocument {
  return {
    file,
    layout: 'facts',
    digest: '',
    parts: [],
    kpis: [],
    referenceActuals: [],
    measures: [],
    budgets: [],
    commitments: [],
    counts: [],
    passages: [],
    doubts: [],
  };
}

function kpiOf(fact: KpiFact, source: Source): Kpi {
  const { branch, fy, indicator, op, value, unit, relative, proviso } = fact;
  const actual = {
    value: fact.actual,
    text: fact.actual_text ?? '',
    asOf: fact.as_of,
    previousValue: fact.prev_actual,
    previousText: fact.prev_text,
  };
  return {
    branch,
    fy,
    indicator,
    target: { op, value, unit, relative, text: fact.target, proviso },
    actual: fact.actual_text === null ? null : actual,
    stated: null,
    section: splitSection(fact.section),
    importance: fact.importance,
    difficulty: fact.difficulty,
    source,
  };
}

function referenceActualOf(fact: ReferenceActualFact): ReferenceActual {
  const { branch, fy, indicator, value, unit, text, file, line, page, title } = fact;
  const source = { file, line, page, title };
  return { branch, fy, indicator, value, unit, text, asOf: fact.as_of, source };
}

function budgetOf(fact: BudgetFact, source: Source): BudgetLine {
  const { branch, fy, section, name, status, note } = fact;
  return {
    branch,
    fy,
    section,
    name,
    amountYen: fact.amount_yen,
    amountText: fact.amount_text,
    executedYen: fact.executed_yen,
    status,
    note,
    previousAmountYen: fact.prev_amount_yen,
    source,
  };
}

function measureOf(fact: MeasureFact, source: Source): Measure {
  const { branch, fy, number, evaluation } = fact;
  const section = splitSection(fact.section);
  const plan = section.at(-1) ?? '';
  return { branch, fy, section, number, plan, progress: null, evaluation, next: null, source };
}

function countOf(fact: CountFact, source: Source): Count {
  const { branch, fy, table, label, period, value, unit, text } = fact;
  return { branch, fy, table, label, period, value, unit, text, asOf: fact.as_of, source };
}
