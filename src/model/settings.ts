import { z } from 'zod';
import { FiscalYear, formatFiscalYear } from './fiscal-year.ts';

/** What a channel set for the questions asked in it. */
export const ChannelSettings = z.strictObject({
  /** For questions that name no branch. */
  branch: z.string().min(1).nullable(),
  /** For questions that name no year; null is the newest. */
  fy: FiscalYear.nullable(),
  /** Where a mention is answered: for all in its thread, or for the asker alone. */
  answerIn: z.enum(['thread', 'ephemeral']),
  /** Whether reminders may be posted in the channel. */
  reminders: z.boolean(),
  /** Whether the bot answers unasked where somebody goes on in a thread with it, or only when it is called. */
  speaks: z.enum(['in_threads', 'when_called']),
});
export type ChannelSettings = z.infer<typeof ChannelSettings>;

export const DEFAULT_CHANNEL: ChannelSettings = {
  branch: null,
  fy: null,
  answerIn: 'thread',
  reminders: true,
  speaks: 'in_threads',
};

/** In one line: 支部 東京、年度 最新、答え スレッド、続き 呼ばれたときだけ、お知らせ 入. */
export function describeChannelSettings({
  branch,
  fy,
  answerIn,
  reminders,
  speaks,
}: ChannelSettings): string {
  return [
    `支部 ${branch ?? '指定なし'}`,
    `年度 ${fy === null ? '最新' : formatFiscalYear(fy)}`,
    `答え ${answerIn === 'thread' ? 'スレッド' : '本人だけ'}`,
    `続き ${speaks === 'in_threads' ? '答える' : '呼ばれたときだけ'}`,
    `お知らせ ${reminders ? '入' : '切'}`,
  ].join('、');
}

/** What a person set in App Home. */
export const PersonSettings = z.strictObject({
  /** My branch: for questions that name none, where the channel has set none. */
  branch: z.string().min(1).nullable(),
  /** Whether reminders of my branch also come as a direct message. */
  notices: z.boolean(),
});
export type PersonSettings = z.infer<typeof PersonSettings>;

/** In one line: 担当の支部 東京、本人へのお知らせ 入. */
export function describePersonSettings({ branch, notices }: PersonSettings): string {
  return `担当の支部 ${branch ?? '指定なし'}、本人へのお知らせ ${notices ? '入' : '切'}`;
}

export const DEFAULT_PERSON: PersonSettings = { branch: null, notices: false };

export interface Settings {
  /** The defaults where nothing was set. */
  ofChannel(channel: string): Promise<ChannelSettings>;
  /** With an audit entry. */
  saveChannel(channel: string, settings: ChannelSettings, by: string, now: Date): Promise<void>;
  /** Channels whose reminders are off. */
  quietChannels(): Promise<string[]>;
  ofPerson(user: string): Promise<PersonSettings>;
  /** With an audit entry. */
  savePerson(user: string, settings: PersonSettings, now: Date): Promise<void>;
  /** Who wants the reminders of a branch as a direct message. */
  noticeReaders(branch: string): Promise<string[]>;
  /** Of the channels that have set anything, by id. */
  ofChannels(): Promise<{ channel: string; settings: ChannelSettings }[]>;
}
