import type { Tokenizer } from '../japanese/token.ts';
import type { Knowledge, PassageSearch } from '../knowledge/knowledge.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import type { Ask, Question, ThreadContext } from '../model/question.ts';
import { formatQuestion } from '../question/format.ts';
import { createMatcher } from '../question/matcher.ts';
import { createParse, type Parse } from '../question/parse.ts';
import { slotsOf } from '../question/slots.ts';
import { collectTerms } from '../question/terms.ts';
import { answerQuestion } from './answer.ts';

export interface AskParts {
  catalogue: Catalogue;
  knowledge: Knowledge;
  passages: PassageSearch;
  tokenizer?: Tokenizer;
}

/** KPI that single plans have, by the names the documents gave them. */
async function ownIndicators(knowledge: Knowledge): Promise<IndicatorId[]> {
  const ids = (await knowledge.kpis({})).map((kpi) => kpi.indicator).filter(isOther);
  return [...new Set(ids)].sort();
}

/** The grammar knows names that documents brought; it is built anew when the documents change. */
function createGrammar(catalogue: Catalogue, knowledge: Knowledge): () => Promise<Parse> {
  let built: { of: string; parse: Parse } | null = null;
  return async () => {
    const of = JSON.stringify(await knowledge.parts());
    if (built?.of !== of) {
      const terms = collectTerms(catalogue, await ownIndicators(knowledge));
      built = { of, parse: createParse(catalogue, createMatcher(terms)) };
    }
    return built.parse;
  };
}

function withDefaults(
  question: Question,
  defaults: { branch?: string | undefined; fy?: number | undefined } | undefined,
): Question {
  const { branch, fy } = defaults ?? {};
  const filled =
    branch !== undefined && 'branch' in question && question.branch === null
      ? { ...question, branch }
      : question;
  if (fy === undefined) return filled;
  if ('fy' in filled && filled.fy === null) return { ...filled, fy };
  return filled;
}

/** A branch that lacks the thread's year may have another: that one is answered, and said. */
function withoutYear(question: Question): Question | null {
  return 'fy' in question && question.fy !== null ? { ...question, fy: null } : null;
}

function contextOf(
  question: Question,
  topic: string,
  catalogue: Catalogue,
  before: ThreadContext | null,
): ThreadContext {
  if (before !== null && (question.kind === 'talk' || question.kind === 'definition')) return before;
  return { ...slotsOf(question), topic, asked: formatQuestion(question, catalogue) };
}

/** The one door to answers. Any text is answered; only faults of the store and the index are thrown. */
export function createAsk({ catalogue, knowledge, passages }: AskParts): Ask {
  const grammar = createGrammar(catalogue, knowledge);
  return async ({ text, context, today, defaults }) => {
    const parse = await grammar();
    const previous = context === null ? null : parse({ text: context.asked, previous: null, today }).question;
    const parsed = parse({ text, previous, today });
    const sources = { catalogue, knowledge, passages };
    let question = withDefaults(parsed.question, defaults);
    let answer = await answerQuestion(question, sources);
    if (answer.kind === 'not_found' && parsed.inheritedYear) {
      const anyYear = withoutYear(question);
      const other = anyYear === null ? null : await answerQuestion(anyYear, sources);
      if (anyYear !== null && other?.kind === 'answered') [question, answer] = [anyYear, other];
    }
    const topic = answer.kind === 'answered' ? answer.topic : question.kind;
    return { answer, question, context: contextOf(question, topic, catalogue, context) };
  };
}
