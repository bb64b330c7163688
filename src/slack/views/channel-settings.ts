import type { KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import type { ChannelSettings } from '../../model/settings.ts';
import { branchOption, option, yearOption } from './pickers.ts';
import { contextLine, literal, plainTextElement, section } from './text.ts';

export const CHANNEL_SETTINGS = 'channel_settings';
export const SETTING_FIELDS = {
  branch: 'branch',
  fy: 'fy',
  answerIn: 'answer_in',
  speaks: 'speaks',
  reminders: 'reminders',
} as const;
/** The option that sets nothing. */
export const UNSET = 'unset';

const TITLE = plainTextElement('チャンネルの設定', 24);
const CLOSE = plainTextElement('閉じる', 24);
const NEWEST = option('最新の年度', UNSET);
const IN_THREAD = option('スレッドで全員に', 'thread');
const FOR_ASKER = option('質問した人だけに（ボタンで共有できます）', 'ephemeral');
const IN_THREADS = option('続きの質問にも答える', 'in_threads');
const WHEN_CALLED = option('呼ばれたときだけ答える', 'when_called');
const REMINDERS_ON = option('受け取る', 'on');
const REMINDERS_OFF = option('受け取らない', 'off');

export interface SettingsForm {
  settings: ChannelSettings;
  /** The branch that answers use where none is set, by the people in charge or the channel's name. */
  found: string | null;
  /** Those that may be chosen, in order; at most 99. */
  branches: readonly string[];
  /** Newest first. */
  years: readonly FiscalYear[];
  metadata: string;
}

export function channelSettingsForm({ settings, found, branches, years, metadata }: SettingsForm): ModalView {
  const { branch, fy, answerIn, reminders, speaks } = settings;
  const noBranch = option(found === null ? '決めない' : `自動：${foundText(found)}`, UNSET);
  return {
    type: 'modal',
    callback_id: CHANNEL_SETTINGS,
    private_metadata: metadata,
    title: TITLE,
    submit: plainTextElement('保存', 24),
    close: CLOSE,
    blocks: [
      select('支部の名前がない質問の支部', SETTING_FIELDS.branch, [noBranch, ...branches.map(branchOption)], {
        initial_option: branch === null ? noBranch : branchOption(branch),
      }),
      select('年度のない質問の年度', SETTING_FIELDS.fy, [NEWEST, ...years.map(yearOption)], {
        initial_option: fy === null ? NEWEST : yearOption(fy),
      }),
      radio(
        '@planbot への質問の答え方',
        SETTING_FIELDS.answerIn,
        [IN_THREAD, FOR_ASKER],
        answerIn === 'thread' ? 0 : 1,
      ),
      radio(
        'スレッドの続きへの答え方',
        SETTING_FIELDS.speaks,
        [IN_THREADS, WHEN_CALLED],
        speaks === 'in_threads' ? 0 : 1,
      ),
      radio(
        '報告の期限や遅れのお知らせ',
        SETTING_FIELDS.reminders,
        [REMINDERS_ON, REMINDERS_OFF],
        reminders ? 0 : 1,
      ),
    ],
  };
}

function foundText(branch: string): string {
  return `${formatBranch(branch)}（担当者の表か、チャンネル名による）`;
}

/** For people who may look, not change. */
export function channelSettingsShown(settings: ChannelSettings, found: string | null): ModalView {
  const { branch, fy, answerIn, reminders, speaks } = settings;
  const unset = found === null ? '決めていません' : foundText(found);
  const lines = [
    `支部の名前がない質問の支部：${branch === null ? unset : formatBranch(branch)}`,
    `年度のない質問の年度：${fy === null ? '最新の年度' : formatFiscalYear(fy)}`,
    `@planbot への質問の答え方：${answerIn === 'thread' ? 'スレッドで全員に' : '質問した人だけに'}`,
    `スレッドの続きへの答え方：${speaks === 'in_threads' ? '続きの質問にも答える' : '呼ばれたときだけ答える'}`,
    `報告の期限や遅れのお知らせ：${reminders ? '受け取る' : '受け取らない'}`,
  ];
  return notice([
    section(literal(lines.join('\n'), 1_000)),
    contextLine('変更できるのは、管理者と、このチャンネルの支部の報告者です。'),
  ]);
}

export function channelSettingsSaid(text: string): ModalView {
  return notice([section(literal(text, 1_000))]);
}

function notice(blocks: KnownBlock[]): ModalView {
  return { type: 'modal', title: TITLE, close: CLOSE, blocks };
}

function select(
  label: string,
  id: string,
  options: PlainTextOption[],
  { initial_option }: { initial_option: PlainTextOption },
): KnownBlock {
  const element = { type: 'static_select', action_id: id, options, initial_option } as const;
  return { type: 'input', block_id: id, label: plainTextElement(label, 100), element };
}

function radio(label: string, id: string, options: PlainTextOption[], chosen: number): KnownBlock {
  const initial = options[chosen];
  return {
    type: 'input',
    block_id: id,
    label: plainTextElement(label, 100),
    element: {
      type: 'radio_buttons',
      action_id: id,
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  };
}
