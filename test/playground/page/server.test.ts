import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import type { PageView } from '../../../src/playground/page/page-view.ts';
import { type Playground, startPlayground } from '../../../src/playground/page/server.ts';
import { boltApp, startSlack } from '../../helpers/local-slack.ts';

const user = USERS.staff.id;
const channel = CHANNELS.tokyo;

describe('the page', () => {
  let slack: LocalSlack;
  let app: App;
  let page: Playground;
  const heard: string[] = [];

  beforeAll(async () => {
    slack = await startSlack();
    app = boltApp(slack);
    app.event('app_mention', async ({ event, say }) => {
      heard.push(event.text);
      const button = {
        type: 'button' as const,
        action_id: 'more',
        text: { type: 'plain_text' as const, text: '詳しく' },
      };
      await say({
        text: '答え',
        thread_ts: event.ts,
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: '*88.3％以上*' } },
          { type: 'actions', block_id: 'next', elements: [button] },
        ],
      });
    });
    app.action('more', async ({ ack, respond }) => {
      await ack();
      await respond({ text: '詳しい答え', replace_original: false });
    });
    app.command('/kpi', async ({ ack, command }) => ack(`受け付けました：${command.text}`));
    app.event('app_home_opened', async ({ event, client }) => {
      const prompts = [{ title: '目標', message: '東京支部の目標は？' }] as never;
      await client.assistant.threads.setSuggestedPrompts({ channel_id: event.channel, prompts } as never);
    });
    await app.start();
    page = await startPlayground({ port: 0, localSlack: slack });
  });
  afterAll(async () => {
    await page.stop();
    await app.stop();
    await slack.stop();
  });

  async function act(what: Record<string, unknown>): Promise<{ problem: string | null; ts?: string }> {
    const response = await fetch(`${page.url}/act`, {
      method: 'POST',
      body: JSON.stringify({ user, ...what }),
    });
    return (await response.json()) as { problem: string | null; ts?: string };
  }
  async function found(ts: string) {
    const [message] = slack.messages(channel).filter((one) => one.ts === ts);
    if (!message) throw new Error(`no message ${ts}`);
    const piece = (await view({})).messages.find(({ key }) => key === ts);
    return { message, html: piece?.html ?? '' };
  }
  async function view(place: Record<string, string>): Promise<PageView> {
    return (await (
      await fetch(`${page.url}/view?${new URLSearchParams({ user, channel, ...place })}`)
    ).json()) as PageView;
  }

  it('is there, with six questions to click, and asks nobody outside', async () => {
    const response = await fetch(page.url);
    const html = await response.text();
    expect((await view({})).examples.match(/data-ask=/g)).toHaveLength(6);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/(?:src|href)="(?!\/|#|data:,)/);
    const files = [...html.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toContain('/scripts/page.js');
    for (const file of files) expect((await fetch(`${page.url}${file}`)).status).toBe(200);
  });

  it.each(['/fonts/constructor', '/fonts/..%2f..%2fpackage.json', '/scripts/none.js'])(
    'has no %s',
    async (path) => {
      expect((await fetch(`${page.url}${path}`)).status).toBe(404);
    },
  );

  it('mentions the bot for the person, and shows the answer’s blocks in the thread', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: '目標 <&> は？', thread: null });
    const answer = await slack.waitForMessage((one) => one.threadTs === ts && one.text === '答え');
    expect(heard).toContain(`<@${slack.workspace.bot.userId}> 目標 &lt;&amp;&gt; は？`);
    const { messages, thread } = await view({ thread: ts });
    expect(messages.map((piece) => piece.key)).toContain(ts);
    expect(thread?.map((piece) => piece.key)).toEqual([ts, answer.ts]);
    expect(thread?.[1]?.html).toContain('<strong>88.3％以上</strong>');
  });

  it('says that what was clicked has been renewed meanwhile', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: '目標は？', thread: null });
    const answer = await slack.waitForMessage((one) => one.threadTs === ts && one.text === '答え');
    const clicked = await act({ kind: 'click', actionId: 'more', blockId: 'before', channel, ts: answer.ts });
    expect(clicked.problem).toBe('表示が新しくなりました。もう一度お試しください。');
  });

  it('passes a click on, and shows its ephemeral answer to that person alone', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: '目標は？', thread: null });
    const answer = await slack.waitForMessage((one) => one.threadTs === ts && one.text === '答え');
    const spot = { actionId: 'more', blockId: 'next', channel, ts: answer.ts };
    expect(await act({ kind: 'click', ...spot })).toEqual({ problem: null });
    const own = await slack.waitForEphemeral((one) => one.text === '詳しい答え');
    const sees = async (id: string) =>
      (await view({ user: id })).messages.some((piece) => piece.key === own.ts);
    expect(await sees(user)).toBe(true);
    expect(await sees(USERS.admin.id)).toBe(false);
  });

  it('keeps a mention when a message is edited, and lets nobody edit another’s', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: '目標は？', thread: null });
    await slack.waitForMessage((one) => one.threadTs === ts && one.text === '答え');
    const spot = { channel, ts };
    expect(await act({ kind: 'edit', ...spot, text: '@planbot <b>は？' })).toEqual({ problem: null });
    const { message } = await found(ts);
    expect(message.text).toBe(`<@${slack.workspace.bot.userId}> &lt;b&gt;は？`);
    const other = { ...spot, user: USERS.admin.id };
    for (const what of [{ kind: 'edit', text: 'x' }, { kind: 'delete' }])
      expect((await act({ ...what, ...other })).problem).toContain('ほかの人のメッセージ');
  });

  it('says to the people of a channel what is not for the bot', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: 'お先に', thread: null, mention: false });
    expect((await found(ts)).message.text).toBe('お先に');
  });

  it('adds a reaction, and takes it back', async () => {
    const { ts = '' } = await act({ kind: 'say', channel, text: 'お先に', thread: null, mention: false });
    const react = { kind: 'react', channel, ts, name: 'eyes' };
    await act({ ...react, remove: false });
    expect((await found(ts)).html).toContain('data-react="eyes" aria-pressed="true"');
    await act({ ...react, remove: true });
    expect((await found(ts)).html).not.toContain('data-react');
  });

  it('shares a file by its name alone, with what is said beside it', async () => {
    const query = new URLSearchParams({ user, channel, name: '../../表.csv', text: '実績です <b>' });
    const response = await fetch(`${page.url}/share?${query}`, { method: 'POST', body: '支部,実績' });
    const { ts = '' } = (await response.json()) as { ts?: string };
    const { message, html } = await found(ts);
    const [id = ''] = message.fileIds ?? [];
    expect(slack.file(id)).toMatchObject({ name: '表.csv', user });
    expect(message.text).toBe('実績です &lt;b&gt;');
    const address = html.match(/href="(\/shared\/\w+)"/)?.[1];
    const shared = await fetch(page.url + address);
    expect(shared.headers.get('content-disposition')).toContain('attachment');
    expect(await shared.text()).toBe('支部,実績');
  });

  it.each([
    ['a channel that is not theirs', { user: USERS.external.id, channel, name: 'x.csv' }, 409],
    ['no name', { user, channel, name: '/' }, 409],
  ])('refuses a file for %s', async (_name, about, status) => {
    const query = new URLSearchParams(about);
    const response = await fetch(`${page.url}/share?${query}`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(status);
  });

  it('runs a command that is typed', async () => {
    await act({ kind: 'say', channel, text: '/kpi 東京 <b>', thread: null });
    const answer = await slack.waitForEphemeral((one) => one.text.startsWith('受け付けました'));
    expect(answer.text).toBe('受け付けました：東京 &lt;b&gt;');
  });

  it('shows the prompts of the agent pane in the direct message', async () => {
    await act({ kind: 'open', tab: 'messages' });
    await slack.waitUntil(() => slack.agentPane(user) !== null);
    const { prompts } = await view({ channel: directMessageId(user) });
    expect(prompts).toContain('data-ask="東京支部の目標は？"');
  });

  it('keeps a log of calls and events, for who opens it', async () => {
    expect((await view({})).log).toEqual([]);
    const lines = (await view({ panel: 'log' })).log.map(
      (piece) => piece.html.match(/<summary>\S+ (.*?)<\/summary>/)?.[1],
    );
    expect(lines).toContain('← app_mention：acknowledged');
    expect(lines).toContain('→ chat.postMessage：ok');
  });

  it('lists for each person the channels they are in', async () => {
    const channelsOf = async (id: string) => (await view({ user: id })).channels;
    expect(await channelsOf(USERS.external.id)).not.toContain('東京支部');
    expect(await channelsOf(USERS.reporter.id)).toContain('企画総務');
  });

  it('tells an open page of every change', async () => {
    const { body } = await fetch(`${page.url}/changes`);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('hello');
    await act({ kind: 'open', tab: 'messages' });
    expect((await reader?.read())?.value).toContain('changed');
    await reader?.cancel();
  });

  it.each([
    [
      'an unknown command',
      { kind: 'say', channel, text: '/nani', thread: null },
      'マニフェストにないコマンドです',
    ],
    [
      'a channel that is closed to the person',
      { kind: 'say', user: USERS.external.id, channel, text: 'x', thread: null },
      '書き込めるチャンネルではありません',
    ],
    [
      'a message that is gone',
      { kind: 'click', actionId: 'a', blockId: 'b', channel, ts: '1.2' },
      'そのメッセージはもうありません',
    ],
    ['an act of its own', { kind: 'fly' }, '受け付けられない操作です'],
    ['an empty text', { kind: 'say', channel, text: '  ', thread: null }, '受け付けられない操作です'],
  ])('answers %s with a sentence', async (_name, what, sentence) => {
    expect((await act(what)).problem).toContain(sentence);
  });

  it.each([
    ['a foreign Host', { host: 'evil.example' }],
    ['a Host of another port', { host: 'localhost:1' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['an Origin that is hidden', { origin: 'null' }],
    ['a request from another site', { 'sec-fetch-site': 'cross-site' }],
    ['another page of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_name, headers) => {
    const { port } = new URL(page.url);
    const status = await new Promise((resolve, reject) => {
      const asked = request({
        port,
        host: '127.0.0.1',
        path: '/view',
        headers: { host: `localhost:${port}`, ...headers },
      });
      asked.on('response', (response) => resolve(response.statusCode)).on('error', reject);
      asked.end();
    });
    expect(status).toBe(403);
  });

  it('says in one line that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startPlayground({ port, localSlack: slack })).rejects.toMatchObject({
      code: 'bad_configuration',
      message: expect.stringContaining(`ポート${port}はすでに使われています`),
    });
    await new Promise((resolve) => other.close(resolve));
  });
});
