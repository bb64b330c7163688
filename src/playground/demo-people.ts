import type { Member } from '../model/member.ts';
import type { Owner } from '../model/owner.ts';
import { CHANNELS, USERS } from './workspace.ts';

/** Made-up people in charge, so that reminders have somebody to go to. Only for the playground's own store. */
export const DEMO_OWNERS: readonly Owner[] = [
  owner('本部', CHANNELS.headOffice, USERS.admin.id, null),
  owner('東京', CHANNELS.tokyo, USERS.reporter.id, USERS.admin.id),
  owner('群馬', CHANNELS.gunma, USERS.reporter.id, USERS.admin.id),
  owner('宮城', CHANNELS.miyagi, USERS.reporter.id, USERS.admin.id),
  owner('神奈川', CHANNELS.kanagawa, USERS.reporter.id, USERS.admin.id),
];

/** Who may do what in the playground; the others are viewers. */
export const DEMO_MEMBERS: readonly Member[] = [
  { user: USERS.reporter.id, role: 'reporter', branches: ['東京', '群馬', '宮城', '神奈川'] },
  { user: USERS.admin.id, role: 'admin', branches: [] },
];

function owner(branch: string, channel: string, person: string, deputy: string | null): Owner {
  return { branch, channel, owner: person, deputy };
}
