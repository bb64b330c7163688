import type { Answered, AnswerRow } from '../model/answer.ts';
import type { Ask, Asked, AskInput } from '../model/ask.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Query } from '../model/query.ts';
import { formatSource, type Source } from '../model/source.ts';
import type { Drawing } from './drawing.ts';
import { quarterTrend, yearTrend } from './trend.ts';

/** What answers a question, to be drawn; or why there is nothing to draw, in a Japanese sentence. */
export type Drawn = { drawing: Drawing } | { why: string };

/** What drawing takes of planbot. */
interface DrawParts {
  ask: Ask;
  catalogue: Catalogue;
  openKnowledge(): Promise<Knowledge>;
  store: { figures: { reportedActuals(): Promise<SourcedActual[]> } };
}

/** Rankings and comparisons as bars; one indicator of one branch over time as lines. */
export async function drawAnswer(
  parts: DrawParts,
  question: Pick<AskInput, 'text' | 'query'>,
  at: Date,
): Promise<Drawn> {
  const ask = (of: Pick<AskInput, 'text' | 'query'>) =>
    parts.ask({ ...of, context: null, today: dayInTokyo(at) });
  const asked = await ask(question);
  const isRead = asked.answer.kind === 'answered' || (await isAboutQuery(asked, ask));
  const narrowed = isRead ? (ofAllBranches(asked.query) ?? ofOneIndicator(asked)) : null;
  const { answer, query } = narrowed === null ? asked : await ask({ text: '', query: narrowed });
  if (answer.kind !== 'answered') return { why: answer.text };
  const drawing =
    (await trendOf({ answer, query }, parts)) ??
    tableDrawing(answer, { catalogue: parts.catalogue, highlight: askedBranches(query) }) ??
    answerDrawing(answer);
  return drawing === null
    ? { why: `「${answer.title}」には、グラフにできる数値が2つ以上ありません。` }
    : { drawing };
}

/** Whether the query by itself is asked back in the same words; else words that it left unread are told back. */
async function isAboutQuery(
  { answer, query }: Asked,
  ask: (of: Pick<AskInput, 'text' | 'query'>) => Promise<Asked>,
): Promise<boolean> {
  const alone = await ask({ text: '', query });
  return alone.answer.text === answer.text;
}

/** Whether nothing but figures of the scope is asked: no condition, order or sum. */
function isPlain({ facts, indicators, filter, compute, order }: Query): boolean {
  return (
    facts === 'kpi' &&
    indicators.length > 0 &&
    filter.length === 0 &&
    order === null &&
    (compute === null || compute.type === 'compare' || compute.type === 'change')
  );
}

/** A figure of no branch in particular is drawn for all of them. */
function ofAllBranches(query: Query): Query | null {
  const { scope, subject } = query;
  if (!isPlain(query) || query.compute !== null || scope.branches.length > 0 || subject.length > 0)
    return null;
  return { ...query, scope: { ...scope, every: true }, order: 'high' };
}

/** A word that names several indicators is answered with each of them; a picture shows the first. */
function ofOneIndicator({ answer, query }: Asked): Query | null {
  const indicators = answer.kind === 'answered' ? answer.rows.map(({ indicator }) => indicator) : [];
  const [first] = indicators;
  const isMixed = isPlain(query) && query.scope.branches.length > 1 && new Set(indicators).size > 1;
  return isMixed && first !== undefined ? { ...query, indicators: [first], sure: true } : null;
}

/** Null where the question is about something else, or too little is known. */
async function trendOf(
  { answer, query }: { answer: Answered; query: Query },
  { catalogue, openKnowledge, store }: DrawParts,
): Promise<Drawing | null> {
  const { branches, fys, quarters, months, relative } = query.scope;
  const [row] = answer.rows;
  if (!isPlain(query) || branches.length !== 1 || row === undefined) return null;
  const { branch, indicator } = row;
  const knowledge = await openKnowledge();
  const [kpis, documents, reported] = await Promise.all([
    knowledge.kpis({ branches: [branch], indicators: [indicator] }),
    knowledge.parts(),
    store.figures.reportedActuals(),
  ]);
  const actuals = reported.filter((one) => one.branch === branch && one.indicator === indicator);
  const parts = { branch, indicator, kpis, documents, actuals, catalogue };
  const asksYear = fys.length === 1 && query.compute === null;
  const isWithinYear =
    asksYear || relative !== null || quarters.length + months.length > 0 || query.columns.includes('state');
  const fy = asksYear ? row.fy : Math.max(...kpis.map((kpi) => kpi.fy));
  return isWithinYear
    ? (quarterTrend(parts, fy) ?? yearTrend(parts))
    : (yearTrend(parts) ?? quarterTrend(parts, fy));
}

