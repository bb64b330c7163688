import { userInfo } from 'node:os';
import { UNNAMED } from '../model/audit.ts';

/** The name that --by gives, else that of the account that planbot runs under. */
export function whoRuns(by: string | undefined): string {
  if (by) return by;
  try {
    return userInfo().username || UNNAMED;
  } catch {
    // An account that the system has no name for, as in a container.
    return UNNAMED;
  }
}
