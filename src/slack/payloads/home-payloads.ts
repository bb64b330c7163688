import { z } from 'zod';
import { Role } from '../../model/member.ts';
import { ROLE_FIELDS } from '../views/role-form.ts';

const User = z.object({ id: z.string().min(1) });
const Option = z.object({ value: z.string().min(1) });

/** What somebody chose in their Home tab. */
export const HomeChoice = z.object({
  user: User,
  trigger_id: z.string().min(1),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        action_ts: z.string(),
        value: z.string().max(2_000).nullish(),
        selected_option: Option.nullish(),
        selected_options: z.array(Option).nullish(),
      }),
    )
    .min(1),
});
export type HomeChoice = z.infer<typeof HomeChoice>;

export const RoleSubmission = z.object({
  user: User,
  view: z.object({
    state: z.object({
      values: z.object({
        [ROLE_FIELDS.user]: z.object({
          [ROLE_FIELDS.user]: z.object({ selected_user: z.string().nullish() }),
        }),
        [ROLE_FIELDS.role]: z.object({
          [ROLE_FIELDS.role]: z.object({ selected_option: z.object({ value: Role }).nullish() }),
        }),
        [ROLE_FIELDS.branches]: z.object({
          [ROLE_FIELDS.branches]: z.object({ selected_options: z.array(Option).nullish() }),
        }),
      }),
    }),
  }),
});
export type RoleSubmission = z.infer<typeof RoleSubmission>;
