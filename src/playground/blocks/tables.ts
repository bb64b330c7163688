import { z } from 'zod';
import { RichText } from './rich-text.ts';
import { BlockId } from './text.ts';

/** An empty cell needs a space: Slack refuses the whole message otherwise. */
const RawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const RawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().min(1).optional(),
});

const Cell = z.discriminatedUnion('type', [RawText, RawNumber, RichText]);
const row = z.array(Cell).min(1).max(20);

export const TableBlock = z.strictObject({
  type: z.literal('table'),
  block_id: BlockId,
  rows: z
    .array(row)
    .min(1)
    .max(100)
    .refine(isEven, { message: 'all rows must have the same number of cells' }),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});

function isEven(rows: unknown[][]): boolean {
  return rows.every((cells) => cells.length === rows[0]?.length);
}

function hasPlainHeader(rows: { type: string }[][]): boolean {
  return rows[0]?.every((cell) => cell.type !== 'rich_text') ?? false;
}

export const DataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id: BlockId,
    /** The header and at most 100 rows below it. */
    rows: z
      .array(row)
      .min(2)
      .max(101)
      .refine(isEven, { message: 'all rows must have the same number of cells' })
      .refine(hasPlainHeader, { message: 'rich_text is not allowed in a header cell' }),
    caption: z.string().min(1),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().nonnegative().max(19).optional(),
  })
  .refine((table) => (table.row_header_column_index ?? 0) < (table.rows[0]?.length ?? 0), {
    message: 'row_header_column_index must name a column',
  });

/**
 * Characters in all cells, as Slack counts them. Its limits have grown (200 rows and 20,000 characters for a
 * data_table); the earlier ones hold here, because they reach workspaces at different times.
 */
export function charactersIn(rows: z.infer<typeof row>[]): number {
  const inCell = (cell: z.infer<typeof Cell>): number => {
    if (cell.type === 'raw_text') return cell.text.length;
    if (cell.type === 'raw_number') return (cell.text ?? String(cell.value)).length;
    return [...JSON.stringify(cell).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].reduce(
      (sum, match) => sum + (match[1]?.length ?? 0),
      0,
    );
  };
  return rows.flat().reduce((sum, cell) => sum + inCell(cell), 0);
}
