import { setImmediate as breathe } from 'node:timers/promises';
import type { Ask } from '../model/ask.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Day } from '../model/fiscal-year.ts';

/** Any day will do: the answers are thrown away. */
const DAY: Day = { year: 2025, month: 7, day: 31 };

/**
 * Asks one question of each kind, so that the grammar is built, the store is read and the code has run before
 * somebody waits for it; whoever asks meanwhile waits for one of these at most. The type-ahead is left out: its
 * first letter waits less than the first page would for it. A fault is left to the question that meets it again.
 */
export async function warmUp({ ask, catalogue }: { ask: Ask; catalogue: Catalogue }): Promise<void> {
  const branch = formatBranch(catalogue.branches[0]?.name ?? HEAD_OFFICE);
  const topics = [catalogue.indicators[0]?.name ?? '', '予算', '遅れているKPI', '取組', '件数', '今後の予定'];
  for (const topic of topics) {
    await breathe();
    await ask({ text: `${branch}の${topic}は？`, context: null, today: DAY }).catch(() => undefined);
  }
}
