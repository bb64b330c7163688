import { loadCatalogue } from '../../src/catalogue/load-catalogue.ts';
import type { Kpi } from '../../src/model/kpi.ts';
import { type Standing, standingsOf } from '../../src/model/standing.ts';
import { reported } from '../reminders/made-up-office.ts';

export const catalogue = loadCatalogue();

/** Standings of one branch and year over made-up rows; none of any other. */
export function standingsFrom(kpis: readonly Kpi[]) {
  return async (branch: string, fy: number): Promise<Standing[]> =>
    standingsOf({ kpis, parts: [], actuals: [], catalogue, branch, fy });
}

/** Five KPIs of 令和7年度, one of each mark. */
export function fiveMarks(branch = '東京'): Kpi[] {
  const source = (line: number) => ({
    branch,
    source: { file: 'report.txt', line, page: null, title: `令和7年度 実施状況（${branch}支部）` },
  });
  const at = '6月末時点';
  return [
    reported('mail_rate', 99, at, { value: 98 }, source(10)),
    reported('checkup_rate', 15, at, { value: 60 }, source(20)),
    reported('generic_rate', 80, at, { value: 88.3 }, source(30)),
    reported('dependents_checkup', null, '―月時点', { value: 30 }, source(40)),
    reported('card_recovery', 90, at, { relative: 'prev_year' }, source(50)),
  ];
}

/** As many KPIs as no branch has, over all branches of the catalogue. */
export function manyKpis(perBranch: number, fy = 7): Kpi[] {
  const { branches, indicators } = catalogue;
  return branches.flatMap(({ name }, at) =>
    Array.from({ length: perBranch }, (_, index) => {
      const known = indicators[index]?.id;
      const indicator = known ?? `other:${'とても長い名前の独自の指標'.repeat(3)}${index}`;
      const line = at * 100 + index + 1;
      const source = {
        file: `${name}.txt`,
        line,
        page: null,
        title: `令和${fy}年度 実施状況（${name}支部）`,
      };
      return reported(
        indicator,
        index % 3 === 0 ? null : 50 + index,
        '９月時点',
        { value: 60 },
        {
          branch: name,
          fy,
          source,
        },
      );
    }),
  );
}
