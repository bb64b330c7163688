import { z } from 'zod';
import { AppError } from '../../model/errors.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { Message, View } from '../message.ts';
import type { Acknowledgement } from '../person-actions.ts';
import type { TrialDesk } from '../trial-desk.ts';
import type { ActResult, PageAction } from './act.ts';
import { moveClock } from './move-clock.ts';
import { asSent, say } from './say.ts';
import { told } from './told.ts';

/** Does what a person did on the page. Throws AppError `wrong_use` for what is not there any more. */
export async function perform(
  slack: LocalSlack,
  desk: TrialDesk | null,
  act: PageAction,
): Promise<ActResult> {
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
      const view = findView(slack, act);
      return submitted(await slack.submitView({ view, user: act.user, values: act.values }));
    }
    case 'close':
      return told(await slack.closeView({ view: findView(slack, act), user: act.user, all: act.all }));
    case 'open':
      await slack.openHome({ user: act.user, tab: act.tab });
      return { problem: null };
    case 'edit':
      await slack.editMessage({ message: ownMessage(slack, act), text: asSent(slack, act.text, false) });
      return { problem: null };
    case 'delete':
      await slack.deleteMessage({ message: ownMessage(slack, act) });
      return { problem: null };
    case 'react': {
      const { user, name, remove } = act;
      await slack.react({ message: findMessage(slack, act), user, name, remove });
      return { problem: null };
    }
    case 'shortcut': {
      const { user, callbackId, channel, ts } = act;
      const on = ts === undefined ? {} : { message: findMessage(slack, { user, channel, ts }) };
      return told(await slack.runShortcut({ user, callbackId, ...on }));
    }
    case 'clock':
      if (desk) return moveClock(slack, desk, act.to);
      throw new AppError('wrong_use', { message: 'この画面では日付を動かせません。' });
    case 'remove_document':
      if (!desk) throw new AppError('wrong_use', { message: 'この画面では資料を扱えません。' });
      await desk.remove(act.name);
      return { problem: null };
  }
}

function submitted(answer: Acknowledgement): ActResult {
  return answer.fieldErrors ? { problem: null, errors: answer.fieldErrors } : told(answer);
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
