import type { Checkboxes, HomeView, KnownBlock } from '@slack/web-api';
import { shortNameOf } from '../../answers/sources.ts';
import { countsText, summaryLine } from '../../answers/summary.ts';
import type { AuditAction, KeptAuditEntry } from '../../model/audit.ts';
import { formatBranch } from '../../model/branch.ts';
import { dayOf, formatDay, type IsoDay, isoDayInTokyo, timeInTokyo } from '../../model/calendar-day.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { formatReminderNumber } from '../../model/figure-words.ts';
import { type FiscalYear, fiscalYearOf, formatFiscalYear } from '../../model/fiscal-year.ts';
import { isLowerBetter, STATE_MARKS, WORST_FIRST } from '../../model/judgement.ts';
import { formatMember, type Member, ROLE_NAMES } from '../../model/member.ts';
import type { OutboxMessage } from '../../model/outbox.ts';
import { formatPeriod } from '../../model/reporting-period.ts';
import type { PersonSettings } from '../../model/settings.ts';
import type { Standing } from '../../model/standing.ts';
import { formatMonths, type ReportState } from '../../reminders/quarter-report.ts';
import { buttonValue, describeQuestion, questionOf } from '../button-question.ts';
import type { YearStandings } from '../latest-standings.ts';
import { LIMITS } from '../limits.ts';
import {
  actions,
  bold,
  branchOption,
  button,
  contextLine,
  firstLines,
  header,
  literal,
  option,
  optionsOf,
  plainString,
  section,
  sections,
} from './blocks.ts';
import { select } from './forms.ts';
import { reportButton } from './report-card.ts';
import { sourceLine } from './sources.ts';

/** At a glance: the branch, what is due, what is late, the last questions; what is set seldom stands last. */
export function homeView(state: HomeState): HomeView {
  const blocks = [
    ...introduction(state),
    ...homeReminders(state),
    ...homeKpis(state),
    ...homeQuestions(state),
    ...homeSettings(state),
    ...(state.admin === null ? [] : homeAdmin(state.admin)),
  ];
  return { type: 'home', blocks: blocks.slice(0, LIMITS.viewBlocks) };
}

/** Where nothing could be read. */
export function homeFault(): HomeView {
  const text = '申し訳ありません。表示できませんでした。少し時間をおいて、「ホーム」を開き直してください。';
  return { type: 'home', blocks: [section(text)] };
}

/** Whoever has chosen no branch finds the menu at once, not under all the rest. */
function introduction(state: HomeState): KnownBlock[] {
  const { branch } = state.settings;
  if (branch !== null) return [header(`${formatBranch(branch)}の状況`)];
  return [
    header('ようこそ'),
    section(
      '事業計画とKPIについて、出典をつけてお答えします。担当の支部を選ぶと、KPIの状況と報告の期限がここに表示されます。',
    ),
    branchMenu(state),
  ];
}

/** Inside a part. */
export function heading(text: string): KnownBlock {
  return section(bold(text, LIMITS.header));
}

const REMINDERS_SHOWN = 5;

/** Whether the quarter's report is in, the way to report for whoever may, and what was put off. */
export function homeReminders(state: HomeState): KnownBlock[] {
  const { report, snoozed, others } = state;
  const awaitedFirst = [...others].sort((a, b) => Number(a.report.isIn) - Number(b.report.isIn));
  const putOff = firstLines(snoozed, REMINDERS_SHOWN, snoozedLine);
  const ours = firstLines(awaitedFirst, BRANCHES_SHOWN, otherLine, (count) => `ほか${count}支部`);
  return [
    ...(report === null ? [] : sections([bold('実施状況の報告', LIMITS.header), reportText(report)])),
    ...(ours.length === 0 ? [] : sections([bold('担当する支部の実施状況の報告', LIMITS.header), ...ours])),
    ...reportActions(state),
    ...(putOff.length === 0 ? [] : sections([bold('延期中のお知らせ', LIMITS.header), ...putOff])),
  ];
}

const BRANCHES_SHOWN = 10;

function otherLine({ branch, report }: HomeState['others'][number]): string {
  const [mark, ...words] = reportText(report).split(' ');
  return `${mark} ${literal(formatBranch(branch), 60)}：${words.join(' ')}`;
}

