import type { KnownBlock } from '@slack/web-api';
import type { AuditAction, KeptAuditEntry } from '../../model/audit.ts';
import { formatBranch } from '../../model/branch.ts';
import { formatDay, isoDayInTokyo, timeInTokyo } from '../../model/calendar-day.ts';
import { formatMember, type Member } from '../../model/member.ts';
import type { AdminState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { header, heading } from './home-headings.ts';
import { messageText } from './home-reminders.ts';
import { contextLine, literal, plainTextElement, section, sections } from './text.ts';

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
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: HOME_ROLE_ACTION,
          text: plainTextElement('役割を設定する', LIMITS.buttonLabel),
        },
      ],
    },
    heading('最近の記録'),
    ...(audit.length === 0 ? [section('記録はまだありません。')] : sections(audit.map(auditLine))),
    contextLine('すべての記録は「planbot export audit」で書き出せます。'),
  ];
}

function unclearLines(unclear: AdminState['unclear']): KnownBlock[] {
  if (unclear.length === 0) return [];
  const lines = unclear
    .slice(0, UNCLEAR)
    .map(
      (message) =>
        `• ${formatBranch(message.branch)}（${formatDay(isoDayInTokyo(message.createdAt))}作成）：${messageText(message)}`,
    );
  const more = unclear.length > UNCLEAR ? [`ほか${unclear.length - UNCLEAR}件`] : [];
  return [heading('▲ 送れたか分からないお知らせ'), ...sections([...lines, ...more])];
}

function memberLines(members: readonly Member[]): KnownBlock[] {
  if (members.length === 0) return [section('登録された人はいません。登録のない人は、閲覧者です。')];
  const lines = members
    .slice(0, MEMBERS)
    .map((member) => `• <@${member.user}>　${literal(formatMember(member), LIMITS.field)}`);
  const more = members.length > MEMBERS ? [`ほか${members.length - MEMBERS}人`] : [];
  return sections([...lines, ...more]);
}

function auditLine({ at, actor, action, subject, detail }: KeptAuditEntry): string {
  const moment = new Date(at);
  const when = `${formatDay(isoDayInTokyo(moment))} ${timeInTokyo(moment)}`;
  const about = [subject, detail].filter((part) => part !== '').map((part) => name(part));
  return `• ${when}　${name(actor)}　${ACTIONS[action]}　${about.join('：')}`;
}

/** People and channels by their ids, all else as text. */
function name(text: string): string {
  if (/^[UW][A-Z0-9]{5,}$/.test(text)) return `<@${text}>`;
  if (/^D[A-Z0-9]{5,}$/.test(text)) return 'ダイレクトメッセージ';
  return /^[CG][A-Z0-9]{5,}$/.test(text) ? `<#${text}>` : literal(text, 200);
}
