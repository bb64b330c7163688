import { formatNumber } from '../japanese/amounts.ts';
import type { Answer, Choice } from '../model/answer.ts';
import { formatBranch, HEAD_OFFICE } from '../model/branch.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import { type Kpi, NO_WEIGHT } from '../model/kpi.ts';
import { measuresUnder } from '../model/measure.ts';
import { type Column, EMPTY_QUERY, type Query } from '../model/query.ts';
import { formatSource } from '../model/source.ts';
import { answered, choice } from './card.ts';
import { countsOf } from './counts.ts';
import { actualText, COLUMN_NAMES, figureOf, isBlank, kpiFact, rowOf, targetText } from './fact.ts';
import { disagreementNote, type KpiPool } from './kpi-facts.ts';
import { officialNameOf, type Sources, shortNameOf } from './sources.ts';
import { standingText } from './standing-text.ts';

type Detail = { label: string; value: string };

/** Columns whose card also shows evaluations, plans and counts around the figure. */
const WITH_PROGRESS: ReadonlySet<Column> = new Set([
  'actual',
  'achievement',
  'gap',
  'previous',
  'as_of',
  'state',
]);

function gapText(kpi: Kpi, sources: Sources): string {
  const gap = figureOf(kpiFact(kpi, sources), 'gap', sources);
  const { value } = kpi.target;
  const reached = kpi.actual?.value ?? null;
  if (gap?.value == null || value === null || reached === null)
    return '計算できません（目標か実績の数値がありません）';
  return `${gap.text}（${formatNumber(reached)} − ${formatNumber(value)}）`;
}

function achievementText(kpi: Kpi, sources: Sources): string {
  const { value, op } = kpi.target;
  const reached = kpi.actual?.value ?? null;
  if (value === null || reached === null || value === 0)
    return '計算できません（目標か実績の数値がありません）';
  if (op === '<=')
    return `${reached <= value ? '目標を満たしています' : '目標を満たしていません'}（低いほど良い指標のため、割合では示しません）`;
  const share = figureOf(kpiFact(kpi, sources), 'achievement', sources);
  return `${share?.text ?? ''}（${formatNumber(reached)} ÷ ${formatNumber(value)}）`;
}

/** One thing about a figure with its name: 目標 88.3％以上. */
export function cardText(kpi: Kpi, column: Column, sources: Sources): string {
  switch (column) {
    case 'actual':
      return `実績 ${actualText(kpi)}`;
    case 'state':
      return kpi.actual === null
        ? `目標 ${targetText(kpi)}（実績の報告はありません）`
        : `実績 ${actualText(kpi)}、目標 ${targetText(kpi)}`;
    case 'previous':
      return `前年度実績 ${kpi.actual?.previousText ?? '資料にありません'}`;
    case 'gap':
      return `目標との差 ${gapText(kpi, sources)}`;
    case 'achievement':
      return `達成率 ${achievementText(kpi, sources)}`;
    case 'as_of':
      return `時点 ${kpi.actual?.asOf ?? '実績の報告はありません'}`;
    case 'source':
      return `根拠 ${formatSource(kpi.source)}`;
    case 'unit': {
      const unit = figureOf(kpiFact(kpi, sources), 'target', sources)?.unit;
      return `単位 ${unit === '%' ? '％' : (unit ?? 'なし（実施するかどうかの目標）')}`;
    }
    case 'proviso':
      return kpi.target.proviso === null ? '例外の定めはありません' : `例外 ${kpi.target.proviso}`;
    default:
      return `目標 ${targetText(kpi)}`;
  }
}

function weightDetails({ importance, difficulty }: Kpi): Detail[] {
  const marks = [
    ...(importance === NO_WEIGHT.importance ? [] : [`重要度：${importance}`]),
    ...(difficulty === NO_WEIGHT.difficulty ? [] : [`困難度：${difficulty}`]),
  ];
  return marks.length === 0 ? [] : [{ label: '位置づけ', value: marks.join('、') }];
}

/** What the document says where a reported figure took its place. */
function documentedText({ target, actual, source }: NonNullable<Kpi['documented']>): string {
  const shown = [
    `目標 ${target.text}`,
    ...(actual === null ? [] : [`実績 ${actual.text}${actual.asOf === null ? '' : `（${actual.asOf}）`}`]),
  ];
  return `${shown.join('、')}（${formatSource(source)}）`;
}

