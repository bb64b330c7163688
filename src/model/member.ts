import { z } from 'zod';

/** What somebody may do: read (everybody), report figures of some branches, or set all of it up. */
export const Role = z.enum(['viewer', 'reporter', 'admin']);
export type Role = z.infer<typeof Role>;

/** A person with a role. Whoever is not registered is a viewer. Ids are Slack's. */
export const Member = z.strictObject({
  /** U… or W… */
  user: z.string().regex(/^[UW][A-Z0-9]{2,}$/),
  role: Role,
  /** What a reporter reports for; empty for the other roles. */
  branches: z.array(z.string().min(1)),
});
export type Member = z.infer<typeof Member>;

export interface Members {
  /** A viewer where nobody registered the user. */
  get(user: string): Promise<Member>;
  /** By user id. */
  list(): Promise<Member[]>;
  /** The member, and an audit entry of the change. */
  save(member: Member, by: string, now: Date): Promise<void>;
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  viewer: '閲覧者',
  reporter: '報告者',
  admin: '管理者',
};

/** 報告者（東京、青森）. */
export function formatMember({ role, branches }: Pick<Member, 'role' | 'branches'>): string {
  return branches.length === 0 ? ROLE_NAMES[role] : `${ROLE_NAMES[role]}（${branches.join('、')}）`;
}

/** Whether figures of a branch may be entered. */
export function mayReport({ role, branches }: Member, branch: string): boolean {
  return role === 'admin' || (role === 'reporter' && branches.includes(branch));
}
