import { z } from 'zod';

const Held = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).nullish(),
  selected_date: z.string().nullish(),
});
const Values = z.record(z.string(), z.record(z.string(), Held));
type Values = z.infer<typeof Values>;

const View = z.object({
  id: z.string().min(1),
  hash: z.string().optional(),
  private_metadata: z.string().default(''),
  state: z.object({ values: Values }),
});

/** A step of the reporting modal that was sent off. */
export const ReportSubmission = z.object({ user: z.object({ id: z.string().min(1) }), view: View });

/** Another year or quarter was chosen in the first step. */
export const ScopeChange = ReportSubmission;

/** What opens the modal: a button in a message or in Home, or the shortcut. */
export const ReportCall = z.object({
  user: z.object({ id: z.string().min(1) }),
  trigger_id: z.string().min(1),
  channel: z.object({ id: z.string().min(1) }).optional(),
  actions: z.array(z.object({ value: z.string().optional() })).optional(),
});
export type ReportCall = z.infer<typeof ReportCall>;

/** A form as it was filled in; a block's id is its only control's id. */
export class FormValues {
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  /** Text or the chosen option or day; null where nothing was put in. */
  text(id: string): string | null {
    const held = this.#values[id]?.[id];
    const text = held?.selected_option?.value ?? held?.selected_date ?? held?.value ?? '';
    return text.trim() === '' ? null : text.trim();
  }

  many(id: string): string[] {
    return (this.#values[id]?.[id]?.selected_options ?? []).map(({ value }) => value);
  }

  /** The block whose id begins so, with what its control of that id holds. */
  startingWith(id: string): { block: string; text: string | null } | null {
    const block = Object.keys(this.#values).find((name) => name.startsWith(`${id}:`));
    if (block === undefined) return null;
    const held = this.#values[block]?.[id];
    return { block, text: held?.selected_date ?? held?.value ?? null };
  }
}
