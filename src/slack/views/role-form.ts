import type { ModalView } from '@slack/web-api';
import type { Catalogue } from '../../model/catalogue.ts';
import { ROLE_NAMES } from '../../model/member.ts';
import { LIMITS } from '../limits.ts';
import { branchOption } from './pickers.ts';
import { contextLine, plainTextElement } from './text.ts';

export const ROLE_FORM = 'role_form';
/** Block ids; each holds one element with the same action id. */
export const ROLE_FIELDS = { user: 'role_user', role: 'role_role', branches: 'role_branches' } as const;

export function roleForm({ branches }: Catalogue): ModalView {
  const options = Object.entries(ROLE_NAMES).map(([value, label]) => ({
    text: plainTextElement(label, LIMITS.buttonLabel),
    value,
  }));
  return {
    type: 'modal',
    callback_id: ROLE_FORM,
    title: plainTextElement('役割を設定する', LIMITS.modalTitle),
    submit: plainTextElement('保存', LIMITS.modalTitle),
    close: plainTextElement('やめる', LIMITS.modalTitle),
    blocks: [
      {
        type: 'input',
        block_id: ROLE_FIELDS.user,
        label: plainTextElement('だれの役割ですか', LIMITS.buttonLabel),
        element: { type: 'users_select', action_id: ROLE_FIELDS.user },
      },
      {
        type: 'input',
        block_id: ROLE_FIELDS.role,
        label: plainTextElement('役割', LIMITS.buttonLabel),
        element: { type: 'radio_buttons', action_id: ROLE_FIELDS.role, options },
      },
      {
        type: 'input',
        block_id: ROLE_FIELDS.branches,
        label: plainTextElement('報告する支部（報告者のとき）', LIMITS.buttonLabel),
        optional: true,
        element: {
          type: 'multi_static_select',
          action_id: ROLE_FIELDS.branches,
          placeholder: plainTextElement('支部を選ぶ', LIMITS.placeholder),
          options: branches.map(({ name }) => branchOption(name)).slice(0, LIMITS.options),
        },
      },
      contextLine(
        '閲覧者：質問できます。報告者：加えて、選んだ支部の実績を報告できます。管理者：すべての支部の報告と設定ができます。',
      ),
    ],
  };
}
