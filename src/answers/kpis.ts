import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Kpi } from '../model/kpi.ts';
import type { QuestionOf } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import { answered, choice, notFound } from './card.ts';
import { nameOf, officialNameOf, onePerKpi, type Sources } from './look-up.ts';
import { markText } from './mark.ts';
import { figureText } from './measured.ts';
import { rowOf, targetText } from './rows.ts';
import { assumptions, chooseBranch, nothingOf } from './scope.ts';
import { chooseYear } from './years.ts';

const TITLES: Record<QuestionOf<'kpis'>['filter'], string> = {
  all: 'KPIの一覧',
  new: '前の年度の資料になく、新しく加わったKPI',
  dropped: '前の年度の資料にあり、なくなったKPI',
  changed: '前の年度の資料から目標が変わったKPI',
  unmet: '遅れているKPI',
  met: '目標に届いているKPI',
  reported: '実績が報告されているKPI',
  unreported: '実績が未報告のKPI',
  first_time: '前年度実績が【新設】となっているKPI',
};

/** Asked of reports, not of plans. */
const BY_ACTUAL: readonly QuestionOf<'kpis'>['filter'][] = [
  'unmet',
  'met',
  'reported',
  'unreported',
  'first_time',
];

function select(
  filter: QuestionOf<'kpis'>['filter'],
  current: readonly Kpi[],
  before: readonly Kpi[],
  sources: Sources,
): Kpi[] {
  const state = (kpi: Kpi) => sources.judge(kpi).state;
  const lacks = (rows: readonly Kpi[]) => (kpi: Kpi) =>
    !rows.some((other) => other.indicator === kpi.indicator);
  switch (filter) {
    case 'all':
      return [...current];
    case 'new':
      return current.filter(lacks(before));
    case 'dropped':
      return before.filter(lacks(current));
    case 'changed':
      return current.filter((kpi) => {
        const earlier = beforeOf(kpi, before);
        return earlier !== undefined && targetText(earlier) !== targetText(kpi);
      });
    case 'unmet':
      return current.filter((kpi) => state(kpi) === 'behind');
    case 'met':
      return current.filter((kpi) => state(kpi) === 'met');
    case 'reported':
      return current.filter((kpi) => state(kpi) !== 'unreported');
    case 'unreported':
      return current.filter((kpi) => state(kpi) === 'unreported');
    case 'first_time':
      return current.filter((kpi) => kpi.actual?.previousText?.includes('新設') ?? false);
  }
}

function beforeOf({ indicator }: Kpi, before: readonly Kpi[]): Kpi | undefined {
  return before.find((kpi) => kpi.indicator === indicator);
}

/** 目標 2,680事業所以上 → 2,790事業所以上, with the line of each. */
function changeLine(kpi: Kpi, before: readonly Kpi[], sources: Sources): string {
  const name = officialNameOf(sources.catalogue, kpi.indicator, kpi.fy);
  const earlier = beforeOf(kpi, before);
  const old = earlier === undefined ? '―' : `${targetText(earlier)}（${earlier.source.line}行目）`;
  return `・${name}：目標 ${old} → ${targetText(kpi)}（${kpi.source.line}行目）`;
}

function line(kpi: Kpi, sources: Sources): string {
  const name = officialNameOf(sources.catalogue, kpi.indicator, kpi.fy);
  const target = `目標 ${targetText(kpi)}`;
  if (kpi.actual === null) return `・${name}：${target}（${kpi.source.line}行目）`;
  const mark = markText(sources.judge(kpi));
  const previous = kpi.actual.previousText === null ? '' : `、前年度実績 ${kpi.actual.previousText}`;
  return `・${name}：${target}、実績 ${figureText(kpi, 'actual')}${previous}、${mark}（${kpi.source.line}行目）`;
}

