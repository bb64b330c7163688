import type { Planbot } from '../app/planbot.ts';
import { loadKuromoji } from '../japanese/kuromoji.ts';
import type { StoreLocation } from '../store/dialects/dialect.ts';

/** All that answers, for one command. The dictionary takes longest, so it loads while the program itself does. */
export async function openPlanbot(location: StoreLocation): Promise<Planbot> {
  // Whoever asks for the dictionary later hears of its failure.
  loadKuromoji().catch(() => undefined);
  const { createPlanbot } = await import('../app/planbot.ts');
  return createPlanbot({ ...location, tell: () => undefined });
}
