import { z } from 'zod';
import { AppError } from './model/errors.ts';
import type { ProxySettings } from './slack/transport/web-clients.ts';
import type { DatabaseServer } from './store/dialects/dialect.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The shortest that Slack gives is far longer: a shorter one was not copied whole. */
const TOKEN_LENGTH = 15;

const token = (prefix: string) =>
  z
    .string()
    .startsWith(`${prefix}-`, { abort: true, error: `「${prefix}-」で始まるトークンではありません` })
    .min(TOKEN_LENGTH, {
      abort: true,
      error: 'トークンが短すぎます。全体をコピーできているか確かめてください',
    })
    .regex(
      /^[A-Za-z0-9-]+$/,
      'トークンに使われない文字があります。余分な文字が入っていないか確かめてください',
    );

/** An http(s) address. */
const address = z.url({ protocol: /^https?$/, error: 'http:// か https:// で始まるアドレスにしてください' });

/** Slack's or a gateway's: a token in the clear never leaves this machine. */
const slackApi = address
  .refine((text) => /^https:/.test(text) || isLoopback(text), 'https:// で始まるアドレスにしてください')
  .transform((text) => (text.endsWith('/') ? text : `${text}/`));

function isLoopback(text: string): boolean {
  return URL.canParse(text) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);
}

/** A number of days; 0 is for ever. */
const days = z
  .string()
  .regex(/^\d{1,5}$/, '日数を数字で書いてください（0は無期限）')
  .transform(Number);

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'ポート番号ではありません')
  .transform(Number)
  .pipe(z.int().max(65535, 'ポート番号ではありません'));

/** 1 or 0. */
const flag = z
  .enum(['0', '1'], '1（する）か 0（しない）にしてください')
  .default('0')
  .transform((value) => value === '1');

/** Ids between commas. */
const idList = (prefix: string, what: string) =>
  z
    .string()
    .default('')
    .transform((list) => list.split(/[,、\s]+/).filter((id) => id !== ''))
    .pipe(
      z.array(z.string().regex(new RegExp(`^${prefix}[A-Z0-9]{2,}$`), `${what}をカンマで区切ってください`)),
    );

/** The environment as planbot reads it. An empty variable counts as not set. */
const Environment = z.object({
  SLACK_BOT_TOKEN: token('xoxb').optional(),
  SLACK_APP_TOKEN: token('xapp').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, '32桁の16進数ではありません')
    .optional(),
  PORT: portNumber.default(3000),
  PLANBOT_DATA: z.string().default('data'),
  PLANBOT_WORKSPACES: idList('T', 'ワークスペースのID（T…）'),
  PLANBOT_CHANNELS: idList('[CG]', 'チャンネルのID（C…、G…）'),
  PLANBOT_ALLOW_GUESTS: flag,
  PLANBOT_ALLOW_STRANGERS: flag,
  PLANBOT_LOG_QUESTIONS: flag,
  PLANBOT_LOG_PEOPLE: flag,
  PLANBOT_KEEP_DAYS: days.default(730),
  PLANBOT_SLACK_API_URL: slackApi.optional(),
  HTTPS_PROXY: address.optional(),
  HTTP_PROXY: address.optional(),
  NO_PROXY: z.string().default(''),
  PLANBOT_METRICS_PORT: portNumber.optional(),
  PLANBOT_LOG_LEVEL: z.enum(LOG_LEVELS, `${LOG_LEVELS.join('、')} のどれかにしてください`).optional(),
});

/** Where PostgreSQL is, by the variables that its own programs read. */
const DatabaseEnvironment = z.object({
  PLANBOT_DATABASE_URL: z
    .url({
      protocol: /^postgres(?:ql)?$/,
      error: 'postgres://利用者@サーバー/データベース の形で書いてください',
    })
    .optional(),
  PLANBOT_DATABASE_CONNECTIONS: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, '1から999の数字で書いてください')
    .transform(Number)
    .default(10),
  PGSSLMODE: z
    .enum(
      ['disable', 'require', 'verify-ca', 'verify-full'],
      'disable、require、verify-ca、verify-full のどれかにしてください',
    )
    .default('disable'),
  PGSSLROOTCERT: z.string().optional(),
  PGSSLCERT: z.string().optional(),
  PGSSLKEY: z.string().optional(),
});

type SlackEntrance =
  | { mode: 'socket'; botToken: string; appToken: string }
  | { mode: 'http'; botToken: string; signingSecret: string };

export type SlackConfig = SlackEntrance & {
  /** Whom the bot serves; see slack/access. */
  access: { workspaces: string[]; channels: string[]; guests: boolean; strangers: boolean };
  /** Whether the text of questions may stand in the log. */
  logQuestions: boolean;
  /** Whether the ids of people who were refused may stand in the log. */
  logPeople: boolean;
  /** GovSlack's address or a gateway's; Slack's own where it is undefined. */
  slackApiUrl: string | undefined;
  proxy: ProxySettings;
  /** For /metrics and /healthz on 127.0.0.1; null serves neither. */
  metricsPort: number | null;
};

