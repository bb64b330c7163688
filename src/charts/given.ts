import type { Answered } from '../model/answer.ts';
import { formatSource } from '../model/source.ts';
import type { Drawing } from './drawing.ts';

/** The chart that an answer has already, as it is; null where it has none. */
export function answerDrawing({ chart, note, sources }: Answered): Drawing | null {
  if (chart === null) return null;
  return {
    chart,
    labels: [...new Set(chart.series.flatMap(({ points }) => points.map(({ label }) => label)))],
    highlight: [],
    rows: new Map(),
    apart: [],
    notes: note === null ? [] : [note],
    sources: sources.map(formatSource),
  };
}
