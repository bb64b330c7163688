import type { ModalView, PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import type { ReportScope } from '../../model/figure-report.ts';
import { formatFiscalYear } from '../../model/fiscal-year.ts';
import { periodCode, periodEnd } from '../../model/reporting-period.ts';
import { plainTextElement, section } from './text.ts';

export const SCOPE_CALLBACK = 'report:scope';
/** Block and action ids; the day's depend on the period, so that another period brings its own last day. */
export const SCOPE_FIELDS = { branch: 'report:branch', fy: 'report:fy', quarter: 'report:quarter' } as const;
export const AS_OF = 'report:as_of';

const QUARTERS = ['4～6月', '7～9月', '10～12月', '1～3月'];

export interface ScopeChoice extends Omit<ReportScope, 'asOf' | 'branch'> {
  /** Null where the person may report for several and has chosen none. */
  branch: string | null;
}

/** First step: which branch, which quarter, as of which day. */
export function scopeView(parts: {
  /** What the person may report for. */
  branches: readonly string[];
  /** Years that can be chosen, newest first. */
  fys: readonly number[];
  chosen: ScopeChoice;
  metadata: string;
}): ModalView {
  const { branches, fys, chosen, metadata } = parts;
  const branchOptions = branches.map((name) => option(formatBranch(name), name));
  const fyOptions = fys.map((fy) => option(formatFiscalYear(fy), String(fy)));
  const quarterOptions = QUARTERS.map((months, index) =>
    option(`第${index + 1}四半期（${months}）`, String(index + 1)),
  );
  return {
    type: 'modal',
    callback_id: SCOPE_CALLBACK,
    private_metadata: metadata,
    title: plainTextElement('実績を報告', 24),
    submit: plainTextElement('次へ', 24),
    close: plainTextElement('やめる', 24),
    blocks: [
      section('四半期の実績を報告します。報告した数値は、すぐに答えとお知らせに反映されます。'),
      select(SCOPE_FIELDS.branch, '支部', branchOptions, chosen.branch, false),
      select(SCOPE_FIELDS.fy, '年度', fyOptions, String(chosen.fy), true),
      select(SCOPE_FIELDS.quarter, '四半期', quarterOptions, String(chosen.quarter), true),
      {
        type: 'input',
        block_id: `${AS_OF}:${periodCode(chosen)}`,
        label: plainTextElement('いつ時点の数値か', 2_000),
        hint: plainTextElement('ふつうは四半期の末日です。', 2_000),
        element: { type: 'datepicker', action_id: AS_OF, initial_date: periodEnd(chosen) },
      },
    ],
  };
}

function option(label: string, value: string): PlainTextOption {
  return { text: plainTextElement(label, 75), value };
}

function select(
  id: string,
  label: string,
  options: PlainTextOption[],
  chosen: string | null,
  dispatches: boolean,
): ModalView['blocks'][number] {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'input',
    block_id: id,
    label: plainTextElement(label, 2_000),
    dispatch_action: dispatches,
    element: {
      type: 'static_select',
      action_id: id,
      placeholder: plainTextElement(`${label}を選んでください`, 150),
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}
