import { compact } from '../japanese/normalize.ts';
import { formatBranch } from '../model/branch.ts';
import type { IsoDay } from '../model/calendar-day.ts';
import { dayOf } from '../model/calendar-day.ts';
import { currentRows } from '../model/current-rows.ts';
import {
  type FiscalYear,
  fiscalYearFromWestern,
  formatFiscalYear,
  type Quarter,
} from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { DocumentPart } from '../model/plan-document.ts';
import { createPlaces } from './places.ts';
import { figureAt, lastReported } from './quarter-figures.ts';
import { NOTHING, type ProgressReport, type ReportPillar, type ReportRow } from './report.ts';
import { type RowParts, reportRow } from './row.ts';

export interface ProgressReportParts extends Omit<RowParts, 'quarter' | 'places'> {
  branch: string;
  fy: FiscalYear;
  documents: readonly DocumentPart[];
  /** Null is the last one that was reported. */
  quarter: Quarter | null;
  today: IsoDay;
}

/** The KPIs of a branch's year as they stood at the end of a quarter; null where no document has that year. */
export function progressReport(parts: ProgressReportParts): ProgressReport | null {
  const { branch, fy, today } = parts;
  const newest = currentRows(parts.kpis, parts.documents);
  const kpis = newest.filter((kpi) => kpi.branch === branch && kpi.fy === fy);
  if (kpis.length === 0) return null;
  const quarter = parts.quarter ?? lastReported(kpis, parts);
  const places = createPlaces();
  const rows = kpis.map((kpi) => ({ kpi, row: reportRow(kpi, { ...parts, quarter, places }) }));
  const year = formatFiscalYear(fy);
  return {
    title: `${year}${quarter === null ? '' : ` 第${quarter}四半期`} KPIの進捗状況（${formatBranch(branch)}）`,
    branch,
    fy,
    quarter,
    subtitle: `実績の時点：${asOfSpan(kpis, quarter, parts)}　作成：${reiwaDay(today)}`,
    heads: {
      target: `${year}\n目標`,
      actual: `${year}\n実績`,
      previous: fy > 1 ? `${formatFiscalYear(fy - 1)}\n実績` : '前年度\n実績',
    },
    pillars: pillarsOf(rows),
    notes: notesOf(
      rows.map(({ row }) => row),
      laterFigures(kpis, quarter, parts),
      quarter,
    ),
    documents: places.documents(),
  };
}

function asOfSpan(kpis: readonly Kpi[], quarter: Quarter | null, parts: ProgressReportParts): string {
  const figures = kpis
    .flatMap((kpi) => figureAt(kpi, quarter, parts) ?? [])
    .filter(({ actual }) => actual.value !== null)
    .sort((a, b) => a.months - b.months);
  const [first, last] = [figures[0]?.actual.asOf, figures.at(-1)?.actual.asOf];
  if (!first || !last) return '報告なし';
  return first === last ? first : `${first}～${last}（KPIごとに記載）`;
}

function reiwaDay(today: IsoDay): string {
  const { year, month, day } = dayOf(today);
  return `令和${fiscalYearFromWestern(year)}年${month}月${day}日`;
}

/** In the order in which the plan comes to them; a section that it comes back to stays one, however it is spaced. */
function pillarsOf(rows: readonly { kpi: Kpi; row: ReportRow }[]): ReportPillar[] {
  const pillars: ReportPillar[] = [];
  for (const { kpi, row } of rows) {
    const [first = 'その他', ...below] = kpi.section;
    const heading = below.join(' ＞ ');
    const pillar = named(pillars, first) ?? { heading: first, sections: [] };
    if (!pillars.includes(pillar)) pillars.push(pillar);
    const section = named(pillar.sections, heading) ?? { heading, rows: [] };
    if (!pillar.sections.includes(section)) pillar.sections.push(section);
    section.rows.push(row);
  }
  return pillars;
}

function named<T extends { heading: string }>(groups: readonly T[], heading: string): T | undefined {
  return groups.find((group) => compact(group.heading) === compact(heading));
}

function laterFigures(kpis: readonly Kpi[], quarter: Quarter | null, parts: ProgressReportParts): number {
  return kpis.filter((kpi) => {
    const newest = figureAt(kpi, null, parts);
    return quarter !== null && newest?.actual.value != null && newest.months > quarter * 3;
  }).length;
}

function notesOf(rows: readonly ReportRow[], later: number, quarter: Quarter | null): string[] {
  const has = (key: 'evaluation' | 'next') => rows.some((row) => row[key] !== NOTHING);
  return [
    '「―」は、資料に記載がないことを示します。',
    ...(has('evaluation')
      ? [
          '評価は、資料または報告にあるものです（○ 実施・順調、△ 一部、× 未実施、― これから。丸数字は同じ項目の取組の番号）。',
        ]
      : ['評価は、資料にありません。']),
    '判定は、目標とこの時点の目安に照らした planbot の計算で、資料にある評価ではありません。',
    ...(has('next') ? [] : ['今後の取組予定は、取り込んだ資料にありません（付属の数値には含まれません）。']),
    ...(later === 0
      ? []
      : [`第${quarter}四半期より後の実績があるKPIが${later}件ありますが、含めていません。`]),
    ...(quarter === null ? ['この年度の実績は、資料にありません。'] : []),
  ];
}
