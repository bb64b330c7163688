import type { IngestedDocument } from '../../../src/model/plan-document.ts';
import { ingested } from '../made-up-plan.ts';

const HEADER = ' 事業計画 実施状況 評価 今後の取組予定';

/** A progress report of 青森支部 for 令和7年度 with these pages of measures and what follows each. */
export function reportOf(...pages: string[]): IngestedDocument {
  return ingested(reportText(...pages));
}

/** The text of `reportOf`, for tests of the lines that things stand on. */
export function reportText(...pages: string[]): string {
  const more = pages.length < 2 ? ['Ⅴ．その他\n① 棚を直す。\n\n① 棚を直した。\n\n○'] : [];
  const text = [...pages, ...more].map((page) => `１.基盤的保険者機能の盤石化\n${HEADER}\n\n${page}`);
  return `令和７年度 青森支部事業計画の実施状況\n${text.join('\n\n')}`;
}

/** The header of a table of KPIs, broken over lines as its narrow columns are. */
export const KPI_HEADER =
  'KPI指標 令和７年度目標\n令和７年度実績\n（５月時点）\n\n（参考）\n令和６年度実績\n';

export const BUDGET_HEADER =
  '取組名 概要 予算額\n執行（予定）\n額※契約金\n額を計上\n\nステータス\n（参考）\n\n令和６年度\n予算\n';
