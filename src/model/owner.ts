import { z } from 'zod';

/** Who a branch's reminders go to. Ids are Slack's. */
export const Owner = z.strictObject({
  branch: z.string().min(1),
  /** C… of a public channel, G… of a private one. */
  channel: z.string().regex(/^[CG][A-Z0-9]{2,}$/),
  /** Who is in charge: U… or W… of a person, S… of a user group, which is named but cannot be written to. */
  owner: z.string().regex(/^[UWS][A-Z0-9]{2,}$/),
  /** Stands in for the owner; null where there is none. */
  deputy: z
    .string()
    .regex(/^[UWS][A-Z0-9]{2,}$/)
    .nullable(),
  /** Who leads the branch, and is told of a report that stays missing; absent where nobody is registered. */
  head: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,}$/)
    .optional(),
});
export type Owner = z.infer<typeof Owner>;
