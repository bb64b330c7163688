import type { Feature } from 'write-excel-file/node';
import {
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility';

const SHEET = 'xl/worksheets/sheet{id}.xml';

/** Inches. */
const MARGINS = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 };

/**
 * What the writer itself has no option for: one page wide and as many high as it takes, a row that is repeated on
 * each of them, and a foot with the page's number. `headRow` is 1-based; the sheet's name is needed to refer to it.
 */
export function printSetup<Content>({
  sheet,
  headRow,
  foot,
}: {
  sheet: string;
  headRow: number;
  foot: string;
}): Feature<Content> {
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml) => withHeadAndFoot(xml, foot),
          transformElementAttributes: (tag, attributes) => {
            if (tag === 'pageSetup') return { ...attributes, fitToWidth: 1, fitToHeight: 0 };
            return tag === 'pageMargins' ? { ...attributes, ...MARGINS } : attributes;
          },
        },
        'xl/workbook.xml': { transform: (xml) => withTitleRow(xml, sheet, headRow) },
      },
    },
  };
}

function withHeadAndFoot(xml: string, foot: string): string {
  const order = getOrderOfSiblings(SHEET, 'worksheet') ?? [];
  const place = (into: string, markup: string) =>
    insertElementMarkupAccordingToOrderOfSiblings(into, markup, order, 'worksheet');
  const fitting = place(xml, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  // An ampersand begins a code of the foot: a literal one is doubled.
  const text = `&L&8${foot.replaceAll('&', '&&')}&R&8&P / &N`;
  return place(fitting, `<headerFooter><oddFooter>${sanitizeTextContent(text)}</oddFooter></headerFooter>`);
}

function withTitleRow(xml: string, sheet: string, row: number): string {
  const name = sanitizeTextContent(`'${sheet.replaceAll("'", "''")}'!$${row}:$${row}`);
  const markup = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">${name}</definedName></definedNames>`;
  const empty = findElement(xml, 'definedNames');
  return empty === undefined ? xml : replaceElement(xml, empty, markup);
}
