import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The real documents, which are not part of the repository. */
export const PLANS_FOLDER = join(import.meta.dirname, '../../../shared/plans');

/** For `describe.runIf`: says in a visible line what is not tested where the documents are absent. */
export function plansPresent(whatIsSkipped: string): boolean {
  const present = existsSync(PLANS_FOLDER);
  if (!present) {
    console.log(`資料がないため省きます: ${whatIsSkipped}`);
  }
  return present;
}
