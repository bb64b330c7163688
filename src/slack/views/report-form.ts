import type { KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { dayOf, formatDay } from '../../model/calendar-day.ts';
import type { ReportScope, SheetLine } from '../../model/figure-report.ts';
import { fiscalYearOf } from '../../model/fiscal-year.ts';
import { Evaluation } from '../../model/measure.ts';
import { formatAsOf } from '../../model/reported.ts';
import { formatPeriod } from '../../model/reporting-period.ts';
import { bold, clamp, contextLine, plainTextElement, section } from './text.ts';

export const FORM_CALLBACK = 'report:form';
export const DETAILS_FIELD = 'report:details';
/** Two blocks an indicator, and Slack takes 100. */
export const MOST_LINES = 47;
export const MOST_DETAILS = 20;

export function figureField(indicator: string): string {
  return `figure:${indicator}`;
}

export function evaluationField(indicator: string): string {
  return `evaluation:${indicator}`;
}

const MEANINGS: Record<Evaluation, string> = {
  '○': '○ 実施済み・順調',
  '△': '△ 一部',
  '×': '× 未達・未実施',
  '―': '― まだ評価しない',
};
export const DEEDS = ['実施', '未実施'] as const;

/** Second step: a figure and an evaluation an indicator; what was reported for the day before is filled in. */
export function formView(scope: ReportScope, sheet: readonly SheetLine[], metadata: string): ModalView {
  const lines = sheet.slice(0, MOST_LINES);
  const left = sheet.length - lines.length;
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plainTextElement('実績を報告', 24),
    submit: plainTextElement('報告する', 24),
    close: plainTextElement('やめる', 24),
    blocks: [
      section(
        `${bold(reportFormHeading(scope), 200)}\n報告する指標だけ入力してください。空欄の指標は変わりません。全角や「81.2％」「3,120事業所」のような書き方でもかまいません。`,
      ),
      ...lines.flatMap((line) => lineBlocks(scope, line)),
      ...detailsBlock(lines),
      ...(left > 0 ? [contextLine(`ほか${left}件は、表の取り込みで報告してください。`)] : []),
    ],
  };
}

/** 東京支部 令和7年度第2四半期（9月30日（火）時点）. */
export function reportFormHeading(scope: ReportScope): string {
  return `${formatBranch(scope.branch)} ${formatPeriod(scope)}（${formatDay(scope.asOf)}時点）`;
}

/** 5月末時点; of another year only its end is ever compared with: 前年度末. */
export function pointText(asOf: string, { fy }: Pick<ReportScope, 'fy'>): string {
  return fiscalYearOf(dayOf(asOf)) === fy ? formatAsOf(asOf) : '前年度末';
}

function lineBlocks(scope: ReportScope, line: SheetLine): KnownBlock[] {
  const { indicator, name, own } = line;
  const unit = line.unit === null ? '' : `（${line.unit.replace('%', '％')}）`;
  const initial = own?.evaluation ? evaluationOption(own.evaluation) : null;
  return [
    {
      type: 'input',
      block_id: figureField(indicator),
      optional: true,
      label: plainTextElement(`${name}${unit}`, 2_000),
      hint: plainTextElement(hintOf(scope, line), 2_000),
      element: line.known?.yardstick === 'milestone' ? deedSelect(line) : figureInput(line),
    },
    {
      type: 'input',
      block_id: evaluationField(indicator),
      optional: true,
      label: plainTextElement(`評価（${name}）`, 2_000),
      element: {
        type: 'static_select',
        action_id: evaluationField(indicator),
        placeholder: plainTextElement('○ △ × ― から選ぶ', 150),
        options: Evaluation.options.map(evaluationOption),
        ...(initial ? { initial_option: initial } : {}),
      },
    },
  ];
}

function hintOf(scope: ReportScope, { target, last, own }: SheetLine): string {
  const before = last === null ? '' : `　前回 ${last.text}（${pointText(last.asOf, scope)}）`;
  return `目標 ${target}${before}${own === null ? '' : '　報告済み（直すと訂正、「取消」で取り消し）'}`;
}

function figureInput({ indicator, own }: SheetLine) {
  return {
    type: 'plain_text_input' as const,
    action_id: figureField(indicator),
    max_length: 40,
    ...(own === null ? {} : { initial_value: own.text.slice(0, 40) }),
  };
}

function deedSelect({ indicator, own }: SheetLine) {
  const options = DEEDS.map((word) => option(word, word));
  const initial = options.find(({ value }) => value === own?.text);
  return {
    type: 'static_select' as const,
    action_id: figureField(indicator),
    placeholder: plainTextElement('実施・未実施を選ぶ', 150),
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

function detailsBlock(lines: readonly SheetLine[]): KnownBlock[] {
  if (lines.length === 0) return [];
  return [
    {
      type: 'input',
      block_id: DETAILS_FIELD,
      optional: true,
      label: plainTextElement('コメントや今後の予定も書く指標', 2_000),
      hint: plainTextElement('選ぶと、次の画面で書けます。', 2_000),
      element: {
        type: 'multi_static_select',
        action_id: DETAILS_FIELD,
        placeholder: plainTextElement('指標を選ぶ', 150),
        max_selected_items: MOST_DETAILS,
        options: lines.map(({ indicator, name }) => option(name, detailKey(indicator))),
      },
    },
  ];
}

/** An option's value has 150 characters at most; no indicator's name is nearly as long. */
export function detailKey(indicator: string): string {
  return clamp(indicator, 150);
}

function evaluationOption(evaluation: Evaluation): PlainTextOption {
  return option(MEANINGS[evaluation], evaluation);
}

function option(label: string, value: string): PlainTextOption {
  return { text: plainTextElement(label, 75), value };
}
