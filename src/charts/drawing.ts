import type { Chart } from '../model/answer.ts';

/** What stands beside a bar. */
export interface RowText {
  /** 3位. */
  rank: string;
  /** As printed: 80.0％以上; empty where the value with the chart's unit says it. */
  figure: string;
  /** Where the figure stands: 6406行目. */
  place: string;
}

/** A chart with all that a picture of it must say, since it travels without the answer it came from. */
export interface Drawing {
  chart: Chart;
  /** All of them, in order; lines have a gap where no series has a value. */
  labels: readonly string[];
  /** Labels that were asked about. */
  highlight: readonly string[];
  /** By label; bars only. A label without one shows its value and the chart's unit. */
  rows: ReadonlyMap<string, RowText>;
  /** Labels that have words instead of a figure: 対前年度以上. Bars only. */
  apart: readonly { label: string; text: string; place: string }[];
  notes: readonly string[];
  /** Documents, as users read them. */
  sources: readonly string[];
}

/** Of the picture, on every side, in pixels. */
export const MARGIN = 28;

/** Everything between title and notes; `top` is where it may begin. */
export interface Body {
  height: number;
  markup: string;
  /** What a reader must know of the drawing itself. */
  notes?: readonly string[];
}
