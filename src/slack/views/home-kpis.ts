import type { KnownBlock } from '@slack/web-api';
import { shortNameOf } from '../../answers/sources.ts';
import { countsText, summaryLine } from '../../answers/summary.ts';
import { formatBranch } from '../../model/branch.ts';
import { dayOf } from '../../model/calendar-day.ts';
import { type FiscalYear, fiscalYearOf, formatFiscalYear } from '../../model/fiscal-year.ts';
import { isLowerBetter } from '../../model/judgement.ts';
import { STATE_MARKS, WORST_FIRST } from '../../model/mark.ts';
import type { Standing } from '../../model/standing.ts';
import type { HomeState } from '../home-state.ts';
import { LIMITS } from '../limits.ts';
import { optionsOf } from './pickers.ts';
import { sourceLine } from './sources.ts';
import { bold, contextLine, literal, plainTextElement, section, sections } from './text.ts';

/** Asks for one KPI of one's branch; the answer comes in a modal. */
export const HOME_KPI_ACTION = 'home:kpi';

/** What somebody has to look at stands line by line; of the rest the names are enough. */
const LINE_BY_LINE = new Set(['behind', 'unclear']);
const SHOWN = 10;
/** Boxes of a bar that is full. */
const BAR = 10;

export function homeKpis({ settings: { branch }, latest, catalogue, today }: HomeState): KnownBlock[] {
  if (branch === null) return [];
  if (latest === null) {
    const nothing = `${formatBranch(branch)}のKPIは、まだ資料にありません。資料が取り込まれると、ここに表示されます。`;
    return [section(nothing)];
  }
  const { fy, standings } = latest;
  const nameIn = ({ kpi }: Standing) => shortNameOf(catalogue, kpi.indicator);
  const sorted = WORST_FIRST.flatMap((state) =>
    standings.filter(({ judgement }) => judgement.state === state),
  );
  const pressing = sorted.filter(({ judgement }) => LINE_BY_LINE.has(judgement.state));
  const lines = pressing.slice(0, SHOWN).map((standing) => {
    const bar = barText(standing);
    const line = literal(`• ${summaryLine(nameIn(standing), standing)}`, LIMITS.field);
    return bar === '' ? line : `${line}\n　${bar}`;
  });
  const more = pressing.length > SHOWN ? [`ほか${pressing.length - SHOWN}件`] : [];
  const rest = WORST_FIRST.filter((state) => !LINE_BY_LINE.has(state)).flatMap((state) => {
    const names = sorted.filter(({ judgement }) => judgement.state === state).map(nameIn);
    return names.length === 0 ? [] : [literal(`${STATE_MARKS[state]}：${names.join('、')}`, LIMITS.field)];
  });
  const sources = pressing
    .slice(0, SHOWN)
    .flatMap(({ kpi }) => (kpi.actualSource ? [kpi.source, kpi.actualSource] : [kpi.source]));
  return [
    ...sections([
      bold(`${formatFiscalYear(fy)}のKPI（${countsText(standings)}）`, LIMITS.header),
      ...lines,
      ...more,
    ]),
    ...sourceLine(sources),
    ...rest.map(contextLine),
    ...olderYear(fy, fiscalYearOf(dayOf(today))),
    ...picker(sorted.map((standing) => ({ label: nameIn(standing), value: standing.kpi.indicator }))),
  ];
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
 * How much of its target a figure has reached: ■■■■■■■■■□ 目標の91％. Only where more is better: of a target like
 * 3日以内 a share would mislead.
 */
function barText({ kpi, indicator, judgement: { target } }: Standing): string {
  const actual = kpi.actual?.value ?? null;
  if (actual === null || target === null || target <= 0 || isLowerBetter(kpi, indicator)) return '';
  const share = actual / target;
  const filled = Math.min(BAR, Math.max(0, Math.floor(share * BAR)));
  return `${'■'.repeat(filled)}${'□'.repeat(BAR - filled)} 目標の${Math.floor(share * 100)}％`;
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
              placeholder: plainTextElement('指標を選んで、くわしく見る', LIMITS.placeholder),
              options,
            },
          ],
        },
      ];
}
