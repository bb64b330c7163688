import pg from 'pg';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Hears what other processes tell, on a connection of its own. One that is lost is made again: what was told
 * meanwhile is not known, so that `changed` is called then too.
 */
export function listenTo(config: pg.ClientConfig, channel: string, changed: () => void): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isEnded = false;

  async function connect(pause: number): Promise<void> {
    const made = new pg.Client(config);
    client = made;
    let isLost = false;
    const lose = (next: number) => {
      if (isLost || isEnded) return;
      isLost = true;
      made.end().catch(() => undefined);
      timer = setTimeout(() => connect(Math.min(next * 2, LONGEST_PAUSE_MS)), next);
      timer.unref();
    };
    made.on('error', () => lose(FIRST_PAUSE_MS)).on('end', () => lose(FIRST_PAUSE_MS));
    made.on('notification', changed);
    try {
      await made.connect();
      await made.query(`listen ${channel}`);
      changed();
    } catch {
      lose(pause);
    }
  }

  connect(FIRST_PAUSE_MS);
  return async () => {
    isEnded = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