function reportActions({ member, settings, report }: HomeState): KnownBlock[] {
  if (member.role === 'viewer') return [];
  const branch = settings.branch === null ? {} : { branch: settings.branch };
  return [actions(reportButton({ ...branch, ...report?.period }))];
}

function reportText({ period, due, isIn, count, lagging, next, daysLeft }: ReportState): string {
  const what = formatPeriod(period);
  const { kpis, there } = count;
  const partly = there > 0 ? `（${kpis}件中${there}件）` : '';
  const then = `次の期限は${formatDay(next.due)}です（${formatPeriod(next.period)}）。`;
  if (isIn) {
    const rest = [
      ...(there < kpis ? [`${kpis}件中${there}件、未報告${kpis - there}件`] : []),
      ...(lagging.count > 0 ? [`${lagging.count}件は${formatMonths(lagging.months)}時点の数値`] : []),
    ];
    return `✓ ${what}の報告は届いています${rest.length === 0 ? '' : `（${rest.join('、')}）`}。${then}`;
  }
  if (daysLeft < 0) {
    return `▲ ${what}の報告が${partly === '' ? 'まだ届いていません' : `そろっていません${partly}`}。期限は${formatDay(due)}で、${-daysLeft}営業日過ぎています。${then}`;
  }
  const left = daysLeft === 0 ? '本日が期限です' : `あと${daysLeft}営業日`;
  return `• ${what}の報告の期限は${formatDay(due)}です（${left}）。${partly === '' ? '' : `届いた数値 ${partly.slice(1, -1)}。`}`;
}

function snoozedLine(message: OutboxMessage): string {
  const until = message.snoozedUntil === null ? '' : `${formatDay(message.snoozedUntil)}まで：`;
  return `• ${until}${messageText(message)}`;
}

/** What a reminder is about, in one line. */
function messageText({ branch, items, channel }: OutboxMessage): string {
  const open = items.filter(({ resolvedAt }) => resolvedAt === null);
  const first = literal(open[0]?.reminder.text.split('\n')[0] ?? `${formatBranch(branch)}のお知らせ`, 300);
  const more = open.length > 1 ? `（ほか${open.length - 1}件）` : '';
  const place = channel !== null && /^[CG]/.test(channel) ? `　<#${channel}>` : '';
  return `${first}${more}${place}`;
}

/** Asks for one KPI of one's branch; the answer comes in a modal. */
export const HOME_KPI_ACTION = 'home:kpi';

/** What somebody has to look at stands line by line; of the rest the names are enough. */
const LINE_BY_LINE = new Set(['behind', 'unclear']);
const SHOWN = 10;
/** Boxes of a bar that is full. */
const BAR = 10;

function homeKpis({ settings: { branch }, latest, catalogue, today }: HomeState): KnownBlock[] {
  if (branch === null) return [];
  if (latest === null) {
    const nothing = `${formatBranch(branch)}のKPIは、まだ資料にありません。資料が取り込まれると、ここに表示されます。`;
    return [section(nothing)];
  }
  const { fy, standings } = latest;
  const nameIn = ({ kpi }: Standing) => shortNameOf(catalogue, kpi.indicator);
  const sorted = WORST_FIRST.flatMap((state) =>
    standings.filter(({ judgement }) => judgement.state === state),
  );
  const pressing = sorted.filter(({ judgement }) => LINE_BY_LINE.has(judgement.state));
  const lines = firstLines(pressing, SHOWN, (standing) => {
    const bar = barText(standing);
    const line = literal(`• ${summaryLine(nameIn(standing), standing)}`, LIMITS.field);
    return bar === '' ? line : `${line}\n　${bar}`;
  });
  const rest = WORST_FIRST.filter((state) => !LINE_BY_LINE.has(state)).flatMap((state) => {
    const names = sorted.filter(({ judgement }) => judgement.state === state).map(nameIn);
    return names.length === 0 ? [] : [literal(`${STATE_MARKS[state]}：${names.join('、')}`, LIMITS.field)];
  });
  const sources = pressing
    .slice(0, SHOWN)
    .flatMap(({ kpi }) => (kpi.actualSource ? [kpi.source, kpi.actualSource] : [kpi.source]));
  return [
    ...sections([bold(`${formatFiscalYear(fy)}のKPI（${countsText(standings)}）`, LIMITS.header), ...lines]),
    ...sourceLine(sources),
    ...rest.map(contextLine),
    ...olderYear(fy, fiscalYearOf(dayOf(today))),
    ...picker(sorted.map((standing) => ({ label: nameIn(standing), value: standing.kpi.indicator }))),
  ];
}

