import { AppError } from '../model/errors.ts';
import type { MethodContext } from './api/method.ts';
import {
  actor,
  interact,
  issueResponseUrl,
  issueTrigger,
  requireInteractivity,
  shownChannel,
} from './interaction-payload.ts';
import type { Message } from './message.ts';
import type { Acknowledgement } from './person-actions.ts';
import { toSlackMessage } from './slack-message.ts';
import { findChannel } from './state.ts';
import type { EventTransport } from './transport.ts';

export interface ShortcutUse {
  callbackId: string;
  user: string;
  /** The message whose menu it is taken from; none for a global shortcut. */
  message?: Message;
}

/** A person takes a shortcut of the manifest, from a message's menu or from anywhere. */
export async function runShortcut(
  { state, origin }: MethodContext,
  transport: EventTransport,
  { callbackId, user, message }: ShortcutUse,
): Promise<Acknowledgement> {
  requireInteractivity(state);
  const type = message ? 'message' : 'global';
  const { shortcuts } = state.manifest.features;
  if (!shortcuts.some((one) => one.callback_id === callbackId && one.type === type))
    throw new AppError('wrong_use', { message: 'マニフェストにないショートカットです', text: callbackId });
  const { api_app_id: _app, ...who } = actor(state, user);
  const common = {
    ...who,
    callback_id: callbackId,
    trigger_id: issueTrigger(state, user),
    action_ts: state.nextTs(),
  };
  if (!message) return interact(transport, { type: 'shortcut', ...common });
  if (message.ephemeralTo !== null || !findChannel(state, message.channel)?.members.includes(user))
    throw new AppError('wrong_use', { message: 'そのメッセージにはショートカットがありません' });
  const { channel, ts } = message;
  return interact(transport, {
    type: 'message_action',
    ...common,
    channel: shownChannel(state, channel),
    message_ts: ts,
    message: toSlackMessage(state, message),
    response_url: issueResponseUrl(state, origin(), { channel, user, messageTs: null }),
  });
}
