import type { AccessRequest } from '../slack-request.ts';

/** Whom planbot serves besides the staff of its own workspace. */
export interface AccessPolicy {
  /** Team ids whose people are served, the bot's own among them; empty means its own only. */
  workspaces: readonly string[];
  /** Channel ids that are served; empty means all. Direct messages need not be listed. */
  channels: readonly string[];
  guests: boolean;
  /** People of other workspaces, and channels that are shared with them. */
  strangers: boolean;
}

export const STAFF_ONLY: AccessPolicy = { workspaces: [], channels: [], guests: false, strangers: false };

/** What Slack knows of a person. */
export interface Person {
  team: string | null;
  /** The organisation's id in Enterprise Grid. */
  enterprise: string | null;
  isGuest: boolean;
  isStranger: boolean;
}

/** Where the bot belongs. */
export interface Workplace {
  teamId: string;
  /** The organisation's id; null outside Enterprise Grid. */
  enterpriseId: string | null;
}

export type Refusal = 'channel' | 'shared_channel' | 'stranger' | 'guest';

/** Why a request is not served; null where it is. */
export function judgeAccess(
  request: AccessRequest,
  person: Person,
  policy: AccessPolicy,
  home: Workplace,
): Refusal | null {
  if (!policy.strangers && isStranger(request, person, policy, home)) {
    return 'stranger';
  }
  if (!policy.guests && person.isGuest) {
    return 'guest';
  }
  const isListed = request.channel !== null && policy.channels.includes(request.channel);
  if (isListed || request.isDirect || request.channel === null) {
    return null;
  }
  if (policy.channels.length > 0) {
    return 'channel';
  }
  // The question may be a colleague's, but others would read the answer.
  return request.isShared && !policy.strangers ? 'shared_channel' : null;
}

/** What came and what Slack knows of its author must both point to a workspace that is served. */
function isStranger(request: AccessRequest, person: Person, policy: AccessPolicy, home: Workplace): boolean {
  const trusted = policy.workspaces.length > 0 ? policy.workspaces : [home.teamId];
  if (
    policy.workspaces.length === 0 &&
    home.enterpriseId !== null &&
    person.enterprise === home.enterpriseId
  ) {
    return false;
  }
  const isOfUs = (team: string | null) =>
    team === null || trusted.includes(team) || team === home.enterpriseId;
  const isKnown = person.team !== null && trusted.includes(person.team);
  return !isOfUs(request.team) || !isOfUs(person.team) || (person.isStranger && !isKnown);
}
