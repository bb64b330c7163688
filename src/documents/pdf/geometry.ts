/** Lengths are points, y grows downwards from the page's top, as pages are read. */
export interface Rectangle {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A piece of text as a PDF places it: one font, one line. */
export interface Run extends Rectangle {
  text: string;
  /** Height of the font. */
  size: number;
  baseline: number;
  /** The PDF has a space before it. */
  spaced: boolean;
}

/** A straight rule of a table: `at` is its x where it is vertical, its y where it is horizontal. */
export interface Rule {
  vertical: boolean;
  at: number;
  from: number;
  to: number;
}

/** What a page shows, before anything is known of its layout. */
export interface PdfPage {
  /** 1-based, counted. */
  number: number;
  runs: Run[];
  rules: Rule[];
  /** It shows pictures. */
  pictures: boolean;
}

/** Values that lie within `tolerance` of their neighbour become one; sorted. */
export function cluster(values: readonly number[], tolerance: number): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last === undefined || value - last > tolerance) found.push(value);
  }
  return found;
}

/** PDF's [a b c d e f]: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** The matrix that applies `inner` first. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [a2, b2, c2, d2, e2, f2] = inner;
  return [
    a * a2 + c * b2,
    b * a2 + d * b2,
    a * c2 + c * d2,
    b * c2 + d * d2,
    a * e2 + c * f2 + e,
    b * e2 + d * f2 + f,
  ];
}

export function apply([a, b, c, d, e, f]: Matrix, x: number, y: number): [x: number, y: number] {
  return [a * x + c * y + e, b * x + d * y + f];
}
