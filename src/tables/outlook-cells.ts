import { compact } from '../japanese/normalize.ts';
import type { FiscalYear } from '../model/fiscal-year.ts';
import { Evaluation } from '../model/measure.ts';
import type { ReportedActual } from '../model/reported.ts';
import { type CellRead, problem, readAsOf } from './cell.ts';
import type { RowReader } from './row-reader.ts';

/** Signs that keyboards and other programs give for the four evaluations, after normalisation. */
const SIGNS: Readonly<Record<string, Evaluation>> = {
  〇: '○',
  '◯': '○',
  '◎': '○',
  '▲': '△',
  X: '×',
  '✕': '×',
  '✖': '×',
  '-': '―',
  ー: '―',
};

/** ○, △, × or ―, as people type them. */
function readEvaluation(text: string): CellRead<Evaluation> {
  const plain = compact(text).toUpperCase();
  const evaluation = Evaluation.safeParse(SIGNS[plain] ?? plain);
  return evaluation.success ? { value: evaluation.data } : problem('○、△、×、― のどれかを書いてください');
}

/** Evaluation and next step; what the table does not say is left out of the row. */
export function readOutlook(reader: RowReader, fy: FiscalYear): Pick<ReportedActual, 'evaluation' | 'next'> {
  const evaluation = reader.optional('evaluation', ({ text }) => readEvaluation(text));
  const due = reader.optional('due', ({ text }) => readAsOf(text, fy));
  const text =
    due === null ? reader.cell('next').text : reader.required('next', (cell) => ({ value: cell.text }));
  return { ...(evaluation ? { evaluation } : {}), ...(text ? { next: { text, due } } : {}) };
}
