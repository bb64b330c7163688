import type { Message } from './message.ts';

/** Names as Slack takes them: +1, thumbsup, wave::skin-tone-3; without colons around them. */
const EMOJI = /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/;

export type ReactionRefusal = 'invalid_name' | 'already_reacted' | 'no_reaction';

/** Adds or takes back one person's reaction; null where that worked, else why not. */
export function changeReaction(
  message: Message,
  change: 'add' | 'remove',
  user: string,
  name: string,
): ReactionRefusal | null {
  if (!EMOJI.test(name)) return 'invalid_name';
  const there = message.reactions.find((one) => one.name === name);
  const users = there?.users ?? [];
  if (change === 'add' && users.includes(user)) return 'already_reacted';
  if (change === 'remove' && !users.includes(user)) return 'no_reaction';
  const changed = {
    name,
    users: change === 'add' ? [...users, user] : users.filter((one) => one !== user),
  };
  const reactions = there
    ? message.reactions.map((one) => (one === there ? changed : one))
    : [...message.reactions, changed];
  message.reactions = reactions.filter((one) => one.users.length > 0);
  return null;
}
