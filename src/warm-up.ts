import { formatBranch, HEAD_OFFICE } from './model/branch.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { Day } from './model/fiscal-year.ts';
import type { Ask } from './model/question.ts';

/** Any day will do: the answers are thrown away. */
const DAY: Day = { year: 2025, month: 7, day: 31 };

/**
 * Asks one question of each kind, so that the grammar is built, the store is read and the code has run before
 * somebody waits for it. A fault is left to the question that meets it again.
 */
export async function warmUp(ask: Ask, { branches, indicators }: Catalogue): Promise<void> {
  const branch = formatBranch(branches[0]?.name ?? HEAD_OFFICE);
  const indicator = indicators[0]?.name ?? '';
  const about = [indicator, '予算', '遅れているKPI', '取組', '件数', '今後の予定'];
  for (const topic of about) {
    await ask({ text: `${branch}の${topic}は？`, context: null, today: DAY }).catch(() => undefined);
  }
}
