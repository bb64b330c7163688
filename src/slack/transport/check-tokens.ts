import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { WebSocket } from 'undici';
import { AppError } from '../../model/errors.ts';
import { filesAt } from '../delivery/files.ts';
import { boltLogger } from '../log.ts';
import { neededScopes } from '../manifest-facts.ts';
import {
  clientOptions,
  identify,
  type Network,
  openNetwork,
  type ProxySettings,
  refusal,
} from './web-clients.ts';

export interface TokenCheck {
  botToken: string;
  /** Socket Mode's; not looked at where it is not given. */
  appToken?: string | undefined;
  slackApiUrl?: string | undefined;
  proxy?: ProxySettings | undefined;
  log: Logger;
}

/**
 * Asks Slack, step by step, whether it can be reached, the tokens hold and grant what manifest.yml asks for, a socket
 * opens and files can be fetched; resolves with what was found, a line each. AppError `slack_refused` names the first
 * step that failed, and the token or the scopes that are wanting.
 */
export async function checkTokens(check: TokenCheck): Promise<string[]> {
  const { botToken, appToken, slackApiUrl, proxy, log } = check;
  const network = openNetwork(proxy);
  const connection = { slackApiUrl, network, logger: boltLogger(log) };
  const { team, scopes } = await step('SLACK_BOT_TOKEN の確認', () => identify({ botToken, ...connection }));
  const spare = checkScopes(scopes);
  const found = [`ワークスペース「${team}」に接続できます`, `権限は足りています${spare}`];
  if (appToken !== undefined) {
    const url = await step('SLACK_APP_TOKEN の確認', () =>
      openConnection(appToken, clientOptions(connection)),
    );
    await step('ソケットの接続', () => greet(url, network));
    found.push('ソケットを開けます');
  }
  await step('ファイルのサーバーへの接続', () => reach(filesAt(slackApiUrl), network));
  return found;
}

/** Says in which step a fault came. */
async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { message } = refusal(cause, 'SLACK_BOT_TOKEN');
    throw new AppError('slack_refused', { message: `${name}: ${message}`, cause });
  }
}

/** A remark on scopes that are not needed. */
function checkScopes(scopes: readonly string[]): string {
  const needed = neededScopes();
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    throw new AppError('slack_refused', {
      message: `権限が足りません（${missing.join('、')}）。アプリの設定に manifest.yml を貼り直し、再インストールしてください`,
    });
  }
  const spare = scopes.filter((scope) => !needed.includes(scope));
  return spare.length === 0 ? '' : `（${spare.join('、')} は使わないため、外せます）`;
}

/** An address for a socket is given only to an app token with connections:write. */
async function openConnection(appToken: string, options: ReturnType<typeof clientOptions>): Promise<string> {
  try {
    return (await new WebClient(appToken, options).apps.connections.open({})).url ?? '';
  } catch (cause) {
    throw refusal(cause, 'SLACK_APP_TOKEN');
  }
}

const PATIENCE_MS = 10_000;

/** Opens a socket until Slack says hello, and closes it: no event is taken. */
function greet(url: string, { dispatcher }: Network): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, dispatcher === undefined ? [] : { dispatcher });
    const timer = setTimeout(() => end(new Error('時間内に応答がありません')), PATIENCE_MS);
    const end = (fault: Error | null) => {
      clearTimeout(timer);
      socket.close();
      if (fault === null) resolve();
      else reject(fault);
    };
    socket.addEventListener('message', () => end(null));
    socket.addEventListener('error', ({ error, message }) => end(error ?? new Error(message)));
    socket.addEventListener('close', () => end(new Error('すぐに閉じられました')));
  });
}

/** Any answer will do: only the way there is looked at. */
async function reach(origin: string, { fetch }: Network): Promise<void> {
  await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
}
