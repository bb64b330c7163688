import { pino } from 'pino';
import { onTestFailed, onTestFinished } from 'vitest';
import { createReminders } from '../../src/app/reminders.ts';
import { branchInName } from '../../src/catalogue/branch-in-name.ts';
import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import { createSuggest } from '../../src/catalogue/suggest.ts';
import { createReportService } from '../../src/figure-entry/report-service.ts';
import type { Kpi, Target } from '../../src/model/kpi.ts';
import type { Owner } from '../../src/model/owner.ts';
import { createStandings } from '../../src/model/standing.ts';
import type { Acknowledgement } from '../../src/playground/emulator/interactions.ts';
import type { LocalSlack } from '../../src/playground/emulator/local-slack.ts';
import type { Message, View } from '../../src/playground/emulator/state.ts';
import { USERS } from '../../src/playground/emulator/workspace.ts';
import { createSlackApp, type SlackApp } from '../../src/slack/app.ts';
import type { Store } from '../../src/store/store.ts';
import { catalogueOf, OFFICE_OWNER, reported, TOKYO_OWNER } from '../reminders/made-up-office.ts';
import { fixedAsk } from '../slack/fixed-ask.ts';
import { madeUpDocument } from '../store/made-up-document.ts';
import { openDesk } from './reminders-running.ts';

/** 鈴木 reports for 東京, 高橋 administers, 佐藤 reads. */
export const [REPORTER, ADMIN, VIEWER]: readonly [string, string, string] = [
  USERS.reporter.id,
  USERS.admin.id,
  USERS.staff.id,
];

/** What the report of 東京 says: one figure behind, one without an actual, one that counts, one deed. */
export const KPIS: Kpi[] = [
  reported('employer_data_rate', 0.5, '5月時点', { value: 3.9 }),
  reported('generic_rate', null, '5月時点', { value: 88.8 }, { actual: null }),
  reported(
    'other:応援事業所数',
    3_000,
    '5月時点',
    { value: 3_120, unit: '事業所', text: '3,120事業所以上' },
    { previous: 2_950 },
  ),
];

export interface Reporting {
  slack: LocalSlack;
  store: Store;
  app: SlackApp;
  logged: string[];
  /** Seconds pass. */
  pass(seconds: number): void;
  now(): Date;
  look(): Promise<void>;
  /** The shortcut 「実績を報告」; resolves with the view that opened. */
  open(user?: string): Promise<View>;
  /** The top view of a person's modal. */
  top(user?: string): View;
  submit(values: Record<string, string | string[] | null>, user?: string): Promise<Acknowledgement>;
  /** Through the first step: 東京, the quarter that ended on 2025-06-30. */
  toForm(user?: string): Promise<View>;
}

export interface ReportingOptions {
  kpis?: Kpi[];
  owners?: Owner[];
  /** Another store for the app, for faults. */
  faulty?: (store: Store) => Store;
}

/** The real Bolt app with reporting and reminders, over a local Slack and a store on disk, on 2025-08-01. */
export async function runReporting(options: ReportingOptions = {}): Promise<Reporting> {
  const desk = await openDesk(options.owners ?? [TOKYO_OWNER, OFFICE_OWNER]);
  const { store: kept, slack } = desk;
  const store = options.faulty?.(kept) ?? kept;
  const { now } = desk.parts();
  const empty = { measures: [], budgets: [], commitments: [], counts: [], passages: [] };
  const kpis = options.kpis ?? KPIS;
  await kept.documents.replace([{ ...madeUpDocument('report.txt', []), ...empty, kpis }], now());
  await kept.members.save({ user: REPORTER, role: 'reporter', branches: ['東京'] }, 'test', now());
  await kept.members.save({ user: ADMIN, role: 'admin', branches: [] }, 'test', now());
  const catalogue = { ...loadCatalogue(), branches: catalogueOf('東京', '群馬', '本部').branches };
  const logged: string[] = [];
  onTestFailed(() => console.error(logged.join('')));
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const standings = createStandings({ catalogue, knowledge: kept.knowledge, figures: kept.figures });
  const reminders = createReminders({
    store: kept,
    catalogue,
    known: async ({ knowledge }) => knowledge,
    now,
    log,
  });
  const reporting = createReportService({
    store,
    catalogue,
    standings,
    openKnowledge: async () => kept.knowledge,
    now,
  });
  const { botToken, appToken, apiUrl } = slack;
  const app = await createSlackApp({
    config: { botToken, appToken, slackApiUrl: apiUrl },
    ask: fixedAsk,
    standings,
    catalogue,
    suggest: createSuggest(catalogue, { tokenize: () => [] }),
    branchInName: (name) => branchInName(name, catalogue.branches),
    store,
    now,
    log,
    reminders: reminders.controls,
    reporting,
    pacer: async () => {},
  });
  await app.start();
  onTestFinished(() => app.stop());
  onTestFinished(reminders.start(app.reminderSender, 'when_asked'));

  const top = (user = REPORTER): View => {
    const view = slack.modals(user).at(-1);
    if (!view) throw new Error('no modal is open');
    return view;
  };
  const open = async (user = REPORTER): Promise<View> => {
    const last = slack.modals(user).at(-1);
    if (last) slack.closeView({ view: last, user, all: true });
    await slack.runShortcut({ callbackId: 'report_figures', user });
    return slack.waitForView((view) => view.user === user);
  };
  const submit: Reporting['submit'] = (values, user = REPORTER) =>
    slack.submitView({ view: top(user), user, values });
  return {
    slack,
    store: kept,
    app,
    logged,
    pass: desk.pass,
    now,
    look: () => reminders.controls.look(),
    open,
    top,
    submit,
    async toForm(user = REPORTER) {
      await open(user);
      await submit({ 'report:branch': '東京' }, user);
      return top(user);
    },
  };
}

/** Everything that a reader sees, in one string. */
export function shown({ blocks }: Pick<Message, 'blocks'>): string {
  return JSON.stringify(blocks);
}

export function viewText(view: View): string {
  return JSON.stringify(view.payload);
}

/** As a plan states it, without a figure reached. */
export function planned(indicator: string, target: Partial<Target>): Kpi {
  return reported(indicator, null, '', target, { actual: null });
}
