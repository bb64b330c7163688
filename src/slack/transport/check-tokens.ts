import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { AppError } from '../../model/errors.ts';
import { neededScopes } from '../manifest-facts.ts';
import { boltLogger } from './bolt-logger.ts';
import { clientOptions, identify, refusal } from './identity.ts';
import { openNetwork, type ProxySettings } from './network.ts';

export interface TokenCheck {
  botToken: string;
  /** Socket Mode's; not looked at where it is not given. */
  appToken?: string | undefined;
  /** Slack's own where it is not given. */
  slackApiUrl?: string | undefined;
  proxy?: ProxySettings | undefined;
  log: Logger;
}

/**
 * Asks Slack whether the tokens hold and grant what manifest.yml asks for; resolves with what was found, a line
 * each. AppError `slack_refused` names the token or the scopes that are wanting.
 */
export async function checkTokens(check: TokenCheck): Promise<string[]> {
  const { botToken, appToken, slackApiUrl, proxy, log } = check;
  const connection = { slackApiUrl, network: openNetwork(proxy), logger: boltLogger(log) };
  const { team, scopes } = await identify({ botToken, ...connection });
  const needed = neededScopes();
  const missing = needed.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) {
    throw new AppError('slack_refused', {
      message: `権限が足りません（${missing.join('、')}）。アプリの設定に manifest.yml を貼り直し、再インストールしてください`,
    });
  }
  if (appToken !== undefined) {
    await openConnection(appToken, clientOptions(connection));
  }
  const spare = scopes.filter((scope) => !needed.includes(scope));
  const remark = spare.length === 0 ? '' : `（${spare.join('、')} は使わないため、外せます）`;
  return [`ワークスペース「${team}」に接続できます`, `権限は足りています${remark}`];
}

/** An address for a socket is given only to an app token with connections:write; nothing is opened there. */
async function openConnection(appToken: string, options: ReturnType<typeof clientOptions>): Promise<void> {
  try {
    await new WebClient(appToken, options).apps.connections.open({});
  } catch (cause) {
    throw refusal(cause, 'SLACK_APP_TOKEN');
  }
}
