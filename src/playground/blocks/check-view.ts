import { z } from 'zod';
import type { View } from '../message.ts';
import { checkBlocks } from './check-blocks.ts';
import { explainIssues } from './explain-issues.ts';
import { plainTextSchema } from './text.ts';

export type ViewVerdict =
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
      notify_on_close: z.boolean().optional(),
      submit_disabled: z.boolean().optional(),
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