/** Target, actual, gap and mark, last year's: the same order on every card, without what the headline says. */
function details(kpi: Kpi, asked: readonly Column[], sources: Sources): Detail[] {
  const { actual } = kpi;
  const shown: Detail[] = [];
  const add = (label: string, value: string) => shown.push({ label, value });
  const says = (...columns: Column[]) => columns.some((column) => asked.includes(column));
  if (!says('target', 'state') && asked.length > 0) add('目標', targetText(kpi));
  if (actual !== null) {
    if (!says('actual', 'state')) add('実績', actualText(kpi));
    if (actual.value !== null && kpi.target.value !== null && !says('gap'))
      add('目標との差', gapText(kpi, sources));
    add('状況', standingText(sources.judge(kpi)));
    if (actual.previousText !== null && !says('previous')) add('前年度実績', actual.previousText);
  }
  if (asked.length === 0) shown.push(...weightDetails(kpi));
  if (kpi.documented) add('資料の記載', documentedText(kpi.documented));
  if (kpi.stated !== null && says('source')) add('記載', kpi.stated);
  return shown;
}

/** Evaluations and plans of the KPI's section, and the counts under it. */
async function aroundFigure(kpi: Kpi, sources: Sources): Promise<{ lines: string[]; hasPlans: boolean }> {
  const { knowledge } = sources;
  const filter = { branches: [kpi.branch], fys: [kpi.fy] };
  const measures = measuresUnder(kpi, await knowledge.measures(filter));
  const counts = countsOf(kpi, await knowledge.counts(filter), sources).filter(({ value }) => value !== null);
  const marks = measures.flatMap(({ number, evaluation }) =>
    evaluation === null ? [] : [`${number}${evaluation}`],
  );
  const plans = measures.flatMap(({ number, next }) =>
    next === null || isBlank(next) ? [] : [`・${number} ${next.replace(/\s+/g, ' ').slice(0, 160)}`],
  );
  const lines = [
    ...(marks.length === 0 ? [] : [`取組の評価：${marks.join('、')}`]),
    ...(plans.length === 0 ? [] : ['今後の取組予定：', ...plans.slice(0, 5)]),
    ...(counts.length === 0
      ? []
      : [
          '件数など：',
          ...counts
            .slice(0, 8)
            .map(
              ({ table, label, period, text, asOf, source }) =>
                `・${table}${label === table ? '' : ` ${label}`} ${period}：${text}${asOf === null || text.includes(asOf) ? '' : `（${asOf}）`}（${source.line}行目）`,
            ),
        ]),
  ];
  return { lines, hasPlans: plans.length > 0 };
}

/** A query for one figure, as buttons ask it. */
export function figureQuery(kpi: Pick<Kpi, 'branch' | 'fy' | 'indicator'>, columns: Column[] = []): Query {
  return {
    ...EMPTY_QUERY,
    indicators: [kpi.indicator],
    columns,
    scope: { ...EMPTY_QUERY.scope, branches: [kpi.branch], fys: [kpi.fy] },
  };
}

/** A query for the order of all branches. */
export function rankingQuery(indicator: string, fy: number | null): Query {
  return {
    ...EMPTY_QUERY,
    indicators: [indicator],
    columns: ['target'],
    scope: { ...EMPTY_QUERY.scope, every: true, fys: fy === null ? [] : [fy] },
    order: 'high',
  };
}

/** Every KPI of a branch's year. */
export function listQuery(branch: string, fy: number | null): Query {
  return {
    ...EMPTY_QUERY,
    scope: { ...EMPTY_QUERY.scope, branches: [branch], fys: fy === null ? [] : [fy] },
    show: 'list',
  };
}

