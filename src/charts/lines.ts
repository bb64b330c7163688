import { type Body, type Drawing, MARGIN } from './drawing.ts';
import { GRID, INK, type LineStyle, lineStyle, QUIET } from './palette.ts';
import { fitText, round, svgText, textWidth } from './svg-text.ts';
import { roundTicks, valueFormat } from './ticks.ts';

const SIZE = 14;
const SMALL = 12;
const PLOT = 340;
const LEGEND = 34;
const RIGHT = 40;

type Points = Drawing['chart']['series'][number]['points'];

interface Styled {
  name: string;
  points: Points;
  style: LineStyle;
}

/** Where values and labels stand, in pixels. */
interface Plan {
  left: number;
  right: number;
  top: number;
  foot: number;
  step: number;
  ticks: number[];
  x: (label: string) => number;
  y: (value: number) => number;
}

/** Lines over labels in their order. A label that a series lacks leaves a gap in its line: it is no zero. */
export function lines({ chart, labels }: Drawing, width: number, top: number): Body {
  const values = chart.series.flatMap(({ points }) => points.map(({ value }) => value));
  const plan = planOf(values, labels, width, top + LEGEND);
  const series = chart.series.map((one, index) => ({ ...one, style: lineStyle(one.name, index) }));
  const markup = [
    ...grid(plan),
    ...labels.map((label) => labelText(label, plan)),
    ...legend(series, top),
    ...[...series].reverse().flatMap((one) => line(one, labels, plan)),
    ...figures(series, values, plan, width),
  ].join('');
  const cut = (plan.ticks[0] ?? 0) > 0 ? ['縦軸は0から始まっていません。'] : [];
  const deepest = Math.max(...labels.map((label) => partsOf(label).length));
  return { height: plan.foot - top + 30 + (deepest - 1) * 18, markup, notes: cut };
}

function planOf(values: readonly number[], labels: readonly string[], width: number, top: number): Plan {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // From zero where the figures come near it; else close around them.
  const fromZero = least >= 0 && least < most * 0.5;
  const margin = (most - least || Math.abs(most) || 1) * 0.12;
  const ticks = roundTicks(fromZero ? 0 : least - margin, most + margin);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const shown = valueFormat(ticks);
  const left = MARGIN + Math.max(...ticks.map((tick) => textWidth(shown(tick), SMALL))) + 10;
  const right = width - MARGIN - RIGHT;
  const foot = top + PLOT;
  const step = (right - left) / labels.length;
  const place = new Map(labels.map((label, at) => [label, left + step * (at + 0.5)]));
  return {
    left,
    right,
    top,
    foot,
    step,
    ticks,
    x: (label) => place.get(label) ?? left,
    y: (value) => foot - ((value - low) / (high - low)) * PLOT,
  };
}

function grid({ ticks, left, right, y }: Plan): string[] {
  const shown = valueFormat(ticks);
  return ticks.map((tick, index) => {
    const at = round(y(tick));
    const rule = `<line x1="${round(left)}" x2="${round(right)}" y1="${at}" y2="${at}" stroke="${index === 0 ? INK : GRID}"/>`;
    const style = { size: SMALL, fill: QUIET, anchor: 'end' } as const;
    return rule + svgText(shown(tick), left - 8, at + SMALL * 0.36, style);
  });
}

/** 第1四半期（5月時点） is two lines. */
function partsOf(label: string): string[] {
  return label.split(/(?=（)/);
}

function labelText(label: string, { x, foot, step }: Plan): string {
  return partsOf(label)
    .map((part, at) => {
      const style = at === 0 ? { size: SIZE, fill: INK } : { size: SMALL, fill: QUIET };
      const text = fitText(part, style.size, step - 4);
      return svgText(text, x(label), foot + 22 + at * 18, { ...style, anchor: 'middle' });
    })
    .join('');
}

function line({ points, style }: Styled, labels: readonly string[], { x, y }: Plan): string[] {
  const runs = runsOf(labels, points).map((run) =>
    run.map(({ label, value }) => `${round(x(label))},${round(y(value))}`).join(' '),
  );
  return [
    ...runs.map((run) => `<polyline points="${run}" fill="none" ${pen(style)}/>`),
    ...points.map(({ label, value }) => marker(style, x(label), y(value))),
  ];
}

function pen({ stroke, width, dash }: LineStyle): string {
  return `stroke="${stroke}" stroke-width="${width}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}`;
}

