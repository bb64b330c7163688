import { knownNow } from '../app/built-in.ts';
import { loadCatalogue } from '../catalogue/load-catalogue.ts';
import { describeBad, formatImport, importLine, importNotes, refusalOf } from '../intake/import-report.ts';
import { AppError } from '../model/errors.ts';
import { openStore } from '../store/store.ts';
import type { ReportTable } from '../tables/read-table.ts';
import { type CommandIo, oneOf, parseCommand, storeLocation, whoRuns, wrongUse } from './command.ts';

const KINDS = ['kpi', 'targets', 'owners', 'members'] as const;

/** `planbot import`: figures, targets, owners or members from a table, all rows or none. */
export async function importTable(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, {
    template: { type: 'boolean' },
    by: { type: 'string' },
    json: { type: 'boolean' },
  });
  if (values.template) {
    return printTemplate(positionals, io);
  }
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    throw wrongUse('取り込む表（CSVか.xlsx）を1つ指定してください');
  }
  const catalogue = loadCatalogue();
  const { readReportTable } = await import('../tables/read-table.ts');
  const table = await readReportTable(path, catalogue);
  if (table.bad.length > 0) {
    refuse(table, path, values.json ?? false, io);
  }
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const { kind, file, digest, lines } = table;
    const notes = await importNotes(table, await knownNow(store, catalogue), store.figures);
    const change = await store.figures.import(
      { kind, file, digest, by: whoRuns(values.by), lines },
      io.now(),
    );
    io.print(
      values.json
        ? JSON.stringify(importLine(table, change, notes))
        : formatImport(table, change, notes, catalogue),
    );
  } finally {
    await store.close();
  }
}

async function printTemplate(positionals: string[], io: CommandIo): Promise<void> {
  if (positionals.length > 1) {
    throw wrongUse(`ひな形は1つ選んでください: ${KINDS.join('、')}`);
  }
  const kind = oneOf('--template', positionals[0] ?? 'kpi', KINDS);
  const { tableTemplate } = await import('../tables/columns.ts');
  io.print(tableTemplate(kind));
}

/** Lists every bad cell, so that a table is mended in one go. */
function refuse({ file, kind, bad }: ReportTable, path: string, json: boolean, io: CommandIo): never {
  const ordered = [...bad].sort((a, b) => a.line - b.line);
  if (json) {
    io.print(JSON.stringify({ file, kind, imported: false, bad: ordered }));
  } else {
    for (const line of describeBad(bad)) {
      io.print(line);
    }
  }
  throw new AppError('bad_import', { message: refusalOf(bad), file: path });
}
