import { Cron } from 'croner';
import { AppError } from '../model/errors.ts';
import { type Delivered, type DeliveryParts, deliver } from './deliver.ts';
import { type Recorded, type RecordParts, recordDue } from './record-due.ts';

export interface ReminderService {
  /** Looks for what is due and delivers it; looks asked for meanwhile run one after another. */
  tick(): Promise<void>;
  /** Shows what people changed, and sends what waits. */
  refresh(): Promise<void>;
  /** Starts no more looks, and resolves when the running one has ended. */
  stop(): Promise<void>;
}

interface ServiceParts {
  record: RecordParts;
  delivery: DeliveryParts;
  ticked: (recorded: Recorded, delivered: Delivered) => void;
  failed: (error: unknown) => void;
  /** As cron writes it, in Tokyo; null where looks come only when they are asked for. */
  schedule: string | null;
}

/** Looks by the schedule; AppError `bad_catalogue` for one that is none. A look that is late or missed changes nothing: the next finds the same. */
export function startReminderService({
  record,
  delivery,
  ticked,
  failed,
  schedule,
}: ServiceParts): ReminderService {
  let running: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    running = running.then(work).catch(failed);
    return running;
  };
  const service: ReminderService = {
    tick: () =>
      inTurn(async () => {
        const recorded = await recordDue(record, delivery.now());
        ticked(recorded, await deliver(delivery));
      }),
    refresh: () =>
      inTurn(async () => {
        await deliver(delivery);
      }),
    async stop() {
      job?.stop();
      await running;
    },
  };
  const job = schedule === null ? null : scheduled(schedule, () => service.tick());
  return service;
}

function scheduled(pattern: string, work: () => Promise<void>): Cron {
  try {
    return new Cron(pattern, { timezone: 'Asia/Tokyo', protect: true }, work);
  } catch (cause) {
    const message = 'schedule は「分 時 日 月 曜日」の形で書いてください';
    throw new AppError('bad_catalogue', {
      message,
      file: 'index/catalogue/calendar.yml',
      text: pattern,
      cause,
    });
  }
}
