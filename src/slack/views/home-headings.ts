import type { KnownBlock } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import { bold, plainTextElement, section } from './text.ts';

/** Above a part of the Home tab. */
export function header(text: string): KnownBlock {
  return { type: 'header', text: plainTextElement(text, LIMITS.header) };
}

/** Inside a part. */
export function heading(text: string): KnownBlock {
  return section(bold(text, LIMITS.header));
}
