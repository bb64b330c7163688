import { type Branch, formatBranch, HEAD_OFFICE } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { AppError } from '../../model/errors.ts';
import { type FiscalYear, formatFiscalYear, westernYear } from '../../model/fiscal-year.ts';
import type { DocumentKind, DocumentStatus } from '../../model/plan-document.ts';
import { type DocumentForm, linesOf } from '../formats/form.ts';
import { branchesIn, fiscalYearsIn, tidyTitle } from '../known-layouts/branch-and-year.ts';
import type { Line } from '../lines.ts';
import type { Written } from '../progress/when.ts';
import type { Sidecar } from '../sidecar.ts';
import { branchHeadings } from './branch-headings.ts';
import { yearsIn } from './facets.ts';

/** What a document is about, as its head says. */
export interface About {
  file: string;
  title: string;
  kind: DocumentKind;
  status: DocumentStatus | null;
  /** Null where rows or columns name branches of their own. */
  branch: string | null;
  /** Null where the head names more than one year: each figure must then say its own. */
  fy: FiscalYear | null;
  fys: FiscalYear[];
  /** As printed: 9月末. */
  asOf: string | null;
  /** The month that a line of the head dates the paper with; null where none or several do. */
  written: Written | null;
}

/** The head: its title pages and the first lines of its text. */
const HEAD_LINES = 16;
const LONGEST_TITLE = 64;
/** What planbot keeps is named in the title. */
const SUBJECT =
  /事業計画|計画|KPI|目標|指標|予算|実施状況|実施報告|進捗|報告|実績|対照|対比|評議会|取組|達成/;
const OF_PROGRESS = /実施状況|実施報告|進捗|実績|報告書?|執行状況|取組状況|達成状況/;
/** 令和7年度実績見込 beside the targets makes no report. */
const FORECAST = /実績?見込/g;
export const OTHER_INSURER = /船員保険|健康保険組合|健保組合|国民健康保険|国保|共済組合|後期高齢者/;
const AS_OF = /(?:(?:令和|R)\s*\S{1,2}\s*年\s*)?(\d{1,2}月)\s*(末時点|末現在|末日?|時点|現在)/;
const MEETING = /(?:(?:令和|R)\s*\S{1,3}\s*年度\s*)?第\s*\d+\s*回\s*\S*?(?:評議会|委員会|会議)/g;

/**
 * Says what a document is about, or throws AppError `not_a_plan` with what was found and what was not. What a person
 * has stated wins; then the title, over as many lines as it takes; then the file's name.
 */
export function recognise(file: string, form: DocumentForm, sidecar: Sidecar, catalogue: Catalogue): About {
  const inTables = linesOf(form.tables);
  const headings = branchHeadings(form, catalogue.branches);
  const lines = form.lines
    .slice(0, HEAD_LINES)
    .filter(({ number }) => !inTables.has(number))
    .map(titleForm);
  const head = lines.filter(({ number }) => !headings.lines.has(number));
  refuseOthers(file, head, sidecar);
  const titles = titleLines(head);
  const named = file
    .replace(/\.[^.]+$/, '')
    .replace(/[_＿]/g, ' ')
    .normalize('NFKC');
  const branch = sidecar.branch ?? findBranch(form, head, titles, named, catalogue.branches);
  const fys = sidecar.fy !== undefined ? [sidecar.fy] : findYears(lines, titles, named);
  const own = branch ?? branchInTables(form, catalogue.branches) ?? headings.first;
  if (own === null || fys.length === 0) throw refusal(file, form, { branch: own, fys });
  const title = sidecar.title ?? titleOf(titles, named, branch, fys);
  return {
    file,
    title,
    kind:
      sidecar.kind ??
      (OF_PROGRESS.test([...titles, title].join(' ').replace(FORECAST, '')) ? 'progress_report' : 'plan'),
    status: statusIn(titles.length > 0 ? titles.join(' ') : title),
    branch,
    fy: fys.length === 1 ? (fys[0] ?? null) : null,
    fys,
    asOf: asOfIn(head),
    written: writtenIn(head),
  };
}

