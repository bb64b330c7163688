import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import type { Logger } from 'pino';
import type { Catalogue } from '../model/catalogue.ts';
import { createFollowUps } from '../reminders/follow-up.ts';
import type { RecordParts } from '../reminders/record-due.ts';
import { type ReminderService, startReminderService } from '../reminders/reminder-service.ts';
import type { Sender } from '../reminders/sender.ts';
import { watchStore } from '../reminders/watch-store.ts';
import type { ReminderControls } from '../slack/ports.ts';
import type { Store } from '../store/store.ts';

export interface Reminders {
  /** For the buttons and for whoever has saved a new figure; does nothing before delivery has started. */
  controls: ReminderControls;
  /**
   * `by_calendar`: looks at once, by the calendar's schedule, and soon after another process has imported or
   * ingested. `when_asked`: only when the controls are asked to, as
   * in the playground, where people move the clock. Returns the way to stop.
   */
  start(sender: Sender, when?: 'by_calendar' | 'when_asked'): () => Promise<void>;
}

export function createReminders(parts: {
  store: Store;
  catalogue: Catalogue;
  known: RecordParts['known'];
  now: () => Date;
  log: Logger;
  /** Moments to see whether another process has changed the store; where it is not given, when one has. */
  ticks?: Ticks;
  /** Hears how many reminders were posted. */
  reminded?: (sent: number) => void;
}): Reminders {
  const { store, catalogue, known, now, log, reminded } = parts;
  const ticks = parts.ticks ?? ((ending) => changesOf(store, ending));
  let service: ReminderService | null = null;
  return {
    controls: {
      followUps: createFollowUps(store.outbox),
      messages: (of) => store.outbox.messages(of),
      refresh: async () => service?.refresh(),
      look: async () => service?.tick(),
    },
    start(sender, when = 'by_calendar') {
      const { calendar } = catalogue;
      const started = startReminderService({
        record: { outbox: store.outbox, catalogue, known },
        delivery: {
          outbox: store.outbox,
          owners: store.figures.owners,
          quietChannels: store.settings.quietChannels,
          sender,
          calendar,
          now,
          holder: randomUUID(),
        },
        ticked({ fresh, unaddressed }, delivered) {
          reminded?.(delivered.sent);
          log.info({ fresh: fresh.length, unaddressed: unaddressed.length, ...delivered }, 'reminders');
        },
        failed: (error) => log.error({ error: String(error) }, 'reminders failed'),
        schedule: when === 'by_calendar' ? calendar.schedule : null,
      });
      service = started;
      if (when === 'when_asked') return () => started.stop();
      started.tick();
      const endWatch = watch(store, started, ticks, log);
      return async () => {
        endWatch();
        await started.stop();
      };
    },
  };
}

type Ticks = (ending: AbortSignal) => AsyncIterable<unknown>;

const WATCH_MS = 10_000;

/** When the store tells of a change, and from time to time: what was told may have been missed. */
async function* changesOf(store: Store, ending: AbortSignal): AsyncGenerator<unknown> {
  const heard = new EventEmitter();
  const tell = () => void heard.emit('changed');
  const end = store.listen(tell);
  const timer = setInterval(tell, WATCH_MS).unref();
  try {
    yield* on(heard, 'changed', { signal: ending });
  } finally {
    clearInterval(timer);
    await end();
  }
}

/** Returns the way to end it. */
function watch(store: Store, service: ReminderService, ticks: Ticks, log: Logger): () => void {
  const ending = new AbortController();
  const failed = (error: unknown) => {
    if (!ending.signal.aborted) log.warn({ error: String(error) }, 'store not watched');
  };
  watchStore({
    stamp: store.knowledgeStamp,
    ticks: ticks(ending.signal),
    changed: () => service.tick(),
    failed,
  }).catch(failed);
  return () => ending.abort();
}
