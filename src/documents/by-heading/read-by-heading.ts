import { formatBranch } from '../../model/branch.ts';
import type { Catalogue } from '../../model/catalogue.ts';
import { AppError } from '../../model/errors.ts';
import { type FiscalYear, formatFiscalYear } from '../../model/fiscal-year.ts';
import { isOther } from '../../model/indicator.ts';
import type { Kpi, ReferenceActual } from '../../model/kpi.ts';
import type { DocumentPart, Doubt, IngestedDocument } from '../../model/plan-document.ts';
import type { Source } from '../../model/source.ts';
import { type DocumentForm, linesOf } from '../formats/form.ts';
import { indicatorNames } from '../kpi/indicator-names.ts';
import { kpiMarkLength } from '../kpi/marks.ts';
import { referenceColumn } from '../kpi/reference-column.ts';
import { type KpiRows, kpiRows } from '../kpi/rows.ts';
import { statedActuals } from '../kpi/stated-actuals.ts';
import { withoutBrackets } from '../kpi/target.ts';
import type { Line } from '../lines.ts';
import { outline } from '../outline.ts';
import { type PartText, partText } from '../part-text.ts';
import { passagesOf } from '../passages.ts';
import { commitmentsOf } from '../progress/commitments.ts';
import type { Sidecar } from '../sidecar.ts';
import { unreadFigures } from '../unread-figures.ts';
import { branchHeadings } from './branch-headings.ts';
import { isOfOtherInsurer, sourceAt } from './context.ts';
import { withGoalMarks, withoutTableMarks } from './goal-marks.ts';
import { withLabelledFigures } from './labelled-figures.ts';
import { readTables } from './read-tables.ts';
import { type About, recognise } from './recognise.ts';
import { statedBudgets } from './stated-budgets.ts';

/** What makes a document worth keeping where it gave no figure. */
const IS_PLAN = /事業計画|実施状況|取組|KPI/;

/** Reads a document of any layout: its tables by their headings, its text sentence by sentence. */
export function readGeneral(
  document: { file: string; form: DocumentForm; sidecar: Sidecar; digest: string },
  catalogue: Catalogue,
): IngestedDocument {
  const { file, sidecar, digest } = document;
  const about = recognise(file, document.form, sidecar, catalogue);
  const names = indicatorNames(catalogue.indicators);
  const words = { headings: catalogue.headings, names, branches: catalogue.branches, fy: about.fy };
  const form = withLabelledFigures(document.form, words);
  const paths = new Map(outline(form.lines).map((path, index) => [form.lines[index]?.number ?? 0, path]));
  const sectionAt = (line: number) => {
    for (let at = line; at > 0; at--) {
      const path = paths.get(at);
      if (path) return path;
    }
    return [];
  };
  const { reading, lines, tabled, headed } = readTables({ about, form, catalogue, names }, words, sectionAt);
  const { branchAt } = branchHeadings(form, catalogue.branches);
  const texts = textParts(about, withoutTableMarks(lines, form, tabled), reading.plans, branchAt);
  const budgeted = statedBudgets(
    lines.filter(({ text }) => !text.includes('\t')),
    { about, form },
    (line) => ({ branch: branchAt(line) ?? about.branch, section: sectionAt(line) }),
  );
  const stated: KpiRows[] = [];
  for (const part of texts) {
    const before = [...reading.kpis, ...stated.flatMap(({ kpis }) => kpis)].filter(
      (kpi) => kpi.branch === part.branch && kpi.fy === part.fy,
    );
    stated.push(kpiRows(part, names, catalogue.indicators, before));
  }
  const located = <T extends { source: Source }>(row: T): T => ({
    ...row,
    source: { ...row.source, ...placed(row.source, { about, form }) },
  });
  const { kept, conflicts } = withoutRepeats([
    ...reading.kpis,
    ...stated.flatMap(({ kpis }) => kpis.map(located)),
  ]);
  const references = texts.map((part) => referenceColumn(part, names, kept, catalogue.indicators));
  const actuals = [
    ...reading.referenceActuals,
    ...references.flatMap((part) => part.actuals.map(located)),
    ...texts.flatMap((part) => statedActuals(part, names, catalogue.indicators).map(located)),
  ];
  const measures = reading.measures.map(({ measure }) => measure);
  const main = partText({
    file,
    branch: about.branch ?? '',
    fy: about.fy ?? about.fys[0] ?? 1,
    kind: about.kind,
    title: about.title,
    lines: form.lines,
  });
  const doubts = [
    ...reading.doubts,
    ...budgeted.doubts,
    ...[...stated, ...references].flatMap((rows) => rows.doubts),
    ...conflicts,
    ...unreadDoubts(form, file),
  ];
  const found = {
    kpis: kept,
    referenceActuals: withoutKnown(actuals, kept),
    budgets: [...reading.budgets, ...budgeted.budgets],
    counts: reading.counts,
    measures,
  };
  const inTables = linesOf(form.tables);
  doubts.push(
    ...unreadFigures(
      form.lines.filter(({ number }) => !inTables.has(number)),
      headed,
      {
        kpis: [...reading.kpis, ...stated.flatMap(({ kpis }) => kpis)],
        referenceActuals: actuals,
        budgets: found.budgets,
        counts: found.counts,
        doubts,
      },
      { file, words, indicators: catalogue.indicators },
    ),
  );
  const parts = partsOf(about, found);
  if (
    kept.length + found.budgets.length + found.referenceActuals.length + measures.length + doubts.length ===
      0 &&
    !form.lines.some(({ text }) => IS_PLAN.test(text))
  ) {
    throw new AppError('not_a_plan', {
      message: `${parts.map((part) => `${formatBranch(part.branch)}・${formatFiscalYear(part.fy)}`).join('、')}と読めましたが、KPI・予算・取組のどれもありません`,
      file,
      line: 1,
      text: form.lines[0]?.text,
    });
  }
  const passages =
    about.branch === null || about.fy === null
      ? []
      : passagesOf(main).map((passage) => ({ ...passage, page: form.pageOf(passage.from) }));
  return {
    file,
    layout: layoutName(about, tabled),
    digest,
    parts,
    ...found,
    commitments: reading.measures.flatMap((row) => commitmentsOf(row, about.written)),
    passages,
    doubts: eachOnce(doubts),
  };
}

