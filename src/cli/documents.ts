import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import type { KnownDocument } from '../store/documents.ts';
import { openStore, type Store } from '../store/store.ts';
import { type CommandIo, parseCommand, storeLocation, whoRuns, wrongUse } from './command.ts';

const KINDS: Record<DocumentPart['kind'], string> = { plan: '計画', progress_report: '報告' };
const STATUSES = { draft: '案', approved: '確定' } as const;
const BRANCHES_SHOWN = 4;

/** `planbot documents`: what is known, by document. */
export async function listKnown(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { json: { type: 'boolean' } });
  if (positionals.length > 0) throw wrongUse('documents に引数はありません');
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const documents = await describeKnown(store);
    if (values.json)
      for (const { known, parts, rows } of documents)
        io.print(JSON.stringify(documentLine(known, parts, rows)));
    else if (documents.length === 0) io.print('取り込んだ資料はありません。付属の数値と見本でお答えします');
    else for (const own of documents) io.print(formatKnown(own));
  } finally {
    await store.close();
  }
}

/** `planbot remove FILE`: takes one document out again, with what it brought. */
export async function removeKnown(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { by: { type: 'string' } });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw wrongUse('取り消す資料の名前を1つ指定してください');
  const store = await openStore(storeLocation(values.data, io.env));
  try {
    const own = (await describeKnown(store)).find(({ known }) => known.file === file);
    await store.documents.remove(file, io.now(), whoRuns(values.by));
    io.print(`取り消しました: ${own ? formatKnown(own) : file}`);
  } finally {
    await store.close();
  }
}

interface Described {
  known: KnownDocument;
  parts: DocumentPart[];
  /** Rows of figures that it brought. */
  rows: number;
}

async function describeKnown(store: Store): Promise<Described[]> {
  const [documents, parts, kpis, budgets, measures] = await Promise.all([
    store.documents.list(),
    store.knowledge.parts(),
    store.documents.statedKpis(),
    store.knowledge.budgets({}),
    store.knowledge.measures({}),
  ]);
  const rows = [...kpis, ...budgets, ...measures];
  return documents.map((known) => ({
    known,
    parts: parts.filter((part) => part.file === known.file),
    rows: rows.filter(({ source }) => source.file === known.file).length,
  }));
}

function formatKnown({ known, parts, rows }: Described): string {
  const branches = [...new Set(parts.map(({ branch }) => formatBranch(branch)))];
  const shown = branches.slice(0, BRANCHES_SHOWN).join('、');
  const more = branches.length > BRANCHES_SHOWN ? ` ほか 計${branches.length}` : '';
  const years = [...new Set(parts.map(({ fy }) => fy))].sort((a, b) => a - b).map(formatFiscalYear);
  const status = parts.find(({ status: own }) => own !== null)?.status;
  const kind = parts[0] ? KINDS[parts[0].kind] : '';
  return `${known.file}　${shown}${more}　${years.join('、')}　${kind}${status ? `（${STATUSES[status]}）` : ''}　${rows}行　${known.ingestedAt}`;
}

function documentLine(known: KnownDocument, parts: readonly DocumentPart[], rows: number) {
  return {
    file: known.file,
    layout: known.layout,
    ingested_at: known.ingestedAt,
    branches: [...new Set(parts.map(({ branch }) => branch))],
    fys: [...new Set(parts.map(({ fy }) => fy))].sort((a, b) => a - b),
    kind: parts[0]?.kind ?? null,
    status: parts.find(({ status }) => status !== null)?.status ?? null,
    rows,
  };
}