/** Said openly, since the report that is due is of this year. */
function olderYear(fy: FiscalYear, current: FiscalYear): KnownBlock[] {
  if (fy >= current) return [];
  return [
    contextLine(
      `${formatFiscalYear(current)}の資料はまだないため、最新の${formatFiscalYear(fy)}を表示しています。`,
    ),
  ];
}

/**
 * How much of its target a figure has reached: ■■■■■■■■■□ 目標の91.3％. Only where more is better: of a target like
 * 3日以内 a share would mislead.
 */
function barText({ kpi, indicator, judgement: { target } }: Standing): string {
  const actual = kpi.actual?.value ?? null;
  if (actual === null || target === null || target <= 0 || isLowerBetter(kpi, indicator)) return '';
  const share = actual / target;
  const filled = Math.min(BAR, Math.max(0, Math.floor(share * BAR)));
  // What has not reached its target is never called all of it.
  const percent = share < 1 ? Math.min(share * 100, 99.9) : share * 100;
  return `${'■'.repeat(filled)}${'□'.repeat(BAR - filled)} 目標の${formatReminderNumber(percent, 1)}％`;
}

function picker(offers: { label: string; value: string }[]): KnownBlock[] {
  const options = optionsOf(offers);
  const placeholder = '指標を選んで、くわしく見る';
  return options.length === 0 ? [] : [actions(select(options, { id: HOME_KPI_ACTION, placeholder }))];
}

/** home:ask:0, home:ask:1 …; the value is what was asked. */
export const HOME_ASK_ACTION = /^home:ask:\d+$/;

/** What the person asked last; a click asks it again in the direct message. */
function homeQuestions({ recent, catalogue }: HomeState): KnownBlock[] {
  const asked = recent.map(questionOf).flatMap((question) => {
    const { text, query } = question;
    const value = query === undefined ? plainString(text, LIMITS.buttonValue) : buttonValue(query);
    const isTalk = query?.facts === 'talk';
    return value === null || value === '' || isTalk
      ? []
      : [{ value, label: describeQuestion(question, catalogue) }];
  });
  if (asked.length === 0) {
    return [
      heading('最近の質問'),
      section('まだ質問はありません。「メッセージ」タブで、知りたいことをそのままお書きください。'),
    ];
  }
  return [
    heading('最近の質問'),
    section('押すと、もう一度調べて「メッセージ」タブにお答えします。'),
    actions(...asked.map(({ label, value }, index) => button(`home:ask:${index}`, label, { value }))),
  ];
}

export const HOME_SETTINGS = { branch: 'home:branch', notices: 'home:notices' } as const;
/** What the branch menu holds for nobody's branch. */
export const NO_BRANCH = 'none';

const NOTICES = option('自分の支部のお知らせを、ダイレクトメッセージでも受け取る', 'on');

/** My branch. */
function branchMenu({ settings: { branch }, catalogue }: HomeState): KnownBlock {
  const branches = catalogue.branches.map(({ name }) => branchOption(name));
  const menu = select([option('指定しない', NO_BRANCH), ...branches].slice(0, LIMITS.options), {
    id: HOME_SETTINGS.branch,
    chosen: branch,
    placeholder: '支部を選ぶ',
  });
  // Its own id: a choice that is made while Home is published anew still finds its menu.
  return { ...section('担当の支部'), block_id: HOME_SETTINGS.branch, accessory: menu } as KnownBlock;
}