export function statusIn(text: string): DocumentStatus | null {
  if (
    /[(（【[]\s*(?:素?案|原案|検討案|たたき台)\s*[)）】\]]|(?:計画|予算|目標|KPI)\s*(?:素?案|原案)/.test(text)
  )
    return 'draft';
  return /[(（【[]\s*(?:確定|決定|承認)[^()（）]{0,4}[)）】\]]|確定版|決定版/.test(text) ? 'approved' : null;
}

/** The day of a meeting or of the paper is not the year it is of. */
const DATE = /(?:令和|R)\s*\S{1,2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?/g;

/** 現状 郵送化率 94.3%: what tells of a figure is no title. */
const HOLDS_FIGURE = /\d\s*(?:%|ポイント|円|事業所|社|人)|\d\.\d/;

interface TitleLine extends Line {
  dense: string;
}

/** 新 潟 支 部: letters spread over the width of a cover are one word. */
function titleForm(line: Line): TitleLine {
  const text = line.text.replace(/\t/g, ' ');
  const words = text.split(/\s+/);
  const spread = words.length > 3 && words.every((word) => [...word].length <= 2);
  return { ...line, text: spread ? words.join('') : text, dense: text.replace(/\s+/g, '') };
}

/** Lines that name the document: short, not a sentence, and of a plan, a report or what else planbot keeps. */
function titleLines(head: readonly TitleLine[]): string[] {
  const isTitle = ({ text }: TitleLine) =>
    text.length <= LONGEST_TITLE &&
    !HOLDS_FIGURE.test(text) &&
    !/[。、]|^[・■◆▶○●◎①-⑳]|^\d+[.\s)]|^第\d/.test(text);
  const lines = head.filter(isTitle);
  const found = lines.flatMap(({ text }, index) => {
    const bare = text.replace(MEETING, '').trim();
    if (SUBJECT.test(bare) && yearsIn(bare.replace(DATE, ''), null).length > 0) return [bare];
    // The year stands on the line above the title, or the title's end on the line below it.
    const above = lines[index - 1]?.text.replace(MEETING, '').trim() ?? '';
    if (SUBJECT.test(bare) && /(?:年度|支部|協会)(?:版)?$/.test(above)) return [`${above} ${bare}`];
    return [];
  });
  return found.length > 0
    ? found.slice(0, 2)
    : lines
        .filter(({ text }) => SUBJECT.test(text))
        .slice(0, 1)
        .map(({ text }) => text);
}

function refuseOthers(file: string, head: readonly TitleLine[], sidecar: Sidecar): void {
  if (sidecar.branch !== undefined) return;
  const title = head
    .slice(0, 4)
    .find(({ text }) => OTHER_INSURER.test(text) && text.length <= LONGEST_TITLE && !/[。、]/.test(text));
  const insurer = title && OTHER_INSURER.exec(title.text)?.[0];
  if (!insurer || head.some(({ dense }) => /協会けんぽ|全国健康保険協会.{0,8}支部/.test(dense))) return;
  const message = `${insurer}の資料です。協会けんぽの支部の数値ではないため取り込みません`;
  throw new AppError('not_a_plan', { message, file, line: title.number, text: title.text });
}

