import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { SentBlock, View } from '../state.ts';
import { plainTextSchema } from './elements.ts';
import { AcceptedBlock, type AnyBlock, charactersIn, HomeBlock, ModalBlock } from './layout.ts';

function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step)}`).join('');
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined,
    root,
  );
}

function explain(issue: z.core.$ZodIssue, root: unknown): string {
  const at = `[json-pointer:${pointer(issue.path)}]`;
  const last = String(issue.path.at(-1) ?? '');
  switch (issue.code) {
    case 'unrecognized_keys':
      return `invalid additional property: ${issue.keys.join(', ')} ${at}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `no more than ${issue.maximum} items allowed ${at}`
        : `must be less than ${Number(issue.maximum) + 1} ${issue.origin === 'string' ? 'characters ' : ''}${at}`;
    case 'too_small':
      return issue.origin === 'array'
        ? `no fewer than ${issue.minimum} items allowed ${at}`
        : `must be more than ${Number(issue.minimum) - 1} ${issue.origin === 'string' ? 'characters ' : ''}${at}`;
    case 'invalid_type':
      return valueAt(root, issue.path) === undefined
        ? `missing required field: ${last} [json-pointer:${pointer(issue.path.slice(0, -1))}]`
        : `must provide a ${issue.expected} ${at}`;
    case 'invalid_union':
      return valueAt(root, issue.path) === undefined
        ? `missing required field: ${last} [json-pointer:${pointer(issue.path.slice(0, -1))}]`
        : `unsupported type: ${String(valueAt(root, issue.path))} ${at}`;
    default:
      return `${issue.message} ${at}`;
  }
}

/** Slack's words for what is wrong: `must be less than 3001 characters [json-pointer:/blocks/0/text/text]`. */
function explainIssues(issues: readonly z.core.$ZodIssue[], root: unknown): string[] {
  return issues.map((issue) => explain(issue, root));
}

type Element = Record<string, unknown>;

/** Every element of the blocks with the place at which Slack would name it. */
function elementsOf(blocks: SentBlock[]): { element: Element; at: string }[] {
  return blocks.flatMap((block, index) => {
    const listed: unknown[] = Array.isArray(block.elements) ? block.elements : [];
    const found: [unknown, string][] = [
      ...listed.map((element, place): [unknown, string] => [element, `elements/${place}`]),
      [block.accessory, 'accessory'],
      [block.element, 'element'],
    ];
    return found.flatMap(([element, place]) =>
      typeof element === 'object' && element !== null
        ? [{ element: element as Element, at: `[json-pointer:/blocks/${index}/${place}]` }]
        : [],
    );
  });
}

/** What a menu starts with must be one of its options, to the letter. */
function initialProblems(blocks: SentBlock[]): string[] {
  return elementsOf(blocks).flatMap(({ element, at }) => {
    const { options } = element;
    if (!Array.isArray(options)) return [];
    const initial = [element.initial_option ?? [], element.initial_options ?? []].flat();
    const isOffered = (one: unknown) => options.some((option) => isDeepStrictEqual(option, one));
    return initial.every(isOffered) ? [] : [`initial option does not match any of the options ${at}`];
  });
}

/** Only one element of a view can have the cursor. */
function focusProblems(blocks: SentBlock[]): string[] {
  const focused = elementsOf(blocks).filter(({ element }) => element.focus_on_load === true);
  return focused.length > 1 ? [`only one element can have focus_on_load ${focused[1]?.at ?? ''}`] : [];
}

/** Gives each block and control the ids that Slack gives to those sent without. */
export function assignIds(blocks: SentBlock[], nextId: (prefix: string) => string): SentBlock[] {
  return blocks.map((block) => {
    const withIds: SentBlock = { ...block, block_id: block.block_id ?? nextId('b') };
    if (Array.isArray(block.elements))
      withIds.elements = block.elements.map((element) => withActionId(element, nextId));
    if (block.accessory !== undefined) withIds.accessory = withActionId(block.accessory, nextId);
    if (block.element !== undefined) withIds.element = withActionId(block.element, nextId);
    return withIds;
  });
}

const WITHOUT_ACTION = new Set(['plain_text', 'mrkdwn']);

function withActionId(element: unknown, nextId: (prefix: string) => string): unknown {
  if (typeof element !== 'object' || element === null) return element;
  const { type, action_id } = element as { type?: string; action_id?: string };
  if (type === undefined || WITHOUT_ACTION.has(type)) return element;
  return { ...element, action_id: action_id ?? nextId('a') };
}

/** What Slack says of the blocks: an error code with its sentences, or nothing. */
type BlockVerdict =
  | { ok: true; blocks: SentBlock[] }
  | {
      ok: false;
      error: 'invalid_blocks' | 'invalid_blocks_format' | 'msg_blocks_too_long';
      errors: string[];
    };

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
/** Slack counts in its own form of the blocks; 13,000 characters of JSON text values is where it refuses. */
const ALL_TEXT = 13_000;
const TABLE_TEXT = 10_000;

