import { type Logger as BoltLogger, SocketModeReceiver } from '@slack/bolt';
import { refusal } from './identity.ts';
import type { Transport } from './transport.ts';

export interface SocketTransportOptions {
  appToken: string;
  slackApiUrl?: string | undefined;
  logger: BoltLogger;
}

/** Events through a WebSocket that the app opens: needs no address that Slack could reach. */
export function socketTransport({ appToken, slackApiUrl, logger }: SocketTransportOptions): Transport {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: { clientOptions: slackApiUrl === undefined ? {} : { slackApiUrl } },
  });
  return {
    receiver,
    async start() {
      try {
        await receiver.start();
        return null;
      } catch (cause) {
        throw refusal(cause, 'SLACK_APP_TOKEN');
      }
    },
    stop: () => receiver.stop(),
  };
}
