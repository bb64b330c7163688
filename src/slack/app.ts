import { App } from '@slack/bolt';
import type { ReportService } from '../figure-entry/report-service.ts';
import type { Ask } from '../model/ask.ts';
import { AppError } from '../model/errors.ts';
import type { Health } from '../model/health.ts';
import type { Sender } from '../reminders/sender.ts';
import { createGate } from './access/gate.ts';
import { createPeople } from './access/people.ts';
import { type AccessPolicy, STAFF_ONLY } from './access/policy.ts';
import { createRefusals, createTellRefusal } from './access/refusals.ts';
import { startAlarm } from './alarm.ts';
import { createConverse } from './conversation.ts';
import { createDownload, createSharePicture, type DrawPicture } from './delivery/files.ts';
import { createKeyedQueue } from './delivery/keyed-queue.ts';
import { createPacer, type Pacer } from './delivery/pacer.ts';
import { createPoster } from './delivery/poster.ts';
import { createReminderSender } from './delivery/reminder-sender.ts';
import { type After, afterMs, createDrain } from './drain.ts';
import { createInbox } from './inbox.ts';
import { allListeners } from './listeners/all-listeners.ts';
import { republishHome } from './listeners/home.ts';
import { acknowledgeAll, registerListeners } from './listeners/listener.ts';
import type { ListenerParts } from './listeners/listener-parts.ts';
import { boltLogger, createRequestScope, logged } from './log.ts';
import { readMessageEvent } from './message-event.ts';
import { type Meter, NO_METER, type ReminderControls } from './ports.ts';
import { createQuestionDefaults } from './question-defaults.ts';
import { readSlackRequest } from './slack-request.ts';
import { httpTransport } from './transport/http-transport.ts';
import { socketTransport } from './transport/socket-transport.ts';
import type { SlackAppConfig, SlackTransport } from './transport/transport.ts';
import { createClients, type Identity, identify, openNetwork } from './transport/web-clients.ts';
import type { Rendered } from './views/blocks.ts';

type Given = 'standings' | 'catalogue' | 'suggest' | 'store' | 'now' | 'log';

export interface SlackAppDeps extends Pick<ListenerParts, Given> {
  config: SlackAppConfig;
  ask: Ask;
  /** The branch that a channel's name speaks of; null where it names none. */
  branchInName: (name: string) => string | null;
  /** Without these three, buttons under reminders do nothing, and nothing is reported or drawn. */
  reminders?: ReminderControls;
  reporting?: ReportService;
  drawPicture?: DrawPicture;
  /** Slack's pace, real time, the staff of the bot's own workspace, no counting: where nothing else is said. */
  pacer?: Pacer;
  after?: After;
  access?: AccessPolicy;
  meter?: Meter;
  /** Whether questions, and people who are refused, may stand in the log. */
  logQuestions?: boolean;
  logPeople?: boolean;
}

export interface SlackApp {
  /** Delivers reminders with the app's own token and at its pace. */
  readonly reminderSender: Sender;
  /** Resolves when questions can come. AppError `slack_refused` or `bad_configuration`, in one line. */
  start(): Promise<{ mode: 'socket' | 'http'; port: number | null }>;
  health(): Promise<Health>;
  /** Takes no more questions, and resolves when those that run are answered, or after 20 seconds. */
  stop(): Promise<void>;
}

const NO_PICTURE: DrawPicture = async () => ({ why: '画像は用意できません。' });
const DEFAULT_PORT = 3_000;
const DRAIN_LIMIT_MS = 20_000;

