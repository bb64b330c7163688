import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { isSendingTime } from '../model/business-day.ts';
import type { ReportingCalendar } from '../model/catalogue.ts';
import type { OutboxMessage } from '../model/outbox.ts';
import type { Owner } from '../model/owner.ts';
import type { DeliveryClaim, Failure } from '../store/outbox-delivery.ts';
import type { Outbox } from '../store/outbox-store.ts';
import { namedIn, peopleOf, type RoutingFacts, routeOf } from './route.ts';
import type { Destination, Sender, SendResult } from './sender.ts';

export interface DeliveryParts {
  outbox: Outbox;
  owners: () => Promise<Owner[]>;
  /** Channels that have switched reminders off; none where it is not given. */
  quietChannels?: () => Promise<readonly string[]>;
  sender: Sender;
  calendar: ReportingCalendar;
  now: () => Date;
  /** Names this process among those that deliver. */
  holder: string;
  /** Longer than a request may take, so that a message is looked up only when its request has ended. */
  leaseMs?: number;
}

export interface Delivered {
  sent: number;
  /** Found in the channel after an answer was lost, and so not sent again. */
  found: number;
  failed: number;
  edited: number;
}

const LEASE_MS = 60_000;
const SECOND_MS = 1_000;
const UNCLEAR_PAUSE_MS = 5 * SECOND_MS;
const REFUSED_PAUSE_MS = 10 * 60 * SECOND_MS;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;
/** After so many look-ups in vain a person is told; looking goes on, once an hour. */
const UNCLEAR_AFTER = 6;
const UNCLEAR_RETRY_MS = 60 * 60 * SECOND_MS;

/**
 * Sends what waits, one message after another: claimed, marked as leaving, posted, marked as sent. Whatever may
 * stand in Slack already is looked up there first. Ends when nothing may go now.
 */
export async function deliver(parts: DeliveryParts): Promise<Delivered> {
  const { outbox, now, holder, calendar, leaseMs = LEASE_MS } = parts;
  const delivered: Delivered = { sent: 0, found: 0, failed: 0, edited: 0 };
  const owners = await parts.owners();
  const places = { owners, quiet: new Set(await parts.quietChannels?.()), hasLeft: askedOnce(parts.sender) };
  while (isSendingTime(now(), calendar)) {
    const claim = await outbox.claim(holder, now(), leaseMs);
    if (claim === null) break;
    delivered[await deliverOne(claim, places, parts)] += 1;
  }
  delivered.edited = await editStale(places, parts);
  return delivered;
}

/** The places of one round, and who of the people has left. */
type Round = Pick<RoutingFacts, 'owners' | 'quiet'> & { hasLeft: (user: string) => Promise<boolean> };

/** Slack is asked of each person once a round. */
function askedOnce(sender: Sender): (user: string) => Promise<boolean> {
  const asked = new Map<string, Promise<boolean>>();
  return (user) => {
    const answer = asked.get(user) ?? sender.hasLeft(user);
    asked.set(user, answer);
    return answer;
  };
}

async function deliverOne(
  claim: DeliveryClaim,
  places: Round,
  parts: DeliveryParts,
): Promise<'sent' | 'found' | 'failed'> {
  const { outbox, sender, now } = parts;
  const { message } = claim;
  const { owners } = places;
  const left = await leftOf(message, places);
  await tellOfLeft(message, left, places, parts);
  const to = routeOf(message, { ...places, left });
  const place = message.channel ?? to?.place;
  if (claim.mayStand && place !== undefined) {
    const found = await sender.find(message, { ...(to ?? NOBODY), place });
    if (found.kind === 'found') {
      await outbox.markSent(message.id, found, now());
      await markEscalated(message, parts);
      return 'found';
    }
    if (found.kind === 'unknown') {
      const isLong = message.attempts >= UNCLEAR_AFTER;
      const state = isLong ? 'unclear' : 'posting';
      return fail(claim, { state, fault: found.why }, isLong ? UNCLEAR_RETRY_MS : UNCLEAR_PAUSE_MS, parts);
    }
  }
  if (to === null && message.reader !== null) {
    return fail(claim, { state: 'withdrawn', fault: 'user_left' }, 0, parts);
  }
  if (to === null) {
    return fail(claim, { state: 'waiting', fault: 'no_recipient' }, DAY_MS, parts);
  }
  if (!(await outbox.markPosting(claim, to.place, now()))) {
    return 'failed';
  }
  return settlePost(claim, to, await sender.post(message, to), owners, parts);
}

/** Who of those that the message may name or go to has left. */
async function leftOf(message: OutboxMessage, { owners, hasLeft }: Round): Promise<ReadonlySet<string>> {
  const left = new Set<string>();
  for (const user of peopleOf(message, owners)) {
    if (await hasLeft(user)) left.add(user);
  }
  return left;
}

