import { z } from 'zod';
import { DataVisualization } from './chart.ts';
import { Accessory, ActionElement, ContextAction, ContextElement, InputElement } from './elements.ts';
import { hasOneSource, pictureSource } from './picture.ts';
import { RichText } from './rich-text.ts';
import { DataTable, TableBlock } from './tables.ts';
import { anyText, BlockId, plainTextSchema } from './text.ts';

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
