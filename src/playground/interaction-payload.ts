import { AppError } from '../model/errors.ts';
import { draftPlace } from './draft-place.ts';
import { stateValues } from './drafts.ts';
import type { Acknowledgement, Control } from './person-actions.ts';
import { toSlackMessage } from './slack-message.ts';
import { toSlackView } from './slack-view.ts';
import { findChannel, findUser, type ResponseUrl, type State } from './state.ts';
import type { EventTransport } from './transport.ts';
import { teamOf } from './workspace.ts';

/** Sends an interaction and waits for its acknowledgement. */
export async function interact(
  transport: EventTransport,
  payload: Record<string, unknown>,
): Promise<Acknowledgement> {
  const receipt = await transport.deliver({ kind: 'interactive', payload, retry: null });
  return {
    acknowledged: receipt.reason === 'acknowledged',
    payload: receipt.payload,
    reason: receipt.reason,
  };
}

export function requireInteractivity(state: State): void {
  if (!state.manifest.settings.interactivity.is_enabled)
    throw new AppError('wrong_use', { message: 'マニフェストで interactivity が有効になっていません' });
}

/** Who acted, and where: the part that every interaction has. */
export function actor(state: State, userId: string): Record<string, unknown> {
  const { team, bot } = state.workspace;
  const user = findUser(state, userId);
  return {
    user: { id: userId, username: user?.name, name: user?.name, team_id: teamOf(state.workspace, user) },
    api_app_id: bot.appId,
    token: 'unused',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** `viewId` names the modal that was acted in. */
export function issueTrigger(state: State, user: string, viewId: string | null = null): string {
  const id = state.nextId('123.456.t');
  state.triggers.set(id, { user, viewId, at: state.now(), exchanged: false });
  return id;
}

export function issueResponseUrl(
  state: State,
  origin: string,
  url: Omit<ResponseUrl, 'at' | 'uses'>,
): string {
  const id = state.nextId('r');
  state.responseUrls.set(id, { ...url, at: state.now(), uses: 0 });
  return `${origin}/response/${id}`;
}

/** Slack tells no names of private channels and direct messages. */
export function shownChannel(state: State, id: string): { id: string; name: string } {
  const channel = findChannel(state, id);
  const hidden = { private: 'privategroup', im: 'directmessage' };
  const name = !channel || channel.kind === 'public' ? channel?.name : hidden[channel.kind];
  return { id, name: name ?? '' };
}

/** Where the control stands. Slack sends no `message` for an ephemeral one. */
export function controlPlace(state: State, control: Control): Record<string, unknown> {
  const values = 'view' in control ? control.view.payload.blocks : control.message.blocks;
  const held = stateValues(state, draftPlace(control), values);
  if ('view' in control) {
    const { view } = control;
    return { container: { type: 'view', view_id: view.id }, view: toSlackView(state, view, held) };
  }
  const { message } = control;
  const isEphemeral = message.ephemeralTo !== null;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: isEphemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    channel: shownChannel(state, message.channel),
    ...(isEphemeral ? {} : { message: toSlackMessage(state, message) }),
    state: { values: held },
  };
}
