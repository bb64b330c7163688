import { formatBranch } from '../../model/branch.ts';
import { addBusinessDays } from '../../model/business-day.ts';
import { dayOf, type IsoDay } from '../../model/calendar-day.ts';
import type { ReportingCalendar } from '../../model/catalogue.ts';
import { reportDeadline } from '../../model/reporting-period.ts';
import { reportingPeriod } from '../../reminders/due-reports.ts';

/** A question that the agent pane offers. */
export interface Prompt {
  title: string;
  message: string;
}

/** Branch plans come out before April and are read until the first figures are there. */
const PLAN_MONTHS = [3, 4, 5];
const YEAR_END_MONTHS = [1, 2];
/** How long after its deadline a report is still on people's minds. */
const DAYS_AFTER_DEADLINE = 5;

/** Four questions that fit the person's branch and the time of year; Slack shows no more. */
export function promptsFor(of: {
  /** Null where the person has chosen none. */
  branch: string | null;
  today: IsoDay;
  calendar: ReportingCalendar;
}): Prompt[] {
  const branch = formatBranch(of.branch ?? '東京');
  return [
    seasonal(branch, of.today, of.calendar),
    { title: 'KPIの目標を調べる', message: `${branch}のジェネリックKPIは？` },
    of.branch === null
      ? { title: '支部を比べる', message: '東京支部と群馬支部の健診実施率を比べて' }
      : { title: `${branch}のKPIを一覧で見る`, message: `${branch}のKPIの一覧は？` },
    { title: '使い方を見る', message: 'ヘルプ' },
  ];
}

function seasonal(branch: string, today: IsoDay, calendar: ReportingCalendar): Prompt {
  const { month } = dayOf(today);
  if (isReportSeason(today, calendar)) {
    return { title: '四半期報告の前に、未報告のKPIを見る', message: `${branch}の実績が未報告のKPIは？` };
  }
  if (PLAN_MONTHS.includes(month)) {
    return { title: '計画で新しく加わったKPIを見る', message: `${branch}の新しく増えたKPIは？` };
  }
  return {
    title: YEAR_END_MONTHS.includes(month) ? '年度末に向けて、遅れを確かめる' : '進み具合を見る',
    message: `${branch}の遅れているKPIは？`,
  };
}

/** From the first notice of a quarter's report until some days after its deadline. */
function isReportSeason(today: IsoDay, calendar: ReportingCalendar): boolean {
  const due = reportDeadline(reportingPeriod(today, calendar), calendar);
  const ahead = Math.max(0, ...calendar.notice_business_days_before);
  return addBusinessDays(due, -ahead) <= today && today <= addBusinessDays(due, DAYS_AFTER_DEADLINE);
}