function placed({ line }: Source, at: { about: About; form: DocumentForm }): Partial<Source> {
  const { page, place } = sourceAt(at, line);
  return { page, ...(place === undefined ? {} : { place }) };
}

/** The plan's own text, and the texts of plans that a table sets beside each other, each with a branch and a year. */
function textParts(
  about: About,
  lines: Line[],
  plans: readonly { branch: string; fy: FiscalYear; lines: Line[] }[],
  branchAt: (line: number) => string | null,
): PartText[] {
  const { file, branch, fy, kind, title } = about;
  const own = inSentences(withGoalMarks(lines.filter(({ text }) => !text.includes('\t'))));
  const parts = new Map<string, { branch: string; fy: FiscalYear; lines: Line[] }>();
  for (const line of fy === null ? [] : withoutOthers(own)) {
    const of = branchAt(line.number) ?? branch;
    if (of === null || fy === null) continue;
    const key = `${of}|${fy}`;
    const known = parts.get(key);
    if (known) known.lines.push(line);
    else parts.set(key, { branch: of, fy, lines: [line] });
  }
  for (const plan of plans) {
    const key = `${plan.branch}|${plan.fy}`;
    const known = parts.get(key);
    if (known) known.lines = [...known.lines, ...plan.lines];
    else parts.set(key, { ...plan, lines: [...plan.lines] });
  }
  return [...parts.values()].map((part) =>
    partText({ file, kind, title: titleOf(title, about, part), ...part }),
  );
}

/**
 * Where no mark says which statements are KPIs, each sentence must say it of itself: a paragraph is taken apart. What
 * restricts a sentence stays with it.
 */
function inSentences(lines: readonly Line[]): Line[] {
  if (lines.some(({ text }) => kpiMarkLength(text) > 0)) return [...lines];
  return lines.flatMap((line) =>
    line.text
      .split(/(?<=。)(?![)）」』]|\s*(?:ただし|但し|なお、?(?:入札|前年)|[(（※]))/)
      .map((text, at) => ({ ...line, text: text.trim(), afterBlank: at === 0 && line.afterBlank }))
      .filter(({ text }) => text !== ''),
  );
}

/** A section headed 船員保険 is of another insurer; it ends at the next heading. */
function withoutOthers(lines: readonly Line[]): Line[] {
  const paths = outline(lines);
  return lines.filter(
    ({ text }, index) => !isOfOtherInsurer(text) && !(paths[index] ?? []).some(isOfOtherInsurer),
  );
}

