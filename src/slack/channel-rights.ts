import { type Member, mayReport } from '../model/member.ts';
import type { ChannelSettings } from '../model/settings.ts';

/**
 * Which branches somebody may make a channel's: null is any, an empty list means that they may set nothing there.
 * Who reports for a branch may set up its channel, and one that is no branch's yet.
 */
export function settableBranches(member: Member, { branch }: ChannelSettings): readonly string[] | null {
  if (member.role === 'admin') {
    return null;
  }
  return branch === null || mayReport(member, branch) ? member.branches : [];
}

/** Whether somebody may change the settings of a channel from what they are to what is given. */
export function maySet(member: Member, before: ChannelSettings, next: ChannelSettings): boolean {
  const branches = settableBranches(member, before);
  if (branches === null) {
    return true;
  }
  return branches.length > 0 && (next.branch === null || branches.includes(next.branch));
}
