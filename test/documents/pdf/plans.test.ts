import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/catalogue/load-catalogue.ts';
import { ingestText } from '../../../src/documents/ingest.ts';
import { readPdf } from '../../../src/documents/pdf/read-pdf.ts';
import type { IngestedDocument } from '../../../src/model/plan-document.ts';
import { PLANS_FOLDER, plansPresent } from '../../helpers/plans.ts';
import { chromiumPath, openPdfPrinter, type PdfPrinter } from './chromium.ts';
import { paragraphs, printable, ruledTable } from './sheets.ts';

const catalogue = loadCatalogue();
const ready = plansPresent('PDFにした事業計画のKPIの照合') && chromiumPath !== null;

/** What a document says of its KPIs, its lines apart. */
function stated(document: IngestedDocument) {
  return document.kpis.map(({ branch, fy, indicator, target, actual }) => {
    const { op, value, unit, relative } = target;
    return {
      branch,
      fy,
      indicator,
      op,
      value,
      unit,
      relative,
      actual: actual?.value,
      previous: actual?.previousValue,
    };
  });
}

function read(text: string): IngestedDocument {
  return ingestText({ file: 'plan', text, sidecar: {}, digest: '' }, catalogue);
}

describe.runIf(ready)('the plans, printed as PDFs', () => {
  let printer: PdfPrinter;
  beforeAll(async () => {
    printer = await openPdfPrinter();
  });
  afterAll(() => printer.close());

  async function readPrinted(sheets: string[], size?: Parameters<typeof printable>[1]) {
    return read((await readPdf(await printer.print(printable(sheets, size)), 'plan.pdf')).text);
  }

  it('say the same KPIs of the first branches of the compilation', async () => {
    const text = firstLines('001_ba3034bfe53b5491.txt', 1200);
    const sheets = text.split(/\n(?= \S)/).map((page) => paragraphs(page.split('\n')));
    const before = read(text);
    expect(before.kpis.length).toBeGreaterThan(40);
    expect(stated(await readPrinted(sheets))).toEqual(stated(before));
  });

  it('say the same KPIs where the progress report is laid out as real tables', async () => {
    const before = read(firstLines('004_c50fe7c338612cf8.txt', Number.POSITIVE_INFINITY));
    expect(before.kpis.length).toBeGreaterThan(15);
    const measures = ruledTable([
      ['事業計画', '実施状況', '評価', '今後の取組予定'],
      [['① ―'], ['① ―'], '―', ''],
    ]);
    const header = ['KPI指標', '令和７年度目標', '令和７年度実績\n（５月時点）', '（参考）\n令和６年度実績'];
    const sheets = before.kpis.map(({ stated: text, section, target, actual }) => {
      const cell = target.op === 'do' ? '実施' : target.text;
      const row = [text ?? '', cell, actual?.text ?? '', actual?.previousText ?? ''];
      const headings =
        paragraphs([section[0] ?? '']) + measures.replace('① ―', () => section.slice(1).join('<br>'));
      return headings + paragraphs(['']) + ruledTable([header, row], [58, 14, 14, 14]);
    });
    sheets.unshift(paragraphs(['令和７年度 東京支部事業計画の実施状況']));
    expect(stated(await readPrinted(sheets, 'A4 landscape'))).toEqual(stated(before));
  });
});

function firstLines(file: string, count: number): string {
  return readFileSync(join(PLANS_FOLDER, file), 'utf8').split('\n').slice(0, count).join('\n');
}
