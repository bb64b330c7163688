import { HEAD_OFFICE } from '../model/branch.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { Destination } from './sender.ts';

/** What is known of the places when a message goes. */
export interface Places {
  owners: readonly Owner[];
  /** People who have left: not named and not written to. */
  left?: ReadonlySet<string>;
  /** Channels whose members have switched reminders off. */
  quiet?: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Where a message goes now: the channel, then the person in charge, then the deputy, then the head office's
 * channel, each after the ones before were gone. A user group is named in the channel but cannot be written to.
 * A channel that switched reminders off is passed over: what would stand there goes to the next in line, and the
 * head office's digest shows the branch all the same. What people did under a message that stands there is still
 * told in its thread. A word in a thread starts there; a copy goes to its reader alone. Null where nobody is left.
 */
export function routeOf(
  message: OutboxMessage,
  { owners, left = NONE, quiet = NONE }: Places,
): Destination | null {
  const { thread, assignee, route, reader } = message;
  if (reader !== null) {
    return route === 0 ? { place: reader, threadTs: null, mentions: [] } : null;
  }
  if (thread && route === 0 && !(message.items.length > 0 && quiet.has(thread.channel))) {
    return { place: thread.channel, threadTs: thread.ts, mentions: [] };
  }
  const office = ownerOf(HEAD_OFFICE, owners);
  const own = ownerOf(message.audience === 'branch' ? message.branch : HEAD_OFFICE, owners);
  const inCharge = inChargeOf(own).filter((id) => !left.has(id));
  const mentions = assignee ? [assignee] : inCharge;
  const line = [
    ...(own ? [{ place: own.channel, mentions }] : []),
    ...inCharge.filter(isPerson).map((id) => ({ place: id, mentions: [id] })),
    ...(office && own !== office ? officeLine(office, quiet) : []),
  ].filter(({ place }) => !quiet.has(place));
  const next = line[route];
  return next ? { ...next, threadTs: null } : null;
}

function officeLine(office: Owner, quiet: ReadonlySet<string>): Pick<Destination, 'place' | 'mentions'>[] {
  if (!quiet.has(office.channel)) return [{ place: office.channel, mentions: [office.owner] }];
  return inChargeOf(office)
    .filter(isPerson)
    .map((id) => ({ place: id, mentions: [id] }));
}

/** The people, not groups, who are in charge of a message or stand in. */
export function peopleOf({ audience, branch }: OutboxMessage, owners: readonly Owner[]): string[] {
  return inChargeOf(ownerOf(audience === 'branch' ? branch : HEAD_OFFICE, owners)).filter(isPerson);
}

function inChargeOf(owner: Owner | undefined): string[] {
  return owner ? [owner.owner, owner.deputy].filter((id) => id !== null) : [];
}

function isPerson(id: string): boolean {
  return !id.startsWith('S');
}

function ownerOf(branch: string, owners: readonly Owner[]): Owner | undefined {
  return owners.find((owner) => owner.branch === branch);
}

/** Who is named in a message that stands already: those of its first posting, or who took it over; nobody in a copy. */
export function mentionsOf({ assignee, items, reader }: OutboxMessage): string[] {
  if (reader !== null) return [];
  return assignee ? [assignee] : [...new Set(items.flatMap(({ reminder }) => reminder.mentions))];
}
