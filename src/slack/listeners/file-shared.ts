import { DOCUMENTS, type TableOutcome } from '../../figure-entry/shared-table.ts';
import type { Member } from '../../model/member.ts';
import { describeFault, logged } from '../log.ts';
import { type Call, conversationOf, readText } from '../message-event.ts';
import type { IncomingMessage } from '../payloads.ts';
import { bold, escapeText, firstLines, fit, literal, type Rendered, sections } from '../views/blocks.ts';
import { sentence } from '../views/card.ts';
import type { ReportParts } from './listener-parts.ts';
import { reporterOf } from './report-form.ts';

type File = NonNullable<IncomingMessage['files']>[number];

const TABLE = /\.(?:csv|tsv|xlsx?|xlsm)$/i;
const MOST_FILES = 5;

const NO_TABLE = `取り込めるのは、実績などの表（CSVかExcelの.xlsx）です。${DOCUMENTS}ご質問は、文で送ってください。`;
const NOT_YOURS = '表を取り込めるのは、登録された報告担当の方と管理者の方です。';
const FAULT =
  '申し訳ありません。ファイルを取り込めませんでした。何も変えていません。少し時間をおいて、もう一度お試しください。';

/**
 * Takes tables that were sent to the bot, and answers in the message's thread. False where the message carries none
 * and is a question like any other.
 */
export async function takeSharedTables(
  parts: ReportParts,
  message: IncomingMessage,
  call: Call,
  isLate: boolean,
): Promise<boolean> {
  const { reporting, log } = parts;
  const files = message.files ?? [];
  if (reporting === null || files.length === 0) return false;
  if (call === 'follow_up') return false;
  const tables = files.filter(mayBeTable);
  if (tables.length === 0 && readText(message.text) !== '') return false;
  try {
    if (tables.length === 0) await reply(parts, message, sentence(NO_TABLE), 'none');
    for (const file of tables.slice(0, MOST_FILES)) {
      const key = keyOf(message, file.id);
      if (isLate && (await parts.poster.find(conversationOf(message), key)) !== null) continue;
      await reply(parts, message, await takeOne(parts, message, file), file.id);
    }
  } catch (error) {
    log.error(describeFault(error), 'shared table failed');
    await reply(parts, message, sentence(FAULT), 'fault').catch(logged(log, 'error', 'apology failed'));
  }
  return true;
}

/** In a channel shared with others, Slack says no more than that a file is there. */
function mayBeTable({ name }: File): boolean {
  return name === undefined || TABLE.test(name);
}

async function takeOne(parts: ReportParts, message: IncomingMessage, file: File): Promise<Rendered> {
  const { store, download, reporting } = parts;
  const member = await store.members.get(message.user ?? '');
  if (member.role === 'viewer' || reporting === null) {
    return refused(parts, member, file.name ?? file.id, NOT_YOURS);
  }
  const downloaded = await download(file.id);
  const { name } = downloaded;
  if (downloaded.kind === 'unfit') return tableReport(name, { kind: 'bad', lines: [downloaded.why] });
  if (!TABLE.test(name)) return tableReport(name, { kind: 'bad', lines: [NO_TABLE] });
  const reporter = await reporterOf(parts, member.user);
  const outcome: TableOutcome = await reporting.takeTable(downloaded, member, reporter.name);
  if (outcome.kind === 'refused') return refused(parts, member, name, outcome.why);
  if (outcome.kind === 'imported') await parts.reminders?.look();
  return tableReport(name, outcome);
}

async function refused(
  { store, now }: ReportParts,
  { user }: Member,
  file: string,
  why: string,
): Promise<Rendered> {
  const detail = `表の取り込み：${why}`;
  await store.audit.append({ action: 'refused', actor: user, subject: file, detail }, now());
  return tableReport(file, { kind: 'refused', why });
}

function reply(parts: ReportParts, message: IncomingMessage, said: Rendered, of: string) {
  return parts.poster.post(conversationOf(message), said, keyOf(message, of));
}

function keyOf({ channel, ts }: IncomingMessage, of: string): string {
  return `files:${channel}:${ts}:${of}`;
}

const SHOWN = 60;
const LINE = 300;

const TITLES: Record<TableOutcome['kind'], string> = {
  imported: 'を取り込みました',
  bad: 'は取り込めませんでした。何も変えていません',
  refused: 'は取り込めませんでした。何も変えていません',
};

/** What came of a table, line by line. */
function tableReport(file: string, outcome: TableOutcome): Rendered {
  const lines = outcome.kind === 'refused' ? [outcome.why] : outcome.lines;
  const shown = firstLines(
    lines,
    SHOWN,
    (line) => line,
    (left) => `ほか${left}行`,
  );
  const title = `${file}${TITLES[outcome.kind]}`;
  const blocks = fit([
    { essential: true, blocks: sections([bold(title, LINE)]) },
    { essential: false, blocks: sections(shown.map((line) => literal(line, LINE))) },
  ]);
  return { blocks, classic: blocks, text: escapeText([title, ...shown].join('\n'), 3_000) };
}
