import type { ModalView } from '@slack/web-api';
import type { Jump, ReportScope } from '../../model/figure-report.ts';
import { headingOf, pointText } from './report-form.ts';
import { bold, literal, plainText, section, sections } from './text.ts';

export const CONFIRM_CALLBACK = 'report:confirm';

/** Asks again about figures that moved far; closing it leads back to the form, as it was filled in. */
export function confirmView(scope: ReportScope, jumps: readonly Jump[], metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: CONFIRM_CALLBACK,
    private_metadata: metadata,
    title: plainText('数値の確認', 24),
    submit: plainText('このまま報告する', 24),
    close: plainText('戻って直す', 24),
    blocks: [
      section(
        `${bold(headingOf(scope), 200)}\n前回から大きく変わった数値が${jumps.length}件あります。お間違いないか、ご確認ください。`,
      ),
      ...sections(jumps.map((jump) => jumpLine(scope, jump))),
    ],
  };
}

function jumpLine(scope: ReportScope, { name, from, to, why }: Jump): string {
  const old = `${literal(from.text, 60)}（${pointText(from.asOf, scope)}）`;
  return `${bold(name, 100)}\n${old} → ${literal(to, 60)}\n${literal(why, 100)}。\n`;
}
