import type { Doubt, IngestedDocument } from '../../model/plan-document.ts';
import type { Source } from '../../model/source.ts';
import type { PdfText } from './read-pdf.ts';

/** The document with the page of each figure and passage; pages that are pictures alone stand among its doubts. */
export function withPages(
  document: IngestedDocument,
  { pageOfLine, picturePages }: Pick<PdfText, 'pageOfLine' | 'picturePages'>,
): IngestedDocument {
  const paged = <T extends { source: Source }>(row: T): T => ({
    ...row,
    source: { ...row.source, page: pageOfLine(row.source.line) },
  });
  return {
    ...document,
    kpis: document.kpis.map(paged),
    referenceActuals: document.referenceActuals.map(paged),
    measures: document.measures.map(paged),
    budgets: document.budgets.map(paged),
    commitments: document.commitments.map(paged),
    counts: document.counts.map(paged),
    passages: document.passages.map((passage) => ({ ...passage, page: pageOfLine(passage.from) })),
    doubts: [...document.doubts, ...picturePages.map((page) => unread(document.file, page))],
  };
}

function unread(file: string, page: number): Doubt {
  return {
    kind: 'not_taken',
    file,
    line: 1,
    text: `${page}ページ`,
    reason: '画像だけのページで、文字を読み取れません',
  };
}
