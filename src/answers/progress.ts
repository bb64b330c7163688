import type { Kpi } from '../model/kpi.ts';
import { measuresUnder } from '../model/measure.ts';
import { countLine } from './counts.ts';
import type { Sources } from './look-up.ts';
import { countsOf } from './related.ts';

/** What a report says around a figure: the evaluations and plans of its section, and the counts under it. */
export async function progressLines(kpi: Kpi, sources: Sources): Promise<string[]> {
  const { knowledge } = sources;
  const filter = { branches: [kpi.branch], fys: [kpi.fy] };
  const measures = measuresUnder(kpi, await knowledge.measures(filter));
  const counts = countsOf(kpi, await knowledge.counts(filter), sources);
  const marks = measures.flatMap(({ number, evaluation }) =>
    evaluation === null ? [] : [`${number}${evaluation}`],
  );
  const plans = measures.flatMap(({ number, next }) =>
    next === null || /^[-―－ー—]?$/.test(next.trim())
      ? []
      : [`・${number} ${next.replace(/\s+/g, ' ').slice(0, 160)}`],
  );
  return [
    ...(marks.length === 0 ? [] : [`取組の評価：${marks.join('、')}`]),
    ...(plans.length === 0 ? [] : ['今後の取組予定：', ...plans.slice(0, 5)]),
    ...(counts.length === 0
      ? []
      : [
          '件数など：',
          ...counts
            .filter(({ value }) => value !== null)
            .slice(0, 8)
            .map(countLine),
        ]),
  ];
}