/** The KPIs of one branch's year that are asked for. */
export async function answerKpis(question: QuestionOf<'kpis'>, sources: Sources): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { filter } = question;
  const judged = BY_ACTUAL.includes(filter);
  const kpis = await knowledge.kpis(question.branch === null ? {} : { branches: [question.branch] });
  const usable = judged ? kpis.filter((kpi) => kpi.actual !== null) : kpis;
  const branch = chooseBranch(question, usable, sources);
  if (typeof branch !== 'string') return branch;
  const own = kpis.filter((kpi) => kpi.branch === branch);
  const year = chooseYear(
    question.fy,
    usable.filter((kpi) => kpi.branch === branch).map((kpi) => kpi.fy),
  );
  if (year === null) return nothingOf(judged ? '実績' : 'KPI', branch, question.fy, usable);
  const inYear = (fy: number) =>
    onePerKpi(
      catalogue,
      own.filter((kpi) => kpi.fy === fy),
    ).sort((a, b) => a.source.line - b.source.line);
  const earlier = own.map((kpi) => kpi.fy).filter((fy) => fy < year.fy);
  const compares = filter === 'new' || filter === 'dropped' || filter === 'changed';
  if (compares && earlier.length === 0) {
    return notFound(
      `${formatBranch(branch)}には${formatFiscalYear(year.fy)}より前の資料がないため、比べられません。`,
    );
  }
  const before = earlier.length === 0 ? [] : inYear(Math.max(...earlier));
  const found = select(filter, inYear(year.fy), before, sources);
  const compared = compares ? `${formatFiscalYear(Math.max(...earlier))}の資料と比べました。` : null;
  return answered({
    topic: judged ? 'progress' : 'list',
    title: `${formatBranch(branch)} ${formatFiscalYear(year.fy)} ${TITLES[filter]}`,
    headline: found.length === 0 ? 'ありません。' : `${found.length}件です。`,
    table: {
      caption: TITLES[filter],
      columns: [
        { name: '指標', kind: 'text' },
        { name: '目標', kind: 'number' },
        { name: '実績', kind: 'number' },
      ],
      rows: found.map((kpi) => [
        { text: nameOf(catalogue, kpi.indicator), value: null },
        { text: targetText(kpi), value: kpi.target.value },
        { text: figureText(kpi, 'actual'), value: kpi.actual?.value ?? null },
      ]),
    },
    lines: found.map((kpi) => (filter === 'changed' ? changeLine(kpi, before, sources) : line(kpi, sources))),
    note: `${assumptions(question, branch, year.note)}${compared ?? ''}` || null,
    rows: (found.length > 0 ? found : inYear(year.fy)).map((kpi) => rowOf(kpi)),
    choices: found
      .slice(0, 3)
      .map((kpi) =>
        choice(
          nameOf(catalogue, kpi.indicator),
          formatQuestion(
            { kind: 'figure', branch, fy: kpi.fy, indicators: [kpi.indicator], aspect: 'all' },
            catalogue,
          ),
        ),
      ),
  });
}

/** KPIs that one has and the other has not, in the same year. */
export async function answerDifference(
  question: QuestionOf<'difference'>,
  sources: Sources,
): Promise<Answer> {
  const { catalogue, knowledge } = sources;
  const { have, lack } = question;
  const all = await knowledge.kpis({ branches: [have, lack] });
  const years = (branch: string) => [
    ...new Set(all.filter((kpi) => kpi.branch === branch).map((kpi) => kpi.fy)),
  ];
  const common = years(have).filter((fy) => years(lack).includes(fy));
  const year = chooseYear(question.fy, common);
  if (year === null)
    return notFound(
      `${formatBranch(have)}と${formatBranch(lack)}の同じ年度の資料がないため、比べられません。`,
    );
  const of = (branch: string) =>
    onePerKpi(
      catalogue,
      all.filter((kpi) => kpi.fy === year.fy && kpi.branch === branch),
    );
  const lacking = of(lack);
  const only = (own: readonly Kpi[], other: readonly Kpi[]) =>
    own.filter((kpi) => !other.some(({ indicator }) => indicator === kpi.indicator));
  const found = only(of(have), lacking);
  const reverse = only(lacking, of(have));
  return answered({
    topic: 'list',
    title: `${formatFiscalYear(year.fy)} ${formatBranch(have)}にあって${formatBranch(lack)}にないKPI`,
    headline: found.length === 0 ? 'ありません。' : `${found.length}件です。`,
    lines: [
      ...found.map((kpi) => line(kpi, sources)),
      `逆に、${formatBranch(lack)}にあって${formatBranch(have)}にないKPIは${reverse.length}件です。`,
      ...reverse.map((kpi) => line(kpi, sources)),
    ],
    note: year.note,
    rows: [...found, ...reverse].map((kpi) => rowOf(kpi)),
    sources: lacking.slice(0, 1).map((kpi) => kpi.source),
  });
}
