import { z } from 'zod';
import { addDays, formatDay, type IsoDay } from '../../model/calendar-day.ts';
import { AppError } from '../../model/errors.ts';
import type { Acknowledgement } from '../emulator/interactions.ts';
import type { LocalSlack } from '../emulator/local-slack.ts';
import type { Message, View } from '../emulator/state.ts';
import { encodeSlack } from './text.ts';
import type { PlaygroundTools } from './tools.ts';

const Values = z.union([z.string().max(10_000), z.array(z.string().max(10_000)).max(100)]);
const ControlFields = {
  user: z.string(),
  actionId: z.string(),
  blockId: z.string(),
  /** A message by channel and ts, or a view by id. */
  channel: z.string().optional(),
  ts: z.string().optional(),
  viewId: z.string().optional(),
};
const OneMessage = { user: z.string(), channel: z.string(), ts: z.string() };
const Said = z.string().trim().min(1).max(12_000);

/** Where the clock is moved to: on by a business day or a week, to the next deadline, back to today, or to a day. */
const Move = z.union([z.enum(['business_day', 'week', 'deadline', 'today']), z.iso.date()]);
type Move = z.infer<typeof Move>;

/** What the page's script may ask for. */
export const PageAction = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('say'),
    user: z.string(),
    channel: z.string(),
    text: Said,
    thread: z.string().nullable(),
    /** False: said to the people in a channel, not to the bot. */
    mention: z.boolean().default(true),
  }),
  z.strictObject({ kind: z.literal('click'), ...ControlFields, value: z.string().optional() }),
  z.strictObject({ kind: z.literal('select'), ...ControlFields, value: Values.nullable() }),
  z.strictObject({ kind: z.literal('suggest'), ...ControlFields, query: z.string().max(200) }),
  z.strictObject({
    kind: z.literal('submit'),
    user: z.string(),
    viewId: z.string(),
    values: z.record(z.string(), Values.nullable()),
  }),
  z.strictObject({
    kind: z.literal('close'),
    user: z.string(),
    viewId: z.string(),
    /** The × that closes every step of a form. */
    all: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('open'), user: z.string(), tab: z.enum(['home', 'messages']) }),
  z.strictObject({ kind: z.literal('edit'), ...OneMessage, text: Said }),
  z.strictObject({ kind: z.literal('delete'), ...OneMessage }),
  z.strictObject({
    kind: z.literal('react'),
    ...OneMessage,
    /** Without colons: x, +1. */
    name: z.string().regex(/^[a-z0-9_+-]{1,50}$/),
    remove: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('shortcut'),
    user: z.string(),
    callbackId: z.string(),
    /** Of the message whose menu it was taken from; absent for a global one. */
    channel: z.string().optional(),
    ts: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('clock'), user: z.string(), to: Move }),
  z.strictObject({ kind: z.literal('remove_document'), user: z.string(), name: z.string().min(1).max(1000) }),
]);
export type PageAction = z.infer<typeof PageAction>;

/** A channel in which something came, for the note after the clock was moved. */
interface NewMessages {
  channel: string;
  name: string;
  count: number;
}

export interface ActResult {
  /** A short sentence for the person; null where all went well. */
  problem: string | null;
  errors?: Record<string, string>;
  options?: { label: string; value: string; group?: string }[];
  /** The thread in which the answer will come. */
  ts?: string;
  arrivals?: NewMessages[];
  note?: string;
}

const PROBLEMS: Record<string, string> = {
  timeout: 'アプリが3秒以内に応答しませんでした。',
  no_connection: 'アプリが接続されていません。',
  connection_lost: 'アプリとの接続が切れました。もう一度お試しください。',
};

/** Where Slack has nothing to tell the app, all is well too. */
const WELL = new Set(['not_dispatched', 'query_too_short']);

const DONE: ActResult = { problem: null };

/** What came back, as the person is told. */
function actResult({ acknowledged, reason }: Acknowledgement): ActResult {
  if (acknowledged || WELL.has(reason)) return { problem: null };
  if (reason.startsWith('required_input_empty')) return { problem: '入力されていない項目があります。' };
  return { problem: PROBLEMS[reason] ?? `アプリの応答を受け付けられませんでした（${reason}）。` };
}