/** Of a ranking or of branches of whom something is asked, those that are named. */
function askedBranches({ scope, subject, order }: Query): string[] {
  const named = subject.length > 0 ? subject : order === null ? [] : scope.branches;
  return named.map(formatBranch);
}

/** What a screen shows sharply; drawing holds up everything else, and grows with the square of it. */
const ZOOM = 1.5;

/** The same as a PNG. What draws is loaded when the first picture is asked for. */
export async function drawPicture(
  parts: DrawParts,
  question: Pick<AskInput, 'text' | 'query'>,
  at: Date,
): Promise<{ title: string; png: Uint8Array } | { why: string }> {
  const drawn = await drawAnswer(parts, question, at);
  if ('why' in drawn) return drawn;
  const [{ chartSvg }, { chartPng }] = await Promise.all([
    import('./chart-svg.ts'),
    import('./chart-png.ts'),
  ]);
  return { title: drawn.drawing.chart.title, png: await chartPng(chartSvg(drawn.drawing), ZOOM) };
}

/** The chart that an answer has already, as it is; null where it has none. */
function answerDrawing({ chart, note, sources }: Answered): Drawing | null {
  if (chart === null) return null;
  return {
    chart,
    labels: [...new Set(chart.series.flatMap(({ points }) => points.map(({ label }) => label)))],
    highlight: [],
    rows: new Map(),
    apart: [],
    notes: note === null ? [] : [note],
    sources: sources.map(formatSource),
  };
}

/** What is computed from figures, and so is not printed in any document; the unit that it is in. */
const COMPUTED: Readonly<Record<string, string>> = { 達成率: '%', 目標との差: 'ポイント' };

/**
 * An answer's table as bars: its one column of figures over its column of names. Rows that stand there in words
 * are kept apart. Null where the table has less than two figures, several indicators, or two rows of one name.
 */
export function tableDrawing(
  { title, table, rows, note, sources }: Answered,
  { catalogue, highlight }: { catalogue: Catalogue; highlight: readonly string[] },
): Drawing | null {
  const nameAt = table?.columns.findIndex(({ kind }) => kind === 'text') ?? -1;
  const rankAt = table?.columns.findIndex(({ name }) => name === '順位') ?? -1;
  const figuresAt =
    table?.columns.flatMap(({ kind }, at) => (kind === 'number' && at !== rankAt ? [at] : [])) ?? [];
  const [figureAt = -1] = figuresAt;
  if (table === null || nameAt < 0 || figuresAt.length !== 1) return null;
  // Bars of several indicators have nothing in common, and a table of one of them may stand for another.
  if (new Set(rows.map(({ indicator }) => indicator)).size > 1) return null;
  const what = table.columns[figureAt]?.name ?? '';
  const placeOf = new Map(rows.map((row) => [formatBranch(row.branch), placeText(row, what)]));
  const all = table.rows.map((cells) => {
    const label = cells[nameAt]?.text ?? '';
    const { text = '', value = null } = cells[figureAt] ?? {};
    return { label, text, value, rank: cells[rankAt]?.text ?? '', place: placeOf.get(label) ?? '' };
  });
  const numbered = all.flatMap(({ value, ...row }) => (value === null ? [] : [{ ...row, value }]));
  const labels = numbered.map(({ label }) => label);
  if (numbered.length < 2 || new Set(all.map(({ label }) => label)).size < all.length) return null;
  const computed = COMPUTED[what];
  return {
    chart: {
      kind: 'bar',
      title,
      unit: computed ?? unitOf(rows[0], catalogue),
      series: [{ name: what, points: numbered.map(({ label, value }) => ({ label, value })) }],
    },
    labels,
    highlight,
    rows: new Map(
      numbered.map(({ label, rank, place, text }) => [
        label,
        { rank, place, figure: computed === undefined ? text : '' },
      ]),
    ),
    apart: all.filter(({ value }) => value === null),
    notes: note === null ? [] : [note],
    sources: all.every(({ place }) => place !== '') ? documentsOf(sources) : sources.map(formatSource),
  };
}

function placeText({ source, actualSource }: AnswerRow, what: string): string {
  const { page, line } = (what === '実績' && actualSource) || source;
  return `${page === null ? '' : `${page}ページ・`}${line}行目`;
}

function unitOf(row: AnswerRow | undefined, { indicators }: Catalogue): string {
  return row?.unit ?? indicators.find(({ id }) => id === row?.indicator)?.unit ?? '';
}

const TITLES_SHOWN = 3;

/** Each document once, by its title; of many, the first and how many more. */
function documentsOf(sources: readonly Source[]): string[] {
  const titles = [...new Set(sources.map(({ title }) => title))];
  if (titles.length <= TITLES_SHOWN) return titles;
  return [`${titles[0]}、ほか${titles.length - 1}資料`];
}
