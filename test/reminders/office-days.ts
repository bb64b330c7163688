import { onTestFinished } from 'vitest';
import type { Catalogue } from '../../src/model/catalogue.ts';
import type { OutboxMessage } from '../../src/model/outbox.ts';
import type { Owner } from '../../src/model/owner.ts';
import type { IngestedDocument } from '../../src/model/plan-document.ts';
import { deliver } from '../../src/reminders/deliver.ts';
import { recordDue } from '../../src/reminders/record-due.ts';
import type { Destination, Sender } from '../../src/reminders/sender.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { storeFolder } from '../store/data-folder.ts';
import { madeUpDocument } from '../store/made-up-document.ts';
import { catalogueOf, OFFICE_OWNER, planned, TOKYO_OWNER } from './made-up-office.ts';

/** What a channel would show: one line a posting or edit. */
export interface Shown {
  at: string;
  place: string;
  threadTs: string | null;
  ts: string;
  edited: boolean;
  /** Who was named. */
  mentions: readonly string[];
  message: OutboxMessage;
}

/** An office over a real store; a Slack that takes everything and is asked nothing. */
export interface OfficeDays {
  store: Store;
  catalogue: Catalogue;
  shown: Shown[];
  /** Places where nothing can be posted any more. */
  gone: Set<string>;
  /** Places of which no answer comes back: what is posted stands there. */
  lost: Set<string>;
  /** People whom Slack says to have left. */
  left: Set<string>;
  /** One look at a moment of Tokyo's wall clock, 2025-07-31T09:00. Resolves with what it showed. */
  look(at: string): Promise<Shown[]>;
  /** Replaces what a file states; nothing else is in it. A plan without figures is there of every other branch. */
  report(
    file: string,
    rows: Partial<Pick<IngestedDocument, 'kpis' | 'commitments' | 'budgets' | 'measures'>>,
  ): Promise<void>;
  register(...owners: Owner[]): Promise<void>;
}

export function moment(at: string): Date {
  return new Date(`${at}:00+09:00`);
}

/** Somebody is in charge since `since`: what was due before is not asked for. By default the year's first report is the first. */
export async function openOffice(
  branches: string[] = ['東京', '本部'],
  since = '2025-05-07',
): Promise<OfficeDays> {
  const store = await openStore({ dataDir: await storeFolder() });
  onTestFinished(() => store.close());
  const catalogue = catalogueOf(...branches);
  const shown: Shown[] = [];
  const stating = new Set<string>();
  let clock = '';
  const show = (message: OutboxMessage, to: Destination, ts: string, edited: boolean) =>
    shown.push({ at: clock, ...to, ts, edited, message });
  const sender: Sender = {
    async post(message, to) {
      if (office.gone.has(to.place)) return { kind: 'gone', why: 'user_disabled' };
      const ts = `${shown.length + 1}.0`;
      show(message, to, ts, false);
      if (office.lost.has(to.place)) return { kind: 'unclear', why: 'timeout' };
      return { kind: 'sent', channel: to.place, ts };
    },
    hasLeft: async (user) => office.left.has(user),
    async find({ key }) {
      const there = shown.find(({ message, edited }) => message.key === key && !edited);
      return there ? { kind: 'found', channel: there.place, ts: there.ts } : { kind: 'absent' };
    },
    async edit(message, mentions) {
      show(message, { place: message.channel ?? '', threadTs: null, mentions }, message.ts ?? '', true);
      return { kind: 'done' };
    },
  };
  const office: OfficeDays = {
    store,
    catalogue,
    shown,
    gone: new Set(),
    lost: new Set(),
    left: new Set(),
    async look(at) {
      clock = at;
      const before = shown.length;
      const now = () => moment(at);
      await recordDue({ outbox: store.outbox, catalogue, known: async (stored) => stored.knowledge }, now());
      const { calendar } = catalogue;
      const {
        figures: { owners },
        settings: { quietChannels },
      } = store;
      await deliver({ outbox: store.outbox, owners, quietChannels, sender, calendar, now, holder: 'office' });
      return shown.slice(before);
    },
    async report(file, rows) {
      const empty = { kpis: [], measures: [], budgets: [], commitments: [], counts: [], passages: [] };
      // Where a report states KPIs of a branch, those are all that it has.
      for (const { branch } of rows.kpis ?? []) stating.add(branch);
      const unstated = branches.filter((name) => !stating.has(name));
      const stated = { 'plan.txt': { kpis: planned(unstated) }, [file]: rows };
      await store.documents.replace(
        Object.entries(stated).map(([name, own]) => ({ ...madeUpDocument(name, []), ...empty, ...own })),
        moment('2025-04-01T09:00'),
      );
    },
    async register(...owners) {
      const lines = owners.map((row, index) => ({ line: index + 2, key: row.branch, row }));
      const table = { kind: 'owners' as const, file: 'owners.csv', digest: '', by: null, lines };
      await store.figures.import(table, moment(`${since}T09:00`));
    },
  };
  await office.register(TOKYO_OWNER, OFFICE_OWNER);
  await office.report('report.txt', {});
  return office;
}

/** 東京 due, 東京 thread after_3, 本部 digest: what was posted, in short. */
export function postings(shown: readonly Shown[]): string[] {
  return shown
    .filter(({ edited }) => !edited)
    .map(({ message, threadTs, place }) => {
      const stages = message.items.map(({ reminder }) => `${reminder.kind}:${reminder.stage}`);
      const where = threadTs === null ? place : `${place} thread`;
      return `${where} ${message.content.type} ${stages.join(' ')}`.trim();
    });
}
