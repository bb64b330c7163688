import { createHash } from 'node:crypto';

/** Names what a document says by its words: line numbers move when it comes anew. */
export function hashOf(...words: string[]): string {
  const text = words.map((word) => word.normalize('NFKC').replace(/\s+/g, '')).join('|');
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