/** The head office hears of everybody in charge of the branch who has left. */
async function tellOfLeft(
  message: OutboxMessage,
  left: ReadonlySet<string>,
  { owners }: Round,
  { outbox, now }: DeliveryParts,
): Promise<void> {
  const own = owners.find(({ branch }) => branch === message.branch);
  if (message.thread || message.reader !== null || !own) return;
  for (const user of [own.owner, own.deputy, own.head]) {
    if (typeof user !== 'string' || !left.has(user)) continue;
    await addGoneNotice(outbox, message, user, 'user_left', owners, now());
  }
}

const NOBODY: Destination = { place: '', threadTs: null, mentions: [] };

async function settlePost(
  claim: DeliveryClaim,
  to: Destination,
  posted: SendResult,
  owners: readonly Owner[],
  parts: DeliveryParts,
): Promise<'sent' | 'failed'> {
  switch (posted.kind) {
    case 'sent':
      await parts.outbox.markSent(claim.message.id, posted, parts.now());
      await markEscalated(claim.message, parts);
      return 'sent';
    case 'busy':
      return fail(claim, { state: 'waiting', fault: 'rate_limited' }, posted.seconds * SECOND_MS, parts);
    case 'gone':
      // Who wished to read along and cannot be reached misses nothing: the message itself goes its own way.
      if (claim.message.reader !== null) {
        return fail(claim, { state: 'withdrawn', fault: posted.why }, 0, parts);
      }
      await addGoneNotice(parts.outbox, claim.message, to.place, posted.why, owners, parts.now());
      return fail(claim, { state: 'waiting', fault: posted.why, nextRoute: true }, 0, parts);
    case 'refused':
      return fail(claim, { state: 'waiting', fault: posted.why }, REFUSED_PAUSE_MS, parts);
    case 'unclear':
      return fail(claim, { state: 'posting', fault: posted.why }, UNCLEAR_PAUSE_MS, parts);
  }
}

/** The branch reads that the head office was told once that stands there, not before. */
async function markEscalated({ items }: OutboxMessage, { outbox, now }: DeliveryParts): Promise<void> {
  const escalated = items.filter(({ reminder }) => reminder.stage === 'escalated');
  const told = new Set(escalated.map(({ reminder }) => reminder.series.replace('|head_office', '|branch')));
  if (told.size === 0) return;
  await outbox.withDue(async (trx) => {
    const open = (await trx.knownItems([])).filter(({ series }) => told.has(series));
    for (const root of new Set(open.map(({ rootId }) => rootId))) {
      await trx.change(root, { escalated: true }, now());
    }
  });
}

async function fail(
  claim: DeliveryClaim,
  failure: Omit<Failure, 'retryAt'>,
  pauseMs: number,
  { outbox, now }: DeliveryParts,
): Promise<'failed'> {
  const at = now();
  await outbox.markFailed(claim, { ...failure, retryAt: new Date(at.getTime() + pauseMs) }, at);
  return 'failed';
}

/** An edit disturbs nobody, so it goes at any hour; a message that is gone from Slack is let be. */
async function editStale(places: Round, { outbox, sender, now }: DeliveryParts): Promise<number> {
  let edited = 0;
  for (const message of await outbox.staleMessages(now())) {
    const mentions = namedIn(message, { ...places, left: await leftOf(message, places) });
    const result = await sender.edit(message, mentions);
    if (result.kind === 'done' || result.kind === 'gone') {
      await outbox.markShown(message.id, message.version);
      edited += 1;
    } else {
      const pause = result.kind === 'busy' ? result.seconds * SECOND_MS : UNCLEAR_PAUSE_MS;
      await outbox.postponeEdit(message.id, new Date(now().getTime() + pause), now());
    }
  }
  return edited;
}

/** Tells the head office, once a month, that a branch's channel or person cannot be reached. */
async function addGoneNotice(
  outbox: Outbox,
  { branch, content }: OutboxMessage,
  place: string,
  why: string,
  owners: readonly Owner[],
  now: Date,
): Promise<void> {
  const office = owners.find((owner) => owner.branch === HEAD_OFFICE);
  // A notice about the head office's own channel would go the same way.
  if (!office || office.channel === place || content.type === 'word') return;
  const words = [
    { text: `${formatBranch(branch)}のお知らせを` },
    { id: place },
    { text: `に送れませんでした（${why}）。担当者とチャンネルの登録を確かめてください。` },
  ];
  const key = ['gone', branch, place, now.toISOString().slice(0, 7)].join('|');
  const message = { parentId: null, audience: 'head_office' as const, branch: HEAD_OFFICE, items: [] };
  await outbox.withDue((trx) => trx.add({ ...message, key, content: { type: 'word', words } }, now));
}
