import { CHANNELS, USERS, type Workspace } from '../workspace.ts';

/** Where a person is on the page. */
export interface PagePlace {
  user: string;
  channel: string;
  /** The thread's parent; null where no thread is open. */
  thread: string | null;
  /** The Home tab of the app instead of a conversation. */
  home: boolean;
  /** The panel that is open at the bottom. */
  panel: 'outbox' | 'log' | null;
}

/** A channel that the person is not in shows nothing: the first of theirs is opened. */
export function readPlace(search: URLSearchParams, { channels }: Workspace): PagePlace {
  const panel = search.get('panel');
  const user = search.get('user') ?? USERS.staff.id;
  const wanted = search.get('channel') ?? CHANNELS.tokyo;
  const theirs = channels.filter(({ members, archived }) => members.includes(user) && !archived);
  return {
    user,
    channel: (theirs.find(({ id }) => id === wanted) ?? theirs[0])?.id ?? wanted,
    thread: search.get('thread') || null,
    home: search.get('home') === '1',
    panel: panel === 'outbox' || panel === 'log' ? panel : null,
  };
}
