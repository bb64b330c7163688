import type { ModalView } from '@slack/web-api';
import type { Jump, ReportScope } from '../../model/figure-report.ts';
import { pointText, reportFormHeading } from './report-form.ts';
import { bold, literal, plainTextElement, section, sections } from './text.ts';

export const CONFIRM_CALLBACK = 'report:confirm';

/** Asks again about figures that moved far; closing it leads back to the form, as it was filled in. */
export function confirmView(scope: ReportScope, jumps: readonly Jump[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: CONFIRM_CALLBACK,
    private_metadata: metadata,
    title: plainTextElement('数値の確認', 24),
    submit: plainTextElement('このまま報告する', 24),
    close: plainTextElement('戻って直す', 24),
    blocks: [
      section(
        `${bold(reportFormHeading(scope), 200)}\n前回から大きく変わった数値が${jumps.length}件あります。お間違いないか、ご確認ください。`,
      ),
      ...sections(jumps.map((jump) => jumpLine(scope, jump))),
    ],
  };
}

function jumpLine(scope: ReportScope, { name, from, to, why }: Jump): string {
  const old = `${literal(from.text, 60)}（${pointText(from.asOf, scope)}）`;
  return `${bold(name, 100)}\n${old} → ${literal(to, 60)}\n${literal(why, 100)}。\n`;
}
