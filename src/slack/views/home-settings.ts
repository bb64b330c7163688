import type { Checkboxes, KnownBlock, StaticSelect } from '@slack/web-api';
import { ROLE_NAMES } from '../../model/member.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { header } from './home-headings.ts';
import { branchOption } from './pickers.ts';
import { contextLine, literal, plainTextElement, section } from './text.ts';

export const HOME_SETTINGS = { branch: 'home:branch', notices: 'home:notices' } as const;
/** What the branch menu holds for nobody's branch. */
export const NO_BRANCH = 'none';

const NOTICES = {
  text: plainTextElement('自分の支部のお知らせを、ダイレクトメッセージでも受け取る', LIMITS.buttonLabel),
  value: 'on',
};

/** My branch. */
export function branchMenu({ settings: { branch }, catalogue }: HomeState): KnownBlock {
  const none = { text: plainTextElement('指定しない', LIMITS.buttonLabel), value: NO_BRANCH };
  // Slack refuses a choice that is not among the options: a branch may have left the catalogue.
  const isThere = branch !== null && catalogue.branches.some(({ name }) => name === branch);
  const select: StaticSelect = {
    type: 'static_select',
    action_id: HOME_SETTINGS.branch,
    placeholder: plainTextElement('支部を選ぶ', LIMITS.placeholder),
    options: [none, ...catalogue.branches.map(({ name }) => branchOption(name))].slice(0, LIMITS.options),
    ...(isThere ? { initial_option: branchOption(branch) } : {}),
  };
  // Its own id: a choice that is made while Home is published anew still finds its menu.
  return { ...section('担当の支部'), block_id: HOME_SETTINGS.branch, accessory: select } as KnownBlock;
}

/** My branch, and whether its reminders come to me as well. */
export function homeSettings(state: HomeState): KnownBlock[] {
  const { settings, member } = state;
  const { branch, notices } = settings;
  const boxes: Checkboxes = {
    type: 'checkboxes',
    action_id: HOME_SETTINGS.notices,
    options: [NOTICES],
    ...(notices ? { initial_options: [NOTICES] } : {}),
  };
  const branches = member.branches.length === 0 ? '' : `（${literal(member.branches.join('、'), 300)}）`;
  return [
    { type: 'divider' },
    header('設定'),
    ...(branch === null
      ? []
      : [
          branchMenu(state),
          { type: 'actions' as const, block_id: HOME_SETTINGS.notices, elements: [boxes] },
        ]),
    contextLine(
      `支部名のない質問には、そのチャンネルの支部、担当の支部の順でお答えします。あなたの役割：${ROLE_NAMES[member.role]}${branches}`,
    ),
  ];
}
