import type { KnownBlock, ModalView, PlainTextOption } from '@slack/web-api';
import { formatBranch } from '../../model/branch.ts';
import { dayOf, formatDay } from '../../model/calendar-day.ts';
import type { Jump, ReportScope, SavedReport, SheetLine } from '../../model/figure-report.ts';
import { fiscalYearOf } from '../../model/fiscal-year.ts';
import { Evaluation } from '../../model/measure.ts';
import { formatAsOf } from '../../model/reported.ts';
import { formatPeriod, periodCode, periodEnd } from '../../model/reporting-period.ts';
import { LIMITS } from '../limits.ts';
import {
  bold,
  branchOption,
  clamp,
  contextLine,
  literal,
  option,
  plainTextElement,
  section,
  sections,
  yearOption,
} from './blocks.ts';
import { field, modal, select, textInput } from './forms.ts';

export const SCOPE_CALLBACK = 'report:scope';
/** Block and action ids; the day's depend on the period, so that another period brings its own last day. */
export const SCOPE_FIELDS = { branch: 'report:branch', fy: 'report:fy', quarter: 'report:quarter' } as const;
export const AS_OF = 'report:as_of';

const TITLE = '実績を報告';
const QUARTERS = ['4～6月', '7～9月', '10～12月', '1～3月'];

export interface ScopeChoice extends Omit<ReportScope, 'asOf' | 'branch'> {
  /** Null where the person may report for several and has chosen none. */
  branch: string | null;
}

