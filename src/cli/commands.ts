import type { Command } from './command.ts';

export interface CommandEntry {
  /** What stands behind `planbot`, a line a way of calling it. */
  usage: readonly string[];
  /** What it does, in sentences; the README's table has the same. */
  does: string;
  /** Loaded when it is called: `export` must not wait for the dictionary or Bolt. */
  load: () => Promise<Command>;
}

/** Every command by its name, in the order of the help text. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  ingest: {
    usage: ['ingest PATH… [--by 氏名] [--json] [--replace] [--all-or-nothing]'],
    does: '資料（.txt .md .pdf .docx .xlsx .pptx .html .csv）を取り込み、見つけたものと要確認を報告します。同じ名前でほかの支部・年度の資料は --replace で置きかえます。--all-or-nothing は、1つでも読めなければ何も取り込みません。',
    load: async () => (await import('./ingest.ts')).ingest,
  },
  documents: {
    usage: ['documents [--json]'],
    does: '取り込んだ資料の一覧です。',
    load: async () => (await import('./documents.ts')).listKnown,
  },
  remove: {
    usage: ['remove ファイル名 [--by 氏名]'],
    does: '資料を1つ、そこから取り込んだ内容ごと取り消します。',
    load: async () => (await import('./documents.ts')).removeKnown,
  },
  ask: {
    usage: ['ask 質問 [--json] [--at 日時]', 'ask --jsonl [--at 日時] < 質問.jsonl'],
    does: '質問に答えます。--jsonl は {"id","q"} か {"id","turns":[…]} の行を読み、1行ずつ答えます。',
    load: async () => (await import('./ask.ts')).ask,
  },
  search: {
    usage: ['search 語句 [--top 件数] [--json]'],
    does: '計画の文を探します。',
    load: async () => (await import('./search.ts')).search,
  },
  report: {
    usage: [
      'report 支部 [--fy 年度] [--quarter 1-4] --out 資料.xlsx [--force]',
      'report 支部 [--fy 年度] [--quarter 1-4] --format csv|html',
    ],
    does: '評議会などの資料に使うKPIの進捗表を、.xlsx・.csv・印刷用の .html で書き出します。四半期は、書かなければ最後に報告のあったものです。すでにあるファイルは --force を付けたときだけ置きかえます。',
    load: async () => (await import('./report.ts')).report,
  },
  chart: {
    usage: ['chart 質問 --out 図.png [--at 日時] [--force]'],
    does: '答えをグラフにします（.png か .svg）。全支部の順位、または支部の目標と実績の推移です。',
    load: async () => (await import('./chart.ts')).chart,
  },
  export: {
    usage: [
      'export kpi|budget|measures|counts|commitments [--format jsonl|csv]',
      'export owners|history|unanswered|members|audit|feedback [--format jsonl|csv]',
    ],
    does: '書き出します。history は実績などの表の取り込みの履歴、unanswered は答えられなかった質問、members は役割、audit は監査記録、feedback は👍👎です。',
    load: async () => (await import('./export.ts')).exportRows,
  },
  import: {
    usage: ['import 表 [--by 氏名] [--json]', 'import --template kpi|targets|owners|members'],
    does: '実績・目標・担当者・利用者（役割）の表（.csv か .xlsx）を、全行正しいときだけ取り込みます。--template はひな形を書き出します。',
    load: async () => (await import('./import.ts')).importTable,
  },
  remind: {
    usage: ['remind [--at 日時] [--dry-run] [--json]'],
    does: '期限と遅れのお知らせを送ります。--dry-run は一覧だけです。',
    load: async () => (await import('./remind.ts')).remind,
  },
  serve: {
    usage: ['serve [--playground]'],
    does: 'ボットを動かします。トークンがなければ、または --playground を付けると、お試し画面を開きます。',
    load: async () => (await import('./serve.ts')).serve,
  },
  backup: {
    usage: ['backup ファイル [--force] [--by 氏名]'],
    does: 'データの控えを1つのファイルに書き出します。serve が動いていてもかまいません。',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    usage: ['restore ファイル [--by 氏名]', 'restore --after-pg-restore [--by 氏名]'],
    does: '控えからデータを復元します。serve は止めてください。これまでのデータは別の名前で残ります。--after-pg-restore は、PostgreSQLを pg_restore で戻したことを記録します。',
    load: async () => (await import('./backup.ts')).restore,
  },
  copy: {
    usage: ['copy --from sqlite --to postgres [--by 氏名]', 'copy --from postgres --to sqlite [--by 氏名]'],
    does: 'データをPostgreSQL（環境変数 PLANBOT_DATABASE_URL）へ、またはデータフォルダーへ写し、件数と内容が一致することを確かめます。serve は止めてください。写す先は空にしてください。',
    load: async () => (await import('./copy.ts')).copy,
  },
  doctor: {
    usage: ['doctor'],
    does: '設定、トークンと権限、データを点検し、足りないものと直し方を示します。',
    load: async () => (await import('./doctor.ts')).doctor,
  },
};

const COMMON =
  'データフォルダーは --data フォルダー、環境変数 PLANBOT_DATA、data/ の順で決まります。終了コードは 0 成功、1 失敗、2 使い方の誤りです。';

/** All commands, each with its first sentence. */
export function helpText(): string {
  const lines = Object.values(COMMANDS).flatMap(({ usage, does }) => [
    ...usage.map((one) => `  ${one}`),
    `      ${does.split('。')[0]}。`,
  ]);
  return [
    '使い方: planbot コマンド [--data フォルダー]',
    '',
    ...lines,
    '',
    'くわしくは planbot コマンド --help、版は planbot --version。',
    COMMON,
  ].join('\n');
}

/** One command, whole. */
export function helpOf({ usage, does }: CommandEntry): string {
  return [...usage.map((one) => `使い方: planbot ${one}`), '', does, '', COMMON].join('\n');
}
