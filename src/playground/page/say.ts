import type { LocalSlack } from '../local-slack.ts';
import type { Act, ActResult } from './act.ts';
import { encodeSlack } from './html.ts';
import { told } from './told.ts';

/** A text that begins with a command runs it; in a channel the bot is mentioned for the person. */
export async function say(slack: LocalSlack, act: Extract<Act, { kind: 'say' }>): Promise<ActResult> {
  const { user, channel } = act;
  const command = act.text.match(/^(\/\S+)\s*([\s\S]*)$/);
  if (command) {
    const [, name = '', text = ''] = command;
    return told(await slack.runCommand({ command: name, text: encodeSlack(text), channel, user }));
  }
  const { bot, channels } = slack.workspace;
  const isDirect = channels.find((one) => one.id === channel)?.kind === 'im';
  const name = `@${bot.name}`;
  const isNamed = act.text.startsWith(name);
  const words = encodeSlack(isNamed ? act.text.slice(name.length).trimStart() : act.text);
  const mentions = isNamed || (act.mention && !isDirect);
  const thread = act.thread === null ? {} : { threadTs: act.thread };
  const text = mentions ? `<@${bot.userId}> ${words}` : words;
  const { message } = await slack.postMessage({ channel, user, text, ...thread });
  return { problem: null, ts: message.threadTs ?? message.ts };
}
