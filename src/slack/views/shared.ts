import type { Rendered } from './blocks.ts';
import { contextLine } from './text.ts';

/** The card as it appears in a channel after somebody shared it; `user` is an id from Slack. */
export function sharedView(message: Rendered, user: string): Rendered {
  const by = contextLine(`<@${user}> さんが共有しました`);
  return { ...message, blocks: [by, ...message.blocks], classic: [by, ...message.classic] };
}
