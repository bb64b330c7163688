import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import { indicatorName } from '../model/indicator.ts';
import type { Compute, Direction, Query } from '../model/query.ts';
import { filterText, STATISTIC_NAMES } from './conditions.ts';
import { COLUMN_NAMES } from './fact.ts';

const DIRECTIONS: Record<Direction, string> = {
  high: '高い順',
  low: '低い順',
  best: '良い順',
  worst: '悪い順',
};
const FACTS: Partial<Record<Query['facts'], string>> = {
  budget: '予算',
  count: '件数',
  measure: '取組',
  passage: '計画の記載',
  document: '資料',
  schedule: '報告の期限',
  definition: '説明',
};

function computeText(compute: Compute): string {
  switch (compute.type) {
    case 'statistic':
      return STATISTIC_NAMES[compute.of];
    case 'count':
      return '数';
    case 'share':
      return '割合';
    case 'difference':
      return '差';
    case 'ratio':
      return '何倍か';
    case 'compare':
      return '比較';
    case 'change':
      return '推移';
    case 'place':
      return '順位';
    case 'only_first':
      return 'KPIの違い';
  }
}

/** What was asked, as planbot read it, in Japanese: for people, never to be read again by the bot. */
export function describeQuery(query: Query, catalogue: Catalogue): string {
  const { scope, facts } = query;
  if (facts === 'talk') return 'あいさつ・使い方';
  const where =
    scope.said ??
    (scope.branches.length > 0 ? scope.branches.map(formatBranch).join('・') : scope.every ? '全支部' : '');
  const when = scope.fys.map(formatFiscalYear).join('・');
  const part = [
    ...scope.quarters.map((quarter) => `第${quarter}四半期`),
    ...scope.months.map((month) => `${month}月`),
  ].join('・');
  const names = query.indicators.map((id) =>
    indicatorName(id, catalogue.indicators.find((known) => known.id === id) ?? null),
  );
  const shown = query.sure ? names.join('・') : names.slice(0, 1).join('') + (names.length > 1 ? 'など' : '');
  const about =
    facts === 'kpi' || facts === 'definition' ? shown : query.about === '' ? '' : `「${query.about}」`;
  const columns = query.columns
    .map((column) => (column === 'state' ? '進捗' : COLUMN_NAMES[column]))
    .join('・');
  const what = [about || (facts === 'kpi' ? 'KPI' : ''), FACTS[facts] ?? '', columns]
    .filter(Boolean)
    .join('の');
  const subject = query.subject.map(formatBranch).join('・');
  const extras = [
    subject === '' ? '' : `${subject}について`,
    query.filter
      .map((filter) => filterText(filter, null, null))
      .join('、')
      .replace(/の$/, ''),
    query.order === null
      ? ''
      : `${DIRECTIONS[query.order]}${query.offset > 0 ? `${query.offset + 1}番目から` : ''}${query.limit === null ? '' : `${query.limit}件`}`,
    query.compute === null ? '' : computeText(query.compute),
    query.claim ? '確かめる' : '',
    query.show === 'which'
      ? 'どの支部か'
      : query.show === 'reason'
        ? '理由'
        : query.show === 'time'
          ? '時期'
          : query.show === 'chart'
            ? 'グラフ'
            : '',
  ].filter(Boolean);
  const head = [where, when, part, what].filter(Boolean).join(' ');
  return extras.length === 0 ? head : `${head}（${extras.join('、')}）`;
}
