import { AppError } from '../../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import { toSlackView } from './controls.ts';
import type { EventDelivery } from './events.ts';
import { eventsOfChanged, eventsOfDeleted, eventsOfPosted, eventsOfReaction } from './events.ts';
import { keepFile } from './files.ts';
import type { Acknowledgement, PersonPosted } from './interactions.ts';
import { actor, issueResponseUrl, issueTrigger } from './interactions.ts';
import { isSubscribed } from './manifest.ts';
import { changeReaction, withdrawMessage } from './messages.ts';
import { takeAnswer } from './response-url.ts';
import type { EventRecord, Message } from './state.ts';
import { findChannel, findMessage, newMessage, type State, tellChange } from './state.ts';
import type { EventTransport } from './transports.ts';
import { type Channel, directMessageId } from './workspace.ts';

export interface PersonMessage {
  channel: string;
  user: string;
  text: string;
  threadTs?: string;
  broadcast?: boolean;
}

/** A person's message: kept, shown, and told to the app. */
export async function postAsPerson(
  state: State,
  delivery: EventDelivery,
  input: PersonMessage,
): Promise<PersonPosted> {
  const message = compose(state, input);
  if (input.broadcast && message.threadTs !== null) message.isBroadcast = true;
  return tell(state, delivery, message);
}

/** A person shares a file, with a text or without. */
export async function shareAsPerson(
  state: State,
  delivery: EventDelivery,
  input: FileInput,
): Promise<PersonPosted> {
  const { text = '', name, content, user } = input;
  const message = compose(state, { ...input, text });
  const file = keepFile(state, { name, content, user });
  file.shares.push({ channel: message.channel, ts: message.ts });
  message.fileIds = [file.id];
  return tell(state, delivery, message);
}

export interface FileInput {
  channel: string;
  user: string;
  name: string;
  content: Uint8Array;
  text?: string;
  threadTs?: string;
}

async function tell(state: State, delivery: EventDelivery, message: Message): Promise<PersonPosted> {
  state.messages.push(message);
  tellChange(state);
  return { message, events: await Promise.all(eventsOfPosted(state, message).map(delivery.send)) };
}

function compose(
  state: State,
  input: { channel: string; user: string; text: string; threadTs?: string },
): Message {
  const channel = openTo(state, input.channel, input.user);
  const { app_home } = state.manifest.features;
  if (channel.kind === 'im' && (!app_home.messages_tab_enabled || app_home.messages_tab_read_only_enabled))
    throw new AppError('wrong_use', { message: 'マニフェストがダイレクトメッセージを許していません' });
  const parent = input.threadTs === undefined ? undefined : findMessage(state, channel.id, input.threadTs);
  return { ...newMessage(state, channel.id, input.user, parent), text: input.text };
}

export function editAsPerson(state: State, delivery: EventDelivery, message: Message, text: string) {
  const before = { ...message };
  Object.assign(message, { text, editedTs: state.nextTs() });
  tellChange(state);
  return Promise.all(eventsOfChanged(state, message, before).map(delivery.send));
}

export function deleteAsPerson(state: State, delivery: EventDelivery, message: Message) {
  const before = withdrawMessage(state, message);
  tellChange(state);
  const events = before ? eventsOfChanged(state, message, before) : eventsOfDeleted(state, message);
  return Promise.all(events.map(delivery.send));
}

/** A person reacts to a message, or takes the reaction back. */
export async function reactAsPerson(
  state: State,
  delivery: EventDelivery,
  { message, user, name, remove = false }: { message: Message; user: string; name: string; remove?: boolean },
): Promise<EventRecord[]> {
  openTo(state, message.channel, user);
  const refusal = changeReaction(message, remove ? 'remove' : 'add', user, name);
  if (refusal !== null) throw new AppError('wrong_use', { message: 'その反応はできません', text: refusal });
  tellChange(state);
  const type = remove ? 'reaction_removed' : 'reaction_added';
  return Promise.all(eventsOfReaction(state, message, { type, user, name }).map(delivery.send));
}

export async function openHomeAsPerson(
  state: State,
  delivery: EventDelivery,
  { user, tab, viewing }: { user: string; tab: 'home' | 'messages'; viewing?: string },
): Promise<EventRecord[]> {
  const { app_home } = state.manifest.features;
  const isThere = tab === 'home' ? app_home.home_tab_enabled : app_home.messages_tab_enabled;
  if (!isThere || !isSubscribed(state.manifest, 'app_home_opened')) return [];
  const channel = directMessageId(user);
  const published = state.views.find((view) => view.type === 'home' && view.user === user);
  const view = tab === 'home' && published ? { view: toSlackView(state, published) } : {};
  const entity = { type: 'slack#/types/channel_id', value: viewing, team_id: state.workspace.team.id };
  const seen = tab === 'messages' && viewing ? { context: { entities: [entity] } } : {};
  const event_ts = state.nextTs();
  return [await delivery.send({ type: 'app_home_opened', user, channel, tab, ...view, ...seen, event_ts })];
}

/** A slash command; an answer that comes with the acknowledgement appears like one sent to its response_url. */
export async function runCommandAsPerson(
  { state, effects, origin }: MethodContext,
  transport: EventTransport,
  input: { command: string; text: string; channel: string; user: string },
): Promise<Acknowledgement> {
  const channel = openTo(state, input.channel, input.user);
  if (!state.manifest.features.slash_commands.some((one) => one.command === input.command))
    throw new AppError('wrong_use', { message: 'マニフェストにないコマンドです', text: input.command });
  const { user } = actor(state, input.user) as { user: { name?: string } };
  const { team, bot } = state.workspace;
  const place = { channel: channel.id, user: input.user, messageTs: null };
  const payload = {
    token: 'unused',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: { public: channel.name, private: 'privategroup', im: 'directmessage' }[channel.kind],
    user_id: input.user,
    user_name: user.name ?? '',
    command: input.command,
    text: input.text,
    api_app_id: bot.appId,
    is_enterprise_install: 'false',
    response_url: issueResponseUrl(state, origin(), place),
    trigger_id: issueTrigger(state, input.user),
  };
  const receipt = await transport.deliver({ kind: 'slash_commands', payload, retry: null });
  if (receipt.reason !== 'acknowledged')
    return { acknowledged: false, payload: null, reason: receipt.reason };
  if (receipt.payload) {
    const verdict = takeAnswer(state, effects, { ...place, at: state.now(), uses: 0 }, receipt.payload);
    if (verdict.error !== null)
      return { acknowledged: false, payload: receipt.payload, reason: verdict.error };
    tellChange(state);
  }
  return { acknowledged: true, payload: receipt.payload, reason: 'acknowledged' };
}

function openTo(state: State, id: string, user: string): Channel {
  const channel = findChannel(state, id);
  if (channel && !channel.archived && channel.members.includes(user)) return channel;
  throw new AppError('wrong_use', { message: `書き込めるチャンネルではありません（${user}）`, text: id });
}
