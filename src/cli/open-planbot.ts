import { loadKuromoji } from '../japanese/kuromoji.ts';
import type { StoreLocation } from '../store/dialects/dialect.ts';
import type { Planbot } from '../wiring/planbot.ts';

/** All that answers, for one command. The dictionary takes longest, so it loads while the program itself does. */
export async function openPlanbot(location: StoreLocation): Promise<Planbot> {
  // Whoever asks for the dictionary later hears of its failure.
  loadKuromoji().catch(() => undefined);
  const { createPlanbot } = await import('../main.ts');
  return createPlanbot({ ...location, tell: () => undefined });
}
