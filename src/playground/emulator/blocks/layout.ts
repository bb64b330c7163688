import { z } from 'zod';
import { ActionElement, anyText, BlockId, ContextAction, InputElement, plainTextSchema } from './elements.ts';

const Label = z.string().min(1).max(20);

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
        y_label: z.string().max(50).optional(),
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

/** An empty cell needs a space: Slack refuses the whole message otherwise. */
const RawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const RawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().min(1).optional(),
});

const Cell = z.discriminatedUnion('type', [RawText, RawNumber]);
const row = z.array(Cell).min(1).max(20);

function isEven(rows: unknown[][]): boolean {
  return rows.every((cells) => cells.length === rows[0]?.length);
}

const DataTable = z.strictObject({
  type: z.literal('data_table'),
  block_id: BlockId,
  /** The header and at most 100 rows below it. */
  rows: z
    .array(row)
    .min(2)
    .max(101)
    .refine(isEven, { message: 'all rows must have the same number of cells' }),
  caption: z.string().min(1),
  page_size: z.int().min(1).max(100).optional(),
});

/**
 * Characters in all cells, as Slack counts them. Its limits have grown (200 rows and 20,000 characters for a
 * data_table); the earlier ones hold here, because they reach workspaces at different times.
 */
export function charactersIn(rows: z.infer<typeof row>[]): number {
  const inCell = (cell: z.infer<typeof Cell>): number => {
    if (cell.type === 'raw_text') return cell.text.length;
    return (cell.text ?? String(cell.value)).length;
  };
  return rows.flat().reduce((sum, cell) => sum + inCell(cell), 0);
}

const block_id = BlockId;

const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: ActionElement.optional(),
    expand: z.boolean().optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, {
    message: 'missing required field: text',
  });

const Actions = z.strictObject({
  type: z.literal('actions'),
  block_id,
  elements: z.array(ActionElement).min(1).max(25),
});

const Context = z.strictObject({
  type: z.literal('context'),
  block_id,
  elements: z.array(anyText()).min(1).max(10),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id,
  elements: z.array(ContextAction).min(1).max(5),
});

const Divider = z.strictObject({ type: z.literal('divider'), block_id });
const Header = z.strictObject({ type: z.literal('header'), block_id, text: plainTextSchema(150) });

const Input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainTextSchema(2000),
  element: InputElement,
  hint: plainTextSchema(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const everywhere = [Section, Actions, Context, Divider, Header, Input] as const;

/** Blocks that a message takes. A block of Slack's that planbot has no use for is refused as unknown. */
export const AcceptedBlock = z.discriminatedUnion('type', [
  ...everywhere,
  DataTable,
  DataVisualization,
  ContextActions,
]);
export type AnyBlock = z.infer<typeof AcceptedBlock>;

/** A modal takes neither tables nor charts. */
export const ModalBlock = z.discriminatedUnion('type', [...everywhere]);

/** Slack's documentation lists tables too; in the Home tab they are not shown, so that here they are refused. */
export const HomeBlock = z.discriminatedUnion('type', [...everywhere, DataVisualization]);
