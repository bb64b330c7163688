import { expect, test } from 'vitest';
import {
  type AccessPolicy,
  judgeAccess,
  type Person,
  type Refusal,
  STAFF_ONLY,
} from '../../../src/slack/access/policy.ts';
import type { AccessRequest } from '../../../src/slack/slack-request.ts';

const HOME = { teamId: 'T0HOME01', enterpriseId: 'E0HOME01' };
const STAFF: Person = { team: 'T0HOME01', enterprise: 'E0HOME01', isGuest: false, isStranger: false };
const OUTSIDER: Person = { team: 'T0OUT001', enterprise: null, isGuest: false, isStranger: false };
const REQUEST: AccessRequest = {
  user: 'U1',
  team: 'T0HOME01',
  channel: 'C1',
  thread: null,
  isDirect: false,
  isShared: false,
  isAddressed: true,
};
const DM = { channel: 'D1', isDirect: true };

const CASES: [string, Partial<AccessRequest>, Partial<Person>, Partial<AccessPolicy>, Refusal | null][] = [
  ['staff', {}, {}, {}, null],
  ['a guest', {}, { isGuest: true }, {}, 'guest'],
  ['a guest who is allowed', {}, { isGuest: true }, { guests: true }, null],
  ['a person whose event says another workspace', { team: 'T0OUT001' }, { enterprise: null }, {}, 'stranger'],
  ['a person of whom Slack says another workspace', {}, OUTSIDER, {}, 'stranger'],
  [
    'a person whom Slack calls a stranger',
    { team: null },
    { team: null, enterprise: null, isStranger: true },
    {},
    'stranger',
  ],
  ['a person of another workspace of the organisation', { team: 'T0SIB001' }, { team: 'T0SIB001' }, {}, null],
  [
    'the same, where the workspaces are listed',
    { team: 'T0SIB001' },
    { team: 'T0SIB001' },
    { workspaces: ['T0HOME01'] },
    'stranger',
  ],
  ['the organisation in place of the workspace', { team: 'E0HOME01' }, {}, {}, null],
  [
    'the same, where Slack does not tell the person’s organisation',
    { team: 'E0HOME01' },
    { enterprise: null },
    {},
    null,
  ],
  [
    'a workspace that is listed',
    { team: 'T0OUT001' },
    OUTSIDER,
    { workspaces: ['T0HOME01', 'T0OUT001'] },
    null,
  ],
  [
    'the same, whom Slack calls a stranger',
    { team: 'T0OUT001' },
    { ...OUTSIDER, isStranger: true },
    { workspaces: ['T0HOME01', 'T0OUT001'] },
    null,
  ],
  ['a stranger who is allowed', { isShared: true }, OUTSIDER, { strangers: true }, null],
  ['a stranger in a listed channel', {}, OUTSIDER, { channels: ['C1'] }, 'stranger'],
  ['staff in a shared channel', { isShared: true }, {}, {}, 'shared_channel'],
  ['staff in a shared channel that is listed', { isShared: true }, {}, { channels: ['C1'] }, null],
  ['a channel that is not listed', {}, {}, { channels: ['C2'] }, 'channel'],
  ['a direct message where channels are listed', DM, {}, { channels: ['C2'] }, null],
  ['a view where channels are listed', { channel: null }, {}, { channels: ['C2'] }, null],
  ['a stranger’s direct message', DM, OUTSIDER, {}, 'stranger'],
];

test.each(CASES)('%s', (_, request, person, policy, refusal) => {
  const judged = judgeAccess(
    { ...REQUEST, ...request },
    { ...STAFF, ...person },
    { ...STAFF_ONLY, ...policy },
    HOME,
  );
  expect(judged).toBe(refusal);
});
