import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/playground/emulator/local-slack.ts';
import { CHANNELS } from '../../../src/playground/emulator/workspace.ts';
import { silent, startSlack } from '../../helpers/local-slack.ts';

describe('injected faults', () => {
  let slack: LocalSlack;
  const message = { channel: CHANNELS.tokyo, text: '通知' };
  const client = (retries: number): WebClient =>
    new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      logger: silent,
      retryConfig: { retries, minTimeout: 0, maxTimeout: 1 },
      rejectRateLimitedCalls: retries === 0,
    });

  beforeEach(async () => {
    slack = await startSlack();
  });
  afterEach(() => slack.stop());

  it('429 with Retry-After, after which the call goes through', async () => {
    slack.injectFault({ method: 'chat.postMessage', kind: 'rate_limit', retryAfterSeconds: 0, times: 2 });
    await client(3).chat.postMessage(message);
    expect(slack.calls().map((call) => call.status)).toEqual([429, 429, 200]);
    expect(slack.messages(CHANNELS.tokyo)).toHaveLength(1);
  });

  it('429 tells how long to wait', async () => {
    slack.injectFault({ method: 'chat.postMessage', kind: 'rate_limit', retryAfterSeconds: 30, times: 1 });
    await expect(client(0).chat.postMessage(message)).rejects.toMatchObject({ retryAfter: 30 });
  });

  it('503 has no effect', async () => {
    slack.injectFault({ method: 'chat.postMessage', kind: 'server_error', times: 1 });
    await expect(client(0).chat.postMessage(message)).rejects.toMatchObject({ statusCode: 503 });
    expect(slack.messages(CHANNELS.tokyo)).toEqual([]);
  });

  it('a lost reply takes effect: who retries without looking posts twice', async () => {
    slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 1 });
    await expect(client(0).chat.postMessage(message)).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    expect(slack.messages(CHANNELS.tokyo)).toHaveLength(1);
    slack.injectFault({ method: 'chat.postMessage', kind: 'drop_response', times: 1 });
    await client(1).chat.postMessage(message);
    expect(slack.messages(CHANNELS.tokyo)).toHaveLength(3);
  });

  it('an error of Slack’s choice', async () => {
    slack.injectFault({
      method: 'chat.postMessage',
      kind: 'error',
      code: 'team_access_not_granted',
      times: 1,
    });
    await expect(client(0).chat.postMessage(message)).rejects.toThrow('team_access_not_granted');
  });

  it('a slow answer comes', async () => {
    slack.injectFault({ method: 'chat.postMessage', kind: 'slow', delayMs: 30, times: 1 });
    await expect(client(0).chat.postMessage(message)).resolves.toMatchObject({ ok: true });
  });

  it('reach only the method they name', async () => {
    slack.injectFault({ method: 'chat.update', kind: 'server_error', times: 1 });
    await expect(client(0).chat.postMessage(message)).resolves.toMatchObject({ ok: true });
  });
});
