import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { load as parse } from 'js-yaml';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { Manifest } from '../../../src/playground/emulator/manifest.ts';
import { freshFolder } from '../../store/data-folder.ts';
import { runApp, shown } from '../running-app.ts';

/** A proxy as offices have them: it takes CONNECT, and counts for which hosts. */
async function openProxy() {
  const hosts: string[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (asked, client) => {
    hosts.push(asked.url ?? '');
    const [host, port] = (asked.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hosts };
}

test('calls and the socket go through the proxy', async () => {
  const { url, hosts } = await openProxy();
  const proxy = { httpsProxy: '', httpProxy: url, noProxy: '' };
  const { slack, app, mention, reply } = await runApp({ config: { proxy } });
  await app.start();
  const { message } = await mention('東京支部のジェネリックKPIは？');
  expect(shown(await reply(message.ts))).toContain('80.0％以上');
  const host = new URL(slack.apiUrl).host;
  expect(new Set(hosts)).toEqual(new Set([host]));
  await app.stop();
});

test('a host of NO_PROXY is reached directly', async () => {
  const { url, hosts } = await openProxy();
  const proxy = { httpsProxy: url, httpProxy: url, noProxy: '127.0.0.1' };
  const { app, mention, reply } = await runApp({ config: { proxy } });
  await app.start();
  const { message } = await mention('東京支部のジェネリックKPIは？');
  await reply(message.ts);
  expect(hosts).toEqual([]);
});

test('a proxy that refuses is told, with what to look at', async () => {
  const proxy = { httpsProxy: '', httpProxy: 'http://127.0.0.1:9', noProxy: '' };
  const { app } = await runApp({ config: { proxy } });
  await expect(app.start()).rejects.toThrow(/接続を断られました。HTTPS_PROXY を確かめてください/);
});

const TLS = join(import.meta.dirname, 'tls');
const ROOT = join(import.meta.dirname, '../../..');

/** The local Slack behind a certificate that only this office knows. */
async function behindTls() {
  const manifest = Manifest.parse(parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8')));
  const slack = await startLocalSlack({ manifest, now: () => new Date(), mode: 'socket' });
  onTestFinished(() => slack.stop());
  const keys = {
    key: readFileSync(join(TLS, 'key.pem')),
    cert: readFileSync(join(TLS, 'certificate.pem')),
  };
  const server = createTlsServer(keys, (incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming;
    const onward = request(new URL(url, slack.apiUrl), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { slack, apiUrl: `https://localhost:${(server.address() as AddressInfo).port}/api/` };
}

test.each([
  ['unknown', {}, /× Slack: SLACK_BOT_TOKEN の確認: .*証明書を確かめられません.*NODE_EXTRA_CA_CERTS/],
  ['known', { NODE_EXTRA_CA_CERTS: join(TLS, 'certificate.pem') }, /○ Slack: ソケットを開けます/],
])(
  'a certificate of the office that is %s is told by doctor, through a proxy',
  async (_, extra, said) => {
    const { url, hosts } = await openProxy();
    const { slack, apiUrl } = await behindTls();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'src/cli.ts', 'doctor', '--data', freshFolder()],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: {
          PATH: process.env.PATH,
          SLACK_BOT_TOKEN: slack.botToken,
          SLACK_APP_TOKEN: slack.appToken,
          PLANBOT_SLACK_API_URL: apiUrl,
          HTTPS_PROXY: url,
          ...extra,
        },
      },
    );
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toMatch(said);
    expect(hosts).toContain(new URL(apiUrl).host);
  },
  60_000,
);
