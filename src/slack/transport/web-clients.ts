import type { Logger as BoltLogger } from '@slack/bolt';
import {
  type WebAPICallResult,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import { type Dispatcher, EnvHttpProxyAgent, fetch as fetchThrough } from 'undici';
import { AppError } from '../../model/errors.ts';
import { slackErrorCode } from '../delivery/slack-errors.ts';
import { withoutTokens } from '../log.ts';
import type { Meter } from '../ports.ts';

/** As in the environment variables of these names; an empty text is none. */
export interface ProxySettings {
  httpsProxy: string;
  httpProxy: string;
  /** Hosts between commas that are reached directly. */
  noProxy: string;
}

/** How Slack is reached: every call, the socket and the files go the same way. */
export interface Network {
  fetch: typeof globalThis.fetch;
  /** For the socket; undefined where no proxy is set. */
  dispatcher: Dispatcher | undefined;
}

export const DIRECT: Network = { fetch: (url, init) => globalThis.fetch(url, init), dispatcher: undefined };

export function openNetwork(proxy: ProxySettings | undefined): Network {
  if (proxy === undefined || (proxy.httpsProxy === '' && proxy.httpProxy === '')) return DIRECT;
  // HTTP/2 would share one connection between the socket and the calls.
  const dispatcher = new EnvHttpProxyAgent({ ...proxy, allowH2: false });
  const through = (url: string | URL, init?: object) => fetchThrough(url, { ...init, dispatcher });
  return { fetch: through as unknown as Network['fetch'], dispatcher };
}

/** Who the bot is in its workspace. */
export interface Identity {
  botId: string;
  botUserId: string;
  teamId: string;
  /** The organisation's id; null outside Enterprise Grid. */
  enterpriseId: string | null;
  team: string;
  scopes: readonly string[];
}

interface Connection {
  slackApiUrl?: string | undefined;
  network: Network;
  logger: BoltLogger;
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
export async function identify({
  botToken,
  ...connection
}: Connection & { botToken: string }): Promise<Identity> {
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
function whyUnreached(cause: unknown): string {
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
function tokenFault(variable: TokenVariable, code: string, cause?: unknown): AppError {
  const message = `Slackが ${variable} を受け付けませんでした（${code}）。トークンと権限を確かめてください`;
  return new AppError('slack_refused', { message, cause });
}

/** The same token with different patience. */
interface Clients {
  /** With the SDK's own retries. */
  web: WebClient;
  /** Neither tries again by itself nor waits out a 429: for what must not be done twice. */
  single: WebClient;
  /** The same, soon given up: behind it an acknowledgement waits, which Slack wants within three seconds. */
  quick: WebClient;
  watch: TokenWatch;
}

/** Of one attempt. Without it a call that gets no reply lasts for ever, and what waits behind it. */
const CALL_TIMEOUT_MS = 30_000;
const POST_TIMEOUT_MS = 10_000;
const QUICK_TIMEOUT_MS = 2_000;

export function createClients(parts: {
  botToken: string;
  slackApiUrl?: string | undefined;
  network: Network;
  logger: BoltLogger;
  meter: Meter;
}): Clients {
  const { botToken, slackApiUrl, network, logger, meter } = parts;
  const options = { logger, fetch: network.fetch, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
  const once = { ...options, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const watch: TokenWatch = { refusal: null };
  return {
    web: new MeteredClient(botToken, { ...options, timeout: CALL_TIMEOUT_MS }, meter, watch),
    single: new MeteredClient(botToken, { ...once, timeout: POST_TIMEOUT_MS }, meter, watch),
    quick: new MeteredClient(botToken, { ...once, timeout: QUICK_TIMEOUT_MS }, meter, watch),
    watch,
  };
}

/** Why Slack takes the token no more, by the last call; null while it takes it. */
interface TokenWatch {
  refusal: string | null;
}

const DEAD = new Set(['token_revoked', 'account_inactive', 'invalid_auth', 'token_expired', 'not_authed']);

/** Slack's client, whose failures are counted. */
class MeteredClient extends WebClient {
  readonly #meter: Meter;
  readonly #watch: TokenWatch;

  constructor(token: string, options: WebClientOptions, meter: Meter, watch: TokenWatch) {
    super(token, options);
    this.#meter = meter;
    this.#watch = watch;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    try {
      const result = await super.apiCall(method, options);
      this.#watch.refusal = null;
      return result;
    } catch (error) {
      const code = slackErrorCode(error);
      if (code !== undefined && DEAD.has(code)) this.#watch.refusal = code;
      this.#meter.slackFailed(
        error instanceof WebAPIRateLimitedError ? 'ratelimited' : (code ?? 'no_answer'),
      );
      throw error;
    }
  }
}
