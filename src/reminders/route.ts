import { HEAD_OFFICE } from '../model/branch.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { Destination } from './sender.ts';

/**
 * Where a message goes now: the channel, then the person in charge, then the deputy, then the head office's
 * channel, each after the ones before were gone. A word in a thread starts there. Who has left is not named and
 * not written to. Null where nobody is left.
 */
export function routeOf(
  message: OutboxMessage,
  owners: readonly Owner[],
  left: ReadonlySet<string> = new Set(),
): Destination | null {
  const { thread, assignee, route } = message;
  if (thread && route === 0) {
    return { place: thread.channel, threadTs: thread.ts, mentions: [] };
  }
  const office = ownerOf(HEAD_OFFICE, owners);
  const own = ownerOf(message.audience === 'branch' ? message.branch : HEAD_OFFICE, owners);
  const people = peopleOf(message, owners).filter((id) => !left.has(id));
  const mentions = assignee ? [assignee] : people;
  const line = [
    ...(own ? [{ place: own.channel, mentions }] : []),
    ...people.map((id) => ({ place: id, mentions: [id] })),
    ...(office && own !== office ? [{ place: office.channel, mentions: [office.owner] }] : []),
  ];
  const next = line[route];
  return next ? { ...next, threadTs: null } : null;
}

/** Who is in charge of a message, and who stands in. */
export function peopleOf({ audience, branch }: OutboxMessage, owners: readonly Owner[]): string[] {
  const own = ownerOf(audience === 'branch' ? branch : HEAD_OFFICE, owners);
  return own ? [own.owner, own.deputy].filter((id) => id !== null) : [];
}

function ownerOf(branch: string, owners: readonly Owner[]): Owner | undefined {
  return owners.find((owner) => owner.branch === branch);
}

/** Who is named in a message that stands already: those of its first posting, or who took it over. */
export function mentionsOf({ assignee, items }: OutboxMessage): string[] {
  return assignee ? [assignee] : [...new Set(items.flatMap(({ reminder }) => reminder.mentions))];
}