const SURFACES = {
  message: z.strictObject({ blocks: z.array(AcceptedBlock).max(MESSAGE_BLOCKS) }),
  modal: z.strictObject({ blocks: z.array(ModalBlock).max(VIEW_BLOCKS) }),
  home: z.strictObject({ blocks: z.array(HomeBlock).max(VIEW_BLOCKS) }),
};

export function checkBlocks(value: unknown, surface: keyof typeof SURFACES): BlockVerdict {
  if (!Array.isArray(value)) return { ok: false, error: 'invalid_blocks_format', errors: [] };
  const root = { blocks: value };
  const parsed = SURFACES[surface].safeParse(root);
  if (!parsed.success)
    return { ok: false, error: 'invalid_blocks', errors: explainIssues(parsed.error.issues, root) };
  const blocks: AnyBlock[] = parsed.data.blocks;
  const sent = blocks as SentBlock[];
  const errors = [
    ...repeatedIds(sent),
    ...crowding(blocks),
    ...initialProblems(sent),
    ...(surface === 'message' ? [] : focusProblems(sent)),
  ];
  if (errors.length > 0) return { ok: false, error: 'invalid_blocks', errors };
  if (surface === 'message' && textLength(blocks) > ALL_TEXT)
    return { ok: false, error: 'msg_blocks_too_long', errors: [] };
  return { ok: true, blocks: sent };
}

function repeated(values: (string | undefined)[]): string[] {
  const given = values.filter((value) => value !== undefined);
  return [...new Set(given.filter((value, index) => given.indexOf(value) !== index))];
}

function repeatedIds(blocks: SentBlock[]): string[] {
  const blockIds = repeated(blocks.map((block) => block.block_id)).map(
    (id) => `\`block_id\` ${id} already exists for another block [json-pointer:/blocks]`,
  );
  const actionIds = blocks.flatMap((block, index) =>
    repeated(actionIdsOf(block)).map(
      (id) => `\`action_id\` ${id} already exists for another element [json-pointer:/blocks/${index}]`,
    ),
  );
  return [...blockIds, ...actionIds];
}

function actionIdsOf(block: SentBlock): (string | undefined)[] {
  const elements: unknown[] = Array.isArray(block.elements) ? block.elements : [];
  return elements.map((element) => (element as { action_id?: string }).action_id);
}

/** Limits over all blocks of one kind in a message. */
function crowding(blocks: AnyBlock[]): string[] {
  const tables = blocks.filter((block) => block.type === 'data_table');
  const charts = blocks.filter((block) => block.type === 'data_visualization');
  const tableText = tables.reduce((sum, block) => sum + charactersIn(block.rows), 0);
  return [
    charts.length > 2 ? 'no more than 2 data_visualization blocks allowed [json-pointer:/blocks]' : '',
    tableText > TABLE_TEXT ? `table text must be less than ${TABLE_TEXT + 1} characters` : '',
  ].filter((sentence) => sentence !== '');
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof value === 'object' && value !== null)
    return Object.values(value).reduce<number>((sum, item) => sum + textLength(item), 0);
  return 0;
}

type ViewVerdict =
  | { ok: true; payload: View['payload'] }
  | { ok: false; error: 'invalid_arguments' | 'view_too_large'; errors: string[] };

const VIEW_BYTES = 250_000;

const common = {
  blocks: z.array(z.unknown()),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
};

const ViewShape = z.strictObject({
  view: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('modal'),
      ...common,
      title: plainTextSchema(24),
      submit: plainTextSchema(24).optional(),
      close: plainTextSchema(24).optional(),
      clear_on_close: z.boolean().optional(),
    }),
    z.strictObject({ type: z.literal('home'), ...common }),
  ]),
});

export function checkView(value: unknown, type: 'modal' | 'home'): ViewVerdict {
  const root = { view: value };
  const parsed = ViewShape.safeParse(root);
  if (!parsed.success) return invalid(explainIssues(parsed.error.issues, root));
  const { view } = parsed.data;
  if (view.type !== type) return invalid([`must be a ${type} view [json-pointer:/view/type]`]);
  if (JSON.stringify(view).length > VIEW_BYTES) return { ok: false, error: 'view_too_large', errors: [] };
  const verdict = checkBlocks(view.blocks, type);
  if (!verdict.ok)
    return invalid(
      verdict.errors.map((text) => text.replace('json-pointer:/blocks', 'json-pointer:/view/blocks')),
    );
  if (view.type === 'modal' && !view.submit && verdict.blocks.some((block) => block.type === 'input'))
    return invalid(['missing required field: submit [json-pointer:/view]']);
  return { ok: true, payload: { ...view, blocks: verdict.blocks } };
}

function invalid(errors: string[]): ViewVerdict {
  return { ok: false, error: 'invalid_arguments', errors };
}
