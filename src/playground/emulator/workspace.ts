export interface User {
  id: string;
  /** Login name in ASCII. */
  name: string;
  /** As shown: 佐藤（職員）. */
  realName: string;
  /** `external`: of another workspace, by Slack Connect. `guest`: of this one, in the channels it was let into. */
  role: 'staff' | 'reporter' | 'admin' | 'guest' | 'external';
  /** Has left; Slack keeps the account. */
  deleted?: boolean;
  /** A guest of one channel alone. */
  singleChannel?: boolean;
}

export interface Channel {
  id: string;
  /** Without #. The other person's id for a direct message. */
  name: string;
  kind: 'public' | 'private' | 'im';
  members: string[];
  archived: boolean;
  topic: string;
  /** With another workspace, by Slack Connect. */
  shared: boolean;
}

/** Who and what is there. Ids are fixed, so that tests and saved data can name them. */
export interface Workspace {
  team: { id: string; name: string; domain: string; url: string };
  /** The workspace at the other end of Slack Connect. */
  otherTeam: { id: string };
  bot: { userId: string; botId: string; appId: string; name: string };
  users: User[];
  channels: Channel[];
}

export const USERS = {
  staff: { id: 'U0STAFF01', name: 'sato', realName: '佐藤（職員）', role: 'staff' },
  reporter: { id: 'U0REPORT1', name: 'suzuki', realName: '鈴木（報告者）', role: 'reporter' },
  admin: { id: 'U0ADMIN01', name: 'takahashi', realName: '高橋（管理者）', role: 'admin' },
  guest: { id: 'U0VISIT01', name: 'ito', realName: '伊藤（ゲスト）', role: 'guest' },
  external: { id: 'U0GUEST01', name: 'tanaka', realName: '田中（外部）', role: 'external' },
} as const satisfies Record<string, User>;

export const BOT = { userId: 'U0PLANBOT', botId: 'B0PLANBOT', appId: 'A0PLANBOT' } as const;

const STAFF = [USERS.staff.id, USERS.reporter.id, USERS.admin.id];

/** Ids of the channels that are there from the start. */
export const CHANNELS = {
  headOffice: 'C0HONBU01',
  tokyo: 'C0TOKYO01',
  gunma: 'C0GUNMA01',
  miyagi: 'C0MIYAGI1',
  kanagawa: 'C0KANAGA1',
  /** Private; the bot and the reporter are in it. */
  planning: 'G0KIKAKU1',
  /** The bot is not a member. */
  chat: 'C0ZATSUD1',
  archived: 'C0ARCHIV1',
  /** With another workspace; its person, the staff and the bot are in it. */
  shared: 'C0SHARED1',
} as const;

/** The id of the direct message between a user and the bot. */
export function directMessageId(userId: string): string {
  return `D0${userId.slice(2)}`;
}

export function createWorkspace(botName: string): Workspace {
  const everyone = [...STAFF, BOT.userId];
  const channel = (id: string, name: string, topic: string, change: Partial<Channel> = {}): Channel => ({
    id,
    name,
    kind: 'public',
    members: [...everyone],
    archived: false,
    topic,
    shared: false,
    ...change,
  });
  const users: User[] = Object.values(USERS).map((user) => ({ ...user }));
  return {
    team: {
      id: 'T0KYOKAI1',
      name: '協会けんぽ（お試し）',
      domain: 'local',
      url: 'https://local.slack.example/',
    },
    otherTeam: { id: 'T0GAIBU01' },
    bot: { ...BOT, name: botName },
    users,
    channels: [
      channel(CHANNELS.headOffice, '本部', '本部の事業計画'),
      channel(CHANNELS.tokyo, '東京支部', '東京支部の事業計画と実施状況'),
      channel(CHANNELS.gunma, '群馬支部', '群馬支部の事業計画と実施状況'),
      channel(CHANNELS.miyagi, '宮城支部', '宮城支部の事業計画'),
      channel(CHANNELS.kanagawa, '神奈川支部', '神奈川支部の事業計画', {
        members: [...everyone, USERS.guest.id],
      }),
      channel(CHANNELS.shared, '外部との連携', '外部の団体と共有しています', {
        members: [...everyone, USERS.external.id],
        shared: true,
      }),
      channel(CHANNELS.planning, '企画総務', '企画総務グループ（非公開）', {
        kind: 'private',
        members: [USERS.reporter.id, USERS.admin.id, BOT.userId],
      }),
      channel(CHANNELS.chat, '雑談', 'planbotは参加していません', { members: [...STAFF, USERS.external.id] }),
      channel(CHANNELS.archived, '旧・東京支部', '使われていません', { archived: true }),
      ...users.map((user) =>
        channel(directMessageId(user.id), user.id, '', { kind: 'im', members: [user.id, BOT.userId] }),
      ),
    ],
  };
}

export function teamOf({ team, otherTeam }: Workspace, user: User | undefined): string {
  return user?.role === 'external' ? otherTeam.id : team.id;
}
