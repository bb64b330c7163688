import type { OutboxMessage } from '../../src/model/outbox.ts';
import type { View } from '../../src/playground/emulator/state.ts';
import type { ReminderControls } from '../../src/slack/ports.ts';
import { fiveMarks, standingsFrom } from '../slack/made-up-standings.ts';
import { type RunOptions, runApp, STAFF } from '../slack/running-app.ts';

export const ADMIN = 'U0ADMIN01';
export const COLLEAGUE = 'U0REPORT1';
export const JULY = () => new Date('2025-07-25T03:00:00Z');

/** A desk over which nothing is done, with these messages in its outbox. */
export function deskWith(messages: OutboxMessage[]): ReminderControls {
  const nothing = async () => 'unknown_message' as const;
  return {
    followUps: {
      acknowledge: nothing,
      snooze: nothing,
      reassign: nothing,
      decide: nothing,
      takeBack: nothing,
      explain: nothing,
    },
    messages: async ({ states, followUp }) =>
      messages.filter(
        (one) =>
          (states?.includes(one.state) ?? true) && (followUp === undefined || one.followUp === followUp),
      ),
    refresh: async () => {},
    look: async () => {},
  };
}

/** The app with the Home tab of one person in sight. */
export async function home(
  options: RunOptions & { branch?: string; messages?: OutboxMessage[]; user?: string } = {},
) {
  const { branch, messages = [], user = STAFF, ...rest } = options;
  const running = await runApp({
    standings: standingsFrom(fiveMarks()),
    now: JULY,
    deps: { reminders: deskWith(messages) },
    ...rest,
  });
  await running.app.start();
  const { slack, store } = running;
  if (branch !== undefined) await store.settings.savePerson(user, { branch, notices: false }, JULY());
  const published = () =>
    slack.calls().filter(({ method, outcome }) => method === 'views.publish' && outcome);
  const open = async () => {
    const seen = published().length;
    await slack.openHome({ user, tab: 'home' });
    await slack.waitUntil(() => published().length > seen);
    return view();
  };
  const view = (): View => {
    const found = slack.home(user);
    if (found === null) throw new Error('no home');
    return found;
  };
  /** Until the tab shows what is awaited. */
  const shows = (words: string) => slack.waitUntil(() => text(slack.home(user)).includes(words));
  return { ...running, open, view, shows, published };
}

/** Everything that stands in a view, in one string. */
export function text(view: View | null): string {
  return JSON.stringify(view?.payload.blocks ?? []);
}