/** First step: which branch, which quarter, as of which day. */
export function scopeView(parts: {
  branches: readonly string[];
  fys: readonly number[];
  chosen: ScopeChoice;
  metadata: string;
}): ModalView {
  const { branches, fys, chosen, metadata } = parts;
  const menu = (name: keyof typeof SCOPE_FIELDS, label: string, options: PlainTextOption[]) =>
    field(
      SCOPE_FIELDS[name],
      label,
      select(options, {
        chosen: chosen[name] === null ? null : String(chosen[name]),
        placeholder: `${label}を選んでください`,
      }),
      { dispatch_action: name !== 'branch' },
    );
  const quarters = QUARTERS.map((months, index) =>
    option(`第${index + 1}四半期（${months}）`, String(index + 1)),
  );
  return modal({
    id: SCOPE_CALLBACK,
    title: TITLE,
    submit: '次へ',
    close: 'やめる',
    metadata,
    blocks: [
      section('四半期の実績を報告します。報告した数値は、すぐに答えとお知らせに反映されます。'),
      menu('branch', '支部', branches.map(branchOption)),
      menu('fy', '年度', fys.map(yearOption)),
      menu('quarter', '四半期', quarters),
      field(
        `${AS_OF}:${periodCode(chosen)}`,
        'いつ時点の数値か',
        { type: 'datepicker', action_id: AS_OF, initial_date: periodEnd(chosen) },
        { hint: 'ふつうは四半期の末日です。' },
      ),
    ],
  });
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

/** The block of what is said of an indicator. */
export function lineField(
  of: 'figure' | 'evaluation' | 'comment' | 'next' | 'due',
  indicator: string,
): string {
  return `${of}:${indicator}`;
}

const MEANINGS: Record<Evaluation, string> = {
  '○': '○ 実施済み・順調',
  '△': '△ 一部',
  '×': '× 未達・未実施',
  '―': '― まだ評価しない',
};
const DEEDS = ['実施', '未実施'] as const;

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
  return modal({
    id: FORM_CALLBACK,
    title: TITLE,
    submit: jumps.length > 0 ? 'このまま報告する' : '報告する',
    close: 'やめる',
    metadata,
    blocks: [
      ...confirmation(scope, jumps),
      section(
        `${bold(reportFormHeading(scope), 200)}\n${details.length > 0 ? `${DETAILS_ADDED}\n` : ''}報告する指標だけ入力してください。空欄の指標は変わりません。全角や「81.2％」「3,120事業所」のような書き方でもかまいません。`,
      ),
      ...lines.flatMap((line) => lineBlocks(scope, line)),
      ...(lines.length > 0 ? [detailsChoice(lines)] : []),
      ...lines.flatMap((line) => (details.includes(line.indicator) ? detailBlocks(line) : [])),
      ...(jumps.length > 0 ? [contextLine(LOOK_UP)] : []),
      ...(left > 0 ? [contextLine(`ほか${left}件は、表の取り込みで報告してください。`)] : []),
    ],
  });
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
  const { indicator, name, own, known } = line;
  const unit = line.unit === null ? '' : `（${line.unit.replace('%', '％')}）`;
  const deeds = DEEDS.map((word) => option(word, word));
  const figure =
    known?.yardstick === 'milestone'
      ? select(deeds, { chosen: own?.text ?? null, placeholder: '実施・未実施を選ぶ' })
      : textInput(40, own?.text ?? null, false);
  const evaluations = Evaluation.options.map((evaluation) => option(MEANINGS[evaluation], evaluation));
  const evaluation = select(evaluations, {
    chosen: own?.evaluation ?? null,
    placeholder: '○ △ × ― から選ぶ',
  });
  return [
    field(lineField('figure', indicator), `${name}${unit}`, figure, {
      hint: hintOf(scope, line),
      optional: true,
    }),
    field(lineField('evaluation', indicator), `評価（${name}）`, evaluation, { optional: true }),
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

function detailsChoice(lines: readonly SheetLine[]): KnownBlock {
  return field(
    DETAILS_FIELD,
    'コメントや今後の予定も書く指標',
    {
      type: 'multi_static_select',
      placeholder: plainTextElement('指標を選ぶ', LIMITS.placeholder),
      max_selected_items: mostDetails(lines.length),
      options: lines.map(({ indicator, name }) => option(name, detailKey(indicator))),
    },
    { hint: '選んで「報告する」を押すと、この下で書けます。', optional: true },
  );
}

/** An option's value has 150 characters at most; no indicator's name is nearly as long. */
export function detailKey(indicator: string): string {
  return clamp(indicator, 150);
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

const COMMENT = 1_000;
const NEXT = 500;

/** A comment, and what is to be done next, until when. */
function detailBlocks({ indicator, name, own }: SheetLine): KnownBlock[] {
  const due = own?.next?.due ?? null;
  const day = { type: 'datepicker' as const, ...(due === null ? {} : { initial_date: due }) };
  const comment = textInput(COMMENT, own?.comment ?? null);
  const next = textInput(NEXT, own?.next?.text ?? null);
  return [
    field(lineField('comment', indicator), `コメント（${name}）`, comment, { optional: true }),
    field(lineField('next', indicator), `今後の予定（${name}）`, next, { optional: true }),
    field(lineField('due', indicator), `予定の期日（${name}）`, day, {
      hint: '期限が近づくと、お知らせします。',
      optional: true,
    }),
  ];
}

const NOTICE_CALLBACK = 'report:notice';

/** A view that only says something. `ends`: closing it closes the whole modal, not this view alone. */
export function noticeView(text: string, options: { ends: boolean; externalId?: string }): ModalView {
  return saying([section(literal(text, 2_900))], options);
}

function saying(
  blocks: KnownBlock[],
  { ends, externalId }: { ends: boolean; externalId?: string },
): ModalView {
  return modal({ id: NOTICE_CALLBACK, title: TITLE, close: '閉じる', closesAll: ends, blocks, externalId });
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
  const text = `恐れ入りますが、${what}できるのは、登録された報告担当の方です。\n${ask}`;
  return saying([section(text)], { ends: true });
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
    const text = `${heading}\n同じ内容がすでに報告されています。変わったところはありません。`;
    return saying([section(text)], { ends: true });
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
  return saying([section(`${heading}\n${done.join('し、')}しました${same}。${where}`)], { ends: true });
}
