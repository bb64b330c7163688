import type { KnownBlock } from '@slack/web-api';
import type { Chart } from '../../model/answer.ts';
import { LIMITS } from '../limits.ts';
import type { ChartBlock } from './blocks.ts';
import { bold, literal, plainString, plainTextElement, sections } from './text.ts';

type Series = ChartBlock['chart']['series'];

/**
 * Slack's own chart, or null where Slack would refuse it: more series or points than it draws,
 * names that are not unique after cutting, or series over different labels.
 */
export function chartBlock(chart: Chart): ChartBlock | null {
  const series = chart.series.map(({ name, points }) => ({
    name: plainString(name, LIMITS.chartLabel),
    data: points.map(({ label, value }) => ({ label: plainString(label, LIMITS.chartLabel), value })),
  }));
  const categories = series[0]?.data.map((point) => point.label) ?? [];
  if (!isDrawable(series, categories)) {
    return null;
  }
  const axis = chart.unit === '' ? {} : { y_label: plainString(chart.unit, LIMITS.axisLabel) };
  return {
    type: 'data_visualization',
    title: plainTextElement(chart.title, LIMITS.chartTitle).text,
    chart: { type: chart.kind, series, axis_config: { categories, ...axis } },
  };
}

function isDrawable(series: Series, categories: string[]): boolean {
  const counts = series.length >= 1 && series.length <= LIMITS.chartSeries;
  const points = categories.length >= 1 && categories.length <= LIMITS.chartPoints;
  return (
    counts &&
    points &&
    isUnique(series.map((one) => one.name)) &&
    isUnique(categories) &&
    series.every((one) => one.data.map((point) => point.label).join('\n') === categories.join('\n'))
  );
}

function isUnique(names: string[]): boolean {
  return names.every((name) => name !== '') && new Set(names).size === names.length;
}

/** The chart's figures as lines, a series each. */
export function chartLines(chart: Chart): KnownBlock[] {
  const lines = chart.series.map(({ name, points }) => {
    const figures = points.map(
      ({ label, value }) => `${label} ${value.toLocaleString('ja-JP')}${chart.unit}`,
    );
    return `${bold(name, LIMITS.header)} ${literal(figures.join('、'), LIMITS.field)}`;
  });
  return sections([bold(chart.title, LIMITS.header), ...lines]);
}