/** My branch, and whether its reminders come to me as well. */
function homeSettings(state: HomeState): KnownBlock[] {
  const { settings, member } = state;
  const boxes: Checkboxes = {
    type: 'checkboxes',
    action_id: HOME_SETTINGS.notices,
    options: [NOTICES],
    ...(settings.notices ? { initial_options: [NOTICES] } : {}),
  };
  const branches = member.branches.length === 0 ? '' : `（${literal(member.branches.join('、'), 300)}）`;
  return [
    { type: 'divider' },
    header('設定'),
    ...(settings.branch === null
      ? []
      : [branchMenu(state), { ...actions(boxes), block_id: HOME_SETTINGS.notices }]),
    contextLine(
      `支部名のない質問には、そのチャンネルの支部、担当の支部の順でお答えします。あなたの役割：${ROLE_NAMES[member.role]}${branches}`,
    ),
  ];
}

export const HOME_ROLE_ACTION = 'home:role';

const MEMBERS = 30;
const UNCLEAR = 5;

const ACTIONS: Record<AuditAction, string> = {
  refused: 'お断り',
  figures_reported: '実績の報告',
  table_imported: '表の取り込み',
  document_ingested: '資料の取り込み',
  document_removed: '資料の取り消し',
  member_saved: '役割の変更',
  settings_saved: '設定の変更',
  answer_deleted: '回答の削除',
  reminder_followed: 'お知らせへの対応',
  store_backed_up: 'データの控え',
  store_restored: 'データの復元',
};

/** What admins watch and set: deliveries nobody knows of, roles, and what was done. */
export function homeAdmin({ members, audit, unclear }: AdminState): KnownBlock[] {
  return [
    { type: 'divider' },
    header('管理'),
    ...unclearLines(unclear),
    heading('役割'),
    ...memberLines(members),
    actions(button(HOME_ROLE_ACTION, '役割を設定する')),
    heading('最近の記録'),
    ...(audit.length === 0 ? [section('記録はまだありません。')] : sections(audit.map(auditLine))),
    contextLine('すべての記録は「planbot export audit」で書き出せます。'),
  ];
}

function unclearLines(unclear: AdminState['unclear']): KnownBlock[] {
  if (unclear.length === 0) return [];
  const lines = firstLines(unclear, UNCLEAR, (message) => {
    const written = formatDay(isoDayInTokyo(message.createdAt));
    return `• ${formatBranch(message.branch)}（${written}作成）：${messageText(message)}`;
  });
  return [heading('▲ 送れたか分からないお知らせ'), ...sections(lines)];
}

function memberLines(members: readonly Member[]): KnownBlock[] {
  if (members.length === 0) return [section('登録された人はいません。登録のない人は、閲覧者です。')];
  const line = (member: Member) => `• <@${member.user}>　${literal(formatMember(member), LIMITS.field)}`;
  return sections(firstLines(members, MEMBERS, line, (count) => `ほか${count}人`));
}

function auditLine({ at, actor, action, subject, detail }: KeptAuditEntry): string {
  const moment = new Date(at);
  const when = `${formatDay(isoDayInTokyo(moment))} ${timeInTokyo(moment)}`;
  const about = [subject, detail].filter((part) => part !== '').map((part) => name(part));
  return `• ${when}　${name(actor)}　${ACTIONS[action]}　${about.join('：')}`;
}

/** People and channels by their ids, alone or between blanks, all else as text. */
function name(text: string): string {
  return literal(text, 200)
    .replace(/(?<=^| )[UW](?=[A-Z]*\d)[A-Z0-9]{5,}(?= |$)/g, '<@$&>')
    .replace(/(?<=^| )[CG](?=[A-Z]*\d)[A-Z0-9]{5,}(?= |$)/g, '<#$&>')
    .replace(/^D[A-Z0-9]{5,}$/, 'ダイレクトメッセージ');
}

/** All that one person's Home tab shows. */
export interface HomeState {
  today: IsoDay;
  catalogue: Catalogue;
  settings: PersonSettings;
  member: Member;
  /** Of the person's branch; null where none is chosen or no document knows it. */
  latest: YearStandings | null;
  /** Null for the head office, which reports to nobody, and where no branch is chosen. */
  report: ReportState | null;
  /** The other branches that the person is in charge of or reports for. */
  others: { branch: string; report: ReportState }[];
  /** Reminders of the person's branch that were put off, or that they took over. */
  snoozed: OutboxMessage[];
  recent: string[];
  admin: AdminState | null;
}

export interface AdminState {
  members: Member[];
  audit: KeptAuditEntry[];
  /** Reminders of which nobody knows whether they were sent. */
  unclear: OutboxMessage[];
}
