import { z } from 'zod';
import type { SentBlock } from '../message.ts';
import { explainIssues } from './explain-issues.ts';
import { focusProblems, initialProblems } from './initial-options.ts';
import { AcceptedBlock, type AnyBlock, HomeBlock, ModalBlock } from './layout.ts';
import { charactersIn } from './tables.ts';

/** What Slack says of the blocks: an error code with its sentences, or nothing. */
export type BlockVerdict =
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
const MARKDOWN_TEXT = 12_000;

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
  const tables = blocks.filter((block) => block.type === 'table');
  const dataTables = blocks.filter((block) => block.type === 'data_table');
  const charts = blocks.filter((block) => block.type === 'data_visualization');
  const markdown = blocks.filter((block) => block.type === 'markdown');
  const tableText = [...tables, ...dataTables].reduce((sum, block) => sum + charactersIn(block.rows), 0);
  const markdownText = markdown.reduce((sum, block) => sum + block.text.length, 0);
  return [
    tables.length > 1 ? 'only_one_table_allowed [json-pointer:/blocks]' : '',
    charts.length > 2 ? 'no more than 2 data_visualization blocks allowed [json-pointer:/blocks]' : '',
    tableText > TABLE_TEXT ? `table text must be less than ${TABLE_TEXT + 1} characters` : '',
    markdownText > MARKDOWN_TEXT ? `markdown text must be less than ${MARKDOWN_TEXT + 1} characters` : '',
  ].filter((sentence) => sentence !== '');
}

function textLength(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0);
  if (typeof value === 'object' && value !== null)
    return Object.values(value).reduce<number>((sum, item) => sum + textLength(item), 0);
  return 0;
}
