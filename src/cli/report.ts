import { extname } from 'node:path';
import { knownNow } from '../app/built-in.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { formatBranch } from '../model/branch.ts';
import { isoDayInTokyo } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import { type FiscalYear, formatFiscalYear, Quarter } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import { progressReport } from '../progress-tables/progress-report.ts';
import type { ProgressReport } from '../progress-tables/report.ts';
import { reportCsv } from '../progress-tables/report-csv.ts';
import { reportHtml } from '../progress-tables/report-html.ts';
import { openStore } from '../store/store.ts';
import { readYear } from '../tables/cell.ts';
import { catalogueNames } from '../tables/names.ts';
import { type CommandIo, oneOf, parseCommand, storeLocation, writeOut, wrongUse } from './command.ts';

const FORMATS = ['xlsx', 'csv', 'html'] as const;
type Format = (typeof FORMATS)[number];

/** `planbot report`: the table of a branch's KPIs for its council, as a file or on standard output. */
export async function report(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    fy: { type: 'string' },
    quarter: { type: 'string' },
    out: { type: 'string' },
    format: { type: 'string' },
    force: { type: 'boolean' },
  });
  const catalogue = loadCatalogue();
  const branch = readBranch(positionals, catalogue);
  const fy = values.fy === undefined ? null : readFiscalYear(values.fy);
  const quarter = values.quarter === undefined ? null : readQuarter(values.quarter);
  const format = readFormat(values.out, values.format);
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const knowledge = await knownNow(store, catalogue);
    const kpis = await knowledge.kpis({ branches: [branch] });
    const year = chooseYear(branch, fy, kpis);
    const [documents, measures, reported] = await Promise.all([
      knowledge.parts(),
      knowledge.measures({ branches: [branch], fys: [year] }),
      store.figures.reportedActuals(),
    ]);
    const actuals = reported.filter((row) => row.branch === branch);
    const today = isoDayInTokyo(io.now());
    const made = progressReport({
      branch,
      fy: year,
      quarter,
      kpis,
      documents,
      actuals,
      measures,
      catalogue,
      today,
    });
    if (made === null) {
      throw noKpi(branch, year, kpis);
    }
    await deliver(made, { format, out: values.out, force: values.force ?? false }, io);
  } finally {
    await store.close();
  }
}

async function deliver(
  made: ProgressReport,
  { format, out, force }: { format: Format; out: string | undefined; force: boolean },
  io: CommandIo,
): Promise<void> {
  if (out === undefined) {
    io.print((format === 'csv' ? reportCsv(made) : reportHtml(made)).trimEnd());
    return;
  }
  await writeOut(out, await rendered(made, format), force);
  io.print(`${made.title} を ${out} に書き出しました`);
}

async function rendered(made: ProgressReport, format: Format): Promise<string | Uint8Array> {
  if (format === 'csv') return reportCsv(made);
  if (format === 'html') return reportHtml(made);
  const { reportXlsx } = await import('../progress-tables/report-xlsx.ts');
  return reportXlsx(made);
}

function readBranch(positionals: readonly string[], catalogue: Catalogue): string {
  const [text, ...others] = positionals;
  if (text === undefined || others.length > 0) {
    throw wrongUse('支部を1つ書いてください（例: planbot report 東京 --out 資料.xlsx）');
  }
  const read = catalogueNames(catalogue).branch(text);
  if ('problem' in read) {
    throw wrongUse(`支部「${text}」は支部の一覧にありません`);
  }
  return read.value;
}

function readFiscalYear(text: string): FiscalYear {
  const read = readYear(text);
  if ('problem' in read) {
    throw wrongUse(`--fy は 7 か 令和7年度 か 2025 の形で書いてください: ${text}`);
  }
  return read.value;
}

function readQuarter(text: string): Quarter {
  const read = Quarter.safeParse(Number(text.normalize('NFKC')));
  if (!read.success) {
    throw wrongUse(`--quarter は 1 から 4 の数字にしてください: ${text}`);
  }
  return read.data;
}

function readFormat(out: string | undefined, format: string | undefined): Format {
  if (out !== undefined && format !== undefined) {
    throw wrongUse('--out と --format は一緒に使えません。形式は --out の拡張子で決まります');
  }
  if (out !== undefined) {
    return oneOf('--out の拡張子', extname(out).slice(1).toLowerCase(), FORMATS);
  }
  if (format === undefined) {
    throw wrongUse(
      '書き出すファイルを --out で（.xlsx、.csv、.html）、または --format csv を指定してください',
    );
  }
  return oneOf('--format', format, ['csv', 'html']);
}

function chooseYear(branch: string, fy: FiscalYear | null, kpis: readonly Kpi[]): FiscalYear {
  const years = kpis.map((kpi) => kpi.fy);
  if (fy !== null && !years.includes(fy)) throw noKpi(branch, fy, kpis);
  if (years.length === 0) throw noKpi(branch, null, kpis);
  return fy ?? Math.max(...years);
}

function noKpi(branch: string, fy: FiscalYear | null, kpis: readonly Kpi[]): AppError {
  const years = [...new Set(kpis.map((kpi) => kpi.fy))].sort((a, b) => a - b).map(formatFiscalYear);
  const when = fy === null ? '' : ` ${formatFiscalYear(fy)}`;
  const there = years.length === 0 ? '' : `。資料にあるのは${years.join('、')}です`;
  return new AppError('nothing_to_show', {
    message: `${formatBranch(branch)}${when}のKPIは資料にありません${there}`,
  });
}
