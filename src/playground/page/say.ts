import type { LocalSlack } from '../local-slack.ts';
import type { ActResult, PageAction } from './act.ts';
import { encodeSlack } from './html.ts';
import { told } from './told.ts';

/** A text that begins with a command runs it; in a channel the bot is mentioned for the person. */
export async function say(slack: LocalSlack, act: Extract<PageAction, { kind: 'say' }>): Promise<ActResult> {
  const { user, channel } = act;
  const command = act.text.match(/^(\/\S+)\s*([\s\S]*)$/);
  if (command) {
    const [, name = '', text = ''] = command;
    return told(await slack.runCommand({ command: name, text: encodeSlack(text), channel, user }));
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