/** A text that begins with a command runs it; in a channel the bot is mentioned for the person. */
export async function say(slack: LocalSlack, act: Extract<PageAction, { kind: 'say' }>): Promise<ActResult> {
  const { user, channel } = act;
  const command = act.text.match(/^(\/\S+)\s*([\s\S]*)$/);
  if (command) {
    const [, name = '', text = ''] = command;
    return actResult(await slack.runCommand({ command: name, text: encodeSlack(text), channel, user }));
  }
  const isDirect = slack.workspace.channels.find((one) => one.id === channel)?.kind === 'im';
  const thread = act.thread === null ? {} : { threadTs: act.thread };
  const text = asSent(slack, act.text, act.mention && !isDirect);
  const { message } = await slack.postMessage({ channel, user, text, ...thread });
  return { problem: null, ts: message.threadTs ?? message.ts };
}

/** What a person typed, as Slack sends it: @planbot at its beginning is a mention, which may also be put there. */
export function asSent({ workspace }: LocalSlack, typed: string, mention: boolean): string {
  const { bot } = workspace;
  const name = `@${bot.name}`;
  const isNamed = typed.startsWith(name);
  const words = encodeSlack(isNamed ? typed.slice(name.length).trimStart() : typed);
  return isNamed || mention ? `<@${bot.userId}> ${words}`.trimEnd() : words;
}

/** The days that the field on the page offers too: within 令和, and far from where dates have no four digits. */
const FIRST_DAY = '2019-05-01';
const LAST_DAY = '2099-12-31';

/** Moves the clock, has the bot look for what is due then, and tells where something came. */
async function moveClock(slack: LocalSlack, tools: PlaygroundTools, to: Move): Promise<ActResult> {
  const day = to === 'today' ? null : dayOf(tools, to);
  if (day !== null && (day < FIRST_DAY || day > LAST_DAY))
    return { problem: `日付は${FIRST_DAY}から${LAST_DAY}までの間で選んでください。` };
  const before = postsOfBot(slack);
  if (day === null) tools.clock.reset();
  else tools.clock.moveTo(day);
  await tools.look();
  const arrivals = slack.workspace.channels.flatMap(({ id, name, kind, members }): NewMessages[] => {
    const count = (postsOfBot(slack).get(id) ?? 0) - (before.get(id) ?? 0);
    if (count <= 0) return [];
    const person = slack.workspace.users.find((user) => members.includes(user.id));
    return [
      { channel: id, name: kind === 'im' ? `${person?.realName ?? name}へのメッセージ` : `#${name}`, count },
    ];
  });
  return { problem: null, arrivals, note: await noteOf(tools, arrivals) };
}

function dayOf(
  { clock, nextBusinessDay, nextDeadline }: PlaygroundTools,
  to: Exclude<Move, 'today'>,
): IsoDay {
  if (to === 'business_day') return nextBusinessDay(clock.today());
  if (to === 'week') return addDays(clock.today(), 7);
  return to === 'deadline' ? nextDeadline(clock.today()) : to;
}

