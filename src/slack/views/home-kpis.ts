import type { KnownBlock } from '@slack/web-api';
import { nameOf } from '../../answers/sources.ts';
import { countsText, summaryLine } from '../../answers/summary.ts';
import type { Chart } from '../../model/answer.ts';
import { formatBranch } from '../../model/branch.ts';
import { dayOf } from '../../model/calendar-day.ts';
import { type FiscalYear, fiscalYearOf, formatFiscalYear } from '../../model/fiscal-year.ts';
import { isLowerBetter } from '../../model/judgement.ts';
import { WORST_FIRST } from '../../model/mark.ts';
import type { Standing } from '../../model/standing.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import type { MessageBlock } from './blocks.ts';
import { chartBlock, chartLines } from './chart.ts';
import { optionsOf } from './pickers.ts';
import { sourceLine } from './sources.ts';
import { bold, contextLine, literal, plainText, section, sections } from './text.ts';

/** Asks for one KPI of one's branch; the answer comes in a modal. */
export const HOME_KPI_ACTION = 'home:kpi';

export function homeKpis({ settings: { branch }, latest, catalogue, today }: HomeState): {
  native: MessageBlock[];
  classic: KnownBlock[];
} {
  if (branch === null) return { native: [], classic: [] };
  if (latest === null) {
    const nothing = [
      section(
        `${formatBranch(branch)}のKPIは、まだ資料にありません。資料が取り込まれると、ここに表示されます。`,
      ),
    ];
    return { native: nothing, classic: nothing };
  }
  const { fy, standings } = latest;
  const nameIn = ({ kpi }: Standing) => nameOf(catalogue, kpi.indicator);
  const sorted = WORST_FIRST.flatMap((state) =>
    standings.filter(({ judgement }) => judgement.state === state),
  );
  const lines = sorted.map((standing) =>
    literal(`• ${summaryLine(nameIn(standing), standing)}`, LIMITS.field),
  );
  const title = bold(`${formatFiscalYear(fy)}のKPI（${countsText(standings)}）`, LIMITS.header);
  const sources = standings.flatMap(({ kpi }) =>
    kpi.actualSource ? [kpi.source, kpi.actualSource] : [kpi.source],
  );
  const around = (drawn: MessageBlock[]): MessageBlock[] => [
    ...sections([title, ...lines]),
    ...sourceLine(sources),
    ...olderYear(fy, fiscalYearOf(dayOf(today))),
    ...drawn,
    ...picker(sorted.map((standing) => ({ label: nameIn(standing), value: standing.kpi.indicator }))),
  ];
  const chart = progressChart(sorted, nameIn);
  const block = chart === null ? null : chartBlock(chart);
  const inWords = chart === null ? [] : chartLines(chart);
  return {
    native: around(block === null ? inWords : [block]),
    classic: around(inWords) as KnownBlock[],
  };
}

/** Said openly, since the report that is due is of this year. */
function olderYear(fy: FiscalYear, current: FiscalYear): KnownBlock[] {
  if (fy >= current) return [];
  return [
    contextLine(
      `${formatFiscalYear(current)}の資料はまだないため、最新の${formatFiscalYear(fy)}を表示しています。`,
    ),
  ];
}

/**
 * How much of its target each figure has reached. Only where more is better: of a target like 3日以内 a share
 * would mislead.
 */
function progressChart(standings: readonly Standing[], nameIn: (one: Standing) => string): Chart | null {
  const points = standings.flatMap((standing) => {
    const { kpi, indicator, judgement } = standing;
    const actual = kpi.actual?.value ?? null;
    const { target } = judgement;
    if (actual === null || target === null || target <= 0 || isLowerBetter(kpi, indicator)) return [];
    return [{ label: nameIn(standing), value: Math.round((actual / target) * 1000) / 10 }];
  });
  if (points.length === 0) return null;
  const shown = points.slice(0, LIMITS.chartPoints);
  return {
    kind: 'bar',
    title: '目標に対する実績の割合（％）',
    unit: '％',
    series: [{ name: '目標を100％とした実績', points: shown }],
  };
}

function picker(offers: { label: string; value: string }[]): KnownBlock[] {
  const options = optionsOf(offers);
  return options.length === 0
    ? []
    : [
        {
          type: 'actions',
          elements: [
            {
              type: 'static_select',
              action_id: HOME_KPI_ACTION,
              placeholder: plainText('指標を選んで、くわしく見る', LIMITS.placeholder),
              options,
            },
          ],
        },
      ];
}