export interface Config {
  dataDir: string;
  /** Null where all is kept in the data folder. */
  database: DatabaseServer | null;
  /** How long questions without an answer and what readers thought of answers are kept; 0 is for ever. */
  keepDays: number;
  /** For HTTP mode and the playground. */
  port: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Null where no Slack variable is set: the playground serves. */
  slack: SlackConfig | null;
}

/**
 * Reads the environment. Throws AppError `bad_configuration` that names the variable and never shows its
 * value, which may be a secret.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = parse(Environment, withProxies(env));
  const { PLANBOT_DATA: dataDir, PORT: port, PLANBOT_LOG_LEVEL: level, PLANBOT_KEEP_DAYS: keepDays } = read;
  const slack = slackConfig(read);
  const database = readDatabase(env);
  // Who tries the playground looks at the page; who runs the bot reads its log.
  return { dataDir, database, keepDays, port, logLevel: level ?? (slack ? 'info' : 'warn'), slack };
}

/** The part of the environment that says where all is kept: null for the data folder. Faults as `readConfig`. */
export function readDatabase(env: Readonly<Record<string, string | undefined>>): DatabaseServer | null {
  const read = parse(DatabaseEnvironment, env);
  const { PLANBOT_DATABASE_URL: url, PLANBOT_DATABASE_CONNECTIONS: connections } = read;
  return url === undefined ? null : databaseServer(url, connections, read);
}

/** As libpq, the address itself may say how it is to be encrypted, before the environment does. */
function databaseServer(
  given: string,
  connections: number,
  env: z.infer<typeof DatabaseEnvironment>,
): DatabaseServer {
  const url = new URL(given);
  const inUrl = (name: string) => {
    const value = url.searchParams.get(name);
    url.searchParams.delete(name);
    return value === null ? {} : { [`PG${name.toUpperCase()}`]: value };
  };
  const said = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey'].map(inUrl);
  const tls = parse(
    DatabaseEnvironment,
    Object.assign({}, env, { PLANBOT_DATABASE_CONNECTIONS: '1' }, ...said),
  );
  const { PGSSLMODE: mode, PGSSLROOTCERT: root, PGSSLCERT: certificate, PGSSLKEY: key } = tls;
  const files = { rootCertificate: root ?? null, certificate: certificate ?? null, key: key ?? null };
  return { url: url.href, connections, tls: mode === 'disable' ? null : { mode, ...files } };
}

function parse<T>(schema: z.ZodType<T>, env: Readonly<Record<string, string | undefined>>): T {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(set, { error: z.locales.ja().localeError });
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `環境変数 ${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('bad_configuration', { message: problems.join('、') });
}

/** Many systems set these in small letters only. */
function withProxies(env: Readonly<Record<string, string | undefined>>) {
  const small = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap((name) => {
    const value = env[name] || env[name.toLowerCase()];
    return value ? [[name, value] as const] : [];
  });
  return { ...env, ...Object.fromEntries(small) };
}

function slackConfig(env: z.infer<typeof Environment>): SlackConfig | null {
  const entrance = slackEntrance(env);
  return (
    entrance && {
      ...entrance,
      access: {
        workspaces: env.PLANBOT_WORKSPACES,
        channels: env.PLANBOT_CHANNELS,
        guests: env.PLANBOT_ALLOW_GUESTS,
        strangers: env.PLANBOT_ALLOW_STRANGERS,
      },
      logQuestions: env.PLANBOT_LOG_QUESTIONS,
      logPeople: env.PLANBOT_LOG_PEOPLE,
      slackApiUrl: env.PLANBOT_SLACK_API_URL,
      proxy: {
        httpsProxy: env.HTTPS_PROXY ?? '',
        httpProxy: env.HTTP_PROXY ?? '',
        noProxy: env.NO_PROXY,
      },
      metricsPort: env.PLANBOT_METRICS_PORT ?? null,
    }
  );
}

function slackEntrance(env: z.infer<typeof Environment>): SlackEntrance | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = env;
  if (!botToken) {
    if (appToken || signingSecret) {
      throw new AppError('bad_configuration', { message: '環境変数 SLACK_BOT_TOKEN がありません' });
    }
    return null;
  }
  if (appToken) {
    return { mode: 'socket', botToken, appToken };
  }
  if (signingSecret) {
    return { mode: 'http', botToken, signingSecret };
  }
  throw new AppError('bad_configuration', {
    message: '環境変数 SLACK_APP_TOKEN（ソケットモード）か SLACK_SIGNING_SECRET（HTTP）が必要です',
  });
}
