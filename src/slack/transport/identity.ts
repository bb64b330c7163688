import type { Logger as BoltLogger } from '@slack/bolt';
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api';
import { AppError } from '../../model/errors.ts';
import { withoutTokens } from '../log-fault.ts';
import type { Network } from './network.ts';

/** Who the bot is in its workspace. */
export interface Identity {
  botId: string;
  botUserId: string;
  teamId: string;
  /** The organisation's id; null outside Enterprise Grid. */
  enterpriseId: string | null;
  /** The workspace's name. */
  team: string;
  /** What the token may do. */
  scopes: readonly string[];
}

interface Connection {
  slackApiUrl?: string | undefined;
  network: Network;
  logger: BoltLogger;
}

export interface IdentityQuery extends Connection {
  botToken: string;
}

/** For calls on whose outcome somebody waits: few attempts, soon given up. */
export function clientOptions({ slackApiUrl, network, logger }: Connection): WebClientOptions {
  return {
    logger,
    fetch: network.fetch,
    retryConfig: { retries: 2, minTimeout: 300 },
    timeout: 10_000,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  };
}

/** Asks Slack whose token it is. AppError `slack_refused` for a wrong token or where Slack cannot be reached. */
export async function identify({ botToken, ...connection }: IdentityQuery): Promise<Identity> {
  const web = new WebClient(botToken, clientOptions(connection));
  try {
    const { bot_id, user_id, team_id, team = '', enterprise_id, response_metadata } = await web.auth.test();
    if (!bot_id || !user_id || !team_id) {
      throw new AppError('slack_refused', {
        message: 'SLACK_BOT_TOKEN はボットのトークン（xoxb-）ではありません',
      });
    }
    const scopes = response_metadata?.scopes ?? [];
    const enterpriseId = enterprise_id ?? null;
    return { botId: bot_id, botUserId: user_id, teamId: team_id, enterpriseId, team, scopes };
  } catch (cause) {
    throw refusal(cause, 'SLACK_BOT_TOKEN');
  }
}

type TokenVariable = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/** Why Slack could not be used, in one line for the person who set the token. */
export function refusal(cause: unknown, variable: TokenVariable): AppError {
  if (cause instanceof AppError) {
    return cause;
  }
  if (cause instanceof WebAPIPlatformError) {
    return tokenFault(variable, cause.data.error, cause);
  }
  return new AppError('slack_refused', {
    message: `Slackに接続できませんでした（${whyUnreached(cause)}）`,
    cause,
  });
}

/** What an office network does to connections, by the codes of Node and OpenSSL, and what mends it. */
const HINTS: readonly (readonly [codes: RegExp, hint: string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, '名前を引けません。HTTPS_PROXY が要るネットワークかどうかを確かめてください'],
  [
    /^(?:SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_)/,
    '証明書を確かめられません。社内の認証局の証明書を環境変数 NODE_EXTRA_CA_CERTS に設定してください',
  ],
  [
    /^(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|UND_ERR_SOCKET)$/,
    '接続を断られました。HTTPS_PROXY を確かめてください',
  ],
  [/^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, '時間内に応答がありません。HTTPS_PROXY を確かめてください'],
];

/** In one line, with what can be done about it where that is known. */
export function whyUnreached(cause: unknown): string {
  const chain = causesOf(cause);
  const codes = chain.flatMap((one) => ('code' in one && typeof one.code === 'string' ? [one.code] : []));
  const said = withoutTokens(chain.at(-1)?.message || String(cause));
  const hint = HINTS.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
  return hint === undefined ? said : `${hint}：${said}`;
}

/** An error, what it came of, and so on: fetch hides the reason there, the SDK in `original`. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let one: unknown = error; one instanceof Error && chain.length < 9; ) {
    chain.push(one);
    one = 'original' in one ? one.original : one instanceof AggregateError ? one.errors[0] : one.cause;
  }
  return chain;
}

/** A token that Slack did not take; `code` is Slack's own word for why. */
export function tokenFault(variable: TokenVariable, code: string, cause?: unknown): AppError {
  const message = `Slackが ${variable} を受け付けませんでした（${code}）。トークンと権限を確かめてください`;
  return new AppError('slack_refused', { message, cause });
}