async function noteOf(tools: PlaygroundTools, arrivals: NewMessages[]): Promise<string> {
  const day = tools.clock.today();
  if (arrivals.length > 0) return `${formatDay(day)}に届いたお知らせ：`;
  const waiting = (await tools.outbox()).filter(({ state }) => state === 'waiting').length;
  const why = tools.isBusinessDay(day) ? '送信は平日の日中だけです。' : 'お休みの日なので、送りません。';
  if (waiting > 0) return `${formatDay(day)}：${waiting}件のお知らせが送信を待っています。${why}`;
  return tools.isBusinessDay(day)
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

/** Does what a person did on the page. Throws AppError `wrong_use` for what is not there any more. */
export async function perform(
  slack: LocalSlack,
  tools: PlaygroundTools | null,
  act: PageAction,
): Promise<ActResult> {
  switch (act.kind) {
    case 'say':
      return say(slack, act);
    case 'click':
      return actResult(
        await slack.clickButton({
          ...spot(slack, act),
          ...(act.value === undefined ? {} : { value: act.value }),
        }),
      );
    case 'select':
      return actResult(await slack.selectOption({ ...spot(slack, act), value: act.value }));
    case 'suggest': {
      const answer = await slack.loadOptions({ ...spot(slack, act), query: act.query });
      return { ...actResult(answer), options: readOptions(answer.payload) };
    }
    case 'submit': {
      const view = findView(slack, act);
      const answer = await slack.submitView({ view, user: act.user, values: act.values });
      const { fieldErrors: errors } = answer;
      return errors ? { problem: null, errors } : actResult(answer);
    }
    case 'close':
      slack.closeView({ view: findView(slack, act), user: act.user, all: act.all });
      return DONE;
    case 'open':
      await slack.openHome({ user: act.user, tab: act.tab });
      return DONE;
    case 'edit':
      await slack.editMessage({ message: ownMessage(slack, act), text: asSent(slack, act.text, false) });
      return DONE;
    case 'delete':
      await slack.deleteMessage({ message: ownMessage(slack, act) });
      return DONE;
    case 'react':
      await slack.react({ ...act, message: findMessage(slack, act) });
      return DONE;
    case 'shortcut': {
      const { user, callbackId, channel, ts } = act;
      const on = ts === undefined ? {} : { message: findMessage(slack, { user, channel, ts }) };
      return actResult(await slack.runShortcut({ user, callbackId, ...on }));
    }
    case 'clock':
      if (tools) return moveClock(slack, tools, act.to);
      throw new AppError('wrong_use', { message: 'この画面では日付を動かせません。' });
    case 'remove_document':
      if (!tools) throw new AppError('wrong_use', { message: 'この画面では資料を扱えません。' });
      await tools.remove(act.name);
      return DONE;
  }
}

type Spot = { user: string; actionId: string; blockId: string } & ({ message: Message } | { view: View });

function spot(slack: LocalSlack, act: Extract<PageAction, { actionId: string }>): Spot {
  const { user, actionId, blockId, viewId, ts = '', channel } = act;
  const on =
    viewId === undefined
      ? { message: findMessage(slack, { user, channel, ts }) }
      : { view: findView(slack, { user, viewId }) };
  const { blocks } = 'view' in on ? on.view.payload : on.message;
  // The bot renews what it shows, the Home tab at each opening, while a person is about to click.
  if (!blocks.some((block) => block.block_id === blockId))
    throw new AppError('wrong_use', { message: '表示が新しくなりました。もう一度お試しください。' });
  return { user, actionId, blockId, ...on };
}

function findMessage(
  slack: LocalSlack,
  { user, channel = '', ts }: { user: string; channel?: string | undefined; ts: string },
): Message {
  const message = [...slack.messages(channel), ...slack.ephemerals({ channel, user })].find(
    (one) => one.ts === ts,
  );
  if (message) return message;
  throw new AppError('wrong_use', { message: 'そのメッセージはもうありません。' });
}

function ownMessage(slack: LocalSlack, at: { user: string; channel: string; ts: string }): Message {
  const message = findMessage(slack, at);
  if (message.user === at.user) return message;
  throw new AppError('wrong_use', { message: 'ほかの人のメッセージは変えられません。' });
}

function findView(slack: LocalSlack, { user, viewId }: { user: string; viewId: string }): View {
  const home = slack.home(user);
  const view = [...slack.modals(user), ...(home ? [home] : [])].find((one) => one.id === viewId);
  if (view) return view;
  throw new AppError('wrong_use', { message: 'その画面はもうありません。' });
}

const Options = z.array(z.object({ text: z.object({ text: z.string() }), value: z.string() }));
const Offered = z.object({
  options: Options.default([]),
  option_groups: z.array(z.object({ label: z.object({ text: z.string() }), options: Options })).default([]),
});

function readOptions(payload: Record<string, unknown> | null): NonNullable<ActResult['options']> {
  const parsed = Offered.safeParse(payload);
  if (!parsed.success) return [];
  const { options, option_groups } = parsed.data;
  const plain = options.map(({ text, value }) => ({ label: text.text, value }));
  const grouped = option_groups.flatMap((group) =>
    group.options.map(({ text, value }) => ({ label: text.text, value, group: group.label.text })),
  );
  return [...plain, ...grouped];
}
