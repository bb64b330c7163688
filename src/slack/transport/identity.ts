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
  const reason = withoutTokens(cause instanceof Error ? cause.message : String(cause));
  return new AppError('slack_refused', { message: `Slackに接続できませんでした（${reason}）`, cause });
}

/** A token that Slack did not take; `code` is Slack's own word for why. */
export function tokenFault(variable: TokenVariable, code: string, cause?: unknown): AppError {
  const message = `Slackが ${variable} を受け付けませんでした（${code}）。トークンと権限を確かめてください`;
  return new AppError('slack_refused', { message, cause });
}
