import type { Member } from '../../../model/member.ts';
import { describeFault } from '../../log-fault.ts';
import { readText } from '../../payloads/inbound-text.ts';
import type { IncomingMessage } from '../../payloads/payloads.ts';
import type { TableOutcome } from '../../report-desk.ts';
import { sentence } from '../../views/answer-view.ts';
import type { Rendered } from '../../views/blocks.ts';
import { tableReport } from '../../views/table-report.ts';
import { callOf } from '../incoming.ts';
import type { ListenerParts } from '../parts.ts';
import { reporterOf } from '../views/reporter.ts';

type File = NonNullable<IncomingMessage['files']>[number];

const TABLE = /\.(?:csv|tsv|xlsx?|xlsm)$/i;
const MOST_FILES = 5;

const NO_TABLE = '取り込めるのは、実績などの表（CSVかExcelの.xlsx）です。ご質問は、文で送ってください。';
const NOT_YOURS = '表を取り込めるのは、登録された報告担当の方と管理者の方です。';
const FAULT =
  '申し訳ありません。ファイルを取り込めませんでした。何も変えていません。少し時間をおいて、もう一度お試しください。';

/**
 * Takes tables that were sent to the bot, once, and answers in the message's thread. False where the message
 * carries none and is a question like any other. Slack tells of a file that comes with a mention as `app_mention`
 * or as `message`, or both.
 */
export async function takeSharedTables(parts: ListenerParts, message: IncomingMessage): Promise<boolean> {
  const { reporting, store, now, log } = parts;
  const files = message.files ?? [];
  if (reporting === null || files.length === 0) return false;
  const call = await callOf(parts, message);
  if (call !== 'direct' && call !== 'mention') return false;
  const tables = files.filter(mayBeTable);
  if (tables.length === 0 && readText(message.text) !== '') return false;
  const key = `files:${message.channel}:${message.ts}`;
  try {
    if (!(await store.claimRequest({ key, body: null }, now()))) return true;
    if (tables.length === 0) await reply(parts, message, sentence(NO_TABLE), 'none');
    for (const file of tables.slice(0, MOST_FILES)) {
      await reply(parts, message, await takeOne(parts, message, file), file.id);
    }
  } catch (error) {
    log.error(describeFault(error), 'shared table failed');
    await reply(parts, message, sentence(FAULT), 'fault').catch((second: unknown) =>
      log.error(describeFault(second), 'apology failed'),
    );
  }
  await store.finishRequest(key, now()).catch((error: unknown) => {
    log.error(describeFault(error), 'shared table not marked as taken');
  });
  return true;
}

/** In a channel shared with others, Slack says no more than that a file is there. */
function mayBeTable({ name }: File): boolean {
  return name === undefined || TABLE.test(name);
}

async function takeOne(parts: ListenerParts, message: IncomingMessage, file: File): Promise<Rendered> {
  const { store, download, reporting } = parts;
  const member = await store.member(message.user ?? '');
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
  { store, now }: ListenerParts,
  { user }: Member,
  file: string,
  why: string,
): Promise<Rendered> {
  const detail = `表の取り込み：${why}`;
  await store.appendAudit({ action: 'refused', actor: user, subject: file, detail }, now());
  return tableReport(file, { kind: 'refused', why });
}

function reply(
  parts: ListenerParts,
  { channel, ts, thread_ts }: IncomingMessage,
  said: Rendered,
  of: string,
) {
  return parts.post({ channel, threadTs: thread_ts ?? ts }, said, `files:${channel}:${ts}:${of}`);
}
