import type { State } from '../state.ts';
import { agentMethods } from './agent-methods.ts';
import { channelMethods } from './channel-methods.ts';
import { chatMethods } from './chat-methods.ts';
import { fileMethods } from './file-methods.ts';
import { historyMethods } from './history-methods.ts';
import { type Args, type Method, type MethodContext, type Reply, refuseCall } from './method.ts';
import { reactionMethods } from './reaction-methods.ts';
import { viewMethods } from './view-methods.ts';
import { workspaceMethods } from './workspace-methods.ts';

export const BOT_TOKEN = 'xoxb-playground';
export const APP_TOKEN = 'xapp-playground';

const methods: Record<string, Method> = {
  ...workspaceMethods,
  ...chatMethods,
  ...channelMethods,
  ...historyMethods,
  ...viewMethods,
  ...reactionMethods,
  ...agentMethods,
  ...fileMethods,
};

/** One Web API call with a bot token: method, token, scope and arguments are judged in Slack's order. */
export function callMethod(name: string, token: string, args: Args, context: MethodContext): Reply {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return refuseCall('unknown_method', [], { req_method: name });
  const unfit = judgeToken(token, BOT_TOKEN);
  if (unfit) return unfit;
  const granted = context.state.manifest.oauth_config.scopes.bot;
  const wanted = method.scopes(args, context.state);
  if (wanted.length > 0 && !wanted.some((scope) => granted.includes(scope)))
    return refuseCall('missing_scope', [], { needed: wanted[0], provided: granted.join(',') });
  return method.call(args, context);
}

/** Scopes of which any one is enough for the call; none for a method that is not known. */
export function acceptedScopes(name: string, args: Args, state: State): string[] {
  return Object.hasOwn(methods, name) ? (methods[name]?.scopes(args, state) ?? []) : [];
}

/** Why a token is refused; null where it is the one that is wanted. */
export function judgeToken(token: string, wanted: string): Reply | null {
  if (token === wanted) return null;
  if (token === '') return refuseCall('not_authed');
  return refuseCall(token === BOT_TOKEN || token === APP_TOKEN ? 'not_allowed_token_type' : 'invalid_auth');
}
