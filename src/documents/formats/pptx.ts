import { AppError } from '../../model/errors.ts';
import { type DocumentForm, type FormBuilder, type FormCell, formBuilder } from './form.ts';
import {
  childrenOf,
  elements,
  find,
  findAll,
  type MarkupElement,
  ownText,
  parseMarkup,
  relatedFiles,
} from './markup.ts';
import { textOfEntry, unzip } from './zip.ts';

/** Parts of a slide that repeat on every slide. */
const FURNITURE = new Set(['sldNum', 'dt', 'ftr']);

/** The slides of a presentation (.pptx), each its text from the top and its tables. */
export function readPptx(bytes: Uint8Array, path: string): DocumentForm {
  const files = unzip(
    bytes,
    path,
    /^ppt\/(?:slides\/slide\d+\.xml|presentation\.xml|_rels\/presentation\.xml\.rels)$/,
  );
  const names = slideNames(files);
  if (names.length === 0) {
    throw new AppError('unreadable_file', { message: 'PowerPointの資料として読めません', file: path });
  }
  const form = formBuilder();
  for (const [index, name] of names.entries()) {
    const tree = find(parseMarkup(textOfEntry(files, name) ?? '', true), 'p:spTree');
    if (tree) readSlide(tree, index + 1, form);
    form.paragraph('', { page: index + 1 });
  }
  return form.build();
}

/** In the order of the presentation. */
function slideNames(files: ReadonlyMap<string, Uint8Array>): string[] {
  const targets = relatedFiles(files, 'ppt', 'presentation');
  const presentation = parseMarkup(textOfEntry(files, 'ppt/presentation.xml') ?? '', true);
  return findAll(presentation, 'p:sldId')
    .map(({ attributes }) => targets.get(attributes['r:id'] ?? '') ?? '')
    .filter((name) => files.has(name));
}

interface Shape {
  element: MarkupElement;
  top: number;
  left: number;
}

function readSlide(tree: MarkupElement, page: number, form: FormBuilder): void {
  const at = { page, place: `スライド${page}` };
  const shapes = shapesOf(tree).sort((a, b) => a.top - b.top || a.left - b.left);
  for (const { element } of shapes) {
    const table = find(element, 'a:tbl');
    if (table) form.table(rowsOf(table), at);
    else for (const body of findAll(element, 'p:txBody')) form.paragraph(paragraphsOf(body), at);
  }
}

function shapesOf(parent: MarkupElement): Shape[] {
  return elements(parent).flatMap((element): Shape[] => {
    if (element.name === 'p:grpSp') return shapesOf(element);
    if (element.name !== 'p:sp' && element.name !== 'p:graphicFrame') return [];
    const kind = find(element, 'p:ph')?.attributes.type ?? '';
    if (FURNITURE.has(kind)) return [];
    const place = find(element, 'a:off')?.attributes;
    // A title without a place of its own has that of its layout, which is the top.
    const top = place ? Number(place.y) : /title/i.test(kind) ? -1 : 0;
    return [{ element, top, left: Number(place?.x ?? 0) }];
  });
}

function paragraphsOf(body: MarkupElement): string {
  return findAll(body, 'a:p').map(textOf).join('\n');
}

function textOf(parent: MarkupElement): string {
  return elements(parent)
    .map((child) => {
      if (child.name === 'a:t') return ownText(child);
      return child.name === 'a:br' ? '\n' : textOf(child);
    })
    .join('');
}

function rowsOf(table: MarkupElement): FormCell[][] {
  return childrenOf(table, 'a:tr').map((row) =>
    childrenOf(row, 'a:tc')
      .filter(({ attributes }) => attributes.hMerge !== '1' && attributes.vMerge !== '1')
      .map((cell) => ({
        text: paragraphsOf(cell),
        columnSpan: Number(cell.attributes.gridSpan ?? 1) || 1,
        rowSpan: Number(cell.attributes.rowSpan ?? 1) || 1,
      })),
  );
}
