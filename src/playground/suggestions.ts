import { z } from 'zod';
import { OptionGroups, PlainOptions } from './blocks/selects.ts';
import type { Option } from './offers.ts';

/** One of the two lists, each up to 100 long; an empty one means that nothing was found. */
const Answer = z.union([
  z.strictObject({ options: PlainOptions.max(100) }),
  z.strictObject({ option_groups: OptionGroups.max(100) }),
]);

/** What the app offers for a query, or why Slack would show nothing of it. */
export function readSuggestions(payload: unknown): { options: Option[] } | { problem: string } {
  const parsed = Answer.safeParse(payload);
  if (!parsed.success) return { problem: explain(payload, parsed.error) };
  const groups =
    'option_groups' in parsed.data ? parsed.data.option_groups : [{ options: parsed.data.options }];
  return { options: groups.flatMap((group) => group.options) };
}

function explain(payload: unknown, error: z.ZodError): string {
  if (typeof payload !== 'object' || payload === null) return 'options か option_groups がありません';
  const [branch] = error.issues;
  const issues = branch?.code === 'invalid_union' ? branch.errors : [];
  const which = 'option_groups' in payload ? issues[1] : issues[0];
  const first = which?.[0];
  return first ? `${first.path.map(String).join('/')}: ${first.message}` : error.message;
}
