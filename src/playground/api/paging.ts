import { type Args, text } from './method.ts';

/** One page: `cursor` is the place in the list, in Slack's manner opaque text. */
export function page<T>(
  items: T[],
  args: Args,
  most: number,
): { items: T[]; hasMore: boolean; more: Record<string, unknown> } | 'invalid_cursor' | 'invalid_limit' {
  const start = text(args, 'cursor') === '' ? 0 : Number(text(args, 'cursor').replace(/^next:/, ''));
  if (!Number.isInteger(start) || start < 0 || start > items.length) return 'invalid_cursor';
  const limit = Math.min(Number(text(args, 'limit') || 100), most);
  if (!Number.isInteger(limit) || limit < 1) return 'invalid_limit';
  const hasMore = start + limit < items.length;
  return {
    items: items.slice(start, start + limit),
    hasMore,
    more: { response_metadata: { next_cursor: hasMore ? `next:${start + limit}` : '' } },
  };
}
