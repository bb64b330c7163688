import { pino } from 'pino';
import { loadFacts } from '../catalogue/facts-loader.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { type Config, readConfig } from '../config.ts';
import { AppError } from '../model/errors.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import { openStore } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, wrongUse } from './command.ts';
import { checkBackup } from './doctor-backup.ts';
import { checkPeople } from './doctor-people.ts';
import { checkReminders } from './doctor-reminders.ts';
import { type Finding, fine } from './finding.ts';

const STALE_AFTER_DAYS = 120;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `planbot doctor`: looks at everything that can be wrong, and says how to mend it. Fails if anything is. */
export async function doctor(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {});
  if (positionals.length > 0) {
    throw wrongUse('doctor に引数はありません');
  }
  const checks = [
    ['設定', () => checkConfiguration(io)],
    ['Slack', () => checkSlack(io)],
    ['カタログ', () => checkCatalogue()],
    ['付属の数値', () => checkFacts()],
    ['データ', () => checkStore(values.data, io)],
  ] as const;
  const faults: AppError[] = [];
  for (const [name, check] of checks) {
    try {
      for (const found of await check()) {
        const { mark, text } = typeof found === 'string' ? fine(found) : found;
        io.print(`${mark} ${name}: ${text}`);
      }
    } catch (error) {
      const fault = error instanceof AppError ? error : undefined;
      if (!fault) {
        throw error;
      }
      faults.push(fault);
      io.print(`× ${name}: ${fault.toLine()}`);
    }
  }
  const first = faults[0];
  if (first) {
    throw new AppError(first.code, {
      message: `直すところが${faults.length}件あります。×の行をご覧ください`,
    });
  }
}

function checkConfiguration({ env }: CommandIo): string[] {
  const { slack, port } = readConfig(env);
  if (!slack) {
    return [`Slackのトークンは未設定です。serve は手元のお試し画面（ポート ${port}）を開きます`];
  }
  return [
    slack.mode === 'socket' ? 'Slackにソケットモードで接続します' : `SlackのHTTPをポート ${port} で受けます`,
  ];
}

/** Nothing to say where no token is set, and where what is set is told of as configuration. */
async function checkSlack({ env }: CommandIo): Promise<string[]> {
  const slack = slackConfigOf(env);
  if (!slack) return [];
  const { checkTokens } = await import('../slack/transport/check-tokens.ts');
  return checkTokens({ ...slack, log: pino({ level: 'silent' }) });
}

function slackConfigOf(env: CommandIo['env']): Config['slack'] {
  try {
    return readConfig(env).slack;
  } catch {
    return null;
  }
}

function checkCatalogue(): string[] {
  const { branches, indicators, dictionary, synonyms } = loadCatalogue();
  return [
    `支部と本部 ${branches.length}、指標 ${indicators.length}、用語 ${dictionary.length}、同義語 ${synonyms.length}組`,
  ];
}

function checkFacts(): string[] {
  const facts = loadFacts();
  return [`資料 ${facts.length}、KPI ${facts.flatMap((document) => document.kpis).length}`];
}

async function checkStore(data: string | undefined, io: CommandIo): Promise<Finding[]> {
  const store = await openStore(storeLocation(data, io.env));
  try {
    const documents = await store.documents();
    const others = [
      ...(await checkPeople(store, loadCatalogue(), slackConfigOf(io.env) !== null)),
      ...(await checkReminders(store)),
      ...(await checkBackup(store, io.now())),
    ];
    if (documents.length === 0) {
      const none = `${store.label} に資料はまだありません。付属の数値で答えます（取り込みは planbot ingest）`;
      return [fine(none), ...others];
    }
    const parts = await store.parts();
    const lines = documents.map(({ file, ingestedAt }) => {
      const titles = parts.filter((part) => part.file === file).map((part) => part.title);
      const others = titles.length > 1 ? ` ほか${titles.length - 1}件` : '';
      return `${file} ${titles[0] ?? ''}${others} ${freshness(new Date(ingestedAt), io.now())}`;
    });
    return [...[`${store.label} 資料 ${documents.length}`, ...lines].map(fine), ...others];
  } finally {
    await store.close();
  }
}

function freshness(ingestedAt: Date, now: Date): string {
  const { year, month, day } = dayInTokyo(ingestedAt);
  const days = Math.floor((now.getTime() - ingestedAt.getTime()) / DAY_MS);
  const stale = days > STALE_AFTER_DAYS ? '。新しい資料がないか確かめてください' : '';
  return `取り込み ${year}年${month}月${day}日（${days}日前${stale}）`;
}
