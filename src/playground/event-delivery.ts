import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventRecord } from './event-record.ts';
import { findChannel, type State, tellChange } from './state.ts';
import type { EventTransport, Receipt } from './transport.ts';

export interface EventDelivery {
  /** Resolves after the first delivery, however it went; Slack tries again at once, after 1 and 5 minutes. */
  send(event: EventRecord['event']): Promise<EventRecord>;
  redeliver(record: EventRecord, reason: string): Promise<EventRecord>;
  stop(): void;
}

const RETRY_AFTER_MS = [0, 60_000, 300_000];
const REASONS: Record<string, string> = {
  timeout: 'http_timeout',
  no_connection: 'connection_failed',
  connection_lost: 'connection_failed',
};

export function createEventDelivery(state: State, transport: EventTransport): EventDelivery {
  const stopping = new AbortController();
  // Each event that waits to be sent again listens.
  setMaxListeners(0, stopping.signal);

  async function deliver(record: EventRecord, reason: string | null): Promise<Receipt> {
    const retry = reason === null ? null : { number: record.deliveries.length, reason };
    const receipt = await transport.deliver({ kind: 'events_api', payload: wrap(state, record), retry });
    record.deliveries.push(receipt.reason);
    tellChange(state);
    return receipt;
  }

  async function retry(record: EventRecord, failed: Receipt): Promise<void> {
    let last = failed;
    for (const delay of RETRY_AFTER_MS) {
      if (last.reason === 'acknowledged' || last.isFinal) return;
      if (last.reason === 'no_connection' || last.reason === 'connection_lost') await transport.connected();
      else await pause(delay, undefined, { ref: false, signal: stopping.signal });
      if (stopping.signal.aborted) return;
      last = await deliver(record, REASONS[last.reason] ?? 'http_error');
    }
  }

  return {
    async send(event) {
      const { type } = event;
      const record: EventRecord = {
        eventId: state.nextId('Ev'),
        at: state.now(),
        type,
        event,
        deliveries: [],
      };
      state.events.push(record);
      const first = await deliver(record, null);
      // Ends by itself, or when the workspace stops in the middle of a pause.
      if (first.reason !== 'acknowledged') retry(record, first).catch(() => undefined);
      return record;
    },
    async redeliver(record, reason) {
      await deliver(record, reason);
      return record;
    },
    stop: () => stopping.abort(),
  };
}

function wrap(state: State, record: EventRecord): Record<string, unknown> {
  const { team, bot } = state.workspace;
  return {
    token: 'unused',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event: record.event,
    type: 'event_callback',
    event_id: record.eventId,
    event_time: Math.floor(state.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isShared(state, record.event),
    event_context: `4-${record.eventId}`,
  };
}

function isShared(state: State, event: EventRecord['event']): boolean {
  const item = event.item as { channel?: unknown } | undefined;
  const channel = [event.channel, event.channel_id, item?.channel].find((one) => typeof one === 'string');
  return findChannel(state, String(channel))?.shared ?? false;
}
