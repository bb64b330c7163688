import type { SentBlock } from '../message.ts';

/** Gives each block and control the ids that Slack gives to those sent without. */
export function assignIds(blocks: SentBlock[], nextId: (prefix: string) => string): SentBlock[] {
  return blocks.map((block) => {
    const withIds: SentBlock = { ...block, block_id: block.block_id ?? nextId('b') };
    if (Array.isArray(block.elements) && block.type !== 'rich_text')
      withIds.elements = block.elements.map((element) => withActionId(element, nextId));
    if (block.accessory !== undefined) withIds.accessory = withActionId(block.accessory, nextId);
    if (block.element !== undefined) withIds.element = withActionId(block.element, nextId);
    return withIds;
  });
}

const WITHOUT_ACTION = new Set(['image', 'plain_text', 'mrkdwn']);

function withActionId(element: unknown, nextId: (prefix: string) => string): unknown {
  if (typeof element !== 'object' || element === null) return element;
  const { type, action_id } = element as { type?: string; action_id?: string };
  if (type === undefined || WITHOUT_ACTION.has(type)) return element;
  return { ...element, action_id: action_id ?? nextId('a') };
}
