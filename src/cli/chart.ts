import { extname } from 'node:path';
import { chartPng } from '../chart/chart-png.ts';
import { chartSvg } from '../chart/chart-svg.ts';
import type { Drawing } from '../chart/drawing.ts';
import { answerDrawing } from '../chart/given.ts';
import { quarterTrend } from '../chart/quarter-trend.ts';
import { tableDrawing } from '../chart/ranking.ts';
import { yearTrend } from '../chart/year-trend.ts';
import type { Answered } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { AppError } from '../model/errors.ts';
import { dayInTokyo } from '../model/fiscal-year.ts';
import type { Asked, Question } from '../model/question.ts';
import type { Planbot } from '../planbot.ts';
import { formatQuestion } from '../question/format.ts';
import { type CommandIo, dataFolder, oneOf, parseCommand, parseMoment, wrongUse } from './command.ts';
import { openPlanbot } from './open-planbot.ts';
import { writeOut } from './write-out.ts';

/** `planbot chart`: what answers a question, as a picture in a file. */
export async function chart(args: string[], io: CommandIo): Promise<void> {
  const { values, positionals } = parseCommand(args, { out: { type: 'string' }, at: { type: 'string' } });
  if (positionals.length === 0) {
    throw wrongUse('質問がありません');
  }
  if (!values.out) {
    throw wrongUse('書き出すファイルを --out で指定してください（.png か .svg）');
  }
  const kind = oneOf('--out の拡張子', extname(values.out).toLowerCase(), ['.png', '.svg']);
  const at = values.at === undefined ? io.now() : parseMoment(values.at);
  const question = positionals.join(' ');
  const planbot = await openPlanbot(dataFolder(values.data, io.env));
  try {
    const drawing = await draw(planbot, question, at);
    const svg = chartSvg(drawing);
    await writeOut(values.out, kind === '.svg' ? svg : await chartPng(svg));
    io.print(`${drawing.chart.title} を ${values.out} に書き出しました`);
  } finally {
    await planbot.close();
  }
}

async function draw(planbot: Planbot, text: string, at: Date): Promise<Drawing> {
  const ask = (of: string) => planbot.ask({ text: of, context: null, today: dayInTokyo(at) });
  const asked = await ask(text);
  const overAll = ofAllBranches(asked.question);
  const { answer, question } =
    overAll === null ? asked : await ask(formatQuestion(overAll, planbot.catalogue));
  if (answer.kind !== 'answered') {
    throw nothingToDraw(answer.text);
  }
  const drawing =
    (await trendOf({ answer, question }, text, planbot)) ??
    tableDrawing(answer, { catalogue: planbot.catalogue, highlight: askedBranches(question) }) ??
    answerDrawing(answer);
  if (drawing === null) {
    throw nothingToDraw(`「${answer.title}」には、グラフにできる数値が2つ以上ありません`);
  }
  return drawing;
}

/** A figure of no branch in particular is drawn for all of them. */
function ofAllBranches(question: Question): Question | null {
  if (question.kind !== 'figure' || question.branch !== null) return null;
  const { fy, indicators, aspect } = question;
  const order = 'high' as const;
  return { kind: 'rank', branches: [], fy, indicators, aspect, order, top: null, standing: null };
}

/** Words that ask for the course of one year. */
const WITHIN_YEAR = /四半期|月別|月ごと|毎月|月次|進捗|今年度/;

/** One branch and indicator over time; null where the question is about something else, or too little is known. */
async function trendOf(
  { answer, question }: { answer: Answered; question: Question },
  text: string,
  { catalogue, openKnowledge, store }: Planbot,
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
  const newest = Math.max(...kpis.map(({ fy }) => fy));
  const asksYear = question.kind === 'figure' && question.fy !== null;
  const ofYear = () => quarterTrend(parts, asksYear ? row.fy : newest);
  return WITHIN_YEAR.test(text) || asksYear ? (ofYear() ?? yearTrend(parts)) : (yearTrend(parts) ?? ofYear());
}

function askedBranches(question: Asked['question']): string[] {
  if (question.kind !== 'rank') return [];
  const named = question.standing === null ? question.branches : [question.standing];
  return named.map(formatBranch);
}

function nothingToDraw(why: string): AppError {
  return new AppError('nothing_to_show', { message: `グラフにできません: ${why}` });
}
