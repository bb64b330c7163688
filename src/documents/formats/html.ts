import { type DocumentForm, type FormBuilder, type FormCell, formBuilder } from './form.ts';
import { elements, findAll, type MarkupElement, parseMarkup } from './markup.ts';

const UNSEEN = new Set(['script', 'style', 'head', 'template', 'noscript', 'nav', 'del']);
const INLINE = new Set([
  'a',
  'b',
  'i',
  'u',
  'em',
  'strong',
  'span',
  'font',
  'small',
  'sub',
  'sup',
  'mark',
  'ruby',
  'rb',
  'ins',
  'abbr',
  'code',
  'label',
  's',
]);

/** A web page: its text, a block a paragraph, and its tables. */
export function readHtml(text: string): DocumentForm {
  const form = formBuilder();
  const tree = parseMarkup(text, false);
  readBlock(tree, form);
  return form.build();
}

function readBlock(parent: MarkupElement, form: FormBuilder): void {
  let run = '';
  const flush = () => {
    if (run.trim() !== '') form.paragraph(run);
    run = '';
  };
  for (const child of parent.children) {
    if (typeof child === 'string') run += child.replace(/\s+/g, ' ');
    else if (UNSEEN.has(child.name)) continue;
    else if (child.name === 'br') run += '\n';
    else if (INLINE.has(child.name)) run += inlineText(child);
    else {
      flush();
      if (child.name === 'table') form.table(rowsOf(child));
      else if (child.name === 'li') form.paragraph(`・${inlineText(child)}`);
      else readBlock(child, form);
    }
  }
  flush();
}

function inlineText(parent: MarkupElement): string {
  return parent.children
    .map((child) => {
      if (typeof child === 'string') return child.replace(/\s+/g, ' ');
      if (UNSEEN.has(child.name) || child.name === 'rt' || child.name === 'rp') return '';
      if (child.name === 'br') return '\n';
      return INLINE.has(child.name) ? inlineText(child) : `\n${inlineText(child)}\n`;
    })
    .join('');
}

function rowsOf(table: MarkupElement): FormCell[][] {
  return findAll(table, 'tr').map((row) =>
    elements(row)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((cell) => ({
        text: inlineText(cell),
        columnSpan: span(cell.attributes.colspan),
        rowSpan: span(cell.attributes.rowspan),
      })),
  );
}

function span(attribute: string | undefined): number {
  return Math.max(1, Number.parseInt(attribute ?? '1', 10) || 1);
}
