import { accessSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is installed; null where none is. `PLANBOT_CHROMIUM` names another. */
export const chromiumPath = [process.env.PLANBOT_CHROMIUM ?? [], ...PLACES].flat().find(exists) ?? null;

if (chromiumPath === null) {
  console.warn('Chromiumがないため、PDFの試験を省きます（PLANBOT_CHROMIUMで場所を指定できます）');
}

function exists(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Prints pages as PDFs with the Chromium of this machine; no page reaches the network. */
export interface PdfPrinter {
  print(html: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function openPdfPrinter(): Promise<PdfPrinter> {
  if (chromiumPath === null) throw new Error('No Chromium');
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  return {
    async print(html) {
      const page = await browser.newPage({ offline: true });
      try {
        await page.setContent(html);
        return await page.pdf({ preferCSSPageSize: true });
      } finally {
        await page.close();
      }
    },
    close: () => browser.close(),
  };
}
