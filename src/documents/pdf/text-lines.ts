import type { Rectangle, Run } from './geometry.ts';

/** One line as the eye sees it. */
export interface TextLine extends Rectangle {
  runs: Run[];
  size: number;
  baseline: number;
}

/** Gaps in a line, in heights of its font: what is a space anyway, and what is one where the PDF says so. */
const SPACE = 0.4;
const SAID_SPACE = 0.12;
/** Baselines this far apart, in heights, are still of one line: raised footnote marks, figures of another font. */
const SAME_LINE = 0.45;
/** Lines further apart than this, against the usual distance of the page's lines, are of two paragraphs. */
const PARAGRAPH = 1.3;

/** Runs as lines, from the top, each from the left. */
export function pdfLines(runs: readonly Run[]): TextLine[] {
  const lines: TextLine[] = [];
  for (const run of runs.toSorted((a, b) => b.size - a.size)) {
    const line = lines.find((own) => Math.abs(own.baseline - run.baseline) < SAME_LINE * own.size);
    if (line) {
      line.runs.push(run);
      line.left = Math.min(line.left, run.left);
      line.right = Math.max(line.right, run.right);
    } else {
      const { left, right, top, bottom, size, baseline } = run;
      lines.push({ left, right, top, bottom, size, baseline, runs: [run] });
    }
  }
  for (const line of lines) line.runs.sort((a, b) => a.left - b.left);
  return lines.sort((a, b) => a.baseline - b.baseline);
}

/** The text of a line, with a space where there is a gap. */
export function textOf(line: TextLine): string {
  let text = '';
  let end: Run | null = null;
  for (const run of line.runs) {
    const gap = end === null ? 0 : (run.left - end.right) / line.size;
    text += gap > SPACE || (run.spaced && gap > SAID_SPACE) ? ` ${run.text}` : run.text;
    end = run;
  }
  return text;
}

/** The usual distance of one line to the next, in heights of the font: what a quarter of all distances stays below. */
export function usualLeading(blocks: readonly (readonly TextLine[])[]): number {
  const gaps = blocks
    .flatMap((lines) => lines.slice(1).map((line, index) => leading(lines[index], line)))
    .filter((gap) => gap > 0.8 && gap < 4)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 4)] ?? 1.5;
}

/** The lines as text; an empty one where a gap parts two paragraphs. */
export function paragraphText(lines: readonly TextLine[], usual: number): string[] {
  return lines.flatMap((line, index) => {
    const apart = index > 0 && leading(lines[index - 1], line) > PARAGRAPH * usual;
    return apart ? ['', textOf(line)] : [textOf(line)];
  });
}

function leading(above: TextLine | undefined, line: TextLine): number {
  return above === undefined ? 0 : (line.baseline - above.baseline) / Math.max(above.size, line.size);
}
