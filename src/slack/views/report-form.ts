import type { KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { dayOf, formatDay } from '../../model/calendar-day.ts';
import type { Jump, ReportScope, SavedReport, SheetLine } from '../../model/figure-report.ts';
import { fiscalYearOf, formatFiscalYear } from '../../model/fiscal-year.ts';
import { Evaluation } from '../../model/measure.ts';
import { formatAsOf } from '../../model/reported.ts';
import { formatPeriod, periodCode, periodEnd } from '../../model/reporting-period.ts';
import { option } from './pickers.ts';
import { bold, clamp, contextLine, literal, plainTextElement, section, sections } from './text.ts';

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

export const FORM_CALLBACK = 'report:form';
export const DETAILS_FIELD = 'report:details';
/** Two blocks an indicator and three a comment, and Slack takes 100. */
export const MOST_LINES = 40;
const MOST_BLOCKS = 100;
/** Heading, choice of comments, what is left over, what is to be confirmed (in up to four sections), where that is. */
const OTHER_BLOCKS = 8;

/** How many indicators of a sheet can have a comment at a time. */
export function mostDetails(lines: number): number {
  return Math.floor((MOST_BLOCKS - OTHER_BLOCKS - 2 * Math.min(lines, MOST_LINES)) / 3);
}

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

/**
 * Second step: a figure and an evaluation an indicator; what was reported for the day before is filled in. Comments,
 * and figures to be confirmed, are asked for in the same view: Slack keeps what was put in there, and there alone.
 */
export function formView(
  scope: ReportScope,
  sheet: readonly SheetLine[],
  metadata: string,
  { details = [], jumps = [] }: { details?: readonly string[]; jumps?: readonly Jump[] } = {},
): ModalView {
  const lines = sheet.slice(0, MOST_LINES);
  const left = sheet.length - lines.length;
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plainTextElement('実績を報告', 24),
    submit: plainTextElement(jumps.length > 0 ? 'このまま報告する' : '報告する', 24),
    close: plainTextElement('やめる', 24),
    blocks: [
      ...confirmation(scope, jumps),
      section(
        `${bold(reportFormHeading(scope), 200)}\n${details.length > 0 ? `${DETAILS_ADDED}\n` : ''}報告する指標だけ入力してください。空欄の指標は変わりません。全角や「81.2％」「3,120事業所」のような書き方でもかまいません。`,
      ),
      ...lines.flatMap((line) => lineBlocks(scope, line)),
      ...detailsBlock(lines),
      ...lines.flatMap((line) => (details.includes(line.indicator) ? detailBlocks(line) : [])),
      ...(jumps.length > 0 ? [contextLine(LOOK_UP)] : []),
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

function hintOf(scope: ReportScope, { target, last, own, newer }: SheetLine): string {
  return [
    `目標 ${target}`,
    ...(last === null ? [] : [`前回 ${last.text}（${pointText(last.asOf, scope)}）`]),
    ...(own === null ? [] : ['報告済み（直すと訂正、「取消」で取り消し）']),
    ...(newer === null
      ? []
      : [
          `より新しい実績 ${newer.text}（${formatAsOf(newer.asOf)}）があり、答えとお知らせにはそちらを使います`,
        ]),
  ].join('　');
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
      hint: plainTextElement('選んで「報告する」を押すと、この下で書けます。', 2_000),
      element: {
        type: 'multi_static_select',
        action_id: DETAILS_FIELD,
        placeholder: plainTextElement('指標を選ぶ', 150),
        max_selected_items: mostDetails(lines.length),
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

// Nobody knows which end of a view Slack shows when it comes back.
const DETAILS_ADDED = 'コメントと今後の予定の欄を、いちばん下に加えました。';
const LOOK_UP = '確認していただきたい数値があります。画面のいちばん上をご覧ください。';

/** Asks again about figures that moved far; they are kept when the form is sent off again as it is. */
function confirmation(scope: ReportScope, jumps: readonly Jump[]): KnownBlock[] {
  if (jumps.length === 0) return [];
  const heading = `${bold('数値の確認', 100)}\nこれまでの数値や目標から大きく離れた数値が${jumps.length}件あります。お間違いないか、ご確認ください。まちがいは下の欄で直せます。`;
  return sections([`${heading}\n`, ...jumps.map((jump) => jumpLine(scope, jump))]);
}

function jumpLine(scope: ReportScope, { name, from, to, why }: Jump): string {
  const day = from.asOf === null ? '' : `（${pointText(from.asOf, scope)}）`;
  return `${bold(name, 60)}\n${literal(from.text, 60)}${day} → ${literal(to, 40)}\n${literal(why, 60)}。\n`;
}

export const DETAIL_FIELDS = {
  comment: (indicator: string) => `comment:${indicator}`,
  next: (indicator: string) => `next:${indicator}`,
  due: (indicator: string) => `due:${indicator}`,
} as const;

const COMMENT = 1_000;
const NEXT = 500;

/** A comment, and what is to be done next, until when. */
function detailBlocks({ indicator, name, own }: SheetLine): KnownBlock[] {
  const due = own?.next?.due ?? null;
  return [
    textInput(DETAIL_FIELDS.comment(indicator), `コメント（${name}）`, COMMENT, own?.comment ?? null),
    textInput(DETAIL_FIELDS.next(indicator), `今後の予定（${name}）`, NEXT, own?.next?.text ?? null),
    {
      type: 'input',
      block_id: DETAIL_FIELDS.due(indicator),
      optional: true,
      label: plainTextElement(`予定の期日（${name}）`, 2_000),
      hint: plainTextElement('期限が近づくと、お知らせします。', 2_000),
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
  const withdrawn = figures.filter(({ isWithdrawn }) => isWithdrawn).length;
  const reported = figures.length - withdrawn;
  const done = [
    ...(reported > 0 ? [`${reported}件の実績を報告`] : []),
    ...(withdrawn > 0 ? [`${withdrawn}件の実績を取り消`] : []),
  ];
  return saying([section(`${heading}\n${done.join('し、')}しました${same}。${where}`)], {
    ends: true,
  });
}
