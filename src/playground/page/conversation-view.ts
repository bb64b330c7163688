import { formatDay, type IsoDay, isoDayInTokyo } from '../../model/calendar-day.ts';
import { escapeHtml } from '../../model/escape-html.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Message } from '../message.ts';
import { type PageFragment, renderMessage } from './message-view.ts';
import type { PagePlace } from './place.ts';

export interface Conversation {
  messages: PageFragment[];
  thread: PageFragment[] | null;
}

/** A channel as one person sees it, with a line where a day begins, and the thread that is open. */
export function renderConversation(slack: LocalSlack, place: PagePlace): Conversation {
  const { workspace } = slack;
  const seen = [
    ...slack.messages(place.channel),
    ...slack.ephemerals({ channel: place.channel, user: place.user }),
  ].sort((one, other) => Number(one.ts) - Number(other.ts));
  const roots = seen.filter((one) => one.threadTs === null || one.threadTs === one.ts);
  const repliesOf = (ts: string): Message[] => seen.filter((one) => one.threadTs === ts && one.ts !== ts);
  const filesOf = ({ fileIds = [] }: Message) => fileIds.flatMap((id) => slack.file(id) ?? []);
  const show = (one: Message, replies: number | null): PageFragment =>
    renderMessage(one, { workspace, viewer: place.user, replies, files: filesOf(one) });
  const statuses = place.thread === null ? roots.flatMap((one) => renderStatus(slack, one)) : [];
  const root = seen.find((one) => one.ts === place.thread);
  return {
    messages: [...withDays(roots, (one) => show(one, repliesOf(one.ts).length)), ...statuses],
    thread: root
      ? [...[root, ...repliesOf(root.ts)].map((one) => show(one, null)), ...renderStatus(slack, root)]
      : place.thread === null
        ? null
        : [],
  };
}

function withDays(messages: Message[], show: (message: Message) => PageFragment): PageFragment[] {
  let last: IsoDay | null = null;
  return messages.flatMap((message) => {
    const day = isoDayInTokyo(new Date(Number(message.ts) * 1000));
    const isNew = day !== last;
    last = day;
    const line = { key: `day-${day}`, html: `<p class="day"><span>${formatDay(day)}</span></p>` };
    return isNew ? [line, show(message)] : [show(message)];
  });
}

function renderStatus(slack: LocalSlack, root: Message): PageFragment[] {
  const status = slack.status({ channel: root.channel, threadTs: root.ts });
  if (status === null) return [];
  const html = `<p class="status" role="status">${escapeHtml(slack.workspace.bot.name)} ${escapeHtml(status)}</p>`;
  return [{ key: `status-${root.ts}`, html }];
}
