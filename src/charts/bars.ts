import { type Body, type Drawing, MARGIN, type RowText } from './drawing.ts';
import { BAR, BAR_ASKED, barFill, GRID, INK, QUIET } from './palette.ts';
import { fitText, round, svgText, type TextStyle, textWidth } from './svg-text.ts';
import { roundTicks, valueFormat } from './ticks.ts';

const SIZE = 14;
const SMALL = 11;
const ROW = 23;
const GAP = 10;
const LONGEST_LABEL = 240;
const LONGEST_FIGURE = 220;
const AXIS = 24;
const LEGEND = 26;
/** Between the bars and the labels that have none. */
const APART = 12;

/** Where things stand, in pixels. */
interface Plan {
  width: number;
  /** Base line of a label's text in a row that begins at 0. */
  middle: number;
  rankRight: number;
  left: number;
  right: number;
  /** Height of a row of bars. */
  step: number;
  /** Of the first row. */
  first: number;
  foot: number;
  ticks: number[];
  x: (value: number) => number;
  figureOf: (label: string, value: number) => string;
}

/** One horizontal bar a label, from zero, with its figure as printed; labels without a figure stand below. */
export function bars(drawing: Drawing, width: number, top: number): Body {
  const plan = planOf(drawing, width, top);
  const { labels, apart, chart } = drawing;
  const markup = [
    ...grid(plan),
    ...labels.map((label, index) => barRow(drawing, plan, label, index)),
    ...apart.map((row, index) => wordRow(drawing, plan, row, index)),
    ...(chart.series.length > 1 ? legend(drawing, top) : []),
  ].join('');
  const height = plan.foot - top + 8 + (apart.length === 0 ? 0 : APART + ROW * apart.length);
  return { height, markup };
}

function planOf({ chart, labels, rows, apart }: Drawing, width: number, top: number): Plan {
  const { series, unit } = chart;
  const values = series.flatMap(({ points }) => points.map(({ value }) => value));
  const shown = valueFormat(values);
  const figureOf = (label: string, value: number) =>
    fitText(rows.get(label)?.figure || `${shown(value)}${unit.replace('%', '％')}`, SIZE, LONGEST_FIGURE);
  const widest = (texts: readonly string[], size: number) =>
    Math.max(0, ...texts.map((text) => textWidth(text, size)));
  const withGap = (room: number) => (room === 0 ? 0 : room + GAP);
  const texts: readonly RowText[] = [...rows.values()];
  const ranks = widest(
    texts.map(({ rank }) => rank),
    SIZE,
  );
  const names = widest([...labels, ...apart.map(({ label }) => label)].map(asAsked), SIZE);
  const places = widest(
    [...texts, ...apart].map(({ place }) => place),
    SMALL,
  );
  const figures = series.flatMap(({ points }) => points.map(({ label, value }) => figureOf(label, value)));
  const left = MARGIN + withGap(ranks) + Math.min(LONGEST_LABEL, names) + GAP;
  const right = width - MARGIN - withGap(places) - widest(figures, SIZE) - GAP;
  const ticks = roundTicks(Math.min(0, ...values), Math.max(0, ...values));
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const step = ROW + (series.length - 1) * (ROW * 0.6);
  const first = top + (series.length > 1 ? LEGEND : 0) + AXIS;
  return {
    width,
    middle: SIZE * 0.36,
    rankRight: MARGIN + ranks,
    left,
    right,
    step,
    first,
    foot: first + step * labels.length,
    ticks,
    x: (value) => left + ((value - low) / (high - low)) * (right - left),
    figureOf,
  };
}

function asAsked(label: string): string {
  return `▶${label}`;
}

function grid({ ticks, x, first, foot }: Plan): string[] {
  const shown = valueFormat(ticks);
  return ticks.map((tick) => {
    const at = round(x(tick));
    const line = `<line x1="${at}" x2="${at}" y1="${first - 4}" y2="${round(foot + 2)}" stroke="${tick === 0 ? INK : GRID}"/>`;
    return line + svgText(shown(tick), at, first - 9, { size: SMALL, fill: QUIET, anchor: 'middle' });
  });
}

function barRow({ chart, rows, highlight }: Drawing, plan: Plan, label: string, index: number): string {
  const { width, left, step, first, x, middle, rankRight } = plan;
  const asked = highlight.includes(label);
  const y = first + step * index;
  const base = y + step / 2 + middle;
  const height = (step - 7) / chart.series.length;
  const drawn = chart.series.flatMap(({ points }, number) => {
    const value = points.find((point) => point.label === label)?.value;
    if (value === undefined) return [];
    const [from, to] = [Math.min(x(0), x(value)), Math.max(x(0), x(value))];
    const top = y + 3.5 + height * number;
    const fill = chart.series.length > 1 ? barFill(number) : asked ? BAR_ASKED : BAR;
    const bar = `<rect x="${round(from)}" y="${round(top)}" width="${round(Math.max(1, to - from))}" height="${round(height)}" fill="${fill}"/>`;
    const style = { size: SIZE, bold: asked, halo: !asked };
    return [bar, svgText(plan.figureOf(label, value), to + 6, top + height / 2 + middle, style)];
  });
  const { rank = '', place = '' } = rows.get(label) ?? {};
  const band = `<rect x="${MARGIN - 10}" y="${round(y)}" width="${width - MARGIN * 2 + 20}" height="${step}" fill="#eef2f6"/>`;
  return [
    asked ? band : '',
    rank === '' ? '' : svgText(rank, rankRight, base, { size: SIZE, fill: QUIET, anchor: 'end' }),
    name(label, asked, left, base),
    ...drawn,
    placeText(place, width, base),
  ].join('');
}

function wordRow(
  { highlight }: Drawing,
  { foot, left, right, width, middle }: Plan,
  { label, text, place }: Drawing['apart'][number],
  index: number,
): string {
  const asked = highlight.includes(label);
  const base = foot + APART + ROW * (index + 0.5) + middle;
  const words = svgText(fitText(text, SIZE, right - left), left + 6, base, {
    size: SIZE,
    fill: QUIET,
    bold: asked,
  });
  return name(label, asked, left, base) + words + placeText(place, width, base);
}

function name(label: string, asked: boolean, left: number, base: number): string {
  const style: TextStyle = { size: SIZE, bold: asked, anchor: 'end' };
  return svgText(fitText(asked ? asAsked(label) : label, SIZE, LONGEST_LABEL), left - GAP, base, style);
}

function placeText(place: string, width: number, base: number): string {
  return place === ''
    ? ''
    : svgText(place, width - MARGIN, base, { size: SMALL, fill: QUIET, anchor: 'end' });
}

function legend({ chart }: Drawing, top: number): string[] {
  let left = MARGIN;
  return chart.series.map(({ name: text }, index) => {
    const at = left;
    left += 20 + textWidth(text, SIZE) + 24;
    const swatch = `<rect x="${round(at)}" y="${top}" width="14" height="14" fill="${barFill(index)}"/>`;
    return swatch + svgText(text, at + 20, top + 12, { size: SIZE });
  });
}
