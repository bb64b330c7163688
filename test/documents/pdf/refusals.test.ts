import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPdf } from '../../../src/documents/pdf/read-pdf.ts';
import { readDocumentFile } from '../../../src/documents/read-file.ts';
import { smallPdf, words } from './small-pdf.ts';

const LOCKED = `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`;
const PICTURE = 'q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \u007f EI Q';
const whole = smallPdf(words([['KPI 88.3%', 50, 250]]));

describe('a PDF that cannot be read is refused in one Japanese line', () => {
  it.each([
    ['an image alone', smallPdf(PICTURE), /画像だけ.*文字認識/],
    ['page numbers on images', smallPdf(`${PICTURE}\n${words([['- 12 -', 140, 20]])}`), /画像だけ/],
    ['an empty page', smallPdf(''), /文字のない/],
    ['a locked document', smallPdf(words([['KPI', 50, 250]]), LOCKED), /パスワード/],
    ['a document cut off', whole.subarray(0, whole.length - 120), /途中で切れて/],
    ['the beginning alone', Buffer.from('%PDF-1.4\n%%EOF\n'), /PDFとして読み取れません/],
    ['another kind of file', Buffer.from('令和7年度 事業計画'), /PDFとして読み取れません/],
  ])('%s', async (_, bytes, message) => {
    const refused = readPdf(bytes, 'plan.pdf');
    await expect(refused).rejects.toMatchObject({ code: 'unreadable_file', file: 'plan.pdf' });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(/\n/);
  });

  it('is known by its first bytes as well as by its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'planbot-pdf-'));
    const unnamed = join(folder, 'plan.txt');
    writeFileSync(unnamed, whole);
    expect((await readDocumentFile(unnamed)).text).toBe(' KPI 88.3%');
    const misnamed = join(folder, 'plan.PDF');
    writeFileSync(misnamed, '令和7年度 事業計画');
    await expect(readDocumentFile(misnamed)).rejects.toThrow(/PDFとして読み取れません/);
  });
});

describe('words at places', () => {
  it('are lines from the top, spaces where there are gaps, blank lines between paragraphs', async () => {
    const { text, pageOfLine } = await readPdf(
      smallPdf(
        words([
          ['second', 20, 238],
          ['half', 22 + 60, 250],
          ['first', 20, 250],
          ['third', 20, 226],
          ['apart', 20, 190],
        ]),
      ),
      'plan.pdf',
    );
    expect(text.split('\n')).toEqual([' first half', 'second', 'third', '', 'apart']);
    expect(pageOfLine(5)).toBe(1);
  });

  it('count once where a bold face is the same text drawn twice', async () => {
    const twice = words([
      ['KPI 95.0%', 20, 250],
      ['KPI 95.0%', 20.4, 250],
    ]);
    expect((await readPdf(smallPdf(twice), 'plan.pdf')).text).toBe(' KPI 95.0%');
  });
});
