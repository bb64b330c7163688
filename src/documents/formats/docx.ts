import { AppError } from '../../model/errors.ts';
import { type DocumentForm, type FormBuilder, type FormCell, formBuilder } from './form.ts';
import { childrenOf, elements, find, type MarkupElement, ownText, parseMarkup } from './markup.ts';
import { textOfEntry, unzip } from './zip.ts';

/** What a reader does not see: deleted text, the second copy of a drawing, field codes. */
const UNSEEN = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:instrText', 'w:pPr', 'w:rPr', 'w:delText']);
/** Paragraphs and tables may stand within these. */
const WRAPPERS = new Set(['w:sdt', 'w:sdtContent', 'w:ins', 'w:moveTo', 'w:customXml', 'w:smartTag']);

/** A Word document (.docx) as paragraphs and tables, in the order of reading. */
export function readDocx(bytes: Uint8Array, path: string): DocumentForm {
  const files = unzip(bytes, path, /^word\/document\d*\.xml$/);
  const name = [...files.keys()][0] ?? '';
  const text = textOfEntry(files, name);
  const body = text === null ? null : find(parseMarkup(text, true), 'w:body');
  if (body === null)
    throw new AppError('unreadable_file', { message: 'Wordの文書として読めません', file: path });
  const form = formBuilder();
  readBlocks(body, form);
  return form.build();
}

function readBlocks(parent: MarkupElement, form: FormBuilder): void {
  for (const child of elements(parent)) {
    if (child.name === 'w:p') {
      form.paragraph(textOf(child));
      // A text box stands in the paragraph that it is anchored to.
      for (const box of boxesOf(child)) readBlocks(box, form);
    } else if (child.name === 'w:tbl') form.table(rowsOf(child));
    else if (WRAPPERS.has(child.name)) readBlocks(child, form);
  }
}

function boxesOf(parent: MarkupElement): MarkupElement[] {
  return elements(parent).flatMap((child) =>
    UNSEEN.has(child.name) ? [] : child.name === 'w:txbxContent' ? [child] : boxesOf(child),
  );
}

function textOf(parent: MarkupElement): string {
  return elements(parent)
    .map((child) => {
      if (UNSEEN.has(child.name) || child.name === 'w:txbxContent') return '';
      if (child.name === 'w:t') return ownText(child);
      if (child.name === 'w:tab') return '\t';
      if (child.name === 'w:br' || child.name === 'w:cr') return '\n';
      if (child.name === 'w:noBreakHyphen') return '-';
      return textOf(child);
    })
    .join('');
}

interface MergedCell extends FormCell {
  column: number;
  goesOn: boolean;
}

function rowsOf(table: MarkupElement): FormCell[][] {
  const rows = inner(table, 'w:tr').map((row) => {
    let column = Number(find(row, 'w:gridBefore')?.attributes['w:val'] ?? 0);
    const cells: MergedCell[] =
      column > 0 ? [{ text: '', column: 0, columnSpan: column, goesOn: false }] : [];
    for (const cell of inner(row, 'w:tc')) {
      const properties = childrenOf(cell, 'w:tcPr')[0];
      const columnSpan =
        Number((properties && find(properties, 'w:gridSpan'))?.attributes['w:val'] ?? 1) || 1;
      const merge = properties ? find(properties, 'w:vMerge') : null;
      const goesOn = merge !== null && merge.attributes['w:val'] !== 'restart';
      cells.push({ text: cellText(cell), column, columnSpan, goesOn });
      column += columnSpan;
    }
    return cells;
  });
  return rows.map((cells, at) =>
    cells
      .filter(({ goesOn }) => !(goesOn && at > 0))
      .map((cell) => {
        let rowSpan = 1;
        while (rows[at + rowSpan]?.some((own) => own.goesOn && own.column === cell.column)) rowSpan++;
        return { text: cell.text, columnSpan: cell.columnSpan ?? 1, rowSpan };
      }),
  );
}

/** Rows and cells may stand within content controls. */
function inner(parent: MarkupElement, name: string): MarkupElement[] {
  return elements(parent).flatMap((child) =>
    child.name === name ? [child] : WRAPPERS.has(child.name) ? inner(child, name) : [],
  );
}

/** The paragraphs of a cell, one below the other; a table within it gives its rows. */
function cellText(cell: MarkupElement): string {
  return elements(cell)
    .flatMap((child): string[] => {
      if (child.name === 'w:p') return [textOf(child), ...boxesOf(child).map(cellText)];
      if (child.name === 'w:tbl') {
        return rowsOf(child).map((row) => row.map(({ text }) => text.replace(/\s+/g, ' ')).join(' '));
      }
      return WRAPPERS.has(child.name) ? [cellText(child)] : [];
    })
    .join('\n');
}