export async function createSlackApp(deps: SlackAppDeps): Promise<SlackApp> {
  const { config, standings, catalogue, suggest, store, now } = deps;
  const { reminders = null, reporting = null, drawPicture = NO_PICTURE } = deps;
  const { access = STAFF_ONLY, after = afterMs, meter = NO_METER, logPeople = false } = deps;
  const scope = createRequestScope(deps.log);
  const { log } = scope;
  const { botToken, slackApiUrl } = config;
  const logger = boltLogger(log);
  let started = false;
  /** From the beginning of a start to a stop. */
  let isWanted = false;
  async function health(): Promise<Health> {
    const ofStore = await store.storeProblem();
    const ofSocket = started ? transport.problem() : null;
    const problems = [
      ...(ofSocket === null ? [] : [`Slackとの接続: ${ofSocket}`]),
      ...(watch.refusal === null ? [] : [`Slackのトークン: ${watch.refusal}`]),
      ...(ofStore === null ? [] : [`データ: ${ofStore}`]),
    ];
    return { connected: started && transport.isConnected(), store: ofStore === null, problems };
  }
  const network = openNetwork(config.proxy);
  const { fetch } = network;
  const mode = config.appToken === undefined ? 'http' : 'socket';
  const transport = openTransport();
  const { web, single, quick, watch } = createClients({ botToken, slackApiUrl, network, logger, meter });
  /** Socket Mode where there is an app token, else HTTP. AppError `bad_configuration` where there is neither. */
  function openTransport(): SlackTransport {
    const { appToken, signingSecret, port = DEFAULT_PORT } = config;
    if (appToken !== undefined) {
      return socketTransport({ appToken, slackApiUrl, network, after: afterMs, logger });
    }
    if (signingSecret !== undefined) return httpTransport({ signingSecret, port, health, now, logger });
    throw new AppError('bad_configuration', {
      message: 'SLACK_APP_TOKEN（ソケットモード）か SLACK_SIGNING_SECRET（HTTP）を設定してください',
    });
  }
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
    clientOptions: { fetch, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) },
  });
  const tell = createTellRefusal({ views: web.views, whisper: (...args) => poster.whisper(...args) });
  const process = acknowledgeAll(app.processEvent.bind(app), {
    tell,
    refreshHome: (user) => republishHome(parts, user),
  });
  const inbox = createInbox({
    book: store.requests,
    read: (body) =>
      readMessageEvent(body, {
        botUserId: identity().botUserId,
        knowsThread: (key) => store.threads.knows(key),
        channelSettings: (channel) => store.settings.ofChannel(channel),
      }),
    process: (event, request) => drain.track(scope.run(request.id, () => process(event, request))),
    after,
    now,
    log,
  });
  // Every delivery passes here first: from its acknowledgement on, an answer is owed.
  app.processEvent = (event) => {
    const request = readSlackRequest(event.body);
    return drain.track(scope.run(request.id, () => inbox.receive(event, request)));
  };
  app.error(async (error) => void logged(log, 'error', 'event failed')(error));

  const pacer = deps.pacer ?? createPacer();
  const poster = createPoster({ single, web, queue: createKeyedQueue(), pacer, log });
  const queue = createKeyedQueue();
  const { ask, branchInName, logQuestions = false } = deps;
  const questionDefaults = createQuestionDefaults({ store, quick, branchInName, now, log });
  const common = { store, catalogue, questionDefaults, poster, meter, now, log };
  const parts: ListenerParts = {
    ...common,
    web,
    identity,
    converse: createConverse({ ...common, ask, queue, after, logQuestions }),
    standings,
    suggest,
    inThread: queue,
    reminders,
    reporting,
    drawPicture,
    sharePicture: createSharePicture({ web, fetch }),
    download: createDownload({ web, botToken, slackApiUrl, fetch }),
  };
  app.use(
    createGate({
      policy: access,
      home: identity,
      people: createPeople({ web, quick, now, log }),
      record: createRefusals({ audit: store.audit, meter, now, logPeople, log }),
      tell,
      log,
    }),
  );
  registerListeners(app, allListeners(parts), log);

  async function tellInPrivate(user: string, message: Rendered, key: string): Promise<void> {
    await poster.post(await poster.direct(user), message, key);
  }
  let endWatching = () => {};
  return {
    reminderSender: createReminderSender({ single, pacer, log }),
    health,
    async start() {
      isWanted = true;
      known = await identify({ botToken, slackApiUrl, network, logger });
      checkWorkspace(known, access);
      const port = isWanted ? await transport.start() : null;
      if (!isWanted) throw new AppError('slack_refused', { message: '起動の途中で止められました' });
      started = true;
      const endInbox = inbox.watch();
      const endAlarm = startAlarm({ health, members: store.members, tell: tellInPrivate, after, now, log });
      endWatching = () => {
        endInbox();
        endAlarm();
      };
      log.info({ mode, port }, 'slack app started');
      return { mode, port };
    },
    async stop() {
      if (!isWanted) return;
      isWanted = false;
      started = false;
      endWatching();
      drain.track(transport.stop()).catch(logged(log, 'warn', 'connection to Slack not closed'));
      if (!(await drain.drained(DRAIN_LIMIT_MS))) log.warn('stopped before every question was answered');
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
