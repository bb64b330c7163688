import { addDays, formatDay, type IsoDay } from '../../model/calendar-day.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { TrialDesk } from '../trial-desk.ts';
import type { ActResult, Move, NewMessages } from './act.ts';

/** The days that the field on the page offers too: within 令和, and far from where dates have no four digits. */
const FIRST_DAY = '2019-05-01';
const LAST_DAY = '2099-12-31';

/** Moves the clock, has the bot look for what is due then, and tells where something came. */
export async function moveClock(slack: LocalSlack, desk: TrialDesk, to: Move): Promise<ActResult> {
  const day = to === 'today' ? null : dayOf(desk, to);
  if (day !== null && (day < FIRST_DAY || day > LAST_DAY))
    return { problem: `日付は${FIRST_DAY}から${LAST_DAY}までの間で選んでください。` };
  const before = postsOfBot(slack);
  if (day === null) desk.clock.reset();
  else desk.clock.moveTo(day);
  await desk.look();
  const arrivals = slack.workspace.channels.flatMap(({ id, name, kind, members }): NewMessages[] => {
    const count = (postsOfBot(slack).get(id) ?? 0) - (before.get(id) ?? 0);
    if (count <= 0) return [];
    const person = slack.workspace.users.find((user) => members.includes(user.id));
    return [
      { channel: id, name: kind === 'im' ? `${person?.realName ?? name}へのメッセージ` : `#${name}`, count },
    ];
  });
  return { problem: null, arrivals, note: await noteOf(desk, arrivals) };
}

function dayOf({ clock, nextBusinessDay, nextDeadline }: TrialDesk, to: Exclude<Move, 'today'>): IsoDay {
  if (to === 'business_day') return nextBusinessDay(clock.today());
  if (to === 'week') return addDays(clock.today(), 7);
  return to === 'deadline' ? nextDeadline(clock.today()) : to;
}

async function noteOf(desk: TrialDesk, arrivals: NewMessages[]): Promise<string> {
  const day = desk.clock.today();
  if (arrivals.length > 0) return `${formatDay(day)}に届いたお知らせ：`;
  const waiting = (await desk.outbox()).filter(({ state }) => state === 'waiting').length;
  const why = desk.isBusinessDay(day) ? '送信は平日の日中だけです。' : 'お休みの日なので、送りません。';
  if (waiting > 0) return `${formatDay(day)}：${waiting}件のお知らせが送信を待っています。${why}`;
  return desk.isBusinessDay(day)
    ? `${formatDay(day)}：新しいお知らせはありません。`
    : `${formatDay(day)}：お休みの日です。お知らせは次の営業日に届きます。`;
}

function postsOfBot({ workspace, messages }: LocalSlack): Map<string, number> {
  return new Map(
    workspace.channels.map(({ id }) => [
      id,
      messages(id).filter((message) => message.user === workspace.bot.userId).length,
    ]),
  );
}
