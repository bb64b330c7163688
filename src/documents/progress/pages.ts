import { isPageNumber, type Line } from '../lines.ts';

/** What one table of a progress report holds. */
type PageKind = 'measures' | 'kpi' | 'budget' | 'counts';

/** A table and all lines up to the next one, its header left out. */
export interface Page {
  kind: PageKind;
  /** Chapter of the report: １．基盤的保険者機能の盤石化. */
  chapter: string;
  header: Line[];
  lines: Line[];
}

const MEASURES = /^事業計画\s+実施状況\s+評価\s+今後の取組/;
const KPI = /^KPI\s*指標\s+(?:令和|20)/i;
const BUDGET = /^取組名\s+概要\s+予算額/;
/** Header cells that a narrow column broke over lines. */
const HEADER_REST =
  /^(?:執行.{0,6}|額|額?※契約金|額を計上|ステータス|\(参考\)|予算|(?:令和\s*(?:元|\d+)\s*年度|20\d\d年度)?\s*(?:予算|実績|目標)?|\(.{1,4}月時点\))$/;
const CHAPTER = /^\d\s*[.．]\s*\S*(?:保険者機能|組織・?運営体制)\S*$/;
/** ４～６月 ７～９月 …, or the twelve months. */
const PERIODS = /(?:\d{1,2}\s*[~〜]\s*\d{1,2}\s*月.*){3}|(?:\d{1,2}月\s+){4}/;

export function isPeriodHeader(text: string): boolean {
  return PERIODS.test(text) && !/[。、]/.test(text);
}

/** Cuts a progress report at the headers of its tables. */
export function pagesOf(lines: readonly Line[]): Page[] {
  const pages: Page[] = [];
  let chapter = '';
  let page: Page | null = null;
  let inHeader = false;
  for (const [index, line] of lines.entries()) {
    const kind = kindOf(line.text);
    if (kind) {
      page = { kind, chapter, header: [line], lines: [] };
      pages.push(page);
      inHeader = true;
      continue;
    }
    if (CHAPTER.test(line.text)) {
      chapter = line.text;
      // A page's running title may follow its table; the table before is then of this chapter.
      if (page && page.chapter === '') page.chapter = chapter;
      continue;
    }
    if (!page) continue;
    if (inHeader && HEADER_REST.test(line.text)) {
      page.header.push(line);
      continue;
    }
    inHeader = false;
    const next = lines[index + 1];
    const titlesCounts = next !== undefined && isPeriodHeader(next.text) && !isPeriodHeader(line.text);
    if (titlesCounts || isPeriodHeader(line.text) || isPlaceTable(line.text)) {
      if (page.kind !== 'counts' || titlesCounts || isPlaceTable(line.text)) {
        page = { kind: 'counts', chapter, header: [], lines: [] };
        pages.push(page);
      }
    }
    if (!isPageNumber(line.text)) page.lines.push(line);
  }
  return pages;
}

function kindOf(text: string): PageKind | null {
  if (MEASURES.test(text)) return 'measures';
  if (KPI.test(text)) return 'kpi';
  return BUDGET.test(text) ? 'budget' : null;
}

/** A table of places with the month and the count of each: 島しょ部健診実施状況 実施月 対象者数(人) 受診者数. */
export function isPlaceTable(text: string): boolean {
  return /\s実施月\s/.test(text) && /数/.test(text);
}
