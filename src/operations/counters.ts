import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OutboxState } from '../model/outbox.ts';

/** Seconds: the goal is 0.05, and after 2 a notice is shown. */
const LATENCIES = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];

/** What an operator watches, in the text format of Prometheus. */
export interface Counters {
  answered(outcome: string): void;
  /** From the question to its answer. */
  lasted(seconds: number): void;
  slackFailed(code: string): void;
  refused(reason: string): void;
  judged(verdict: string): void;
  reminded(sent: number): void;
  /** The figures of this moment. */
  render(): Promise<{ contentType: string; text: string }>;
}

/** `outbox` is counted when somebody looks; a fault leaves its figures out and nothing else. */
export function createCounters({
  outbox,
}: {
  outbox: () => Promise<{ state: OutboxState; count: number }[]>;
}): Counters {
  const registers = [new Registry()];
  const [registry = new Registry()] = registers;
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, label: L) =>
    new Counter({ name, help, labelNames: [label], registers });
  const questions = counter('planbot_questions_total', 'Questions, by what came of them', 'outcome');
  const slackErrors = counter(
    'planbot_slack_errors_total',
    'Calls that Slack refused or did not answer',
    'code',
  );
  const refusals = counter('planbot_refusals_total', 'Who or what may not be served', 'reason');
  const feedback = counter('planbot_feedback_total', 'Thumbs under answers', 'verdict');
  const reminders = new Counter({
    name: 'planbot_reminders_sent_total',
    help: 'Reminders posted',
    registers,
  });
  const latency = new Histogram({
    name: 'planbot_answer_seconds',
    help: 'From a question to its answer',
    buckets: LATENCIES,
    registers,
  });
  new Gauge({
    name: 'planbot_outbox_messages',
    help: 'Reminders in the outbox, by state',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset();
      for (const { state, count } of await outbox().catch(() => [])) this.set({ state }, count);
    },
  });
  return {
    answered: (outcome) => questions.inc({ outcome }),
    lasted: (seconds) => latency.observe(seconds),
    slackFailed: (code) => slackErrors.inc({ code }),
    refused: (reason) => refusals.inc({ reason }),
    judged: (verdict) => feedback.inc({ verdict }),
    reminded: (sent) => reminders.inc(sent),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
