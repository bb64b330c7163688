import type { Drawing } from '../../src/charts/drawing.ts';
import type { Chart } from '../../src/model/answer.ts';

export function drawingOf(
  kind: Chart['kind'],
  series: Record<string, Record<string, number>>,
  over: Partial<Drawing> = {},
): Drawing {
  const lines = Object.entries(series).map(([name, points]) => ({
    name,
    points: Object.entries(points).map(([label, value]) => ({ label, value })),
  }));
  return {
    chart: { kind, title: '見本の題名', unit: '%', series: lines },
    labels: [...new Set(lines.flatMap(({ points }) => points.map(({ label }) => label)))],
    highlight: [],
    rows: new Map(),
    apart: [],
    notes: [],
    sources: ['見本の資料 12行目'],
    ...over,
  };
}

/** The words of a picture, as somebody reads them from top to bottom in the file. */
export function wordsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

export interface Mark {
  x: number;
  y: number;
  width: number;
  height: number;
  fill: string;
}

/** The bars of a picture: rectangles that are neither paper nor band. */
export function barsOf(svg: string): Mark[] {
  return [
    ...svg.matchAll(
      /<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.-]+)" height="([\d.-]+)" fill="(#[0-9a-f]+)"/g,
    ),
  ]
    .map(([, x, y, width, height, fill]) => ({
      x: Number(x),
      y: Number(y),
      width: Number(width),
      height: Number(height),
      fill: fill ?? '',
    }))
    .filter(({ fill }) => fill !== '#eef2f6' && fill !== '#ffffff');
}
