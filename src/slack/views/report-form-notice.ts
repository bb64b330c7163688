import type { KnownBlock, ModalView } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import type { SavedReport } from '../../model/figure-report.ts';
import { reportFormHeading } from './report-form.ts';
import { bold, literal, plainTextElement, section } from './text.ts';

export const NOTICE_CALLBACK = 'report:notice';

const CLOSE = plainTextElement('閉じる', 24);

/** A view that only says something. `ends`: closing it closes the whole modal, not this view alone. */
export function noticeView(text: string, options: { ends: boolean; externalId?: string }): ModalView {
  return saying([section(literal(text, 2_900))], options);
}

function saying(
  blocks: KnownBlock[],
  { ends, externalId }: { ends: boolean; externalId?: string },
): ModalView {
  return {
    type: 'modal',
    callback_id: NOTICE_CALLBACK,
    title: plainTextElement('実績を報告', 24),
    close: CLOSE,
    clear_on_close: ends,
    blocks,
    ...(externalId === undefined ? {} : { external_id: externalId }),
  };
}

/** Who may not report hears who can change that; `admins` are ids from the store. */
export function refusedView(branch: string | null, admins: readonly string[]): ModalView {
  const what = branch === null ? '実績を報告' : `${literal(formatBranch(branch), 60)}の実績を報告`;
  const ask =
    admins.length === 0
      ? '報告が必要なときは、planbotの管理者にお申し出ください。'
      : `報告が必要なときは、管理者（${admins
          .slice(0, 5)
          .map((id) => `<@${id}>`)
          .join('、')}）にお申し出ください。`;
  return saying([section(`恐れ入りますが、${what}できるのは、登録された報告担当の方です。\n${ask}`)], {
    ends: true,
  });
}

export const EXPIRED =
  'この画面は開いてから時間がたったため、使えなくなりました。お手数ですが、もう一度「実績を報告」を開いてください。何も記録していません。';
export const SAVING = '記録しています。少しお待ちください。';
export const NOT_SAVED =
  '申し訳ありません。記録できませんでした。何も保存していません。少し時間をおいて、もう一度「報告する」を押してください。';

/** What was saved, and where the branch reads of it; `place` is a channel's id, null for a direct message. */
export function doneView({ scope, figures, unchanged }: SavedReport, place: string | null): ModalView {
  const heading = bold(reportFormHeading(scope), 200);
  if (figures.length === 0) {
    return saying([section(`${heading}\n同じ内容がすでに報告されています。変わったところはありません。`)], {
      ends: true,
    });
  }
  const same = unchanged > 0 ? `（変わりのない${unchanged}件はそのままです）` : '';
  const where =
    place === null ? '内容はダイレクトメッセージでお送りします。' : `内容は <#${place}> に投稿します。`;
  return saying([section(`${heading}\n${figures.length}件の実績を報告しました${same}。${where}`)], {
    ends: true,
  });
}
