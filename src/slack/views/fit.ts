import type { KnownBlock } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import type { MessageBlock } from './blocks.ts';
import { contextLine } from './text.ts';

/** Blocks that belong together in the card. `essential` parts stay when the card is too large for Slack. */
export interface Part<B extends MessageBlock> {
  essential: boolean;
  blocks: readonly B[];
}

/** One block more is kept free for the remark that something was left out. */
const BLOCKS = LIMITS.blocks - 1;

/** Leaves out what is not essential, from the end, until Slack takes the card; and says so. */
export function fit<B extends MessageBlock>(parts: readonly Part<B>[]): (B | KnownBlock)[] {
  const kept = [...parts];
  while (isTooLarge(kept)) {
    const index = kept.findLastIndex((part) => !part.essential);
    if (index < 0) {
      break;
    }
    kept.splice(index, 1);
  }
  const blocks: (B | KnownBlock)[] = kept.flatMap((part) => part.blocks).slice(0, BLOCKS);
  if (kept.length < parts.length) {
    const place = kept.findIndex((part, index) => part !== parts[index]);
    const before = (place < 0 ? kept : kept.slice(0, place)).flatMap((part) => part.blocks).length;
    blocks.splice(before, 0, contextLine('長いため、一部を省略しました。'));
  }
  return blocks;
}

function isTooLarge(parts: readonly Part<MessageBlock>[]): boolean {
  const blocks = parts.flatMap((part) => part.blocks);
  return blocks.length > BLOCKS || textLength(blocks) > LIMITS.blockText;
}

/** Characters of all strings in a message's blocks: what is shown, and what is behind it. */
export function textLength(value: unknown): number {
  if (typeof value === 'string') {
    return value.length;
  }
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item) => sum + textLength(item), 0);
  }
  return typeof value === 'object' && value !== null ? textLength(Object.values(value)) : 0;
}
