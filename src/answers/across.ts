import type { Answer } from '../model/answer.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Kpi } from '../model/kpi.ts';
import type { Aspect } from '../model/question.ts';
import { notFound } from './card.ts';
import { nameOf, onePerKpi, type Sources } from './look-up.ts';
import { figureOf } from './measured.ts';
import { widestYear } from './years.ts';

/** One indicator of one year over branches. */
export interface Field {
  indicator: IndicatorId;
  name: string;
  fy: number;
  /** In the order of the branches. */
  kpis: Kpi[];
  /** Branches that were asked for by name and have no row. */
  absent: string[];
  note: string | null;
  /** What the figures are: a plan without actuals answers with its targets. */
  aspect: Aspect;
}

export interface Asked {
  /** Empty means all. */
  branches: string[];
  fy: number | null;
  indicators: IndicatorId[];
  aspect: Aspect;
}

/** The rows that a question over branches is about, or the answer that there are none. */
export async function gather(question: Asked, sources: Sources): Promise<Field | Answer> {
  const { catalogue, knowledge } = sources;
  const { branches, indicators, fy } = question;
  const filter = branches.length === 0 ? { indicators } : { indicators, branches };
  const known = onePerKpi(catalogue, await knowledge.kpis(filter));
  const indicator = mostCommon(known, indicators);
  const name = indicator === null ? '' : nameOf(catalogue, indicator);
  const rows = known.filter(
    (kpi) => kpi.indicator === indicator && (branches.length > 0 || kpi.branch !== HEAD_OFFICE),
  );
  const reported = rows.some(({ actual, fy: of }) => actual !== null && (fy === null || of === fy));
  const effective = question.aspect === 'progress' && !reported ? 'target' : question.aspect;
  const withFigure = rows.filter((kpi) => figureOf(kpi, effective) !== null);
  const year = fy ?? widestYear(withFigure.length > 0 ? withFigure : rows);
  const kpis = rows.filter((kpi) => kpi.fy === year);
  if (indicator === null || year === null || kpis.length === 0) {
    const years = [...new Set(rows.map((kpi) => kpi.fy))]
      .sort((a, b) => a - b)
      .map(formatFiscalYear)
      .join('、');
    const asked = nameOf(catalogue, indicators[0] ?? '');
    const when = fy === null ? '' : `${formatFiscalYear(fy)}の`;
    return notFound(
      `${when}「${asked}」は資料にありません。${years === '' ? '' : `資料にあるのは${years}です。`}`,
    );
  }
  const readAs =
    new Set(known.map((kpi) => kpi.indicator)).size < 2 ? '' : `お尋ねのことばは「${name}」と読みました。`;
  const several = new Set(rows.map((kpi) => kpi.fy)).size > 1;
  return {
    indicator,
    name,
    fy: year,
    kpis,
    absent: branches.filter((branch) => !kpis.some((kpi) => kpi.branch === branch)),
    note:
      readAs +
        (fy !== null
          ? ''
          : several
            ? `年度の指定がないため、資料のそろう${formatFiscalYear(year)}でお答えしました。`
            : `${formatFiscalYear(year)}の資料でお答えしました。`) || null,
    aspect: effective,
  };
}

/** Of the indicators that a word can mean, the one that most rows are of; the earlier of two equal. */
function mostCommon(kpis: readonly Kpi[], indicators: readonly IndicatorId[]): IndicatorId | null {
  const count = (id: IndicatorId) => kpis.filter((kpi) => kpi.indicator === id).length;
  return indicators.reduce<IndicatorId | null>(
    (best, id) => (best === null || count(id) > count(best) ? id : best),
    null,
  );
}

export function isAnswer(field: Field | Answer): field is Answer {
  return 'kind' in field;
}

/** What the notes of a card over branches say: the assumed year and who is missing. */
export function notesOf(field: Field, ...more: (string | null)[]): string | null {
  const absent =
    field.absent.length === 0
      ? null
      : `${field.absent.map(formatBranch).join('、')}は資料にこの指標がありません。`;
  const notes = [field.note, absent, ...more].filter((note) => note !== null && note !== '');
  return notes.length === 0 ? null : notes.join('');
}

export function scopeText(branches: readonly string[], count: number): string {
  return branches.length === 0 ? `全支部（資料のある${count}支部）` : `${count}支部`;
}
