import { bars } from './bars.ts';
import type { Drawing } from './drawing.ts';
import { frame } from './frame.ts';
import { lines } from './lines.ts';

const WIDTH = 960;

/** A picture that says all by itself, in pixels; its height follows from what is in it. */
export function chartSvg(drawing: Drawing, { width = WIDTH }: { width?: number } = {}): string {
  const draw = drawing.chart.kind === 'bar' ? bars : lines;
  return frame(drawing, width, (top) => draw(drawing, width, top));
}
