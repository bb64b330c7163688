import { findChannel, type State } from '../state.ts';
import type { Channel } from '../workspace.ts';
import { type Args, text } from './method.ts';

const PREFIX: Record<Channel['kind'], string> = { public: 'channels', private: 'groups', im: 'im' };

export function scopeOf(kind: Channel['kind'], right: 'history' | 'read'): string {
  return `${PREFIX[kind]}:${right}`;
}

/** The scope for a channel of that kind; none is asked for where there is no such channel. */
export function scopeFor(right: 'history' | 'read') {
  return (args: Args, state: State): string[] => {
    const channel = findChannel(state, text(args, 'channel'));
    return channel ? [scopeOf(channel.kind, right)] : [];
  };
}
