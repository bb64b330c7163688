import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Message, View } from '../message.ts';
import type { Acknowledgement } from '../person-actions.ts';
import { encodeSlack } from './html.ts';

const Values = z.union([z.string(), z.array(z.string())]);
const Where = {
  user: z.string(),
  actionId: z.string(),
  blockId: z.string(),
  /** A message by channel and ts, or a view by id. */
  channel: z.string().optional(),
  ts: z.string().optional(),
  viewId: z.string().optional(),
};

/** What the page's script may ask for. */
export const Act = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('say'),
    user: z.string(),
    channel: z.string(),
    text: z.string().trim().min(1).max(12_000),
    thread: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('click'), ...Where, value: z.string().optional() }),
  z.strictObject({ kind: z.literal('select'), ...Where, value: Values }),
  z.strictObject({ kind: z.literal('suggest'), ...Where, query: z.string().max(200) }),
  z.strictObject({
    kind: z.literal('submit'),
    user: z.string(),
    viewId: z.string(),
    values: z.record(z.string(), Values.nullable()),
  }),
  z.strictObject({ kind: z.literal('close'), user: z.string(), viewId: z.string() }),
  z.strictObject({ kind: z.literal('open'), user: z.string(), tab: z.enum(['home', 'messages']) }),
]);
export type Act = z.infer<typeof Act>;

export interface ActResult {
  /** A short sentence for the person; null where all went well. */
  problem: string | null;
  /** Errors of a form's fields by block id. */
  errors?: Record<string, string>;
  /** Choices for what was typed. */
  options?: { label: string; value: string }[];
  /** The thread in which the answer will come. */
  ts?: string;
}

/** Does what a person did on the page. */
export async function perform(slack: LocalSlack, act: Act): Promise<ActResult> {
  switch (act.kind) {
    case 'say':
      return say(slack, act);
    case 'click':
      return told(
        await slack.clickButton({
          ...spot(slack, act),
          ...(act.value === undefined ? {} : { value: act.value }),
        }),
      );
    case 'select':
      return told(await slack.selectOption({ ...spot(slack, act), value: act.value }));
    case 'suggest': {
      const answer = await slack.loadOptions({ ...spot(slack, act), query: act.query });
      return { ...told(answer), options: readOptions(answer.payload) };
    }
    case 'submit': {
      const answer = await slack.submitView({
        view: findView(slack, act),
        user: act.user,
        values: act.values,
      });
      if (answer.payload?.response_action !== 'errors') return told(answer);
      return { problem: null, errors: answer.payload.errors as Record<string, string> };
    }
    case 'close':
      return told(await slack.closeView({ view: findView(slack, act), user: act.user }));
    case 'open':
      await slack.openHome({ user: act.user, tab: act.tab });
      return { problem: null };
  }
}

/** A text that begins with a command runs it; in a channel the bot is mentioned for the person. */
async function say(slack: LocalSlack, act: Extract<Act, { kind: 'say' }>): Promise<ActResult> {
  const { user, channel } = act;
  const command = act.text.match(/^(\/\S+)\s*([\s\S]*)$/);
  if (command) {
    const [, name = '', text = ''] = command;
    return told(await slack.runCommand({ command: name, text: encodeSlack(text), channel, user }));
  }
  const { bot, channels } = slack.workspace;
  const isDirect = channels.find((one) => one.id === channel)?.kind === 'im';
  const name = `@${bot.name}`;
  const words = encodeSlack(act.text.startsWith(name) ? act.text.slice(name.length).trimStart() : act.text);
  const thread = act.thread === null ? {} : { threadTs: act.thread };
  const { message } = await slack.postMessage({
    channel,
    user,
    text: isDirect ? words : `<@${bot.userId}> ${words}`,
    ...thread,
  });
  return { problem: null, ts: message.threadTs ?? message.ts };
}

const PROBLEMS: Record<string, string> = {
  timeout: 'アプリが3秒以内に応答しませんでした。',
  no_connection: 'アプリが接続されていません。',
  connection_lost: 'アプリとの接続が切れました。もう一度お試しください。',
};

function told({ acknowledged, reason }: Acknowledgement): ActResult {
  if (acknowledged) return { problem: null };
  if (reason.startsWith('required_input_empty')) return { problem: '入力されていない項目があります。' };
  return { problem: PROBLEMS[reason] ?? `アプリの応答を受け付けられませんでした（${reason}）。` };
}

type Spot = { user: string; actionId: string; blockId: string } & ({ message: Message } | { view: View });

function spot(slack: LocalSlack, act: Extract<Act, { actionId: string }>): Spot {
  const { user, actionId, blockId } = act;
  if (act.viewId !== undefined)
    return { user, actionId, blockId, view: findView(slack, { user, viewId: act.viewId }) };
  const channel = act.channel ?? '';
  const seen = [...slack.messages(channel), ...slack.ephemerals({ channel, user })];
  const message = seen.find((one) => one.ts === act.ts);
  if (message) return { user, actionId, blockId, message };
  throw new AppError('wrong_use', { message: 'そのメッセージはもうありません。' });
}

function findView(slack: LocalSlack, { user, viewId }: { user: string; viewId: string }): View {
  const home = slack.home(user);
  const view = [...slack.modals(user), ...(home ? [home] : [])].find((one) => one.id === viewId);
  if (view) return view;
  throw new AppError('wrong_use', { message: 'その画面はもうありません。' });
}

const Options = z.object({
  options: z.array(z.object({ text: z.object({ text: z.string() }), value: z.string() })),
});

function readOptions(payload: Record<string, unknown> | null): { label: string; value: string }[] {
  const parsed = Options.safeParse(payload);
  return parsed.success ? parsed.data.options.map((one) => ({ label: one.text.text, value: one.value })) : [];
}
