import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { isSendingTime } from '../model/business-day.ts';
import { formatDay } from '../model/calendar-day.ts';
import { listed } from '../model/figure-words.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { OutboxItem, Word } from '../model/outbox.ts';
import type { Reminder } from '../model/reminder.ts';
import { formatPeriod, parsePeriodCode, reportDeadline } from '../model/reporting-period.ts';
import type { DueTransaction, KnownItem } from '../store/outbox-transaction.ts';
import { digestKey, reminderDigest } from './digest.ts';
import { changedLines, endedLines, isWorse, isYearly, type News } from './news.ts';
import { addWord, isJustWritten, type Settled } from './settle-open.ts';
import type { Situation } from './situation.ts';

interface Fresh {
  /** All that is due, for what the head office reads. */
  due: readonly Reminder[];
  /** What was never said, and can be sent. */
  fresh: readonly Reminder[];
  /** What was said of it before, and all that is open. */
  known: readonly KnownItem[];
}

/**
 * Writes what is new: a message a branch, the next stage of a report in its thread, one for the head office. What
 * became of older things stands at the head of the branch's new message, or in their threads where there is none.
 */
export async function writeNewMessages(
  trx: DueTransaction,
  { due, fresh, known }: Fresh,
  { news, woken }: Settled,
  situation: Situation,
  now: Date,
): Promise<void> {
  const roots = new Map(known.filter(({ isOpen }) => isOpen).map((item) => [item.series, item.rootId]));
  const isFollowing = ({ kind, series }: Reminder) => kind === 'report_overdue' && roots.has(series);
  const asleep = new Map(woken);
  const wake = (root: number) => {
    const why = asleep.get(root);
    asleep.delete(root);
    return why ?? '';
  };
  for (const reminder of fresh.filter(isFollowing)) {
    const root = roots.get(reminder.series) ?? 0;
    await addToThread(trx, reminder, root, wake(root), now);
  }
  const others = fresh.filter((reminder) => !isFollowing(reminder));
  const untold = new Set(news);
  for (const { branch, assignee, items } of groups(others, known)) {
    const told = [...untold].filter(
      ({ message }) => message.branch === branch && message.audience === 'branch',
    );
    const replaced = items.flatMap(({ series }) => roots.get(series) ?? []);
    const reasons = new Set(replaced.map(wake).filter((why) => why !== ''));
    const became = [...endedLines(told, situation), ...changedLines(told, situation)];
    const notes = [...reasons, ...became, ...lastWords(items, situation)];
    await addNotice(trx, { branch, assignee, items, notes }, situation, now);
    for (const one of told) untold.delete(one);
  }
  await replaceOlder(trx, others, known, now);
  await addHeadOffice(trx, { due, fresh: others }, situation, now);
  await tellInThreads(trx, { news: [...untold], woken: asleep }, situation, now);
}

/** What is left of a year is asked for until its last report is due: said while something can still be done. */
function lastWords(items: readonly Reminder[], { fy, catalogue }: Situation): string[] {
  if (!items.some((item) => isYearly(item) && item.fy < fy)) return [];
  const last = formatDay(reportDeadline({ fy: fy - 1, quarter: 4 }, catalogue.calendar));
  return [`${formatFiscalYear(fy - 1)}に残っているもののお知らせは、${last}で終わります。`];
}

interface Notice {
  branch: string;
  assignee: string | null;
  items: Reminder[];
  notes: string[];
}

async function addNotice(
  trx: DueTransaction,
  { branch, assignee, items, notes }: Notice,
  situation: Situation,
  now: Date,
): Promise<void> {
  const open = (await trx.openMessages(branch)).filter(
    (message) => message.content.type === 'notice' && message.assignee === assignee,
  );
  const joined = open.find((message) => isJustWritten(message, situation, now));
  if (joined) {
    await trx.attach(joined.id, items, notes, now);
    return;
  }
  const content = { type: 'notice' as const, notes };
  const message = { parentId: null, audience: 'branch' as const, branch, content, items, assignee };
  const readers = await trx.noticeReaders(branch);
  await trx.add({ ...message, key: `message|${items[0]?.key}`, readers }, now);
}

