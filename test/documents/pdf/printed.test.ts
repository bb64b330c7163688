import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../../src/catalogue/load-catalogue.ts';
import { ingestFile } from '../../../src/documents/ingest.ts';
import { readPdf } from '../../../src/documents/pdf/read-pdf.ts';
import { chromiumPath, openPdfPrinter, type PdfPrinter } from './chromium.ts';
import { bareTable, paragraphs, printable, ruledTable } from './sheets.ts';

const catalogue = loadCatalogue();

describe.runIf(chromiumPath !== null)('a PDF that a browser printed', () => {
  let printer: PdfPrinter;
  beforeAll(async () => {
    printer = await openPdfPrinter();
  });
  afterAll(() => printer.close());

  async function ingestSheets(sheets: string[], size?: Parameters<typeof printable>[1]) {
    const path = join(mkdtempSync(join(tmpdir(), 'planbot-pdf-')), 'plan.pdf');
    writeFileSync(path, await printer.print(printable(sheets, size)));
    return ingestFile(path, catalogue);
  }

  async function linesOf(sheet: string): Promise<string[]> {
    return (await readPdf(await printer.print(printable([sheet], 'A4')), 'plan.pdf')).text.split('\n');
  }

  it('gives each KPI and passage of a compilation its page', async () => {
    const plan = (branch: string, rate: string) =>
      paragraphs([
        `令和７年度 事業計画（${branch}支部）`,
        '',
        '１．サービス水準の向上',
        '○ 窓口に来なくても済むよう、郵送での申請を広めていく。',
        `■ KPI：①現金給付等の申請に係る郵送化率を ${rate}以上とする`,
        '②サービススタンダードの達成状況を 100％とする',
      ]);
    const document = await ingestSheets([plan('長野', '９６．５％'), plan('山梨', '95.0％')]);
    expect(document.layout).toBe('支部事業計画の合本');
    expect(
      document.kpis.map(({ branch, indicator, target, source }) => [
        branch,
        indicator,
        target.op,
        target.value,
        source.page,
      ]),
    ).toEqual([
      ['長野', 'mail_rate', '>=', 96.5, 1],
      ['長野', 'service_standard', '=', 100, 1],
      ['山梨', 'mail_rate', '>=', 95, 2],
      ['山梨', 'service_standard', '=', 100, 2],
    ]);
    expect(new Set(document.passages.map(({ branch, page }) => `${branch}${page}`))).toEqual(
      new Set(['長野1', '山梨2']),
    );
  });

  it('keeps the figures of a table with their statement, also where a cell is empty or the statement wraps', async () => {
    const header = ['KPI指標', '令和７年度目標', '令和７年度実績\n（５月時点）', '（参考）\n令和６年度実績'];
    const table = ruledTable(
      [
        header,
        [
          'サービススタンダード（申請を受け付けた日から支給する日までを数える）の達成状況を100％とし、年度を通じて守り続けるものとする',
          '100％',
          '99.8％',
          '100％',
        ],
        ['現金給付等の申請書類に係る窓口での受付率を対前年度以下とする', '1.9％以下', '', '【新設】'],
      ],
      [40, 20, 20, 20],
    );
    const lines = await linesOf(table);
    expect(lines[0]).toBe(' KPI指標 令和７年度目標 令和７年度実績（５月時点） （参考）令和６年度実績');
    expect(lines).toContain('100％ 99.8％ 100％');
    expect(lines.at(-1)).toMatch(/1\.9％以下 ― 【新設】$/);
  });

  it('keeps the measures of a progress report with their evaluations row by row', async () => {
    const header = ['事業計画', '実施状況', '評価', '今後の\n取組予定'];
    const measures = ruledTable(
      [
        header,
        [
          ['① 申請の束を朝に開け、古いものから順に係へ渡す。'],
          ['① 毎朝おこなった。'],
          '○',
          ['① ９月に手順を見直す。'],
        ],
        [['② 窓口の案内板を多くの言葉で書く。'], ['② ―'], '―', ['② 上期に訳を頼む。']],
      ],
      [35, 35, 8, 22],
    );
    const budget = `${paragraphs(['広報関連予算 （単位：千円）'])}${ruledTable(
      [
        ['取組名', '概要', '予算額', '執行（予定）\n額', 'ステータス', '（参考）\n令和６年度\n予算'],
        [
          '広報紙の印刷',
          ['事業所に毎月届ける紙を刷り、封に入れて送るところまでを頼む。'],
          '1,250',
          '―',
          '調達中',
          '1,100',
        ],
      ],
      [20, 35, 10, 12, 11, 12],
    )}`;
    const title = paragraphs(['令和７年度 岐阜支部事業計画の実施状況']);
    const document = await ingestSheets([`${title}${measures}`, measures, budget], 'A4 landscape');
    expect(document.layout).toBe('実施状況報告');
    expect(
      document.measures.map(({ number, evaluation, source }) => [number, evaluation, source.page]),
    ).toEqual([
      ['①', '○', 1],
      ['②', '―', 1],
      ['①', '○', 2],
      ['②', '―', 2],
    ]);
    expect(document.measures.map(({ next }) => next)).toContain('上期に訳を頼む。');
    expect(
      document.budgets.map(({ name, section, amountYen, previousAmountYen, source }) => [
        name,
        section,
        amountYen,
        previousAmountYen,
        source.page,
      ]),
    ).toEqual([['広報紙の印刷', '広報関連予算', 1_250_000, 1_100_000, 3]]);
  });

  it.each([
    ['rules', ruledTable],
    ['white space', bareTable],
  ])('parts two plans side by side by their %s', async (_, table) => {
    const plan = (rate: string) => [
      'Ⅰ）サービス水準の向上',
      '・ 届いた申請をその日のうちに仕分け、遅れの出そうなものから手をつけ、支給までの日数を縮めていく。',
      '・ 郵送での申請を広めるため、事業所に配る手引きを改め、封筒を添えて届けることを続けていく。',
      `■ KPI：１）現金給付等の申請に係る郵送化率を ${rate}以上とする`,
      '２）サービススタンダードの達成状況を 100％とする',
    ];
    const sheet = table(
      [
        [['令和７年度 岡山支部事業計画'], ['令和６年度 岡山支部事業計画']],
        [plan('96.2％'), plan('95.4％')],
      ],
      [50, 50],
    );
    const title = paragraphs(['令和７年度 岡山支部事業計画（案）について']);
    const document = await ingestSheets([title, sheet, sheet]);
    expect(document.layout).toBe('二段組の対比');
    expect(document.kpis.map(({ fy, indicator, target }) => `${fy} ${indicator} ${target.value}`)).toEqual([
      '7 mail_rate 96.2',
      '7 service_standard 100',
      '6 mail_rate 95.4',
      '6 service_standard 100',
    ]);
  });

  it('reads a table without rules whose names take two lines, with the figures between them', async () => {
    const sheet = bareTable(
      [
        ['指標', '令和８年度目標', '令和６年度実績'],
        ['生活習慣病予防健診実施率', '62.5％以上', '60.1％'],
        ['社会保険診療報酬支払基金と合算した\nレセプト点検の査定率', '前年度以上', '0.298％'],
        ['健康保険委員が委嘱されている\n事業所の被保険者数の割合', '53.0％以上', '50.2％'],
        ['資格喪失後１か月以内の\n保険証回収率', '前年度以上', '86.72％'],
      ],
      [50, 25, 25],
    );
    const document = await ingestSheets([paragraphs(['令和８年度 鳥取支部事業計画', '']), sheet]);
    expect(
      document.kpis.map(({ indicator, target, source }) => [indicator, target.value, source.page]),
    ).toEqual([
      ['checkup_rate', 62.5, 2],
      ['assessment_rate', null, 2],
      ['committee_coverage', 53, 2],
      ['card_recovery', null, 2],
    ]);
    expect(document.referenceActuals.map(({ value }) => value)).toEqual([60.1, 0.298, 50.2, 86.72]);
  });

  it('reads a table of two years with their measures and amounts', async () => {
    const years = ['令和7年度', '令和6年度'];
    const heads = years.map((year) => `<td colspan="3">${year}</td>`).join('');
    const cells = (rate: string, amount: string) =>
      [
        `<p>1 サービス水準の向上</p><p>(1) 郵送での申請を広める。</p><p>■KPI：郵送化率を${rate}以上とする。</p>`,
        '<p>・手引きの印刷</p><p>・封筒の作成</p>',
        `<p>${amount}千円</p><p>80千円</p>`,
      ]
        .map((cell) => `<td>${cell}</td>`)
        .join('');
    const sheet = `${paragraphs(['令和7年度 滋賀支部事業計画（案）'])}<table class="ruled"><tr>${heads}</tr><tr>${'<td>事業計画</td><td>取組</td><td>予算</td>'.repeat(2)}</tr><tr>${cells('96.0%', '1,200')}${cells('95.0%', '900')}</tr></table>`;
    const document = await ingestSheets([sheet], 'A4 landscape');
    expect(document.kpis.map(({ fy, target }) => [fy, target.value])).toEqual([
      [7, 96],
      [6, 95],
    ]);
    expect(document.budgets.map(({ fy, name, amountYen }) => [fy, name, amountYen])).toEqual([
      [7, '手引きの印刷', 1_200_000],
      [7, '封筒の作成', 80_000],
      [6, '手引きの印刷', 900_000],
      [6, '封筒の作成', 80_000],
    ]);
  });

  it('names the pages that are pictures alone', async () => {
    const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=';
    const document = await ingestSheets([
      paragraphs(['令和７年度 事業計画（三重支部）', '■ KPI：郵送化率を 95.0％以上とする']),
      `<img src="${dot}" style="width: 500px; height: 500px">`,
    ]);
    expect(document.doubts).toContainEqual(
      expect.objectContaining({ text: '2ページ', reason: expect.stringMatching(/画像だけ/) }),
    );
  });
});
