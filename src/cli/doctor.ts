import { pino } from 'pino';
import { loadFacts } from '../catalogue/facts-loader.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { type Config, readConfig } from '../config.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, isoDayInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { dayInTokyo, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Member } from '../model/member.ts';
import type { OutboxMessage, OutboxState } from '../model/outbox.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, wrongUse } from './command.ts';

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
    const documents = await store.documents.list();
    const others = [
      ...(await checkPeople(store, loadCatalogue(), slackConfigOf(io.env) !== null)),
      ...(await checkReminders(store)),
      ...(await checkBackup(store, io.now())),
    ];
    if (documents.length === 0) {
      const none = `${store.label} に資料はまだありません。付属の数値で答えます（取り込みは planbot ingest）`;
      return [fine(none), ...others];
    }
    const parts = await store.knowledge.parts();
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

const OLD_AFTER_DAYS = 31;

/** How old the newest backup is that planbot made; of copies made otherwise it knows nothing. */
async function checkBackup(store: Store, now: Date): Promise<Finding[]> {
  const last = await store.audit.last('store_backed_up');
  if (last) {
    const days = Math.floor((now.getTime() - Date.parse(last.at)) / DAY_MS);
    const text = `最後の控え ${isoDayInTokyo(new Date(last.at))}（${days}日前） ${last.subject}`;
    return [days > OLD_AFTER_DAYS ? care(`${text}。新しい控えを作ってください`) : fine(text)];
  }
  return (await store.audit.entries(1)).length === 0
    ? []
    : [fine('控えはまだありません（作成は planbot backup）')];
}

const HOW = '「planbot import --template members」のひな形に書いて、planbot import で取り込みます';

/** Who may do what, and which settings of channels mean nothing any more. */
export async function checkPeople(
  store: Store,
  { branches }: Catalogue,
  isInSlack: boolean,
): Promise<Finding[]> {
  const known = new Set(branches.map(({ name }) => name));
  return [
    ...checkMembers(await store.members.list(), known, isInSlack),
    ...(await checkChannels(store, known)),
  ];
}

function checkMembers(members: readonly Member[], known: ReadonlySet<string>, isInSlack: boolean): Finding[] {
  const count = (role: Member['role']) => members.filter((member) => member.role === role).length;
  const admins = count('admin');
  const state = `利用者の役割 管理者 ${admins}、報告者 ${count('reporter')}`;
  const astray = members.flatMap(({ user, branches }) => {
    const unknown = branches.filter((branch) => !known.has(branch));
    return unknown.length === 0
      ? []
      : [
          care(
            `${user} さんの支部が支部の一覧にありません: ${unknown.join('、')}。planbot import で直してください`,
          ),
        ];
  });
  return [
    isInSlack && admins === 0 ? care(`管理者が登録されていません。役割「管理者」の行を${HOW}`) : fine(state),
    ...astray,
  ];
}

async function checkChannels(store: Store, known: ReadonlySet<string>): Promise<Finding[]> {
  const newest = Math.max(0, ...(await store.knowledge.parts()).map(({ fy }) => fy));
  const quiet = await store.settings.quietChannels();
  const places = new Map(
    (await store.figures.owners()).map(({ channel, branch }) => [channel, formatBranch(branch)]),
  );
  const named = quiet.map(
    (channel) => `${channel}（${places.get(channel) ?? 'お知らせの宛先ではありません'}）`,
  );
  const silenced = named.length > 0 ? [fine(`お知らせを止めているチャンネル: ${named.join('、')}`)] : [];
  const outdated = (await store.settings.ofChannels()).flatMap(({ channel, settings: { branch, fy } }) => [
    ...(branch !== null && !known.has(branch)
      ? [care(`チャンネル ${channel} の設定の支部が一覧にありません: ${branch}`)]
      : []),
    ...(fy !== null && fy < newest
      ? [
          care(
            `チャンネル ${channel} は${formatFiscalYear(fy)}で答える設定のままです（最新は${formatFiscalYear(newest)}）`,
          ),
        ]
      : []),
  ]);
  return [...silenced, ...outdated];
}

/** Who is registered, what waits to be sent, and what nobody can tell was sent: a line each. */
async function checkReminders(store: Store): Promise<Finding[]> {
  const owned = new Set((await store.figures.owners()).map(({ branch }) => branch));
  const unowned = loadCatalogue().branches.filter(({ name }) => !owned.has(name));
  const counts = await store.outbox.counts();
  const countOf = (...states: OutboxState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const waiting = await store.outbox.messages({ states: ['waiting'] });
  const stuck = waiting.filter(({ fault }) => fault !== null);
  const unclear = await store.outbox.messages({ states: ['unclear', 'posting'] });
  return [
    fine(
      `お知らせの担当者 ${owned.size}${unowned.length > 0 ? `。登録がない支部 ${unowned.length}（登録は planbot import）` : ''}`,
    ),
    fine(`お知らせ 送信済み ${countOf('sent')}通、送信待ち ${countOf('waiting', 'claimed')}通`),
    ...shown(stuck).map((message) => care(`お知らせを送れずに待っています: ${describe(message)}`)),
    ...shown(unclear).map((message) =>
      care(`お知らせを送れたか分かりません。チャンネルを確かめてください: ${describe(message)}`),
    ),
  ];
}

/** Of thousands, those at the beginning are enough to see what is wrong. */
function shown(messages: readonly OutboxMessage[]): readonly OutboxMessage[] {
  return messages.slice(0, 20);
}

function describe({ branch, createdAt, channel, fault }: OutboxMessage): string {
  const where = channel === null ? '' : ` ${channel}`;
  return `${formatBranch(branch)} ${formatDay(isoDayInTokyo(createdAt))}${where}${fault === null ? '' : `（${fault}）`}`;
}

/** One line of what doctor found: all is well, or somebody should look after it. */
interface Finding {
  mark: '○' | '△';
  text: string;
}

function fine(text: string): Finding {
  return { mark: '○', text };
}

function care(text: string): Finding {
  return { mark: '△', text };
}