/** The next stage of a report that is still missing stands in the thread of the message that lives in the channel. */
async function addToThread(
  trx: DueTransaction,
  reminder: Reminder,
  rootId: number,
  whyWoken: string,
  now: Date,
): Promise<void> {
  const { key, audience, branch, text, stage } = reminder;
  const call = stage.startsWith('weekly_') ? ('head' as const) : ('in_charge' as const);
  const words = [{ text: `${whyWoken}${text}` }];
  const content = { type: 'word' as const, words, call };
  await trx.add(
    { key: `message|${key}`, parentId: rootId, audience, branch, content, items: [reminder] },
    now,
  );
  const root = await trx.message(rootId);
  await trx.change(rootId, root?.followUp === 'acknowledged' ? { followUp: 'open' } : {}, now);
}

/** How all branches stand comes once a quarter; what concerns the head office in between is a word in its thread. */
async function addHeadOffice(
  trx: DueTransaction,
  { due, fresh }: Omit<Fresh, 'known'>,
  situation: Situation,
  now: Date,
): Promise<void> {
  if (!situation.owners.has(HEAD_OFFICE)) return;
  const items = fresh.filter(({ audience }) => audience === 'head_office');
  const message = { audience: 'head_office' as const, branch: HEAD_OFFICE, items };
  const key = digestKey(situation);
  const parentId = await trx.messageId(key);
  const digest = parentId === null ? reminderDigest(situation, due) : null;
  if (digest !== null) {
    // It tells how things stand: it is written when it can go out, not the evening before.
    if (!isSendingTime(now, situation.catalogue.calendar)) return;
    await trx.add({ ...message, key, content: digest, parentId }, now);
    return;
  }
  if (items.length === 0) return;
  const content = {
    type: 'word' as const,
    words: [{ text: branchesNamed(items) }],
    call: 'in_charge' as const,
  };
  await trx.add({ ...message, key: `message|${items[0]?.key}`, parentId, content }, now);
}

const NAMED = 12;

function branchesNamed(items: readonly Reminder[]): string {
  const sentence = (words: string, own: readonly Reminder[]) => {
    const names = own.map(({ branch }) => formatBranch(branch));
    return own.length === 0 ? [] : [`${words}：${listed(names, NAMED, '支部')}。`];
  };
  const late = items.filter(({ kind }) => kind === 'report_overdue');
  const periods = new Set(late.map(({ period }) => period));
  return [
    ...[...periods].flatMap((period) => {
      const own = late.filter((one) => one.period === period);
      const of = parsePeriodCode(period);
      return sentence(`期限を過ぎても${of === null ? '' : formatPeriod(of)}の報告がそろっていません`, own);
    }),
    ...sentence(
      '知らせることがありますが、担当者とチャンネルが登録されていません',
      items.filter(({ kind }) => kind === 'owner_missing'),
    ),
  ].join('\n');
}

/** What waits says how things stood when it was written: it goes out as they stand now, or not at all. */
export async function remakeWaiting(
  trx: DueTransaction,
  due: readonly Reminder[],
  situation: Situation,
): Promise<void> {
  const today = new Map(due.map((reminder) => [reminder.key, reminder]));
  for (const { id, key, content, items, audience } of await trx.waitingMessages()) {
    if (content.type === 'digest') {
      const digest = key === digestKey(situation) ? reminderDigest(situation, due, true) : null;
      if (key !== digestKey(situation)) await trx.withdraw(id);
      else if (digest !== null) await trx.rewrite(id, digest);
    }
    if (content.type !== 'word' || items.length === 0) continue;
    const still = items.flatMap(({ reminder }) => today.get(reminder.key) ?? []);
    if (still.length === 0) await trx.withdraw(id);
    else {
      const words =
        audience === 'head_office' ? [{ text: branchesNamed(still) }] : anew(content.words, items, today);
      await trx.rewrite(id, { ...content, words });
    }
  }
}

