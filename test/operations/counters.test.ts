import { describe, expect, test } from 'vitest';
import type { OutboxState } from '../../src/model/outbox.ts';
import { createCounters } from '../../src/operations/counters.ts';

const outbox = async () => [
  { state: 'sent' as OutboxState, count: 2 },
  { state: 'waiting' as OutboxState, count: 1 },
];

describe('/metrics', () => {
  test('counts what happened, by kind', async () => {
    const counters = createCounters({ outbox });
    counters.answered('answered');
    counters.answered('answered');
    counters.answered('failed');
    counters.slackFailed('ratelimited');
    counters.refused('guest');
    counters.judged('bad');
    counters.reminded(3);
    const { text, contentType } = await counters.render();
    expect(contentType).toContain('text/plain');
    for (const line of [
      'planbot_questions_total{outcome="answered"} 2',
      'planbot_questions_total{outcome="failed"} 1',
      'planbot_slack_errors_total{code="ratelimited"} 1',
      'planbot_refusals_total{reason="guest"} 1',
      'planbot_feedback_total{verdict="bad"} 1',
      'planbot_reminders_sent_total 3',
      'planbot_outbox_messages{state="sent"} 2',
      'planbot_outbox_messages{state="waiting"} 1',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  test('holds how long answers took, around the goal of 50 ms', async () => {
    const counters = createCounters({ outbox });
    for (const seconds of [0.02, 0.04, 3]) counters.lasted(seconds);
    const { text } = await counters.render();
    expect(text).toContain('planbot_answer_seconds_bucket{le="0.05"} 2');
    expect(text).toContain('planbot_answer_seconds_count 3');
  });

  test('is there while the outbox cannot be read, and sees it anew each time', async () => {
    let messages: { state: OutboxState; count: number }[] | null = null;
    const counters = createCounters({
      outbox: async () => messages ?? Promise.reject(new Error('locked')),
    });
    expect((await counters.render()).text).not.toContain('planbot_outbox_messages{');
    messages = [{ state: 'unclear', count: 1 }];
    await counters.render();
    messages = [{ state: 'sent', count: 1 }];
    const { text } = await counters.render();
    expect(text).toContain('planbot_outbox_messages{state="sent"} 1');
    expect(text).not.toContain('state="unclear"');
  });

  test('of two in one process do not mix', async () => {
    const [one, two] = [createCounters({ outbox }), createCounters({ outbox })];
    one.answered('answered');
    expect((await two.render()).text).not.toContain('planbot_questions_total{outcome="answered"}');
  });
});
