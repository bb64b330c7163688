import { roundTicks, valueFormat } from '../../charts/ticks.ts';
import { escapeHtml } from '../../model/escape.ts';
import { DataVisualization } from '../emulator/blocks/layout.ts';
import type { SentBlock } from '../emulator/state.ts';

const WIDTH = 380;
const HEIGHT = 230;
/** Where the plot ends and the labels begin. */
const FLOOR = 204;
const LEFT = 48;
const RIGHT = 12;
/** Below the unit, which stands over the highest tick. */
const TOP = 30;
/** Labels that have no room side by side stand aslant, so steep that the first has room at the left, and are cut. */
const SLANT = -60;
const ASLANT_CHARS = 12;
/** As the stylesheet has it. */
const LETTER = 12;
/** Between two labels side by side. */
const GAP = 4;
/** With more points than these their figures stand in the table alone. */
const FIGURED_POINTS = 6;
/** About so many. */
const TICKS = 4;

type Chart = DataVisualization['chart'];

/** A `data_visualization` block drawn as SVG, with its figures in a table for those who cannot see it. */
export function renderChart(block: SentBlock): string {
  const { title, chart } = DataVisualization.parse(block);
  const picture = plot(chart);
  const height = heightFor(chart.axis_config.categories);
  const names = chart.series.map((one) => one.name);
  const legend = names.map((name, index) => `<li class="s${index}">${escapeHtml(name)}</li>`).join('');
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">${picture}</svg><ul class="legend">${legend}</ul><details><summary>数値を見る</summary>${figures(chart)}</details></figure>`;
}

function plot(chart: Chart): string {
  const { categories } = chart.axis_config;
  const series = chart.series.map((one) => ({
    values: categories.map((label) => one.data.find((point) => point.label === label)?.value ?? 0),
  }));
  const all = series.flatMap((one) => one.values);
  const ticks = ticksOf(all, chart.type !== 'line');
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const step = (WIDTH - LEFT - RIGHT) / categories.length;
  const x = (index: number): number => LEFT + step * (index + 0.5);
  const y = (value: number): number => TOP + ((high - value) / (high - low)) * (FLOOR - TOP);
  const base = y(Math.min(Math.max(0, low), high));
  const drawn = series.map(({ values }, number) => {
    const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
    if (chart.type === 'line') {
      // A target is not told from what was reached by colour alone.
      const dashed = chart.series[number]?.name.startsWith('目標') ? ' dashed' : '';
      const dots = points.map((point, index) => {
        const [cx, cy] = point.split(',');
        const dot = `<circle class="bar-mark s${number}" cx="${cx}" cy="${cy}" r="3"><title>${escapeHtml(categories[index] ?? '')}: ${values[index]}</title></circle>`;
        const label = `<text class="tick" x="${cx}" y="${Number(cy) - 7}" text-anchor="middle">${values[index]?.toLocaleString('ja-JP')}</text>`;
        return categories.length > FIGURED_POINTS ? dot : dot + label;
      });
      return `<polyline class="line${dashed} s${number}" points="${points.join(' ')}"/>${dots.join('')}`;
    }
    const width = (step * 0.8) / series.length;
    return values
      .map((value, index) => {
        const left = x(index) - step * 0.4 + width * number;
        const [top, foot] = [Math.min(y(value), base), Math.max(y(value), base)];
        return `<rect class="bar-mark s${number}" x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width.toFixed(1)}" height="${(foot - top).toFixed(1)}"><title>${escapeHtml(categories[index] ?? '')}: ${value}</title></rect>`;
      })
      .join('');
  });
  const unit = `<text class="tick" x="4" y="13">${escapeHtml(chart.axis_config.y_label ?? '')}</text>`;
  return unit + axes(categories, ticks, x, y) + drawn.join('');
}

/** Round numbers, from zero for bars; close around the values for lines. */
function ticksOf(values: number[], fromZero: boolean): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (fromZero) return roundTicks(Math.min(0, least), Math.max(0, most), TICKS);
  const margin = (most - least || Math.abs(most) || 1) * 0.1;
  return roundTicks(least - margin, most + margin, TICKS);
}

function isCrowded(categories: readonly string[]): boolean {
  const step = (WIDTH - LEFT - RIGHT) / categories.length;
  return categories.some((label) => widthOf(label) > step - GAP);
}

function widthOf(label: string): number {
  return [...label].reduce((width, letter) => width + (letter <= '~' ? 0.6 : 1) * LETTER, 0);
}

/** What tells 被保険者の… from 被扶養者の… stands at the beginning; the whole is in the table of figures. */
function shortened(label: string): string {
  const letters = [...label];
  return letters.length > ASLANT_CHARS ? `${letters.slice(0, ASLANT_CHARS - 1).join('')}…` : label;
}

function heightFor(categories: readonly string[]): number {
  if (!isCrowded(categories)) return HEIGHT;
  const longest = Math.max(...categories.map((label) => [...shortened(label)].length));
  const rise = Math.sin((-SLANT * Math.PI) / 180);
  return Math.ceil(FLOOR + 20 + longest * LETTER * rise);
}

function axes(
  categories: string[],
  ticks: readonly number[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const shownAs = valueFormat(ticks);
  const lines = ticks.map((value) => {
    const shown = shownAs(value);
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/><text class="tick" x="${LEFT - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${shown}</text>`;
  });
  const crowded = isCrowded(categories);
  const labels = categories.map((label, index) => {
    const [left, top] = [x(index).toFixed(1), FLOOR + 16];
    const turn = crowded
      ? ` text-anchor="end" transform="rotate(${SLANT} ${left} ${top})"`
      : ' text-anchor="middle"';
    const shown = crowded ? shortened(label) : label;
    return `<text class="tick" x="${left}" y="${top}"${turn}>${escapeHtml(shown)}</text>`;
  });
  return lines.join('') + labels.join('');
}

function figures(chart: Chart): string {
  const head = chart.series.map((one) => `<th scope="col">${escapeHtml(one.name)}</th>`).join('');
  const rows = chart.axis_config.categories.map((label) =>
    row(
      label,
      chart.series.map((one) => one.data.find((point) => point.label === label)?.value ?? 0),
    ),
  );
  return `<table><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function row(label: string, values: number[]): string {
  const cells = values
    .map((value) => `<td class="align-right">${value.toLocaleString('ja-JP')}</td>`)
    .join('');
  return `<tr><th scope="row">${escapeHtml(label)}</th>${cells}</tr>`;
}
