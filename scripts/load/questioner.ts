import { setTimeout as wait } from 'node:timers/promises';
import type { LocalSlack } from '../../src/playground/emulator/local-slack.ts';

/** Milliseconds from the event to the reply; null where none came. */
export type Measured = number | null;

const QUESTIONS = [
  '東京支部のジェネリックKPIは？',
  '富山支部の令和3年度の郵送化率の目標は？',
  '東京と群馬の健診実施率を比べて',
  '令和3年度の郵送化率を全支部で高い順に並べて',
  '東京の窓口受付率は目標を達成できてる？',
  '東京の広報関連予算の合計は？',
  'ジェネリックの目標が80％以上の支部は？',
  '群馬はコラボヘルスをどう進める？',
  '東京の健診率は？',
  '火星支部のKPIは？',
];
/** Slack, and so the app's own pacing, takes a message a second in a channel: 50 a second need more than that. */
const CHANNELS = 200;
const GIVE_UP_MS = 20_000;

/** Asks at a steady rate, each question in another channel by another person; resolves when all are answered. */
export async function askSteadily(
  slack: LocalSlack,
  { seconds, rate }: { seconds: number; rate: number },
): Promise<Measured[]> {
  const channels = people(slack);
  const { userId } = slack.workspace.bot;
  const replies = watchReplies(slack);
  const began = performance.now();
  const measuring: Promise<Measured>[] = [];
  for (let index = 0; index < seconds * rate; index += 1) {
    const due = began + (index * 1_000) / rate - performance.now();
    if (due > 0) await wait(due);
    const place = channels[index % channels.length];
    if (place === undefined) break;
    const text = `<@${userId}> ${QUESTIONS[index % QUESTIONS.length]}`;
    const asked = performance.now();
    slack.postMessage({ ...place, text }).catch(() => undefined);
    const question = slack.messages(place.channel).findLast((message) => message.user === place.user);
    const reply = replies.to(question?.ts ?? '', asked);
    measuring.push(Promise.race([reply, wait(seconds * 1_000 + GIVE_UP_MS, null, { ref: false })]));
  }
  const measured = await Promise.all(measuring);
  replies.stop();
  return measured;
}

/** Channels of the workspace for the load, made where they are not there yet. */
function people(slack: LocalSlack): { channel: string; user: string }[] {
  const { workspace } = slack;
  const [model] = workspace.channels;
  return Array.from({ length: CHANNELS }, (_, index) => {
    const number = String(index).padStart(4, '0');
    const [channel, user] = [`C0LOAD${number}`, `U0LOAD${number}`];
    if (model && !workspace.channels.some(({ id }) => id === channel)) {
      workspace.users.push({ id: user, name: `load${number}`, realName: `職員${number}`, role: 'staff' });
      const members = [user, workspace.bot.userId];
      workspace.channels.push({ ...model, id: channel, name: `load${number}`, members });
    }
    return { channel, user };
  });
}

/** Tells when the bot has replied under a question; looks at each call once, so that watching costs little. */
function watchReplies(slack: LocalSlack) {
  const waiting = new Map<string, { asked: number; settle: (ms: number) => void }>();
  let seen = slack.calls().length;
  const stop = slack.onChange(() => {
    const calls = slack.calls();
    for (const { method, args, outcome } of calls.slice(seen)) {
      const ts = String(args.thread_ts);
      if (method !== 'chat.postMessage' || outcome !== 'ok') continue;
      waiting.get(ts)?.settle(performance.now());
      waiting.delete(ts);
    }
    seen = calls.length;
  });
  return {
    to: (ts: string, asked: number) =>
      new Promise<number>((settle) => {
        waiting.set(ts, { asked, settle: (at) => settle(at - asked) });
      }),
    stop,
  };
}
