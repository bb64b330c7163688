import type { OutboxMessage } from '../../src/model/outbox.ts';
import type { Reminder } from '../../src/model/reminder.ts';

/** A notice with one reminder in it, as the outbox keeps it. */
export function outboxMessage(over: Partial<OutboxMessage>, text: string): OutboxMessage {
  const branch = over.branch ?? '東京';
  return {
    id: 1,
    key: `notice:${over.id ?? 1}`,
    audience: 'branch',
    reader: null,
    subject: over.id ?? 1,
    branch,
    content: { type: 'notice', notes: [] },
    state: 'sent',
    attempts: 1,
    route: 0,
    fault: null,
    channel: 'C0TOKYO01',
    ts: '1.1',
    createdAt: new Date('2025-07-20T03:00:00Z'),
    recipient: 'C0TOKYO01',
    thread: null,
    followUp: 'open',
    followedBy: null,
    followedAt: null,
    snoozedUntil: null,
    assignee: null,
    escalatedAt: null,
    version: 1,
    items: [{ reminder: reminder(branch, text), resolvedAt: null, isReplaced: false, ending: null }],
    ...over,
  };
}

function reminder(branch: string, text: string): Reminder {
  return {
    key: 'report',
    series: 'report',
    rank: 0,
    kind: 'report_overdue',
    audience: 'branch',
    branch,
    fy: 7,
    period: 'R7Q1',
    indicator: null,
    item: null,
    yardstick: null,
    unit: null,
    actual: null,
    asOf: null,
    expected: null,
    target: null,
    gap: null,
    due: '2025-07-31',
    stage: 'due',
    channel: 'C0TOKYO01',
    mentions: [],
    text,
    line: text,
    detail: '',
    version: '',
    isCompanion: false,
    source: null,
  };
}
