import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createDownload, isSlacks } from '../../../src/slack/delivery/files.ts';

/** A server of files that counts who asks, and with what. */
async function openServer(answer: { status?: number; location?: string; bytes?: number }) {
  const tokens: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    const { status = 200, location, bytes = 3 } = answer;
    response.writeHead(status, location === undefined ? {} : { location }).end(Buffer.alloc(bytes, 'a'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens };
}

function downloadOf(file: object, slackApiUrl?: string) {
  const web = { files: { info: async () => ({ ok: true, file }) } };
  return createDownload({ web, botToken: 'xoxb-secret', slackApiUrl, fetch })('F1');
}

const HOSTED = { name: 'a.csv', size: 3, mode: 'hosted' };

test('a file comes with the token, from the server that answers the Web API', async () => {
  const { origin, tokens } = await openServer({});
  const file = { ...HOSTED, url_private: `${origin}/files-pri/a.csv` };
  expect(await downloadOf(file, `${origin}/api/`)).toEqual({
    kind: 'file',
    name: 'a.csv',
    bytes: Buffer.from('aaa'),
  });
  expect(tokens).toEqual(['Bearer xoxb-secret']);
});

test('the token goes to no other server: neither by the file’s address nor by a redirect', async () => {
  const foreign = await openServer({});
  const home = await openServer({ status: 302, location: `${foreign.origin}/sign-in` });
  const elsewhere = await downloadOf(
    { ...HOSTED, url_private: `${foreign.origin}/a.csv` },
    `${home.origin}/api/`,
  );
  const redirected = await downloadOf(
    { ...HOSTED, url_private: `${home.origin}/a.csv` },
    `${home.origin}/api/`,
  );
  expect([elsewhere, redirected]).toEqual([
    expect.objectContaining({ kind: 'unfit', why: expect.stringContaining('Slackの外') }),
    expect.objectContaining({ kind: 'unfit', why: expect.stringContaining('権限がありません') }),
  ]);
  expect(foreign.tokens).toEqual([]);
});

test.each([{ is_external: true }, { mode: 'external' }, { mode: 'space' }])(
  'what is kept outside Slack is not fetched: %j',
  async (kept) => {
    const { origin, tokens } = await openServer({});
    const file = { ...HOSTED, url_private: `${origin}/a.csv`, ...kept };
    expect(await downloadOf(file, `${origin}/api/`)).toMatchObject({ kind: 'unfit' });
    expect(tokens).toEqual([]);
  },
);

test('a file that is larger than Slack said is let go when it is', async () => {
  const { origin } = await openServer({ bytes: 6 * 1024 * 1024 });
  const file = { ...HOSTED, url_private: `${origin}/a.csv` };
  expect(await downloadOf(file, `${origin}/api/`)).toMatchObject({
    kind: 'unfit',
    why: expect.stringContaining('5MB'),
  });
});

test.each([
  ['https://files.slack.com/files-pri/T1-F1/a.csv', true],
  ['http://files.slack.com/files-pri/T1-F1/a.csv', false],
  ['https://files.slack.com.example.jp/a.csv', false],
  ['https://files.slack.com@example.jp/a.csv', false],
  ['https://u:p@files.slack.com/a.csv', false],
  ['https://example.jp/https://files.slack.com/a.csv', false],
  ['file:///etc/passwd', false],
  ['', false],
])('%s may have the token: %s', (url, may) => {
  expect(isSlacks(url, undefined)).toBe(may);
});
