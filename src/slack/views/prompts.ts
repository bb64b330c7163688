import { formatBranch } from '../../model/branch.ts';
import { addBusinessDays } from '../../model/business-day.ts';
import { dayOf, type IsoDay } from '../../model/calendar-day.ts';
import type { ReportingCalendar } from '../../model/catalogue.ts';
import { WORST_FIRST } from '../../model/judgement.ts';
import { reportDeadline, reportingPeriod } from '../../model/reporting-period.ts';
import type { Standing } from '../../model/standing.ts';

/** A question that the agent pane offers. */
interface Prompt {
  title: string;
  message: string;
}

export interface PromptsOf {
  /** Null where the person has chosen none. */
  branch: string | null;
  /** Of the branch's newest year: what is offered has an answer. */
  standings: readonly Standing[];
  today: IsoDay;
  calendar: ReportingCalendar;
}

/** Branch plans come out before April and are read until the first figures are there. */
const PLAN_MONTHS = [3, 4, 5];
const YEAR_END_MONTHS = [1, 2];
/** How long after its deadline a report is still on people's minds. */
const DAYS_AFTER_DEADLINE = 5;

const HELP: Prompt = { title: '使い方を見る', message: 'ヘルプ' };
const ANYBODYS: Prompt[] = [
  { title: '進み具合を見る', message: '東京支部の窓口受付率は目標クリアできてる？' },
  { title: 'KPIの目標を調べる', message: '東京支部のジェネリックKPIは？' },
  compared('東京'),
  HELP,
];

/** A branch beside another that is known to have the same figure. */
function compared(branch: string): Prompt {
  const other = branch === '東京' ? '群馬' : '東京';
  return {
    title: '支部を比べる',
    message: `${formatBranch(branch)}と${formatBranch(other)}の健診実施率を比べて`,
  };
}

/** Four questions that fit the person's branch and the time of year; Slack shows no more. */
export function promptsFor({ branch, standings, today, calendar }: PromptsOf): Prompt[] {
  if (branch === null || standings.length === 0) return ANYBODYS;
  const name = formatBranch(branch);
  const [worst] = WORST_FIRST.flatMap((state) =>
    standings.filter(({ indicator, judgement }) => indicator !== null && judgement.state === state),
  );
  return [
    seasonal(branch, standings, today, calendar),
    worst?.indicator
      ? { title: `${worst.indicator.name}を調べる`, message: `${name}の${worst.indicator.name}は？` }
      : { title: '予算を調べる', message: `${name}の予算の一覧は？` },
    { title: `${name}のKPIを一覧で見る`, message: `${name}のKPIの一覧は？` },
    HELP,
  ];
}

function seasonal(
  branch: string,
  standings: readonly Standing[],
  today: IsoDay,
  calendar: ReportingCalendar,
): Prompt {
  const name = formatBranch(branch);
  const { month } = dayOf(today);
  const hasReports = standings.some(({ kpi }) => kpi.actual !== null);
  if (!hasReports) return standing(branch, standings);
  if (isReportSeason(today, calendar)) {
    return { title: '四半期報告の前に、未報告のKPIを見る', message: `${name}の実績が未報告のKPIは？` };
  }
  if (PLAN_MONTHS.includes(month)) {
    return { title: '計画で新しく加わったKPIを見る', message: `${name}の新しく増えたKPIは？` };
  }
  return {
    title: YEAR_END_MONTHS.includes(month) ? '年度末に向けて、遅れを確かめる' : '遅れているKPIを見る',
    message: `${name}の遅れているKPIは？`,
  };
}

/** Where the branch stands among all by its target: of a plan without reports there is no progress to ask for. */
function standing(branch: string, standings: readonly Standing[]): Prompt {
  const found = standings.find(({ kpi, indicator }) => indicator !== null && kpi.target.value !== null);
  return found?.indicator
    ? {
        title: '目標が全支部の中で何位かを見る',
        message: `${formatBranch(branch)}は${found.indicator.name}の目標が高い順で何位？`,
      }
    : compared(branch);
}

/** From the first notice of a quarter's report until some days after its deadline. */
function isReportSeason(today: IsoDay, calendar: ReportingCalendar): boolean {
  const due = reportDeadline(reportingPeriod(today, calendar), calendar);
  const ahead = Math.max(0, ...calendar.notice_business_days_before);
  return (
    addBusinessDays(due, -ahead, calendar) <= today &&
    today <= addBusinessDays(due, DAYS_AFTER_DEADLINE, calendar)
  );
}
