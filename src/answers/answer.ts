import type { Answer } from '../model/answer.ts';
import type { Question, QuestionOf } from '../model/question.ts';
import { answerAggregate } from './aggregate.ts';
import { answerBudget } from './budget.ts';
import { answerCompare } from './compare.ts';
import { answerCounts, quarterOfPeriod } from './counts.ts';
import { answerDocuments } from './documents.ts';
import { answerFigure } from './figure.ts';
import { answerDifference, answerKpis } from './kpis.ts';
import { answerList } from './list.ts';
import type { Sources } from './look-up.ts';
import { answerMeasures } from './measures.ts';
import { answerPassages, type TextQuestion } from './passages.ts';
import { answerRank } from './rank.ts';
import { answerDefinition, answerTalk } from './talk.ts';
import { answerUnknown, quantitiesIn } from './unknown.ts';

/** 「…している支部はどこ？」 is answered by branches, each with its best passage. */
const ASKS_WHO =
  /どこの?支部|どの支部|何支部|支部(?:は|って|が|を|の?一覧)?(?:どこ|どれ|知りたい|教えて|あ(?:る|り)|[?？]|$)|どこ(?:です|だ|が|[?？]|$)/;

function answerText(question: Omit<TextQuestion, 'which'>, sources: Sources): Promise<Answer> {
  const which = question.branches.length === 0 && ASKS_WHO.test(question.about);
  return answerPassages({ ...question, which }, sources);
}

/** What no measure of a report says may stand in the text of a plan. */
function answerFromText(question: QuestionOf<'measures'>, sources: Sources): Promise<Answer> {
  const { branch, fy, about, indicators } = question;
  const branches = branch === null ? [] : [branch];
  return answerText({ branches, fys: fy === null ? [] : [fy], indicators, about }, sources);
}

/** What is asked of a quarter may be a KPI's actual that the report tells as of one of its months. */
async function answerReported(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer | null> {
  const { branch, fy, indicators, quarter, about } = question;
  const [first, ...others] = indicators;
  if (branch === null || quarter === null || first === undefined || COUNTED.test(about)) return null;
  const kpis = await sources.knowledge.kpis({ branches: [branch], indicators });
  const reported = kpis.find(
    (kpi) => (fy === null || kpi.fy === fy) && quarterOfPeriod(kpi.actual?.asOf ?? '') === quarter,
  );
  if (reported === undefined) return null;
  return answerFigure(
    { kind: 'figure', branch, fy: reported.fy, indicators: [first, ...others], aspect: 'actual' },
    sources,
  );
}

const COUNTED = /人数|件数|者数|何(?:人|件|名|社)/;

/** A count that no table has may be a figure, or stand in the text of a plan. */
async function answerInstead(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer> {
  const { branch, fy, about } = question;
  const branches = branch === null ? [] : [branch];
  if (quantitiesIn(about).length === 0) {
    const fys = fy === null ? [] : [fy];
    return answerText({ branches, fys, indicators: question.indicators, about }, sources);
  }
  return answerUnknown({ kind: 'unknown', what: 'metric', branches, fy, about }, sources);
}

/** 経費 and 費用 stand in plans too; where no budget is known, only amounts that are asked for are missed. */
async function answerMoney(question: QuestionOf<'budget'>, sources: Sources): Promise<Answer> {
  const answer = await answerBudget(question, sources);
  const { branch, fys, about } = question;
  if (answer.kind !== 'not_found' || branch === null || AMOUNT.test(about)) return answer;
  return answerText({ branches: [branch], fys, indicators: [], about }, sources);
}

const AMOUNT = /予算|執行|いくら|円|金額|総?額|お金/;

async function answerCounted(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer> {
  const counted = await answerCounts(question, sources);
  if (counted?.kind === 'answered') return counted;
  return (await answerReported(question, sources)) ?? counted ?? answerInstead(question, sources);
}

/** One question, one answer; every figure in it comes from a document or from arithmetic that is shown. */
export async function answerQuestion(question: Question, sources: Sources): Promise<Answer> {
  switch (question.kind) {
    case 'figure':
      return answerFigure(question, sources);
    case 'compare':
      return answerCompare(question, sources);
    case 'rank':
      return answerRank(question, sources);
    case 'list':
      return answerList(question, sources);
    case 'aggregate':
      return answerAggregate(question, sources);
    case 'kpis':
      return answerKpis(question, sources);
    case 'difference':
      return answerDifference(question, sources);
    case 'measures':
      return (await answerMeasures(question, sources)) ?? answerFromText(question, sources);
    case 'counts':
      return answerCounted(question, sources);
    case 'budget':
      return answerMoney(question, sources);
    case 'passage':
      return answerText(question, sources);
    case 'definition':
      return answerDefinition(question, sources);
    case 'unknown':
      return answerUnknown(question, sources);
    case 'documents':
      return answerDocuments(question, sources);
    case 'talk':
      return answerTalk(question);
  }
}
