import { AppError } from '../model/errors.ts';
import { type Command, type CommandIo, wrongUse } from './command.ts';

/** Each command is loaded when it is called: `export` must not wait for the dictionary or Bolt. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  ingest: async () => (await import('./ingest.ts')).ingest,
  documents: async () => (await import('./documents.ts')).listKnown,
  remove: async () => (await import('./documents.ts')).removeKnown,
  ask: async () => (await import('./ask.ts')).ask,
  search: async () => (await import('./search.ts')).search,
  import: async () => (await import('./import.ts')).importTable,
  remind: async () => (await import('./remind.ts')).remind,
  report: async () => (await import('./report.ts')).report,
  chart: async () => (await import('./chart.ts')).chart,
  export: async () => (await import('./export.ts')).exportRows,
  serve: async () => (await import('./serve.ts')).serve,
  backup: async () => (await import('./backup.ts')).backup,
  restore: async () => (await import('./restore.ts')).restore,
  copy: async () => (await import('./copy.ts')).copy,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

const HELP = `使い方: planbot コマンド [--data フォルダー]

  ingest PATH… [--by 氏名] [--json] [--replace] [--all-or-nothing]
                                            資料（.txt .pdf .docx .xlsx .pptx .html .md .csv）を取り込みます
                                            （同じ名前でほかの支部・年度の資料は --replace で置き換えます）
  documents [--json]                        取り込んだ資料の一覧を表示します
  remove ファイル名 [--by 氏名]             資料を1つ、そこから取り込んだ内容ごと取り消します
  ask 質問 [--json] [--at 日時]             質問に答えます
  ask --jsonl [--at 日時]                   {"id","q"} か {"id","turns":[…]} の行を読み、1行ずつ答えます
  search 語句 [--top N] [--json]            計画の文を探します
  chart 質問 --out 図.png [--at 日時]       答えをグラフにして書き出します（.pngか.svg）
  report 支部 [--fy 年度] [--quarter 1-4] --out 資料.xlsx
                                            評議会用のKPI進捗表を書き出します（.xlsx、.csv、.html）
  import 表 [--by 氏名] [--json]             実績・目標・担当者・利用者の表（CSVか.xlsx）を取り込みます
  import --template [kpi|targets|owners|members]
                                            表のひな形を書き出します
  export kpi|budget|measures|counts|commitments|owners|history|unanswered|members|audit|feedback
         [--format jsonl|csv]
                                            取り込んだ内容を書き出します（historyは表の取り込みの履歴）
  remind [--at 日時] [--dry-run] [--json]   期限・遅れのお知らせを送ります（--dry-runは一覧だけ）
  serve [--playground]                      Slackのボットを動かします。トークンがなければ試用画面を開きます
  backup ファイル [--force] [--by 氏名]     データの控えを1つのファイルに書き出します（動作中でもかまいません）
  restore ファイル [--by 氏名]              控えからデータを復元します（これまでのデータも残します）
  restore --after-pg-restore                PostgreSQLを pg_restore で戻したことを記録します
  copy --from sqlite --to postgres          データをPostgreSQLへ写します（逆も。PLANBOT_DATABASE_URL で指定）
  doctor                                    設定とデータを点検します

データフォルダーは --data、環境変数 PLANBOT_DATA、data/ の順で決まります。`;

export type ExitCode = 0 | 1 | 2;

/** Runs one command line: 0 for success, 1 for a fault, 2 for wrong use, each fault in one line. */
export async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help' || asksForHelp(rest)) {
    io.print(HELP);
    return 0;
  }
  try {
    const command = await find(name);
    await command(rest, io);
    return 0;
  } catch (error) {
    io.progress('');
    io.complain(
      `planbot: ${error instanceof AppError ? error.toLine() : `予期しない誤りです: ${oneLine(error)}`}`,
    );
    return error instanceof AppError && error.code === 'wrong_use' ? 2 : 1;
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--help');
}

function find(name: string | undefined): Promise<Command> {
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    const problem = name === undefined ? 'コマンドがありません' : `コマンド ${name} はありません`;
    throw wrongUse(`${problem}。使い方は planbot --help をご覧ください`);
  }
  return load();
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
}
