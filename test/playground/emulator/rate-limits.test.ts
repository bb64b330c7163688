import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createRateLimits } from '../../../src/playground/emulator/rate-limits.ts';
import { CHANNELS } from '../../../src/playground/emulator/workspace.ts';
import { NOON, silent, startSlack } from '../../helpers/local-slack.ts';

describe('Slack’s limits', () => {
  function limitsAt() {
    let ms = NOON.getTime();
    const limits = createRateLimits(() => new Date(ms));
    return {
      later: (seconds: number) => {
        ms += seconds * 1000;
      },
      /** Calls until the first that must wait, and for how long. */
      until(method: string, args: Record<string, unknown> = {}) {
        for (let count = 0; count < 1000; count += 1) {
          const wait = limits.take(method, args);
          if (wait > 0) return { count, wait };
        }
        throw new Error('no limit');
      },
    };
  }

  it.each([
    ['chat.postMessage', { channel: 'C1' }, { count: 5, wait: 1 }],
    ['chat.update', {}, { count: 50, wait: 2 }],
    ['views.open', {}, { count: 100, wait: 1 }],
  ])('%s', (method, args, expected) => {
    expect(limitsAt().until(method, args)).toEqual(expected);
  });

  it('count each channel for itself, and fill as time goes on', () => {
    const { until, later } = limitsAt();
    const post = (channel: string) => until('chat.postMessage', { channel }).count;
    expect([post('C1'), post('C2'), post('C1')]).toEqual([5, 5, 0]);
    later(2);
    expect(post('C1')).toBe(2);
    later(3600);
    expect(post('C1')).toBe(5);
  });

  it('are filled by no clock that is set back', () => {
    const { until, later } = limitsAt();
    until('chat.postMessage', { channel: 'C1' });
    later(-3600);
    expect(until('chat.postMessage', { channel: 'C1' }).count).toBe(0);
    later(1);
    expect(until('chat.postMessage', { channel: 'C1' }).count).toBe(1);
  });

  it('are answered with 429 where the workspace has them, and nothing is posted', async () => {
    const slack = await startSlack({ rateLimits: true });
    const client = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      logger: silent,
      rejectRateLimitedCalls: true,
    });
    const post = () => client.chat.postMessage({ channel: CHANNELS.tokyo, text: 'x' });
    for (const _turn of Array(5)) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.messages(CHANNELS.tokyo)).toHaveLength(5);
    expect(slack.calls().at(-1)).toMatchObject({ status: 429, outcome: 'ratelimited' });
    await slack.stop();
  });
});
