import type { Answer } from '../model/answer.ts';
import type { Question, QuestionOf } from '../model/question.ts';
import { answerAggregate } from './aggregate.ts';
import { answerBudget } from './budget.ts';
import { answerCompare } from './compare.ts';
import { answerCounts } from './counts.ts';
import { answerFigure } from './figure.ts';
import { answerDifference, answerKpis } from './kpis.ts';
import { answerList } from './list.ts';
import type { Sources } from './look-up.ts';
import { answerMeasures } from './measures.ts';
import { answerPassage } from './passage.ts';
import { answerRank } from './rank.ts';
import { answerDefinition, answerTalk } from './talk.ts';
import { answerUnknown, quantitiesIn } from './unknown.ts';

/** What no measure of a report says may stand in the text of a plan. */
function answerFromText(question: QuestionOf<'measures'>, sources: Sources): Promise<Answer> {
  const { branch, fy, about, indicators } = question;
  const branches = branch === null ? [] : [branch];
  return answerPassage(
    { kind: 'passage', branches, fys: fy === null ? [] : [fy], indicators, about },
    sources,
  );
}

/** A count that no table has may be a figure, or stand in the text of a plan. */
async function answerInstead(question: QuestionOf<'counts'>, sources: Sources): Promise<Answer> {
  const { branch, fy, about } = question;
  const branches = branch === null ? [] : [branch];
  if (quantitiesIn(about).length === 0) {
    const fys = fy === null ? [] : [fy];
    return answerPassage({ kind: 'passage', branches, fys, indicators: question.indicators, about }, sources);
  }
  return answerUnknown({ kind: 'unknown', what: 'metric', branches, fy, about }, sources);
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
      return (await answerCounts(question, sources)) ?? answerInstead(question, sources);
    case 'budget':
      return answerBudget(question, sources);
    case 'passage':
      return answerPassage(question, sources);
    case 'definition':
      return answerDefinition(question, sources);
    case 'unknown':
      return answerUnknown(question, sources);
    case 'talk':
      return answerTalk(question);
  }
}
