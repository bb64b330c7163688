import type { ExternalSelect, KnownBlock, ModalView } from '@slack/web-api';
import { LIMITS } from '../limits.ts';
import { branchOption, PICKERS, yearOption } from './pickers.ts';
import { plainTextElement } from './text.ts';

export const KPI_FORM = 'kpi_form';
/** Block ids of its fields: errors are shown at them. */
export const KPI_FIELDS = { branch: 'kpi_branch', indicator: 'kpi_indicator', year: 'kpi_year' } as const;

/** Three fields, of which the branch is mostly filled in already: a figure is two steps away in a meeting. */
export function kpiForm(of: { branch: string | null; fy: number | null; metadata: string }): ModalView {
  const branch = of.branch === null ? {} : { initial_option: branchOption(of.branch) };
  const year = of.fy === null ? {} : { initial_option: yearOption(of.fy) };
  return {
    type: 'modal',
    callback_id: KPI_FORM,
    title: plainTextElement('KPIを調べる', LIMITS.modalTitle),
    submit: plainTextElement('調べる', LIMITS.modalTitle),
    close: plainTextElement('閉じる', LIMITS.modalTitle),
    private_metadata: of.metadata,
    blocks: [
      field('branch', '支部', { ...select('branch', '支部名（かなでも探せます）'), ...branch }),
      field('indicator', '指標', {
        ...select('indicator', '指標名（かなや略称でも探せます）'),
        focus_on_load: of.branch !== null,
      }),
      field('year', '年度', { ...select('year', '指定しないときは、最新の年度'), ...year }, true),
    ],
  };
}

function select(name: keyof typeof PICKERS, placeholder: string): ExternalSelect {
  return {
    type: 'external_select',
    action_id: PICKERS[name],
    placeholder: plainTextElement(placeholder, LIMITS.placeholder),
    min_query_length: 0,
  };
}

function field(
  name: keyof typeof KPI_FIELDS,
  label: string,
  element: ExternalSelect,
  optional = false,
): KnownBlock {
  return {
    type: 'input',
    block_id: KPI_FIELDS[name],
    label: plainTextElement(label, LIMITS.buttonLabel),
    element,
    optional,
  };
}
