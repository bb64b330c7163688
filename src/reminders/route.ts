import { HEAD_OFFICE } from '../model/branch.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { Destination } from './sender.ts';

/** What is known of the places when a message goes. */
export interface RoutingFacts {
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
 * head office's digest shows the branch all the same. What people did under a message is still told in its thread.
 * A word in a thread starts there, unless another channel or person is registered by now; a copy goes to its reader
 * alone. Null where nobody is left.
 */
export function routeOf(message: OutboxMessage, places: RoutingFacts): Destination | null {
  const { owners, left = NONE, quiet = NONE } = places;
  const { thread, route, reader, items, content } = message;
  if (reader !== null) {
    return route === 0 && !left.has(reader) ? { place: reader, threadTs: null, mentions: [] } : null;
  }
  const office = ownerOf(HEAD_OFFICE, owners);
  const own = ownerOf(message.audience === 'branch' ? message.branch : HEAD_OFFICE, owners);
  const inCharge = inChargeOf(own).filter((id) => !left.has(id));
  const mentions = namedIn(message, places);
  const line = [
    ...(own ? [{ place: own.channel, mentions }] : []),
    ...inCharge.filter(isPerson).map((id) => ({ place: id, mentions: [id] })),
    ...(office && own !== office ? officeLine(office, places) : []),
  ];
  const isAlarm = items.length > 0 || (content.type === 'word' && content.call !== undefined);
  if (thread && route === 0 && (!isAlarm || standsIn(thread, line, quiet))) {
    return { place: thread.channel, threadTs: thread.ts, mentions };
  }
  const next = line.filter(({ place }) => !quiet.has(place))[route];
  return next ? { ...next, threadTs: null } : null;
}

/** Whether a thread is where its message would stand today. */
function standsIn(
  { channel, recipient }: NonNullable<OutboxMessage['thread']>,
  line: readonly Pick<Destination, 'place'>[],
  quiet: ReadonlySet<string>,
): boolean {
  const place = recipient ?? channel;
  return !quiet.has(channel) && (line.length === 0 || line.some((one) => one.place === place));
}

function officeLine(
  office: Owner,
  { quiet = NONE, left = NONE }: RoutingFacts,
): Pick<Destination, 'place' | 'mentions'>[] {
  const inCharge = inChargeOf(office).filter((id) => !left.has(id));
  if (!quiet.has(office.channel)) return [{ place: office.channel, mentions: inCharge.slice(0, 1) }];
  return inCharge.filter(isPerson).map((id) => ({ place: id, mentions: [id] }));
}

/**
 * Who is named in a message: who took it over, else those in charge today; of a report that stays missing the head
 * of the branch. Nobody who has left, and nobody in a copy.
 */
export function namedIn(message: OutboxMessage, { owners, left = NONE }: RoutingFacts): string[] {
  const { assignee, audience, branch, content, reader } = message;
  if (reader !== null || (content.type === 'word' && content.call === undefined)) return [];
  const own = ownerOf(audience === 'branch' ? branch : HEAD_OFFICE, owners);
  const head = content.type === 'word' && content.call === 'head' ? own?.head : undefined;
  const lines = [head ? [head] : [], assignee ? [assignee] : [], inChargeOf(own)];
  return lines.map((line) => line.filter((id) => !left.has(id))).find((line) => line.length > 0) ?? [];
}

/** All people, not groups, who may be named in a message or written to. */
export function peopleOf(
  { audience, branch, assignee, reader }: OutboxMessage,
  owners: readonly Owner[],
): string[] {
  if (reader !== null) return [reader];
  const own = ownerOf(audience === 'branch' ? branch : HEAD_OFFICE, owners);
  const office = ownerOf(HEAD_OFFICE, owners);
  const all = [assignee, own?.head, ...inChargeOf(own), ...inChargeOf(office)];
  return [...new Set(all.filter((id) => typeof id === 'string').filter(isPerson))];
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