function titleOf(title: string, about: About, { branch, fy }: { branch: string; fy: FiscalYear }): string {
  if (branch === about.branch && fy === about.fy) return title;
  const of = [
    branch === about.branch ? '' : formatBranch(branch),
    fy === about.fy ? '' : formatFiscalYear(fy),
  ]
    .filter((own) => own !== '')
    .join('・');
  return of === '' ? title : `${title}［${of}欄］`;
}

function layoutName({ kind, branch }: About, tabled: ReadonlySet<number>): string {
  if (kind === 'progress_report') return '見出しのある実施状況報告';
  if (branch === null) return '支部別の一覧表';
  return tabled.size > 0 ? '見出しのある計画の表' : '単独の事業計画';
}

interface Found {
  kpis: Kpi[];
  referenceActuals: ReferenceActual[];
  budgets: IngestedDocument['budgets'];
  counts: IngestedDocument['counts'];
  measures: IngestedDocument['measures'];
}

function partsOf(about: About, found: Found): DocumentPart[] {
  const { file, kind, status } = about;
  const own = about.branch === null ? [] : about.fys.map((fy) => ({ branch: about.branch ?? '', fy }));
  const all = [...own, ...found.kpis, ...found.budgets, ...found.measures, ...found.counts];
  const keys = new Map(all.map(({ branch, fy }) => [`${branch}|${fy}`, { branch, fy }]));
  return [...keys.values()].map(({ branch, fy }) => ({
    file,
    branch,
    fy,
    kind,
    status: fy === about.fy ? status : null,
    title: titleOf(about.title, about, { branch, fy }),
  }));
}

/** A KPI that a document states twice is one row, at its first place; where the two disagree, that is a doubt. */
function withoutRepeats(kpis: readonly Kpi[]): { kept: Kpi[]; conflicts: Doubt[] } {
  const kept = new Map<string, Kpi>();
  const conflicts: Doubt[] = [];
  for (const kpi of kpis) {
    const key = `${kpi.branch}|${kpi.fy}|${kpi.indicator}`;
    const first = kept.get(key);
    if (!first && [...kept.values()].some((own) => isRepeated(own, kpi))) continue;
    if (!first) kept.set(key, kpi);
    else if (first.target.value !== kpi.target.value || first.target.relative !== kpi.target.relative) {
      const reason = `${first.source.line}行目の記載（${first.target.text}）と異なります`;
      conflicts.push({
        kind: 'conflict',
        file: kpi.source.file,
        line: kpi.source.line,
        text: kpi.stated ?? kpi.target.text,
        reason,
      });
    } else if (first.actual === null && kpi.actual !== null) kept.set(key, { ...first, actual: kpi.actual });
  }
  return { kept: [...kept.values()], conflicts };
}

/** A KPI of this plan alone, named once with and once without what stands in brackets. */
function isRepeated(one: Kpi, other: Kpi): boolean {
  const nameOf = ({ indicator }: Kpi) => withoutBrackets(indicator).replace(/\s+/g, '');
  return (
    isOther(one.indicator) &&
    isOther(other.indicator) &&
    one.branch === other.branch &&
    one.fy === other.fy &&
    one.target.value === other.target.value &&
    one.target.relative === other.target.relative &&
    nameOf(one) === nameOf(other)
  );
}

/** A figure of a year that has a KPI row stands there; a figure that is stated twice is one. */
function withoutKnown(actuals: readonly ReferenceActual[], kpis: readonly Kpi[]): ReferenceActual[] {
  const kept = new Map<string, ReferenceActual>();
  const keyOf = ({ branch, fy, indicator }: Pick<Kpi, 'branch' | 'fy' | 'indicator'>) =>
    `${branch}|${fy}|${indicator}`;
  const reported = new Set(kpis.filter(({ actual }) => actual?.value != null).map(keyOf));
  for (const actual of actuals) {
    const key = `${keyOf(actual)}|${actual.asOf ?? ''}`;
    if (!reported.has(keyOf(actual)) && !kept.has(key)) kept.set(key, actual);
  }
  return [...kept.values()];
}

/** In the order of the document; a row whose cells all lack the same thing says so once. */
function eachOnce(doubts: readonly Doubt[]): Doubt[] {
  const kept = new Map(doubts.map((doubt) => [`${doubt.line}|${doubt.reason}|${doubt.text}`, doubt]));
  return [...kept.values()].sort((a, b) => a.line - b.line);
}

function unreadDoubts(form: DocumentForm, file: string): Doubt[] {
  return form.unread.map((own) => ({ kind: 'not_taken', file, ...own }));
}
