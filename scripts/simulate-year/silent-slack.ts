import type { OutboxMessage } from '../../src/model/outbox.ts';
import type { ReminderKind } from '../../src/model/reminder.ts';
import type { Destination, Found, Sender, SendResult } from '../../src/reminders/sender.ts';

const NAMES: Record<ReminderKind, string> = {
  report_overdue: '報告',
  kpi_behind: '遅れ',
  kpi_unjudged: '判定できない指標',
  commitment_due: '予定（今月）',
  commitment_overdue: '予定（期限切れ）',
  budget_unstarted: '未着手の予算',
  budget_over: '予算超過',
  owner_missing: '担当者なし',
};

/** Takes every message and keeps one line of each. */
export class SilentSlack implements Sender {
  day = '';
  readonly keys: string[] = [];
  #taken: { message: OutboxMessage; line: string }[] = [];

  async post(message: OutboxMessage, to: Destination): Promise<SendResult> {
    this.keys.push(message.key);
    this.#taken.push({ message, line: lineOf(message, to) });
    return { kind: 'sent', channel: to.place, ts: `${this.keys.length}.0` };
  }

  async hasLeft(): Promise<boolean> {
    return false;
  }

  async find(): Promise<Found> {
    return { kind: 'absent' };
  }

  async edit(message: OutboxMessage): Promise<{ kind: 'done' }> {
    if (message.followUp === 'resolved') {
      this.#taken = this.#taken.filter(
        ({ message: { id } }) => id !== message.id || message.state === 'sent',
      );
    }
    return { kind: 'done' };
  }

  /** What was posted since the last time. */
  take(): { message: OutboxMessage; line: string }[] {
    return this.#taken.splice(0);
  }
}

function lineOf({ content, items }: OutboxMessage, { threadTs }: Destination): string {
  const where = threadTs === null ? '' : '（スレッド）';
  if (content.type === 'digest') return `まとめ：${content.counts.join('、')}`;
  if (content.type === 'word') {
    return `${where}${content.words.map((word) => ('id' in word ? `@${word.id}` : word.text)).join(' ')}`;
  }
  const counts = new Map<string, number>();
  for (const { reminder } of items) {
    const name = reminder.kind === 'report_overdue' ? `報告（${reminder.stage}）` : NAMES[reminder.kind];
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return `${where}${[...counts].map(([name, n]) => (n === 1 ? name : `${name} ${n}件`)).join('、')}`;
}
