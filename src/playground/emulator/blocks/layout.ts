import { z } from 'zod';
import { DataVisualization } from './chart.ts';
import {
  Accessory,
  ActionElement,
  anyText,
  BlockId,
  ContextAction,
  ContextElement,
  hasOneSource,
  InputElement,
  pictureSource,
  plainTextSchema,
} from './elements.ts';

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    code: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();

const Text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const Link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style,
});

const Piece = z.discriminatedUnion('type', [
  Text,
  Link,
  z.strictObject({ type: z.literal('user'), user_id: z.string(), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string(), style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string(), style }),
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
  z.strictObject({ type: z.literal('emoji'), name: z.string(), unicode: z.string().optional(), style }),
  z.strictObject({ type: z.literal('color'), value: z.string(), style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: z.string(),
    url: z.string().optional(),
    fallback: z.string().optional(),
    style,
  }),
]);

const RichTextSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(Piece) });
const border = z.int().min(0).max(1).optional();

export const RichText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: BlockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        RichTextSection,
        z.strictObject({
          type: z.literal('rich_text_list'),
          style: z.enum(['bullet', 'ordered']),
          elements: z.array(RichTextSection).min(1),
          indent: z.int().min(0).max(8).optional(),
          offset: z.int().nonnegative().optional(),
          border,
        }),
        z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(Piece), border }),
        z.strictObject({
          type: z.literal('rich_text_preformatted'),
          elements: z.array(z.discriminatedUnion('type', [Text, Link])),
          border,
        }),
      ]),
    )
    .min(1),
});

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

const block_id = BlockId;

const Section = z
  .strictObject({
    type: z.literal('section'),
    block_id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: Accessory.optional(),
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
  elements: z.array(ContextElement).min(1).max(10),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id,
  elements: z.array(ContextAction).min(1).max(5),
});

const Divider = z.strictObject({ type: z.literal('divider'), block_id });
const Header = z.strictObject({ type: z.literal('header'), block_id, text: plainTextSchema(150) });

/** A picture on the web, or a file that the bot uploaded. */
const Image = z
  .strictObject({
    type: z.literal('image'),
    block_id,
    ...pictureSource,
    alt_text: z.string().min(1).max(2000),
    title: plainTextSchema(2000).optional(),
  })
  .refine(hasOneSource, { message: 'one of image_url and slack_file is required' });

const Input = z.strictObject({
  type: z.literal('input'),
  block_id,
  label: plainTextSchema(2000),
  element: InputElement,
  hint: plainTextSchema(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

const Markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id,
  text: z.string().min(1).max(12_000),
});

const everywhere = [Section, Actions, Context, Divider, Header, Image, Input, RichText] as const;

/** Blocks that a message takes. A block of Slack's that planbot has no use for is refused as unknown. */
export const AcceptedBlock = z.discriminatedUnion('type', [
  ...everywhere,
  Markdown,
  TableBlock,
  DataTable,
  DataVisualization,
  ContextActions,
]);
export type AnyBlock = z.infer<typeof AcceptedBlock>;

/** A modal takes neither tables nor charts. */
export const ModalBlock = z.discriminatedUnion('type', [...everywhere]);

/** Slack's documentation lists tables too; in the Home tab they are not shown, so that here they are refused. */
export const HomeBlock = z.discriminatedUnion('type', [...everywhere, DataVisualization]);
