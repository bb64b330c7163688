import { onTestFinished } from 'vitest';
import { formatBranch } from '../../src/model/branch.ts';
import { addDays, formatDay, isoDayInTokyo, timeInTokyo } from '../../src/model/calendar-day.ts';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { Knowledge } from '../../src/model/knowledge.ts';
import type { OutboxMessage } from '../../src/model/outbox.ts';
import type { Owner } from '../../src/model/owner.ts';
import type { ReportedActual } from '../../src/model/reported.ts';
import { reportedKey } from '../../src/model/reported.ts';
import { deliver } from '../../src/reminders/deliver.ts';
import { recordDue } from '../../src/reminders/record-due.ts';
import type { Destination, Sender } from '../../src/reminders/sender.ts';
import { reminderView } from '../../src/slack/views/reminder.ts';
import type { Stored } from '../../src/store/documents-and-facts.ts';
import { withReported } from '../../src/store/figures-merge.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { storeFolder } from '../store/data-folder.ts';
import { moment } from './office-days.ts';

/** What happens on a day, before its look of nine o'clock or at the time that is given. */
export type Happening = (store: Store, now: Date) => Promise<void>;

export interface Year {
  /** Every message of every day, as its readers see it. */
  table: string;
  /** How many were posted, by place: by themselves, and in threads to show what somebody did there. */
  counts: ReadonlyMap<string, { told: number; answered: number }>;
  keys: string[];
}

/** Looks at nine of every day of a stretch and after each happening, and writes down all that is posted. */
export async function runYear(given: {
  title: string;
  knowledge: Knowledge;
  catalogue: Catalogue;
  owners: readonly Owner[];
  from: string;
  to: string;
  /** By moment, 2025-10-24T10:00; `does` stands in the table. */
  happenings?: Record<string, { does: string; happens: Happening }>;
  shows?: (message: OutboxMessage) => boolean;
}): Promise<Year> {
  const { title, knowledge, catalogue, owners, from, to, happenings = {}, shows = () => true } = given;
  const store = await openStore({ dataDir: await storeFolder() });
  onTestFinished(() => store.close());
  const lines: string[] = [`# ${title}`, ''];
  const counts = new Map<string, { told: number; answered: number }>();
  const keys: string[] = [];
  /** What is not shown whole, with the branches that are told it. */
  const brief = new Map<string, string[]>();
  let clock = moment(`${from}T08:00`);
  let written = '';
  const write = (text: string[]) => {
    const day = `${isoDayInTokyo(clock).slice(0, 4)}年${formatDay(isoDayInTokyo(clock))} ${timeInTokyo(clock)}`;
    if (day !== written) lines.push(`## ${day}`, '');
    written = day;
    lines.push(...text, '');
  };
  const sender: Sender = {
    async post(message, to) {
      keys.push(message.key);
      const own = counts.get(to.place) ?? { told: 0, answered: 0 };
      own[isAnswer(message) ? 'answered' : 'told'] += 1;
      counts.set(to.place, own);
      if (shows(message)) write(posted(message, to));
      else brief.set(inShort(message), [...(brief.get(inShort(message)) ?? []), message.branch]);
      return { kind: 'sent', channel: to.place, ts: `${keys.length}.0` };
    },
    hasLeft: async () => false,
    find: async () => ({ kind: 'absent' }),
    async edit(message) {
      if (shows(message)) write([`（${message.channel} の ${message.ts} を書き換え）${headline(message)}`]);
      return { kind: 'done' };
    },
  };
  const rows = owners.map((row, index) => ({ line: index + 2, key: row.branch, row }));
  await store.figures.import(
    { kind: 'owners', file: 'owners.csv', digest: '', by: null, lines: rows },
    clock,
  );
  const names = new Set(catalogue.branches.map(({ name }) => name));
  const known: Knowledge = {
    ...knowledge,
    kpis: async (filter) => (await knowledge.kpis(filter)).filter(({ branch }) => names.has(branch)),
    budgets: async (filter) => (await knowledge.budgets(filter)).filter(({ branch }) => names.has(branch)),
  };
  async function look(): Promise<void> {
    const now = () => clock;
    const knownTo = async (stored: Stored) =>
      (await stored.documents.list()).length > 0 ? stored.knowledge : withReported(known, stored.figures);
    await recordDue({ outbox: store.outbox, catalogue, known: knownTo }, clock);
    const { calendar } = catalogue;
    await deliver({
      outbox: store.outbox,
      owners: store.figures.owners,
      sender,
      calendar,
      now,
      holder: 'year',
    });
    if (brief.size > 0) {
      write([...brief].map(([text, own]) => `→ ${own.length}支部に（${own.join('、')}）\n  ${text}`));
    }
    brief.clear();
  }
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const nine = `${day}T09:00`;
    const own = Object.keys(happenings).filter((at) => at.startsWith(day));
    for (const at of [...new Set([...own, nine])].sort()) {
      clock = moment(at);
      const happening = happenings[at];
      if (happening) write([`【${happening.does}】`]);
      await happening?.happens(store, clock);
      await look();
    }
  }
  lines.push('## 通数', '', ...[...counts].map(([place, count]) => countLine(place, count)));
  return { table: `${lines.join('\n')}\n`, counts, keys };
}

