import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { openBuiltIn } from './ingest/built-in.ts';
import type { Store } from './knowledge/store.ts';
import type { Catalogue } from './model/catalogue.ts';
import { createFollowUps } from './reminders/follow-up.ts';
import { type ReminderService, startReminderService } from './reminders/reminder-service.ts';
import type { Sender } from './reminders/sender.ts';
import type { ReminderDesk } from './slack/reminder-desk.ts';

export interface ReminderWiring {
  /** For the buttons and for whoever has saved a new figure; does nothing before delivery has started. */
  desk: ReminderDesk;
  /**
   * `by_calendar`: looks at once, then by the calendar's schedule. `when_asked`: only when the desk is asked to, as
   * in the playground, where people move the clock. Returns the way to stop.
   */
  start(sender: Sender, when?: 'by_calendar' | 'when_asked'): () => Promise<void>;
}

export function wireReminders(parts: {
  store: Store;
  catalogue: Catalogue;
  now: () => Date;
  log: Logger;
}): ReminderWiring {
  const { store, catalogue, now, log } = parts;
  let service: ReminderService | null = null;
  return {
    desk: {
      followUps: createFollowUps(store),
      messages: () => store.outboxMessages(),
      refresh: async () => service?.refresh(),
      look: async () => service?.tick(),
    },
    start(sender, when = 'by_calendar') {
      const { calendar } = catalogue;
      const started = startReminderService({
        record: { outbox: store, catalogue, delivered: () => openBuiltIn(catalogue) },
        delivery: { outbox: store, owners: store.owners, sender, calendar, now, holder: randomUUID() },
        ticked: ({ fresh, unaddressed }, delivered) =>
          log.info({ fresh: fresh.length, unaddressed: unaddressed.length, ...delivered }, 'reminders'),
        failed: (error) => log.error({ error: String(error) }, 'reminders failed'),
        schedule: when === 'by_calendar' ? calendar.schedule : null,
      });
      service = started;
      if (when === 'by_calendar') started.tick();
      return () => started.stop();
    },
  };
}
