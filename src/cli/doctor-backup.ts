import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Store } from '../store/store.ts';
import { care, type Finding, fine } from './finding.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD_AFTER_DAYS = 31;

/** How old the newest backup is that planbot made; of copies made otherwise it knows nothing. */
export async function checkBackup(store: Store, now: Date): Promise<Finding[]> {
  const last = await store.lastAudit('store_backed_up');
  if (last) {
    const days = Math.floor((now.getTime() - Date.parse(last.at)) / DAY_MS);
    const text = `最後の控え ${isoDayInTokyo(new Date(last.at))}（${days}日前） ${last.subject}`;
    return [days > OLD_AFTER_DAYS ? care(`${text}。新しい控えを作ってください`) : fine(text)];
  }
  return (await store.auditEntries(1)).length === 0
    ? []
    : [fine('控えはまだありません（作成は planbot backup）')];
}
