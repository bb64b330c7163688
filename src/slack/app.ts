import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { Ask } from '../model/question.ts';
import type { Suggest } from '../model/suggest.ts';
import type { Sender } from '../reminders/sender.ts';
import { createGate } from './access/gate.ts';
import { createPeople } from './access/people.ts';
import { type AccessPolicy, STAFF_ONLY } from './access/policy.ts';
import { createRefusals } from './access/refusals.ts';
import { boltLogger } from './bolt-logger.ts';
import { createClaims } from './claims.ts';
import { createConverse } from './conversation.ts';
import { createDrain } from './drain.ts';
import { createDownload } from './file-download.ts';
import { httpTransport } from './http-transport.ts';
import { type Identity, identify } from './identity.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import { answerLeft } from './listeners/left-question.ts';
import type { ListenerParts } from './listeners/parts.ts';
import { registerListeners } from './listeners/register.ts';
import { describeFault } from './log-fault.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { createSharePicture, type DrawPicture } from './picture.ts';
import { type Meter, NO_METER, type SlackStore } from './ports.ts';
import { createPoster } from './poster.ts';
import { type KeptQuestion, startRecovery } from './recovery.ts';
import type { ReminderDesk } from './reminder-desk.ts';
import { createReminderSender } from './reminder-sender.ts';
import type { ReportDesk } from './report-desk.ts';
import { createRequestScope } from './request-scope.ts';
import { createSendOnce } from './send-once.ts';
import { socketTransport } from './socket-transport.ts';
import { type After, afterMs } from './stage.ts';
import type { Transport } from './transport.ts';

export interface SlackAppConfig {
  botToken: string;
  /** Socket Mode where it is given. */
  appToken?: string | undefined;
  /** HTTP where there is no app token. */
  signingSecret?: string | undefined;
  /** For HTTP; 0 takes a free one. */
  port?: number | undefined;
  /** Slack's own where it is not given. */
  slackApiUrl?: string | undefined;
}

export interface SlackAppDeps {
  config: SlackAppConfig;
  ask: Ask;
  /** Where the KPIs of a branch's year stand, as `ask` knows them. */
  standings: ListenerParts['standings'];
  catalogue: Catalogue;
  /** Branches and indicators for whoever is typing. */
  suggest: Suggest;
  store: SlackStore;
  /** Where it is not given, buttons under reminders do nothing. */
  reminders?: ReminderDesk;
  /** Where it is not given, nothing can be reported. */
  reporting?: ReportDesk;
  /** Where it is not given, nothing can be drawn. */
  drawPicture?: DrawPicture;
  now: () => Date;
  log: Logger;
  /** Slack's pace where it is not given. */
  pacer?: Pacer;
  /** The staff of the bot's own workspace where it is not given. */
  access?: AccessPolicy;
  /** Real time where it is not given. */
  after?: After;
  /** Counts nothing where it is not given. */
  meter?: Meter;
  /** Whether the text of questions may stand in the log. */
  logQuestions?: boolean;
}

export interface SlackApp {
  /** Delivers reminders with the app's own token and at its pace. */
  readonly reminderSender: Sender;
  /** Resolves when questions can come. AppError `slack_refused` or `bad_configuration`, in one line. */
  start(): Promise<{ mode: 'socket' | 'http'; port: number | null }>;
  /** Takes no more questions, and resolves when those that run are answered, or after 20 seconds. */
  stop(): Promise<void>;
}

const DRAIN_LIMIT_MS = 20_000;
const POST_TIMEOUT_MS = 10_000;
const QUICK_TIMEOUT_MS = 2_000;
const DEFAULT_PORT = 3_000;

