import { z } from 'zod';
import { assignIds } from '../blocks/assign-ids.ts';
import { checkBlocks } from '../blocks/check-blocks.ts';
import type { MessageMetadata, SentBlock } from '../message.ts';
import { lostPictures } from '../shared-picture.ts';
import type { State } from '../state.ts';
import { type Args, json, type Reply, refuseCall, text } from './method.ts';

export interface Content {
  text: string;
  blocks: SentBlock[];
  metadata: MessageMetadata | null;
}

const METADATA_BYTES = 16_000;
const MARKDOWN_LIMIT = 12_000;

const Metadata = z.strictObject({
  event_type: z.string().min(1).max(255),
  event_payload: z.record(z.string(), z.unknown()),
});

/** Text, blocks and metadata of a message, or Slack's refusal of them. */
export function readContent(
  args: Args,
  state: State,
  textLimit: number,
): { content: Content } | { refusal: Reply } {
  const markdown = text(args, 'markdown_text');
  const said = text(args, 'text') || markdown;
  if (markdown !== '' && (text(args, 'text') !== '' || args.blocks !== undefined))
    return { refusal: refuseCall('markdown_text_conflict') };
  if (markdown.length > MARKDOWN_LIMIT) return { refusal: refuseCall('msg_too_long') };
  if (args.attachments !== undefined) return { refusal: refuseCall('invalid_attachments') };
  if (said.length > textLimit) return { refusal: refuseCall('msg_too_long') };
  let blocks: SentBlock[] = [];
  if (args.blocks !== undefined) {
    const verdict = checkBlocks(json(args, 'blocks'), 'message');
    if (!verdict.ok) return { refusal: refuseCall(verdict.error, verdict.errors) };
    const lost = lostPictures(state, verdict.blocks);
    if (lost.length > 0) return { refusal: refuseCall('invalid_blocks', lost) };
    blocks = assignIds(verdict.blocks, state.nextId);
  }
  if (said.trim() === '' && blocks.length === 0) return { refusal: refuseCall('no_text') };
  let metadata: MessageMetadata | null = null;
  if (args.metadata !== undefined) {
    const parsed = Metadata.safeParse(json(args, 'metadata'));
    if (!parsed.success) return { refusal: refuseCall('invalid_metadata_format') };
    if (JSON.stringify(parsed.data).length > METADATA_BYTES)
      return { refusal: refuseCall('metadata_too_large') };
    metadata = parsed.data;
  }
  return { content: { text: said, blocks, metadata } };
}