/** The one branch that the head names; else the one that the text names, where it names no other as often. */
function findBranch(
  form: DocumentForm,
  head: readonly TitleLine[],
  titles: readonly string[],
  named: string,
  branches: readonly Branch[],
): string | null {
  const isParted = branchHeadings(form, branches).lines.size > 0;
  for (const text of [
    titles.join(' '),
    ...(isParted ? [] : head.flatMap(({ text, dense }) => [text, dense])),
  ]) {
    const own = [...new Set(branchesIn(text, branches))].filter((name) => name !== HEAD_OFFICE);
    if (own.length === 1) return own[0] ?? null;
    if (own.length > 1) return null;
  }
  const alone = head.find(({ dense }) => branches.some(({ name }) => dense === name && name !== HEAD_OFFICE));
  if (alone) return alone.dense;
  if (branchInTables(form, branches) !== null || isParted) return null;
  const byName = [...new Set(branchesIn(named, branches))];
  if (byName.length === 1) return byName[0] ?? null;
  const counts = new Map<string, number>();
  for (const { text } of form.lines) {
    for (const name of branchesIn(text, branches)) {
      if (name !== HEAD_OFFICE) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  if (counts.size === 1) return [...counts.keys()][0] ?? null;
  const isHeadOffice =
    titles.some((title) => /全国健康保険協会|協会けんぽ|本部/.test(title)) ||
    head.some(({ dense }) => /^(?:全国健康保険協会|協会けんぽ)(?:本部)?$/.test(dense));
  return counts.size === 0 && isHeadOffice ? HEAD_OFFICE : null;
}

/** Some branch that a table gives a row or a column of its own: the document is then of many branches. */
function branchInTables(form: DocumentForm, branches: readonly Branch[]): string | null {
  const names = new Set(branches.flatMap(({ name }) => (name === HEAD_OFFICE ? [] : [name, `${name}支部`])));
  for (const { cells } of form.tables) {
    const found = new Set(
      cells.map(({ text }) => text.replace(/\s+/g, '')).filter((text) => names.has(text)),
    );
    if (found.size >= 2) return [...found][0] ?? null;
  }
  return null;
}

function findYears(head: readonly TitleLine[], titles: readonly string[], named: string): FiscalYear[] {
  for (const title of titles) {
    const years = [...new Set(fiscalYearsIn(title))];
    if (years.length > 0) return years;
  }
  const short = head.filter(({ text }) => text.length <= LONGEST_TITLE && !/[。、]/.test(text));
  for (const { text } of short) {
    const years = fiscalYearsIn(text);
    if (years.length === 1) return years;
  }
  const loose = titles.flatMap((title) => yearsIn(title.replace(MEETING, '').replace(DATE, ''), null));
  if (loose.length > 0) return [...new Set(loose)];
  return [...new Set(yearsIn(named, null))];
}

const PAPER_DATE = /^(?:令和|R)(元|\d{1,2})[年.](\d{1,2})(?:月|\.)(?:\d{1,2}日?)?(?:作成|現在|発行)?$/;

function writtenIn(head: readonly TitleLine[]): Written | null {
  const dates = head.map(({ dense }) => PAPER_DATE.exec(dense)).filter((match) => match !== null);
  const [match] = dates;
  if (!match || dates.length > 1) return null;
  const [, fy, month] = match;
  return { year: westernYear(fy === '元' ? 1 : Number(fy)), month: Number(month) };
}

function asOfIn(head: readonly TitleLine[]): string | null {
  for (const { text } of head) {
    const [, month, when] = AS_OF.exec(text) ?? [];
    if (month && when) return `${month}${when.replace('現在', '時点')}`;
  }
  return null;
}

function titleOf(
  titles: readonly string[],
  named: string,
  branch: string | null,
  fys: readonly FiscalYear[],
): string {
  const title = tidyTitle(titles[0] ?? named)
    .replace(/\s+/g, ' ')
    .trim();
  const dated = fiscalYearsIn(title).length > 0 ? title : `${fys.map(formatFiscalYear).join('・')} ${title}`;
  return branch === null || dated.includes(branch) ? dated : `${dated}（${formatBranch(branch)}）`;
}

function refusal(
  file: string,
  form: DocumentForm,
  { branch, fys }: { branch: string | null; fys: FiscalYear[] },
): AppError {
  const first = form.lines[0];
  const found = [
    branch === null ? '支部名が見つかりません' : `支部は${formatBranch(branch)}と読めました`,
    fys.length === 0 ? '年度が見つかりません' : `年度は${fys.map(formatFiscalYear).join('、')}と読めました`,
  ].join('。');
  const example = [branch === null ? 'branch: 東京' : '', fys.length === 0 ? 'fy: 8' : '']
    .filter((own) => own !== '')
    .join(' と ');
  const message = `事業計画として読み取れません。${found}。${file}.yml に ${example} のように書いて並べて置くと取り込めます`;
  return new AppError('not_a_plan', { message, file, line: first?.number, text: first?.text });
}