/** Neighbours that all have a value; a point without such a neighbour has its marker alone. */
function runsOf(labels: readonly string[], points: Points): Points[] {
  const runs: Points[] = [[]];
  for (const label of labels) {
    const point = points.find((one) => one.label === label);
    if (point === undefined) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs.filter((run) => run.length > 1);
}

/** Figures beside the points, the most important first; none over another, and a level line only at its ends. */
function figures(series: readonly Styled[], values: readonly number[], plan: Plan, width: number): string[] {
  const { left, top, foot, x, y } = plan;
  const shown = valueFormat(values);
  const places = createLabels(SIZE, { left: left + 2, right: width - 4, top: top - 8, bottom: foot - 2 });
  for (const { label, value } of series.flatMap(({ points }) => points)) {
    places.take({ left: x(label) - 6, right: x(label) + 6, top: y(value) - 6, bottom: y(value) + 6 });
  }
  const said = new Set<string>();
  const inTurn = [...series].sort((a, b) => b.style.width - a.style.width);
  return inTurn.flatMap(({ points, style }) =>
    points.flatMap(({ label, value }, index) => {
      const isLevel = points[index - 1]?.value === value && index < points.length - 1;
      const text = shown(value);
      if (isLevel || said.has(`${label} ${text}`)) return [];
      const place = places.place(text, x(label), y(value));
      if (place === null) return [];
      said.add(`${label} ${text}`);
      const letters = { size: SIZE, fill: style.stroke, bold: true, halo: true, anchor: 'middle' } as const;
      return [svgText(place.text, place.x, place.y, letters)];
    }),
  );
}

function marker({ marker: shape, stroke }: LineStyle, x: number, y: number): string {
  const [cx, cy] = [round(x), round(y)];
  if (shape === 'circle') return `<circle cx="${cx}" cy="${cy}" r="5" fill="${stroke}"/>`;
  const paint = `fill="#ffffff" stroke="${stroke}" stroke-width="2.5"`;
  if (shape === 'square') {
    return `<rect x="${round(x - 4.5)}" y="${round(y - 4.5)}" width="9" height="9" ${paint}/>`;
  }
  const corners =
    shape === 'triangle'
      ? [
          [0, -6],
          [6, 5],
          [-6, 5],
        ]
      : [
          [0, -6],
          [6, 0],
          [0, 6],
          [-6, 0],
        ];
  const points = corners.map(([dx = 0, dy = 0]) => `${round(x + dx)},${round(y + dy)}`).join(' ');
  return `<polygon points="${points}" ${paint}/>`;
}

function legend(series: readonly Styled[], top: number): string[] {
  let left = MARGIN;
  return series.map(({ name, style }) => {
    const from = left;
    left += 44 + textWidth(name, SIZE) + 26;
    const stroke = `<line x1="${round(from)}" x2="${round(from + 36)}" y1="${round(top + 8)}" y2="${round(top + 8)}" ${pen(style)}/>`;
    return stroke + marker(style, from + 18, top + 8) + svgText(name, from + 44, top + 13, { size: SIZE });
  });
}

interface LabelBox {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface Label {
  text: string;
  x: number;
  /** Base line. */
  y: number;
}

/** Looks for a place beside each point where no label lies over another; a label that finds none is left out. */
function createLabels(size: number, within: LabelBox) {
  const taken: LabelBox[] = [];
  const isFree = (box: LabelBox) =>
    box.left >= within.left &&
    box.right <= within.right &&
    box.top >= within.top &&
    box.bottom <= within.bottom &&
    taken.every(
      (other) =>
        box.right <= other.left ||
        box.left >= other.right ||
        box.bottom <= other.top ||
        box.top >= other.bottom,
    );
  return {
    /** Keeps a place free of labels. */
    take(box: LabelBox): void {
      taken.push(box);
    },
    /** Centred above the point, else below it, else to its right or left. Null where all of these are taken. */
    place(text: string, x: number, y: number): Label | null {
      const half = textWidth(text, size) / 2;
      const centres = [
        [x, y - 14],
        [x, y + 14 + size * 0.7],
        [x + half + 12, y + size * 0.35],
        [x - half - 12, y + size * 0.35],
      ] as const;
      for (const [centre, base] of centres) {
        const box = { left: centre - half - 2, right: centre + half + 2, top: base - size, bottom: base + 3 };
        if (isFree(box)) {
          taken.push(box);
          return { text, x: centre, y: base };
        }
      }
      return null;
    },
  };
}
