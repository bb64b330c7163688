import { compact } from '../japanese/normalize.ts';
import type { Answer, AnswerPassage } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { formatDay, type IsoDay, isoDay } from '../model/calendar-day.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type CommitmentState, commitmentName, commitmentStates, isOverdue } from '../model/commitments.ts';
import { currentRows } from '../model/current-rows.ts';
import { formatFiscalYear, quarterOfMonth } from '../model/fiscal-year.ts';
import type { Knowledge, PartFilter } from '../model/knowledge.ts';
import { monthsOfFiles, type SourcedActual } from '../model/known-figures.ts';
import { type Commitment, type Measure, measuresUnder } from '../model/measure.ts';
import type { Query } from '../model/query.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import { whichBranch, withAssumedBranch } from './ask-back.ts';
import { answered, notFound } from './card.ts';
import { isBlank, kpiFact, rowOf } from './fact.ts';
import { cardText } from './kpi-card.ts';
import { toAnswerPassage } from './passage-parts.ts';
import { type Sources, shortNameOf } from './sources.ts';

const SHOWN = 12;
/** Words of the question itself, not of what a measure is about. */
const ASKING =
  /取組|取り組み|取組み|評価|今後|予定|実施状況|状況|内容|項目|もの|進捗|何(?:を|した)?|いつ(?:から|まで)?|なぜ|理由/g;
const LEAST = 0.5;
/** Of so few measures the other cells are looked up, among so many passages, by so many of their first characters. */
const LOCATED = 3;
const LOOKED_AT = 6;
const OPENING = 24;

