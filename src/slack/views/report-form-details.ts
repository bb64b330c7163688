import type { KnownBlock, ModalView } from '@slack/web-api';
import type { ReportScope, SheetLine } from '../../model/figure-report.ts';
import { reportFormHeading } from './report-form.ts';
import { bold, plainTextElement, section } from './text.ts';

export const DETAILS_CALLBACK = 'report:details';

export const DETAIL_FIELDS = {
  comment: (indicator: string) => `comment:${indicator}`,
  next: (indicator: string) => `next:${indicator}`,
  due: (indicator: string) => `due:${indicator}`,
} as const;

const COMMENT = 1_000;
const NEXT = 500;

/** An indicator with the figure that was just put in. */
export type DetailLine = Pick<SheetLine, 'indicator' | 'name' | 'own'> & { text: string };

/** Third step, for the indicators that were chosen: a comment, and what is to be done next, until when. */
export function detailsView(scope: ReportScope, lines: readonly DetailLine[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: DETAILS_CALLBACK,
    private_metadata: metadata,
    title: plainTextElement('コメントと今後の予定', 24),
    submit: plainTextElement('報告する', 24),
    close: plainTextElement('戻る', 24),
    blocks: [
      section(`${bold(reportFormHeading(scope), 200)}\n期日を入れた予定は、期限が近づくとお知らせします。`),
      ...lines.flatMap(lineBlocks),
    ],
  };
}

function lineBlocks({ indicator, name, text, own }: DetailLine): KnownBlock[] {
  const due = own?.next?.due ?? null;
  return [
    section(bold(`${name}　${text}`, 200)),
    textInput(DETAIL_FIELDS.comment(indicator), 'コメント', COMMENT, own?.comment ?? null),
    textInput(DETAIL_FIELDS.next(indicator), '今後の予定', NEXT, own?.next?.text ?? null),
    {
      type: 'input',
      block_id: DETAIL_FIELDS.due(indicator),
      optional: true,
      label: plainTextElement('予定の期日', 2_000),
      element: {
        type: 'datepicker',
        action_id: DETAIL_FIELDS.due(indicator),
        ...(due === null ? {} : { initial_date: due }),
      },
    },
  ];
}

function textInput(id: string, label: string, limit: number, initial: string | null): KnownBlock {
  return {
    type: 'input',
    block_id: id,
    optional: true,
    label: plainTextElement(label, 2_000),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      max_length: limit,
      ...(initial === null ? {} : { initial_value: initial.slice(0, limit) }),
    },
  };
}
