import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import type { EventRecord } from '../../../src/playground/emulator/state.ts';
import { CHANNELS, directMessageId, USERS } from '../../../src/playground/emulator/workspace.ts';
import { fullManifest, silent, startSlack } from '../../helpers/local-slack.ts';

/** The files that an event tells of. */
const filesIn = (record: EventRecord | undefined) =>
  (record?.event.files ?? []) as { id: string; url_private_download: string }[];

const user = USERS.reporter.id;
const channel = CHANNELS.tokyo;
const content = Buffer.from('支部,指標,実績\n東京,ジェネリック,88.3\n');

function clientOf(slack: LocalSlack): WebClient {
  const options = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent };
  return new WebClient(slack.botToken, options);
}

describe('a file that a person shares', () => {
  let slack: LocalSlack;
  let client: WebClient;

  beforeEach(async () => {
    slack = await startSlack({ acknowledgeWithinMs: 10 });
    client = clientOf(slack);
  });
  afterEach(() => slack.stop());

  it('comes as a message with its file', async () => {
    const { message, events } = await slack.shareFile({
      channel,
      user,
      name: '実績.csv',
      content,
      text: '1Q',
    });
    expect(events.map(({ event }) => [event.type, event.subtype])).toEqual([['message', 'file_share']]);
    const [file] = filesIn(events[0]);
    expect(file).toMatchObject({
      name: '実績.csv',
      mimetype: 'text/csv',
      filetype: 'csv',
      size: content.byteLength,
      user,
      channels: [channel],
      url_private: expect.stringContaining('/files-pri/T0KYOKAI1-'),
    });
    const { messages } = await client.conversations.history({ channel });
    expect(messages?.[0]).toMatchObject({ ts: message.ts, text: '1Q', files: [{ id: file?.id }] });
    expect(messages?.[0]).not.toHaveProperty('subtype');
  });

  it('also in a direct message, where it belongs to nobody else', async () => {
    const { events } = await slack.shareFile({
      channel: directMessageId(user),
      user,
      name: 'a.pdf',
      content,
    });
    const [file] = filesIn(events[0]);
    const info = await client.files.info({ file: String(file?.id) });
    expect(info.file).toMatchObject({ filetype: 'pdf', ims: [directMessageId(user)], is_public: false });
  });

  it('is downloaded with the token, and with nothing else', async () => {
    const { events } = await slack.shareFile({ channel, user, name: '実績.csv', content });
    const [file] = filesIn(events[0]);
    const url = String(file?.url_private_download);
    const authorized = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
    expect(authorized.headers.get('content-type')).toBe('text/csv');
    expect(Buffer.from(await authorized.arrayBuffer())).toEqual(content);
    for (const headers of [{}, { authorization: 'Bearer xoxb-wrong' }]) {
      const refused = await fetch(url, { headers });
      expect([refused.status, refused.headers.get('content-type')]).toEqual([
        200,
        'text/html; charset=utf-8',
      ]);
    }
  });

  it('is out of the bot’s sight where the bot is not', async () => {
    const { message } = await slack.shareFile({
      channel: CHANNELS.chat,
      user: USERS.staff.id,
      name: 'a.csv',
      content,
    });
    const [id = ''] = message.fileIds ?? [];
    await expect(client.files.info({ file: id })).rejects.toThrow('file_not_found');
    const url = `${new URL(slack.apiUrl).origin}/files-pri/T0KYOKAI1-${id}/a.csv`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${slack.botToken}` } });
    expect(await answer.text()).toContain('Sign in');
  });

  it('says in a channel with another workspace only that there is one', async () => {
    const { events } = await slack.shareFile({
      channel: CHANNELS.shared,
      user: USERS.external.id,
      name: 'a.csv',
      content,
    });
    const [file] = filesIn(events[0]);
    expect(file).toEqual({ id: file?.id, mode: 'file_access', file_access: 'check_file_info' });
    const info = await client.files.info({ file: String(file?.id) });
    expect(info.file).toMatchObject({ name: 'a.csv', user_team: slack.workspace.otherTeam.id });
  });
});

describe('a file that the bot uploads', () => {
  let slack: LocalSlack;
  let client: WebClient;

  beforeEach(async () => {
    slack = await startSlack({ acknowledgeWithinMs: 10 });
    client = clientOf(slack);
  });
  afterEach(() => slack.stop());

  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);

  it('goes through Slack’s three steps and stands in a message of the bot', async () => {
    const announced = { filename: 'rank.png', length: png.length };
    const { upload_url, file_id } = await client.files.getUploadURLExternal(announced);
    await fetch(String(upload_url), { method: 'POST', body: new Uint8Array(png) });
    const files: [{ id: string; title: string }] = [{ id: String(file_id), title: '順位' }];
    await client.files.completeUploadExternal({ files, channel_id: channel });
    const message = await slack.waitForMessage(({ fileIds }) => fileIds !== undefined);
    const [id = ''] = message.fileIds ?? [];
    expect(message).toMatchObject({ channel, user: slack.workspace.bot.userId });
    expect(slack.file(id)).toMatchObject({ title: '順位', mimetype: 'image/png' });
    expect(Buffer.from(slack.file(id)?.content ?? [])).toEqual(png);
    const methods = slack.calls().map((call) => call.method);
    expect(methods).toEqual(['files.getUploadURLExternal', 'files.completeUploadExternal']);
  });

  it('takes the announced bytes, once', async () => {
    const args = { filename: 'a.png', length: png.length, alt_txt: '支部の順位' };
    const { upload_url, file_id } = await client.files.getUploadURLExternal(args);
    const put = (body: Uint8Array<ArrayBuffer>) => fetch(String(upload_url), { method: 'POST', body });
    expect((await put(new Uint8Array(3))).status).toBe(400);
    expect(await (await put(new Uint8Array(png))).text()).toBe(`OK - ${png.length}`);
    expect((await put(new Uint8Array(png))).status).toBe(404);
    expect(slack.file(String(file_id))).toMatchObject({ altText: '支部の順位' });
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['an empty file', 'files.getUploadURLExternal', { filename: 'a.png', length: 0 }, 'missing_argument'],
    [
      'a long description',
      'files.getUploadURLExternal',
      { filename: 'a.png', length: 1, alt_txt: 'x'.repeat(1001) },
      'alt_txt_too_large',
    ],
    [
      'a file that was never uploaded',
      'files.completeUploadExternal',
      { files: [{ id: 'F404' }] },
      'file_not_found',
    ],
    ['no files', 'files.completeUploadExternal', { files: [] }, 'invalid_arguments'],
  ])('refuses %s', async (_name, method, args, code) => {
    await expect(client.apiCall(method, args)).rejects.toMatchObject({ data: { error: code } });
  });

  async function upload(): Promise<string> {
    const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename: 'a.png', length: 6 });
    await fetch(String(upload_url), { method: 'POST', body: new Uint8Array(png) });
    return String(file_id);
  }

  it.each<[string, Record<string, unknown>, string]>([
    ['a channel it is not in', { channel_id: CHANNELS.chat }, 'not_in_channel'],
    ['an unknown channel', { channel_id: 'C404' }, 'channel_not_found'],
  ])('cannot be shared with %s', async (_name, place, code) => {
    const call = client.apiCall('files.completeUploadExternal', {
      files: [{ id: await upload() }],
      ...place,
    });
    await expect(call).rejects.toMatchObject({ data: { error: code } });
    expect(slack.messages(channel)).toEqual([]);
  });

  it('needs its scopes', async () => {
    const bare = await startSlack({ manifest: fullManifest(['files:write', 'files:read']) });
    const call = clientOf(bare).files.getUploadURLExternal({ filename: 'a', length: 1 });
    await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'files:write' } });
    await bare.stop();
  });
});
