import { escapeHtml } from '../../model/escape-html.ts';
import type { LocalSlack } from '../local-slack.ts';
import type { PageFragment } from './message-view.ts';

interface Entry {
  key: string;
  at: Date;
  line: string;
  detail: unknown;
  bad: boolean;
}

const LINES = 60;

/** What the bot and Slack said to each other, newest first: `→` a call of the bot, `←` an event it was sent. */
export function renderLog(slack: LocalSlack): PageFragment[] {
  const calls = slack.calls().map(
    (call, index): Entry => ({
      key: `call-${index}`,
      at: call.at,
      line: `→ ${call.method}：${call.outcome ?? '…'}`,
      detail: { arguments: readable(call.args), response: call.response },
      bad: call.outcome !== null && call.outcome !== 'ok',
    }),
  );
  const events = slack.events().map(
    (event): Entry => ({
      key: event.eventId,
      at: event.at,
      line: `← ${event.type}：${event.deliveries.join('、') || '…'}`,
      detail: event.event,
      bad: event.deliveries.length > 0 && event.deliveries.at(-1) !== 'acknowledged',
    }),
  );
  return [...calls, ...events]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .slice(0, LINES)
    .map(({ key, at, line, detail, bad }) => {
      const body = escapeHtml(JSON.stringify(detail, null, 2));
      const summary = `<summary>${timeOf(at)} ${escapeHtml(line)}</summary>`;
      return { key, html: `<details class="${bad ? 'bad' : ''}">${summary}<pre>${body}</pre></details>` };
    });
}

/** Arguments that came as JSON text, as what they say. */
function readable(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

/** 09:05:07 in Asia/Tokyo. */
function timeOf(moment: Date): string {
  return new Date(moment.getTime() + 9 * 60 * 60 * 1000).toISOString().slice(11, 19);
}
