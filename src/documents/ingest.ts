import type { Catalogue } from '../model/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { IngestedDocument } from '../model/plan-document.ts';
import { readGeneral } from './by-heading/read-by-heading.ts';
import { statusIn } from './by-heading/recognise.ts';
import { readTextForm } from './formats/text.ts';
import { readCompilation } from './known-layouts/compilation.ts';
import { readHtmlTable } from './known-layouts/html-table.ts';
import {
  type DocumentText,
  type LayoutReader,
  type ReadLayout,
  refuseUnknownBranch,
} from './known-layouts/layout.ts';
import { readProgressReport } from './known-layouts/progress-report.ts';
import { readSideBySide } from './known-layouts/side-by-side.ts';
import { indicatorNames } from './kpi/indicator-names.ts';
import { referenceColumn } from './kpi/reference-column.ts';
import { type KpiRows, kpiRows } from './kpi/rows.ts';
import { digestOf, endlessLine, type Line, toLines } from './lines.ts';
import { passagesOf, passagesOfBudgets } from './passages.ts';
import { withPages } from './pdf/read-pdf.ts';
import { readReport } from './progress/report.ts';
import { type FileText, readDocument, readDocumentFile } from './read-file.ts';
import { readSidecar, type Sidecar } from './sidecar.ts';
import { unreadFigures } from './unread-figures.ts';

/** Tried in this order: what has the plainest marks comes first. */
const LAYOUTS: readonly LayoutReader[] = [readHtmlTable, readProgressReport, readCompilation, readSideBySide];

/** Reads one document from disk. Faults: `unreadable_file`, `not_a_plan`, with the file's path. */
export async function ingestFile(path: string, catalogue: Catalogue): Promise<IngestedDocument> {
  const [read, sidecar] = await Promise.all([readDocumentFile(path), readSidecar(path)]);
  return ingestRead(read, sidecar, catalogue);
}

/** The same of a document that is not on disk, by its name; nothing stands beside it. */
export async function ingestBytes(
  { name, bytes }: { name: string; bytes: Uint8Array },
  catalogue: Catalogue,
): Promise<IngestedDocument> {
  return ingestRead(await readDocument(bytes, name), {}, catalogue);
}

async function ingestRead(read: FileText, sidecar: Sidecar, catalogue: Catalogue): Promise<IngestedDocument> {
  const { file, text, bytes, pdf } = read;
  const digest = digestOf(bytes);
  const layout = text === null ? null : recogniseLayout({ file, text, sidecar }, catalogue);
  if (layout === null) {
    const form = await read.form();
    refuseEndless(file, form.lines);
    return readGeneral({ file, form, sidecar, digest }, catalogue);
  }
  const document = readLayout(file, layout, digest, catalogue);
  return pdf ? withPages(document, pdf) : document;
}

/** What a document's text states. */
export function ingestText(
  document: { file: string; text: string; sidecar: Sidecar; digest: string },
  catalogue: Catalogue,
): IngestedDocument {
  const { file, text, sidecar, digest } = document;
  const layout = recogniseLayout(document, catalogue);
  return layout === null
    ? readGeneral({ file, form: readTextForm(text), sidecar, digest }, catalogue)
    : readLayout(file, layout, digest, catalogue);
}

function refuseEndless(file: string, lines: readonly Line[]): void {
  const line = endlessLine(lines);
  if (!line) return;
  const message = '切れ目のない文字が長く続く行があり、文書として読めません';
  throw new AppError('unreadable_file', { message, file, line: line.number, text: line.text });
}

/** Layouts whose cells the text prints one after another, so that only their order tells; null for all others. */
function recogniseLayout(
  { file, text, sidecar }: { file: string; text: string; sidecar: Sidecar },
  { branches }: Catalogue,
): ReadLayout | null {
  const document: DocumentText = { file, lines: toLines(text), sidecar, branches };
  refuseEndless(file, document.lines);
  refuseUnknownBranch(document);
  for (const read of LAYOUTS) {
    const layout = read(document);
    if (layout?.parts.some((part) => part.lines.length > 0)) return layout;
  }
  return null;
}

function readLayout(
  file: string,
  layout: ReadLayout,
  digest: string,
  catalogue: Catalogue,
): IngestedDocument {
  const names = indicatorNames(catalogue.indicators);
  const plans = layout.parts.filter((part) => part.kind === 'plan');
  const reports = layout.parts
    .filter((part) => part.kind === 'progress_report')
    .map((part) => readReport(part, names, catalogue.indicators));
  const rows: KpiRows[] = [];
  for (const part of plans) {
    const stated = rows.flatMap(({ kpis }) => kpis);
    const of = (about: { branch: string; fy: number } | undefined) =>
      stated.filter(({ branch, fy }) => branch === about?.branch && fy === about.fy);
    rows.push(kpiRows(part, names, catalogue.indicators, of(part), of(part.comparedWith)));
  }
  const kpis = [...rows, ...reports].flatMap((part) => part.kpis);
  const references = plans.map((part) => referenceColumn(part, names, kpis, catalogue.indicators));
  const doubts = [...(layout.doubts ?? []), ...[...rows, ...references].flatMap((part) => part.doubts)];
  const budgets = [...layout.budgets, ...reports.flatMap((report) => report.budgets)];
  const counts = reports.flatMap((report) => report.counts);
  const referenceActuals = references.flatMap(({ actuals }) => actuals);
  doubts.push(
    ...unreadFigures(
      layout.parts.flatMap(({ lines }) => lines),
      [],
      { kpis, referenceActuals, budgets, counts, doubts },
      { file, words: { ...catalogue, names, fy: null }, indicators: catalogue.indicators },
    ),
  );
  const passages = [
    ...plans.flatMap(passagesOf),
    ...passagesOfBudgets(layout.budgets),
    ...reports.flatMap((report) => report.passages),
  ];
  return {
    file,
    layout: layout.name,
    digest,
    parts: layout.parts.map(({ branch, fy, kind, title }) => ({
      file,
      branch,
      fy,
      kind,
      status: statusIn(title),
      title,
    })),
    kpis,
    referenceActuals,
    measures: reports.flatMap((report) => report.measures),
    budgets,
    commitments: reports.flatMap((report) => report.commitments),
    counts,
    passages,
    doubts,
  };
}