function posted(message: OutboxMessage, { place, threadTs, mentions }: Destination): string[] {
  const where = threadTs === null ? place : `${place} の ${threadTs} のスレッド`;
  const { blocks } = reminderView(message, mentions);
  return [`→ ${where}`, ...blocks.flatMap(textsOf).map((text) => `  ${text.replaceAll('\n', '\n  ')}`)];
}

/** The first line, without what differs from branch to branch. */
function inShort(message: OutboxMessage): string {
  const [first = ''] = reminderView(message, []).text.split('\n');
  return `${message.thread === null ? '' : 'スレッド：'}${first.replaceAll(formatBranch(message.branch), '支部')}`;
}

/** A word that shows what a person did with a button: it begins with who it was. */
function isAnswer({ content, thread }: OutboxMessage): boolean {
  return thread !== null && content.type === 'word' && 'id' in (content.words[0] ?? {});
}

function countLine(place: string, { told, answered }: { told: number; answered: number }): string {
  return `${place} ${told}通${answered === 0 ? '' : `（ほかに、操作への返信 ${answered}通）`}`;
}

/** The words of a block as they are read; buttons in brackets. */
function textsOf(block: object): string[] {
  const { type, text, elements, accessory } = block as {
    type: string;
    text?: { text: string };
    elements?: { text?: string | { text: string }; placeholder?: { text: string } }[];
    accessory?: object;
  };
  if (type === 'actions') {
    const labels = (elements ?? []).map(({ text: own, placeholder }) =>
      typeof own === 'object' ? own.text : (placeholder?.text ?? ''),
    );
    return [`［${labels.join('］［')}］`];
  }
  const beside = accessory ? ` ${controlOf(accessory)}` : '';
  if (text) return [`${text.text}${beside}`];
  return (elements ?? []).map(({ text: own }) => `    ${typeof own === 'string' ? own : ''}`);
}

function controlOf(accessory: object): string {
  const { text, options } = accessory as { text?: { text: string }; options?: { text: { text: string } }[] };
  const labels = text ? [text.text] : (options ?? []).map((option) => option.text.text);
  return `［${labels.join('｜')}］`;
}

function headline(message: OutboxMessage): string {
  const { text } = reminderView(message, []);
  const status = message.items.filter(({ resolvedAt }) => resolvedAt !== null).length;
  return `${text.split('\n')[0]}${status > 0 ? `、終わったもの ${status}件` : ''}`;
}

/** Figures that staff report at once. */
export function importing(file: string, rows: readonly ReportedActual[]): Happening {
  const lines = rows.map((row, index) => ({
    line: index + 2,
    key: reportedKey({ branch: row.branch, fy: row.fy, indicator: row.indicator, asOf: row.asOf }),
    row,
  }));
  return async (store, now) => {
    await store.figures.import({ kind: 'kpi', file, digest: '', by: null, lines }, now);
  };
}