/** With each sentence as it is today, and all that stands beside it. */
function anew(
  words: readonly Word[],
  items: readonly OutboxItem[],
  today: ReadonlyMap<string, Reminder>,
): Word[] {
  const textNow = (text: string) =>
    items.reduce(
      (all, { reminder: { key, text: before } }) => all.replace(before, () => today.get(key)?.text ?? before),
      text,
    );
  return words.map((word) => ('text' in word ? { text: textNow(word.text) } : word));
}

/** What a new message says of a thing, an older one need not say any more. */
async function replaceOlder(
  trx: DueTransaction,
  fresh: readonly Reminder[],
  known: readonly KnownItem[],
  now: Date,
): Promise<void> {
  if (fresh.length === 0) return;
  const series = new Set(fresh.map((reminder) => reminder.series));
  const older = known.filter((item) => item.isOpen && series.has(item.series));
  await trx.replaceItems(
    older.map(({ key }) => key),
    now,
  );
  const left = new Set((await trx.knownItems([])).map(({ rootId }) => rootId));
  for (const root of new Set(older.map(({ rootId }) => rootId))) {
    await trx.change(root, left.has(root) ? {} : { followUp: 'resolved' }, now);
  }
}

/** One word a message, whatever became of it, with how much of it is left. */
async function tellInThreads(
  trx: DueTransaction,
  { news, woken }: Settled,
  situation: Situation,
  now: Date,
): Promise<void> {
  const open = woken.size === 0 ? [] : (await trx.openMessages()).filter(({ id }) => woken.has(id));
  const messages = new Map([...news.map(({ message }) => message), ...open].map((one) => [one.id, one]));
  for (const message of messages.values()) {
    const own = news.filter((one) => one.message.id === message.id);
    const why = open.some(({ id }) => id === message.id) ? woken.get(message.id) : undefined;
    const loud = own.filter((one) => !isQuiet(one));
    const over = endedLines(loud, situation).join('');
    const left = own[0]?.left ?? 0;
    const texts = [
      ...(why === undefined ? [] : [`${why}ご確認をお願いします。`]),
      ...(over === '' ? [] : [left > 0 ? `${over}（残り${left}件）` : over]),
      ...changedLines(own, situation),
    ];
    if (texts.length === 0) continue;
    const calls = why !== undefined || own.some(({ changed }) => changed.some(isWorse));
    const words = [{ text: texts.join('\n') }];
    await addWord(trx, message, { name: `news-${message.version}`, words, calls }, now);
  }
}

/** That a quarter has passed without its report is news to the head office alone; what a year leaves was announced. */
function isQuiet({ message, ended }: News): boolean {
  return message.audience === 'branch' && ended.every(({ ending }) => ending === 'over');
}

/** Who took a thing over: it goes on as theirs. */
export function assigneesOf(known: readonly KnownItem[]): ReadonlyMap<string, string | null> {
  return new Map(known.map(({ series, assignee }) => [series, assignee]));
}

/** One message a branch; what somebody took over goes on as theirs. */
function groups(fresh: readonly Reminder[], known: readonly KnownItem[]): Omit<Notice, 'notes'>[] {
  const assignees = assigneesOf(known);
  const found = new Map<string, Omit<Notice, 'notes'>>();
  for (const item of fresh.filter(({ audience }) => audience === 'branch')) {
    const assignee = assignees.get(item.series) ?? null;
    const key = `${item.branch}|${assignee ?? ''}`;
    const group = found.get(key) ?? { branch: item.branch, assignee, items: [] };
    group.items.push(item);
    found.set(key, group);
  }
  return [...found.values()];
}
