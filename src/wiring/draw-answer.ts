import type { Drawing } from '../charts/drawing.ts';
import { answerDrawing } from '../charts/given.ts';
import { quarterTrend } from '../charts/quarter-trend.ts';
import { tableDrawing } from '../charts/ranking.ts';
import { yearTrend } from '../charts/year-trend.ts';
import type { Answered } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { Asked, Question } from '../model/question.ts';
import { formatQuestion } from '../questions/format.ts';
import type { Planbot } from './planbot.ts';

/** What answers a question, to be drawn; or why there is nothing to draw, in a Japanese sentence. */
export type Drawn = { drawing: Drawing } | { why: string };

/** What drawing takes of planbot. */
export type DrawParts = Pick<Planbot, 'ask' | 'catalogue' | 'openKnowledge'> & {
  store: Pick<Planbot['store'], 'reportedActuals'>;
};

/** Rankings and comparisons as bars; one indicator of one branch over time as lines. */
export async function drawAnswer(parts: DrawParts, text: string, at: Date): Promise<Drawn> {
  const { catalogue } = parts;
  const ask = (of: string) => parts.ask({ text: of, context: null, today: dayInTokyo(at) });
  const asked = await ask(text);
  const narrowed = ofAllBranches(asked.question) ?? ofOneIndicator(asked);
  const { answer, question } = narrowed === null ? asked : await ask(formatQuestion(narrowed, catalogue));
  if (answer.kind !== 'answered') return { why: answer.text };
  const drawing =
    (await trendOf({ answer, question }, text, parts)) ??
    tableDrawing(answer, { catalogue, highlight: askedBranches(question) }) ??
    answerDrawing(answer);
  return drawing === null
    ? { why: `「${answer.title}」には、グラフにできる数値が2つ以上ありません。` }
    : { drawing };
}

/** A figure of no branch in particular is drawn for all of them. */
function ofAllBranches(question: Question): Question | null {
  if (question.kind !== 'figure' || question.branch !== null) return null;
  const { fy, indicators, aspect } = question;
  return { kind: 'rank', branches: [], fy, indicators, aspect, order: 'high', top: null, standing: null };
}

/** A word that names several indicators is answered with each of them; a picture shows the first. */
function ofOneIndicator({ answer, question }: Asked): Question | null {
  const indicators = answer.kind === 'answered' ? answer.rows.map(({ indicator }) => indicator) : [];
  const [first] = indicators;
  const isMixed = question.kind === 'compare' && new Set(indicators).size > 1;
  return isMixed && first !== undefined ? { ...question, indicators: [first] } : null;
}

/** Words that ask for the course of one year. */
const WITHIN_YEAR = /四半期|月別|月ごと|毎月|月次|進捗|今年度/;

/** Null where the question is about something else, or too little is known. */
async function trendOf(
  { answer, question }: { answer: Answered; question: Question },
  text: string,
  { catalogue, openKnowledge, store }: DrawParts,
): Promise<Drawing | null> {
  const isSingle =
    question.kind === 'figure' || (question.kind === 'compare' && question.branches.length === 1);
  const [row] = answer.rows;
  if (!isSingle || row === undefined) return null;
  const { branch, indicator } = row;
  const knowledge = await openKnowledge();
  const [kpis, reported] = await Promise.all([
    knowledge.kpis({ branches: [branch], indicators: [indicator] }),
    store.reportedActuals(),
  ]);
  const actuals = reported.filter((one) => one.branch === branch && one.indicator === indicator);
  const parts = { branch, indicator, kpis, actuals, catalogue };
  const asksYear = question.kind === 'figure' && question.fy !== null;
  const fy = asksYear ? row.fy : Math.max(...kpis.map((kpi) => kpi.fy));
  return WITHIN_YEAR.test(text) || asksYear
    ? (quarterTrend(parts, fy) ?? yearTrend(parts))
    : (yearTrend(parts) ?? quarterTrend(parts, fy));
}

function askedBranches(question: Question): string[] {
  if (question.kind !== 'rank') return [];
  const named = question.standing === null ? question.branches : [question.standing];
  return named.map(formatBranch);
}