function shorten(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** The item, its evaluation, what was done, what comes next. */
function measureLines(measure: Measure, { columns, show }: Query): string[] {
  const { evaluation, number, plan, progress, next, section, source } = measure;
  const where = section.length === 0 ? '' : `［${section.at(-1)}］`;
  const mark = evaluation === null ? '' : `評価 ${evaluation}　`;
  const onlyNext = columns.length > 0 && columns.every((column) => column === 'next');
  const withProgress = !onlyNext || show === 'reason';
  return [
    `・${mark}${where}${number} ${shorten(plan, 120)}（${source.line}行目）`,
    ...(withProgress && !isBlank(progress) ? [`　実施状況：${shorten(progress ?? '', 240)}`] : []),
    ...(isBlank(next) ? [] : [`　今後の予定：${shorten(next ?? '', 320)}`]),
  ];
}

function titleOf({ filter, scope, columns }: Query): string {
  const [marks] = filter.filter(({ type }) => type === 'evaluation');
  if (marks?.type === 'evaluation') return `評価が${marks.marks.join('・')}${marks.not ? '以外' : ''}の取組`;
  if (scope.quarters.length > 0) return `第${scope.quarters.join('・')}四半期の取組予定`;
  if (scope.months.length > 0) return `${scope.months.map((month) => `${month}月`).join('・')}の取組予定`;
  if (columns.includes('next') && !columns.includes('evaluation')) return '今後の取組予定';
  return columns.includes('evaluation') ? '取組の評価' : '取組の実施状況';
}

function monthsOfQuarter(quarter: number): number[] {
  return Array.from({ length: 12 }, (_, at) => at + 1).filter((month) => quarterOfMonth(month) === quarter);
}

function monthOfDay(day: IsoDay): number {
  return Number(day.slice(5, 7));
}

/** Where all promises of all branches stand. */
export async function knownCommitments({
  knowledge,
  catalogue,
  actuals,
  decisions,
}: {
  knowledge: Knowledge;
  catalogue: Catalogue;
  actuals: readonly SourcedActual[];
  decisions: readonly ReminderDecision[];
}): Promise<CommitmentState[]> {
  const [kpis, commitments, measures, counts] = await Promise.all([
    knowledge.kpis({}),
    knowledge.commitments({}),
    knowledge.measures({}),
    knowledge.counts({}),
  ]);
  return commitmentStates({
    commitments,
    measures,
    counts,
    actuals,
    fileMonths: monthsOfFiles(kpis),
    decisions: new Map(decisions.map((decision) => [decision.series, decision])),
    catalogue,
  });
}

/** 「期限を過ぎた予定は？」: promises whose day has passed without a report that it is done. */
async function overdue(query: Query, sources: Sources): Promise<Answer> {
  const { scope } = query;
  const today = isoDay(sources.today);
  const states = (await sources.commitments()).filter(
    ({ commitment: { branch, fy } }) =>
      (scope.branches.length === 0 || scope.branches.includes(branch)) &&
      (scope.fys.length === 0 || scope.fys.includes(fy)),
  );
  const known = [...new Set(states.map(({ commitment }) => commitment.branch))];
  const isOne = known.length === 1;
  const named = scope.branches.length > 0 ? scope.branches : isOne ? known : [];
  const where = named.length === 0 ? '' : `${named.map(formatBranch).join('・')}の`;
  if (states.length === 0) return notFound(`${where}日付のある予定は資料にありません。`);
  const found = states.filter((state) => isOverdue(state, today)).sort((a, b) => a.day.localeCompare(b.day));
  const lines = found.map(({ commitment, day }) => {
    const { branch, when, source } = commitment;
    const who = isOne ? '' : `${formatBranch(branch)} `;
    return `・${who}${commitmentName(commitment)}（予定は${when}、期限 ${formatDay(day)}、${source.line}行目）`;
  });
  return answered({
    topic: 'progress',
    title: `${where}期限を過ぎた予定`,
    headline:
      found.length === 0
        ? `期限を過ぎた予定はありません（日付のある予定${states.length}件を確認しました）。`
        : `${found.length}件です（日付のある予定${states.length}件のうち、期限を過ぎて済んだという報告のないもの）。`,
    lines,
    notes: [`${formatDay(today)}の時点です。`],
    sources: (found.length > 0 ? found : states.slice(0, 1)).map(({ commitment }) => commitment.source),
  });
}

/** Measures with a promise whose dates lie in one of the months or quarters; what goes on all year is due in none. */
async function dueIn(
  measures: readonly Measure[],
  { quarters, months }: Query['scope'],
  filter: PartFilter,
  sources: Sources,
): Promise<Measure[]> {
  const commitments = await sources.knowledge.commitments(filter);
  // Counted from April, so that a stretch over the turn of the year is one.
  const inYear = (month: number) => (month + 8) % 12;
  const wanted = [...months, ...quarters.flatMap(monthsOfQuarter)].map(inYear);
  const isDue = ({ from, to }: Commitment) => {
    const [first, last] = [inYear(monthOfDay(from)), inYear(monthOfDay(to))];
    return !(first < 3 && last > 8) && wanted.some((month) => month >= first && month <= last);
  };
  const due = commitments.filter(isDue);
  return measures.filter((measure) =>
    due.some(({ section, number }) => number === measure.number && section.join() === measure.section.join()),
  );
}

/** Measures that the question's words describe: whole sections by their heading, else single items. */
function about(words: string, measures: readonly Measure[], { indexNames }: Sources): Measure[] {
  const asked = words.normalize('NFKC').replace(ASKING, ' ').trim();
  if (asked === '') return [...measures];
  const sections = [...new Set(measures.map(({ section }) => section.at(-1) ?? ''))];
  const key = `measure|${measures.map(({ branch, fy, number, source }) => `${branch}${fy}${source.line}${number}`).join()}`;
  const bySection = indexNames(`${key}|sections`, () => sections.map((name, id) => ({ id, name })))
    .search(asked)
    .sort((a, b) => b.byName - a.byName);
  const [best] = bySection;
  if (best !== undefined && best.byName >= 0.7) {
    const near = new Set(
      bySection.filter(({ byName }) => byName >= best.byName * 0.9).map(({ id }) => sections[id]),
    );
    return measures.filter(({ section }) => near.has(section.at(-1) ?? ''));
  }
  const index = indexNames(key, () =>
    measures.map(({ section, plan, progress, next }, id) => ({
      id,
      name: `${section.at(-1) ?? ''} ${plan}`,
      context: `${progress ?? ''} ${next ?? ''}`,
    })),
  );
  const found = index.search(asked).sort((a, b) => b.coverage - a.coverage);
  const [first] = found;
  if (first === undefined || first.coverage < LEAST) return [];
  return found
    .filter(({ coverage }) => coverage >= first.coverage * 0.8)
    .flatMap(({ id }) => measures[id] ?? []);
}

function planPassage({ source, section, plan, progress, next }: Measure): AnswerPassage {
  const text = [plan, progress, next].filter((own) => own !== null).join('\n');
  const { file, title, line } = source;
  return { file, title, section, from: line, to: line, text: text.slice(0, 600), score: 1 };
}

/** Where the report's other cells stand, pages behind the plan's line: what was done, what comes next. */
function cellPassages({ branch, fy, progress, next }: Measure, { passages }: Sources): AnswerPassage[] {
  const cells = [next, progress].filter((cell) => cell !== null && !isBlank(cell));
  const openings = cells.map((cell) => compact(cell ?? '').slice(0, OPENING));
  return passages
    .search({ text: cells.join('\n'), branches: [branch], fys: [fy], limit: LOOKED_AT })
    .filter(({ passage }) => openings.some((opening) => compact(passage.text).includes(opening)))
    .map(toAnswerPassage);
}

/** Evaluations with what was done, and what comes next. Null where no measure is about this. */
export async function answerMeasures(query: Query, sources: Sources): Promise<Answer | null> {
  const { knowledge, catalogue } = sources;
  const { scope, filter, indicators, columns } = query;
  if (filter.some((own) => own.type === 'status' && own.status === 'overdue')) return overdue(query, sources);
  const all = (
    await knowledge.measures(scope.branches.length === 0 ? {} : { branches: scope.branches })
  ).filter(({ evaluation, progress, next }) => evaluation !== null || progress !== null || next !== null);
  const known = [...new Set(all.map((measure) => measure.branch))];
  const branch = scope.branches[0] ?? (known.length === 1 ? known[0] : undefined);
  const marked = filter.some(({ type }) => type === 'evaluation') || columns.includes('evaluation');
  if (branch === undefined) return known.length === 0 ? null : whichBranch(query, known, sources);
  if (scope.branches.length === 0) {
    const ofOne = await answerMeasures({ ...query, scope: { ...scope, branches: [branch] } }, sources);
    return ofOne === null ? null : withAssumedBranch(ofOne, branch, '報告');
  }
  const own = all.filter((measure) => measure.branch === branch);
  const years = [...new Set(own.map(({ fy }) => fy))];
  const [asked] = scope.fys;
  const fy =
    asked === undefined || (scope.relative !== null && !years.includes(asked))
      ? Math.max(...years)
      : years.find((year) => year === asked);
  const parts = (await knowledge.parts()).filter((part) => part.branch === branch);
  if (fy === undefined || !Number.isFinite(fy)) {
    if (!marked) return null;
    const there = [...new Set(parts.map(({ title }) => title))].join('、');
    return notFound(
      `${formatBranch(branch)}の${asked === undefined ? '' : `${formatFiscalYear(asked)}の`}実施状況と評価は資料にありません。${there === '' ? '' : `調べた資料は${there}です。`}`,
    );
  }
  const kpis =
    indicators.length === 0 || !query.sure
      ? []
      : currentRows(await knowledge.kpis({ branches: [branch], fys: [fy], indicators }), parts);
  const inYear = own.filter((measure) => measure.fy === fy);
  const wanted = inYear.filter(({ evaluation }) =>
    filter.every(
      (own) =>
        own.type !== 'evaluation' ||
        (evaluation !== null && own.marks.some((mark) => mark === evaluation) !== own.not),
    ),
  );
  const due =
    scope.quarters.length + scope.months.length === 0 || marked
      ? wanted
      : await dueIn(wanted, scope, { branches: [branch], fys: [fy] }, sources);
  const bySection = kpis.flatMap((kpi) => measuresUnder(kpi, due));
  const described = bySection.length > 0 ? [...new Set(bySection)] : about(query.about, due, sources);
  const isMarked = filter.some(({ type }) => type === 'evaluation');
  const relevant = described.length === 0 && isMarked ? due : described;
  const found = relevant.filter(
    ({ next }) => !(columns.length === 1 && columns[0] === 'next') || !isBlank(next),
  );
  if (found.length === 0 && !isMarked) return null;
  const shown = found.slice(0, SHOWN);
  const reasons =
    query.show === 'reason' && shown.every(({ progress }) => isBlank(progress))
      ? '理由は資料に書かれていません。'
      : null;
  return answered({
    topic: 'progress',
    title: `${formatBranch(branch)} ${formatFiscalYear(fy)} ${titleOf(query)}`,
    headline:
      found.length === 0
        ? `ありません（${inYear.length}件を確認しました）。`
        : `${found.length}件です。${reasons ?? ''}`,
    details: kpis.map((kpi) => ({
      label: shortNameOf(catalogue, kpi.indicator),
      value: cardText(kpi, 'state', sources),
    })),
    lines: shown.flatMap((measure) => measureLines(measure, query)),
    notes: [
      asked === undefined ? `${formatFiscalYear(fy)}の資料でお答えしました。` : null,
      described.length === 0 && found.length > 0
        ? `「${query.about}」に当たる取組は見分けられなかったため、すべて示しました。`
        : null,
      found.length > SHOWN ? `先頭の${SHOWN}件を示しました。` : null,
    ],
    rows: kpis.map((kpi) => rowOf(kpiFact(kpi, sources))),
    passages: shown.flatMap((measure) => [
      planPassage(measure),
      ...(shown.length > LOCATED ? [] : cellPassages(measure, sources)),
    ]),
    sources: (shown.length > 0 ? shown : inYear.slice(0, 1)).map(({ source }) => source),
  });
}
