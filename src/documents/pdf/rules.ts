import { apply, type Matrix, multiply, type Rule } from './geometry.ts';

/** A filled box thinner than this is a rule; programs draw borders so. */
const THIN = 2.5;
/** Shorter strokes are of pictures and underlines of single letters. */
const SHORT = 6;

/** A page's drawing orders, as pdf.js lists them. */
interface PageDrawing {
  fnArray: readonly number[];
  argsArray: readonly unknown[];
}

/** The numbers that pdf.js gives to the orders. */
type OrderCodes = Readonly<
  Record<
    | 'save'
    | 'restore'
    | 'transform'
    | 'constructPath'
    | 'paintFormXObjectBegin'
    | 'paintFormXObjectEnd'
    | 'endPath',
    number
  >
>;

/** The upright and level lines that a page draws, as strokes or as thin filled boxes. */
export function rulesOf(drawing: PageDrawing, codes: OrderCodes, toPage: Matrix): Rule[] {
  const rules: Rule[] = [];
  const saved: Matrix[] = [];
  let matrix = toPage;
  for (const [index, code] of drawing.fnArray.entries()) {
    const args = drawing.argsArray[index];
    switch (code) {
      case codes.save:
        saved.push(matrix);
        break;
      case codes.restore:
      case codes.paintFormXObjectEnd:
        matrix = saved.pop() ?? toPage;
        break;
      case codes.transform:
        if (isMatrix(args)) matrix = multiply(matrix, args);
        break;
      case codes.paintFormXObjectBegin: {
        saved.push(matrix);
        const own = Array.isArray(args) ? args[0] : null;
        if (isMatrix(own)) matrix = multiply(matrix, own);
        break;
      }
      case codes.constructPath:
        rules.push(...pathRules(args, codes, matrix));
        break;
    }
  }
  return rules;
}

function isMatrix(value: unknown): value is Matrix {
  return (
    (Array.isArray(value) || ArrayBuffer.isView(value)) && 'length' in value && Number(value.length) === 6
  );
}

/** How many numbers follow each code of a path: move, line, cubic, quadratic, close. */
const OPERANDS = [2, 2, 6, 4, 0];

function pathRules(args: unknown, codes: OrderCodes, matrix: Matrix): Rule[] {
  if (!Array.isArray(args) || args[0] === codes.endPath) return [];
  const path: unknown = Array.isArray(args[1]) ? args[1][0] : null;
  if (!(path instanceof Float32Array)) return [];
  return polygons(path, matrix).flatMap(rulesOfPolygon);
}

type Point = [x: number, y: number];

/** The straight-sided shapes of a path; a shape with a curve is none. */
function polygons(path: Float32Array, matrix: Matrix): Point[][] {
  const shapes: Point[][] = [];
  let shape: Point[] = [];
  let curved = false;
  for (let at = 0; at < path.length; ) {
    const code = path[at] ?? 0;
    const operands = OPERANDS[code];
    if (operands === undefined) break;
    if (code === 0) {
      if (!curved) shapes.push(shape);
      shape = [];
      curved = false;
    }
    curved ||= code === 2 || code === 3;
    if (operands === 2) shape.push(apply(matrix, path[at + 1] ?? 0, path[at + 2] ?? 0));
    const [first] = shape;
    if (code === 4 && first) shape.push(first);
    at += 1 + operands;
  }
  if (!curved) shapes.push(shape);
  return shapes.filter((points) => points.length > 1);
}

function rulesOfPolygon(points: Point[]): Rule[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  if (right - left <= THIN && bottom - top >= SHORT)
    return [{ vertical: true, at: (left + right) / 2, from: top, to: bottom }];
  if (bottom - top <= THIN && right - left >= SHORT)
    return [{ vertical: false, at: (top + bottom) / 2, from: left, to: right }];
  return points.slice(1).flatMap((point, index) => sideRule(points[index] ?? point, point));
}

function sideRule([x0, y0]: Point, [x1, y1]: Point): Rule[] {
  if (Math.abs(x1 - x0) < 0.5 && Math.abs(y1 - y0) >= SHORT)
    return [{ vertical: true, at: x0, from: Math.min(y0, y1), to: Math.max(y0, y1) }];
  if (Math.abs(y1 - y0) < 0.5 && Math.abs(x1 - x0) >= SHORT)
    return [{ vertical: false, at: y0, from: Math.min(x0, x1), to: Math.max(x0, x1) }];
  return [];
}
