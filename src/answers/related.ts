import type { Kpi } from '../model/kpi.ts';
import { type Count, type Measure, measuresUnder } from '../model/measure.ts';
import type { QuestionOf } from '../model/question.ts';
import { nameOf, officialNameOf, type Sources } from './look-up.ts';
import { contentPairs, nearBest, overlaps } from './overlap.ts';

/** Words of the question itself, not of what it is about. */
const ASKING =
  /第?[1-4一二三四]四半期|[上下]半?期|評価|今後|予定|目標|実績|報告|進捗|実施状況|取り?組み?|支部|計画|理由|状況|現在|今(?=[はどの])|どうなって|内容|今年度|一覧|件数|いくつ|次|何|目|年度/g;

/** Measures with less of the question's words are about something else. */
const LEAST_COVERAGE = 0.45;

/** Counts stand right after the KPI table that they belong to. */
const REACH_OF_COUNTS = 60;

/** The counts that a report prints under a KPI. */
export function countsOf(kpi: Kpi, counts: readonly Count[], sources: Sources): Count[] {
  const name = `${nameOf(sources.catalogue, kpi.indicator)} ${officialNameOf(sources.catalogue, kpi.indicator, kpi.fy)}`;
  const pairs = contentPairs(name);
  return counts.filter(({ source, table }) => {
    const distance = source.line - kpi.source.line;
    const near = source.file === kpi.source.file && distance >= 0 && distance <= REACH_OF_COUNTS;
    return near && [...contentPairs(table)].some((pair) => pairs.has(pair));
  });
}

function textOf({ section, plan, progress, next }: Measure): string {
  return `${section.at(-1) ?? ''} ${plan} ${progress ?? ''} ${next ?? ''}`;
}

/** Measures of the indicators' sections, else those that have the question's words, else all that are marked so. */
export function relevantMeasures(
  question: QuestionOf<'measures'>,
  kpis: readonly Kpi[],
  measures: readonly Measure[],
): Measure[] {
  const words = question.about.replace(ASKING, ' ');
  const bySection = kpis.flatMap((kpi) => measuresUnder(kpi, measures));
  if (bySection.length > 0) return [...new Set(bySection)];
  if (contentPairs(words).size === 0) return [...measures];
  const sections = [...new Set(measures.map(({ section }) => section.at(-1) ?? ''))];
  const bySectionName = overlaps(words, sections, (section) => section);
  if ((bySectionName[0]?.coverage ?? 0) >= 0.6) {
    const near = new Set(nearBest(bySectionName, 0.9));
    return measures.filter(({ section }) => near.has(section.at(-1) ?? ''));
  }
  const found = overlaps(words, measures, textOf);
  const [best] = found;
  if (best === undefined || best.coverage < LEAST_COVERAGE)
    return question.marks.length === 0 ? [] : [...measures];
  return nearBest(found, 0.75);
}
