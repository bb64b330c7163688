import type { Button, KnownBlock } from '@slack/web-api';
import type { z } from 'zod';
import { formatBranch } from '../../model/branch.ts';
import { formatDay } from '../../model/calendar-day.ts';
import { ReportScope, type SavedFigure, type SavedReport } from '../../model/figure-report.ts';
import { STATE_MARKS } from '../../model/judgement.ts';
import { LIMITS } from '../limits.ts';
import { Json } from '../payloads.ts';
import {
  bold,
  button,
  contextLine,
  escapeText,
  fit,
  header,
  literal,
  type Rendered,
  sections,
} from './blocks.ts';
import { pointText, reportFormHeading } from './report-form.ts';

const TEXT = 300;

/** What a branch reads of a report: each figure with its mark, what stood there before, and who reported. */
export function reportCard({ scope, figures, unchanged }: SavedReport, reporter: string): Rendered {
  const title = `${formatBranch(scope.branch)}の実績が報告されました`;
  const same = unchanged > 0 ? `　変わりのない${unchanged}件は省きました。` : '';
  const parts = [
    {
      essential: true,
      blocks: [header(title), ...sections([literal(reportFormHeading(scope), 200)])],
    },
    ...figures.map((figure) => ({
      essential: false,
      blocks: sections([figureLines(scope, figure).join('\n')]),
    })),
    { essential: true, blocks: [contextLine(`報告：<@${reporter}> さん${same}`)] },
  ];
  const blocks: KnownBlock[] = fit(parts);
  const plain = figures.map(({ name, text, state, isWithdrawn }) =>
    isWithdrawn ? `${name} 取り消し` : `${name} ${text}${markOf(state)}`,
  );
  return {
    blocks,
    classic: blocks,
    text: escapeText([title, reportFormHeading(scope), ...plain].join('\n'), LIMITS.text),
  };
}

function figureLines(scope: ReportScope, figure: SavedFigure): string[] {
  const { name, text, target, state, evaluation, comment, next, corrected, isWithdrawn } = figure;
  const mark = evaluation === null ? '' : `　評価 ${evaluation}`;
  return [
    `${bold(name, 150)}`,
    isWithdrawn
      ? `*取り消し*${corrected === null ? '' : `（取り消した数値 ${literal(corrected, 60)}）`}`
      : `${changeOf(scope, figure)}\u200b*${literal(text, 60)}*\u200b${markOf(state)}${mark}`,
    `目標 ${literal(target, 100)}`,
    ...(isOvertaken(figure) ? ['より新しい時点の実績があるため、答えとお知らせにはそちらを使います。'] : []),
    ...(comment === null ? [] : [`コメント：${oneLine(comment)}`]),
    ...(next === null
      ? []
      : [`今後：${oneLine(next.text)}${next.due === null ? '' : `（${formatDay(next.due)}まで）`}`]),
  ];
}

function isOvertaken({ state, value }: SavedFigure): boolean {
  return state === null && value !== null;
}

/** 訂正 81.2％ →, 前回 80.1％（6月末時点）→. */
function changeOf(scope: ReportScope, { corrected, last }: SavedFigure): string {
  if (corrected !== null) return `訂正 ${literal(corrected, 60)} → `;
  return last === null ? '' : `前回 ${literal(last.text, 60)}（${pointText(last.asOf, scope)}）→ `;
}

function markOf(state: SavedFigure['state']): string {
  return state === null ? '' : `　${STATE_MARKS[state]}`;
}

function oneLine(text: string): string {
  return literal(text.replace(/\s+/g, ' ').trim(), TEXT);
}

export const REPORT_ACTION = 'report:open';
export const REPORT_SHORTCUT = 'report_figures';

/** What a button already knows of the report it opens. */
export const ReportHint = ReportScope.pick({ branch: true, fy: true, quarter: true }).partial();
export type ReportHint = z.infer<typeof ReportHint>;

/** The button 「実績を報告」, for messages and Home. Its action id is once in a message. */
export function reportButton(hint: ReportHint = {}): Button {
  return button(REPORT_ACTION, '実績を報告', { value: JSON.stringify(hint) });
}

/** A hint that cannot be read helps nobody, and hinders nobody. */
export function readHint(value: string | undefined): ReportHint {
  return Json.pipe(ReportHint).safeParse(value ?? '{}').data ?? {};
}
