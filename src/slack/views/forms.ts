import type {
  ExternalSelect,
  InputBlockElement,
  KnownBlock,
  ModalView,
  PlainTextInput,
  PlainTextOption,
  StaticSelect,
} from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { ROLE_NAMES } from '../../model/member.ts';
import type { ChannelSettings } from '../../model/settings.ts';
import { LIMITS } from '../limits.ts';
import {
  branchOption,
  contextLine,
  literal,
  option,
  plainTextElement,
  section,
  yearOption,
} from './blocks.ts';

/** A menu that holds what is chosen already. Slack refuses a choice that is not among the options. */
export function select(
  options: PlainTextOption[],
  { id, chosen = null, placeholder }: { id?: string; chosen?: string | null; placeholder?: string },
): StaticSelect {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    ...(id === undefined ? {} : { action_id: id }),
    ...(placeholder === undefined ? {} : { placeholder: plainTextElement(placeholder, LIMITS.placeholder) }),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

export function textInput(limit: number, initial: string | null, multiline = true): PlainTextInput {
  return {
    type: 'plain_text_input',
    multiline,
    max_length: limit,
    ...(initial === null ? {} : { initial_value: initial.slice(0, limit) }),
  };
}

/** A field of a form: its block and its control have one id, under which it is read. */
export function field(
  id: string,
  label: string,
  element: InputBlockElement,
  more: { hint?: string; optional?: boolean; dispatch_action?: boolean } = {},
): KnownBlock {
  const { hint, ...rest } = more;
  return {
    type: 'input',
    block_id: id,
    label: plainTextElement(label, LIMITS.field),
    ...(hint === undefined ? {} : { hint: plainTextElement(hint, LIMITS.field) }),
    element: { action_id: id, ...element },
    ...rest,
  };
}

interface Modal {
  /** Under which it is heard of when it is sent off; none for one that only says something. */
  id?: string;
  title: string;
  submit?: string;
  close: string;
  blocks: KnownBlock[];
  /** Comes back with each submission, also after a restart. */
  metadata?: string;
  /** By which the view can be changed before Slack has told its id. */
  externalId?: string | undefined;
  /** Closing it closes all that lies under it. */
  closesAll?: boolean;
}

export function modal({
  id,
  title,
  submit,
  close,
  blocks,
  metadata,
  externalId,
  closesAll,
}: Modal): ModalView {
  return {
    type: 'modal',
    title: plainTextElement(title, LIMITS.modalTitle),
    close: plainTextElement(close, LIMITS.modalTitle),
    blocks,
    ...(id === undefined ? {} : { callback_id: id }),
    ...(submit === undefined ? {} : { submit: plainTextElement(submit, LIMITS.modalTitle) }),
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    ...(externalId === undefined ? {} : { external_id: externalId }),
    ...(closesAll === undefined ? {} : { clear_on_close: closesAll }),
  };
}

export const KPI_FORM = 'kpi_form';
/** Errors are shown at them. */
export const KPI_FIELDS = { branch: 'kpi_branch', indicator: 'kpi_indicator', year: 'kpi_year' } as const;
/** Action ids of selects whose options planbot fills in while somebody types. */
export const PICKERS = { branch: 'pick:branch', indicator: 'pick:indicator', year: 'pick:year' } as const;

/** Three fields, of which the branch is mostly filled in already: a figure is two steps away in a meeting. */
export function kpiForm(of: { branch: string | null; fy: number | null; metadata: string }): ModalView {
  const branch = of.branch === null ? {} : { initial_option: branchOption(of.branch) };
  const year = of.fy === null ? {} : { initial_option: yearOption(of.fy) };
  return modal({
    id: KPI_FORM,
    title: 'KPIを調べる',
    submit: '調べる',
    close: '閉じる',
    metadata: of.metadata,
    blocks: [
      field(KPI_FIELDS.branch, '支部', { ...picker('branch', '支部名（かなでも探せます）'), ...branch }),
      field(KPI_FIELDS.indicator, '指標', {
        ...picker('indicator', '指標名（かなや略称でも探せます）'),
        focus_on_load: of.branch !== null,
      }),
      field(
        KPI_FIELDS.year,
        '年度',
        { ...picker('year', '指定しないときは、最新の年度'), ...year },
        { optional: true },
      ),
    ],
  });
}

function picker(name: keyof typeof PICKERS, placeholder: string): ExternalSelect {
  return {
    type: 'external_select',
    action_id: PICKERS[name],
    placeholder: plainTextElement(placeholder, LIMITS.placeholder),
    min_query_length: 0,
  };
}

export const ROLE_FORM = 'role_form';
export const ROLE_FIELDS = { user: 'role_user', role: 'role_role', branches: 'role_branches' } as const;

export function roleForm({ branches }: Catalogue): ModalView {
  return modal({
    id: ROLE_FORM,
    title: '役割を設定する',
    submit: '保存',
    close: 'やめる',
    blocks: [
      field(ROLE_FIELDS.user, 'だれの役割ですか', { type: 'users_select' }),
      field(ROLE_FIELDS.role, '役割', {
        type: 'radio_buttons',
        options: Object.entries(ROLE_NAMES).map(([value, label]) => option(label, value)),
      }),
      field(
        ROLE_FIELDS.branches,
        '報告する支部（報告者のとき）',
        {
          type: 'multi_static_select',
          placeholder: plainTextElement('支部を選ぶ', LIMITS.placeholder),
          options: branches.map(({ name }) => branchOption(name)).slice(0, LIMITS.options),
        },
        { optional: true },
      ),
      contextLine(
        '閲覧者：質問できます。報告者：加えて、選んだ支部の実績を報告できます。管理者：すべての支部の報告と設定ができます。',
      ),
    ],
  });
}

export const FEEDBACK_FORM = 'feedback_form';
export const FEEDBACK_FIELDS = { wrong: 'wrong', words: 'words' } as const;

/** What an answer can have wrong, as it is kept with the feedback. */
const WRONGS = [
  '数値が違う',
  '出典が違う',
  '別の質問に答えている',
  '知りたいことが載っていない',
  '読みにくい',
] as const;

const FEEDBACK_WORDS = 500;

/** 「何が違いましたか」. `metadata` says which answer is meant. */
export function feedbackForm(metadata: string): ModalView {
  const placeholder = plainTextElement('例：目標は88.3％ではなく89.0％です', LIMITS.placeholder);
  const options = WRONGS.map((wrong) => option(wrong, wrong));
  return modal({
    id: FEEDBACK_FORM,
    title: '回答へのご意見',
    submit: '送信',
    close: 'やめる',
    metadata,
    blocks: [
      field(FEEDBACK_FIELDS.wrong, '何が違いましたか', { type: 'checkboxes', options }, { optional: true }),
      field(
        FEEDBACK_FIELDS.words,
        '詳しく',
        { ...textInput(FEEDBACK_WORDS, null), placeholder },
        { optional: true },
      ),
    ],
  });
}

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

const SETTING_LABELS: Record<keyof typeof SETTING_FIELDS, string> = {
  branch: '支部の名前がない質問の支部',
  fy: '年度のない質問の年度',
  answerIn: '@planbot への質問の答え方',
  speaks: 'スレッドの続きへの答え方',
  reminders: '報告の期限や遅れのお知らせ',
};
const NEWEST = '最新の年度';
/** The options by what they set. */
const CHOICES = {
  answerIn: { thread: 'スレッドで全員に', ephemeral: '質問した人だけに（ボタンで共有できます）' },
  speaks: { in_threads: '続きの質問にも答える', when_called: '呼ばれたときだけ答える' },
  reminders: { on: '受け取る', off: '受け取らない' },
} as const;

interface SettingsForm {
  settings: ChannelSettings;
  /** The branch that answers use where none is set, by the people in charge or the channel's name. */
  found: string | null;
  /** Those that may be chosen, in order; at most 99. */
  branches: readonly string[];
  years: readonly FiscalYear[];
  metadata: string;
}

export function channelSettingsForm({ settings, found, branches, years, metadata }: SettingsForm): ModalView {
  const { branch, fy, answerIn, reminders, speaks } = settings;
  const noBranch = option(found === null ? '決めない' : `自動：${foundText(found)}`, UNSET);
  const chosen = { answerIn, speaks, reminders: reminders ? 'on' : 'off' };
  const menu = (name: 'branch' | 'fy', options: PlainTextOption[], value: string | number | null) =>
    field(SETTING_FIELDS[name], SETTING_LABELS[name], select(options, { chosen: String(value ?? UNSET) }));
  const radio = (name: keyof typeof CHOICES) => {
    const options = Object.entries(CHOICES[name]).map(([value, label]) => option(label, value));
    const initial = options.find(({ value }) => value === chosen[name]);
    return field(SETTING_FIELDS[name], SETTING_LABELS[name], {
      type: 'radio_buttons',
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    });
  };
  return settingsModal(
    [
      menu('branch', [noBranch, ...branches.map(branchOption)], branch),
      menu('fy', [option(NEWEST, UNSET), ...years.map(yearOption)], fy),
      radio('answerIn'),
      radio('speaks'),
      radio('reminders'),
    ],
    { id: CHANNEL_SETTINGS, submit: '保存', metadata },
  );
}

function foundText(branch: string): string {
  return `${formatBranch(branch)}（担当者の表か、チャンネル名による）`;
}

/** For people who may look, not change. */
export function channelSettingsShown(settings: ChannelSettings, found: string | null): ModalView {
  const { branch, fy, answerIn, reminders, speaks } = settings;
  const unset = found === null ? '決めていません' : foundText(found);
  const said: Record<keyof typeof SETTING_FIELDS, string> = {
    branch: branch === null ? unset : formatBranch(branch),
    fy: fy === null ? NEWEST : formatFiscalYear(fy),
    answerIn: CHOICES.answerIn[answerIn].replace(/（.*）$/, ''),
    speaks: CHOICES.speaks[speaks],
    reminders: CHOICES.reminders[reminders ? 'on' : 'off'],
  };
  const names = Object.keys(said) as (keyof typeof said)[];
  const lines = names.map((name) => `${SETTING_LABELS[name]}：${said[name]}`);
  return settingsModal([
    section(literal(lines.join('\n'), 1_000)),
    contextLine('変更できるのは、管理者と、このチャンネルの支部の報告者です。'),
  ]);
}

export function channelSettingsSaid(text: string): ModalView {
  return settingsModal([section(literal(text, 1_000))]);
}

function settingsModal(blocks: KnownBlock[], more: Partial<Modal> = {}): ModalView {
  return modal({ title: 'チャンネルの設定', close: '閉じる', blocks, ...more });
}

export const MOVE_FORM = 'reminder_move';
export const MOVE_FIELD = 'day';

/** 「予定の時期を変える」. `metadata` says which promise is moved. */
export function moveForm(metadata: string): ModalView {
  return modal({
    id: MOVE_FORM,
    title: '予定の時期を変える',
    submit: '変える',
    close: 'やめる',
    metadata,
    blocks: [
      field(
        MOVE_FIELD,
        '新しい期日',
        { type: 'datepicker' },
        { hint: 'この日が近づいたら、改めてお知らせします。' },
      ),
    ],
  });
}