export async function createSlackApp(deps: SlackAppDeps): Promise<SlackApp> {
  const { config, ask, standings, catalogue, suggest, store, reminders = null, reporting = null, now } = deps;
  const { access = STAFF_ONLY, after = afterMs, meter = NO_METER, logQuestions = false } = deps;
  const { drawPicture = async () => ({ why: '画像は用意できません。' }) } = deps;
  const scope = createRequestScope(deps.log);
  const { log } = scope;
  const { botToken, slackApiUrl } = config;
  const logger = boltLogger(log);
  const { transport, mode } = chooseTransport({ ...deps, log });
  const clientOptions = { logger, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
  const web = new WebClient(botToken, clientOptions);
  const single = new WebClient(botToken, {
    ...clientOptions,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: POST_TIMEOUT_MS,
  });
  // Behind it an acknowledgement waits, which Slack wants within three seconds.
  const quick = new WebClient(botToken, {
    ...clientOptions,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: QUICK_TIMEOUT_MS,
  });
  const drain = createDrain(after);
  let known: Identity | null = null;
  function identity(): Identity {
    if (known === null) {
      throw new AppError('slack_refused', { message: 'Slackへの接続がまだ始まっていません' });
    }
    return known;
  }

  const app = new App({
    receiver: transport.receiver,
    authorize: async () => {
      const { botId, botUserId, teamId } = identity();
      return { botToken, botId, botUserId, teamId };
    },
    convoStore: false,
    logger,
    clientOptions,
  });
  // Every delivery passes here first: from its acknowledgement on, an answer is owed.
  const process = app.processEvent.bind(app);
  app.processEvent = (event) => drain.track(scope.run(event.body, () => process(event)));
  app.error(async (error) => {
    log.error(describeFault(error), 'event failed');
  });

  const sendOnce = createSendOnce({ single, web, log });
  const pacer = deps.pacer ?? createPacer();
  const poster = createPoster({ sendOnce, web, queue: createKeyedQueue(), pacer, log });
  const queue = createKeyedQueue();
  const claims = createClaims({ book: store, now, log });
  const converse = createConverse({
    ask,
    store,
    claims,
    poster,
    queue,
    after,
    meter,
    logQuestions,
    now,
    log,
  });
  const parts: ListenerParts = {
    app,
    web,
    identity,
    converse,
    standings,
    catalogue,
    suggest,
    post: poster.post,
    poster,
    inThread: queue,
    store,
    reminders,
    reporting,
    drawPicture,
    sharePicture: createSharePicture({ web }),
    download: createDownload({ web, botToken, slackApiUrl }),
    meter,
    now,
    log,
  };
  app.use(
    createGate({
      policy: access,
      home: identity,
      people: createPeople({ web, quick, now, log }),
      record: createRefusals({ audit: store, meter, now, log }),
      whisper: poster.whisper,
      log,
    }),
  );
  registerListeners(parts);

  const recovery = {
    claims,
    answer: (question: KeptQuestion, key: string) =>
      drain.track(scope.run(key, () => answerLeft(parts, question, key))),
    after,
    log,
  };
  let started = false;
  let endRecovery = () => {};
  return {
    reminderSender: createReminderSender({ single, pacer, log }),
    async start() {
      known = await identify({ botToken, slackApiUrl, logger });
      checkWorkspace(known, access);
      const port = await transport.start();
      started = true;
      endRecovery = startRecovery(recovery);
      log.info({ mode, port }, 'slack app started');
      return { mode, port };
    },
    async stop() {
      if (!started) {
        return;
      }
      started = false;
      endRecovery();
      drain.track(transport.stop()).catch((error: unknown) => {
        log.warn(describeFault(error), 'connection to Slack not closed');
      });
      if (!(await drain.drained(DRAIN_LIMIT_MS))) {
        log.warn('stopped before every question was answered');
      }
      log.info('slack app stopped');
    },
  };
}

/** A token of a workspace that is not listed was not meant to be used here. */
function checkWorkspace({ teamId, team }: Identity, { workspaces }: AccessPolicy): void {
  if (workspaces.length > 0 && !workspaces.includes(teamId)) {
    const message = `ワークスペース「${team}」（${teamId}）は PLANBOT_WORKSPACES にありません`;
    throw new AppError('bad_configuration', { message });
  }
}

function chooseTransport({ config, now, log }: SlackAppDeps): {
  transport: Transport;
  mode: 'socket' | 'http';
} {
  const { appToken, signingSecret, port = DEFAULT_PORT, slackApiUrl } = config;
  const logger = boltLogger(log);
  if (appToken !== undefined) {
    return { transport: socketTransport({ appToken, slackApiUrl, logger }), mode: 'socket' };
  }
  if (signingSecret === undefined) {
    const message = 'SLACK_APP_TOKEN（ソケットモード）か SLACK_SIGNING_SECRET（HTTP）を設定してください';
    throw new AppError('bad_configuration', { message });
  }
  return { transport: httpTransport({ signingSecret, port, now, logger }), mode: 'http' };
}