function choicesFor(kpi: Kpi, pool: KpiPool, hasPlans: boolean): Choice[] {
  const years = pool.current
    .filter(({ branch, indicator }) => branch === kpi.branch && indicator === kpi.indicator)
    .map(({ fy }) => fy);
  const others = [...new Set(years)].filter((fy) => fy !== kpi.fy);
  const next: Query = { ...figureQuery(kpi, ['next']), facts: 'measure' };
  const numeric = pool.current.filter(
    ({ indicator, target, branch }) =>
      indicator === kpi.indicator && target.value !== null && branch !== HEAD_OFFICE,
  );
  return [
    ...others.map((fy) => choice(`${formatFiscalYear(fy)}は？`, figureQuery({ ...kpi, fy }))),
    ...(hasPlans ? [choice('今後の取組予定', next)] : []),
    ...(new Set(numeric.map(({ branch }) => branch)).size > 1
      ? [choice('全支部の順位', rankingQuery(kpi.indicator, null))]
      : []),
    choice('この支部のKPI一覧', listQuery(kpi.branch, kpi.fy)),
  ];
}

/** The figures that a question about one branch asks for; the first is the card's. */
export async function figureCard(
  query: Query,
  kpis: readonly Kpi[],
  pool: KpiPool,
  notes: readonly (string | null)[],
  sources: Sources,
): Promise<Answer | null> {
  const { catalogue } = sources;
  const [first, ...others] = kpis;
  if (first === undefined) return null;
  const { columns: said } = query;
  // 進捗 says the actual with its target.
  const columns = said.includes('state')
    ? said.filter((column) => column !== 'actual' && column !== 'target')
    : said;
  const asked = columns.filter(
    (column) =>
      COLUMN_NAMES[column] !== undefined &&
      column !== 'next' &&
      column !== 'evaluation' &&
      column !== 'progress',
  );
  const name = shortNameOf(catalogue, first.indicator);
  const official = officialNameOf(catalogue, first.indicator, first.fy);
  const main = asked.length === 0 ? (['target'] as const) : asked;
  const withProgress =
    first.actual !== null &&
    (columns.length === 0 ||
      columns.some((column) => WITH_PROGRESS.has(column) || column === 'next' || column === 'evaluation'));
  const around = withProgress ? await aroundFigure(first, sources) : null;
  const sameYear = kpis.every(({ fy }) => fy === first.fy);
  const headlineOf = (kpi: Kpi) => main.map((column) => cardText(kpi, column, sources)).join('、');
  const sentences = query.claim && query.columns.includes('state') ? [onTime(first, sources)] : [];
  return answered({
    topic: first.actual !== null && withProgress && columns.length > 0 ? 'progress' : 'kpi',
    title: `${formatBranch(first.branch)} ${formatFiscalYear(first.fy)} ${name}`,
    headline: [...sentences, headlineOf(first)].join(''),
    details: [
      ...details(first, asked, sources),
      ...(official === name ? [] : [{ label: '計画での名称', value: official }]),
      ...others.map((kpi) => ({
        label: `${shortNameOf(catalogue, kpi.indicator)}${sameYear ? '' : `（${formatFiscalYear(kpi.fy)}）`}`,
        value: asked.length === 0 && kpi.actual !== null ? cardText(kpi, 'state', sources) : headlineOf(kpi),
      })),
    ],
    lines: around?.lines ?? [],
    notes: [
      ...notes,
      others.length === 0 || query.sure
        ? null
        : 'お尋ねの言葉に当たる指標が複数あるため、あわせて示しました。',
      disagreementNote(first, pool),
      main.includes('target') && first.target.value === null && first.target.relative !== null
        ? '数値の目標はありません（前年度を基準にした目標です）。'
        : null,
    ],
    rows: kpis.map((kpi) => rowOf(kpiFact(kpi, sources))),
    choices: [
      ...others.map((kpi) => choice(shortNameOf(catalogue, kpi.indicator), figureQuery(kpi, columns))),
      ...choicesFor(first, pool, around?.hasPlans ?? false),
    ],
  });
}

/** 「間に合いそう？」 is answered as far as the figures tell, never beyond. */
function onTime(kpi: Kpi, sources: Sources): string {
  switch (sources.judge(kpi).state) {
    case 'met':
      return 'はい、目標に届いています。';
    case 'on_course':
      return 'ペースは保っています（目標にはまだ届いていません）。';
    case 'behind':
      return 'いまのペースでは目標に届かない見込みです。';
    case 'unreported':
      return '実績が未報告のため、間に合うかどうかは判断できません。';
    default:
      return '判定できる数値がないため、間に合うかどうかは判断できません。';
  }
}
