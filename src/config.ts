import { z } from 'zod';
import { AppError } from './model/errors.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const token = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[A-Za-z0-9-]{10,}$`), `「${prefix}-」で始まるトークンではありません`);

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
  PLANBOT_METRICS_PORT: portNumber.optional(),
  PLANBOT_LOG_LEVEL: z.enum(LOG_LEVELS, `${LOG_LEVELS.join('、')} のどれかにしてください`).optional(),
});

export type SlackEntrance =
  | { mode: 'socket'; botToken: string; appToken: string }
  | { mode: 'http'; botToken: string; signingSecret: string };

export type SlackConfig = SlackEntrance & {
  /** Whom the bot serves; see slack/access. */
  access: { workspaces: string[]; channels: string[]; guests: boolean; strangers: boolean };
  /** Whether the text of questions may stand in the log. */
  logQuestions: boolean;
  /** For /metrics and /healthz on 127.0.0.1; null serves neither. */
  metricsPort: number | null;
};

export interface Config {
  dataDir: string;
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
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const result = Environment.safeParse(set, { error: z.locales.ja().localeError });
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `環境変数 ${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('bad_configuration', { message: problems.join('、') });
  }
  const { PLANBOT_DATA: dataDir, PORT: port, PLANBOT_LOG_LEVEL: level } = result.data;
  const slack = slackConfig(result.data);
  // Who tries the playground looks at the page; who runs the bot reads its log.
  return { dataDir, port, logLevel: level ?? (slack ? 'info' : 'warn'), slack };
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
