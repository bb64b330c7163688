import type { Answered } from '../model/answer.ts';
import type { Ask, Asked, AskInput } from '../model/ask.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { Knowledge } from '../model/knowledge.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import type { Query } from '../model/query.ts';
import { formatSource } from '../model/source.ts';
import type { Drawing } from './drawing.ts';
import { tableDrawing } from './ranking.ts';
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
