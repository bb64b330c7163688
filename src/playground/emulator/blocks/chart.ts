import { z } from 'zod';
import { BlockId } from './elements.ts';

const Label = z.string().min(1).max(20);
const AxisLabel = z.string().max(50).optional();

function plotted<T extends string>(type: T) {
  return z
    .strictObject({
      type: z.literal(type),
      series: z
        .array(
          z.strictObject({
            name: Label,
            data: z
              .array(z.strictObject({ label: Label, value: z.number() }))
              .min(1)
              .max(20),
          }),
        )
        .min(1)
        .max(6),
      axis_config: z.strictObject({
        categories: z.array(Label).min(1).max(20),
        x_label: AxisLabel,
        y_label: AxisLabel,
      }),
    })
    .refine(hasOneValueEach, { message: 'every series needs one value for each category' })
    .refine((chart) => new Set(chart.series.map((one) => one.name)).size === chart.series.length, {
      message: 'series names must be unique',
    });
}

function hasOneValueEach(chart: {
  series: { data: { label: string }[] }[];
  axis_config: { categories: string[] };
}): boolean {
  const { categories } = chart.axis_config;
  return chart.series.every(
    (one) =>
      one.data.length === categories.length &&
      one.data.every((point) => categories.includes(point.label)) &&
      new Set(one.data.map((point) => point.label)).size === categories.length,
  );
}

export const DataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id: BlockId,
  title: z.string().min(1).max(50),
  chart: z.discriminatedUnion('type', [plotted('bar'), plotted('line')]),
});
export type DataVisualization = z.infer<typeof DataVisualization>;
