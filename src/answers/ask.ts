import type { Answer } from '../model/answer.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import type { Ask, Question, QuestionOf, ThreadContext } from '../model/question.ts';
import type { ReportedActual } from '../model/reported.ts';
import { formatQuestion } from '../questions/format.ts';
import { createMatcher } from '../questions/matcher.ts';
import { createParse, type Parse } from '../questions/parse.ts';
import { slotsOf } from '../questions/slots.ts';
import { collectTerms } from '../questions/terms.ts';
import { answerQuestion } from './answer.ts';
import { withAssumptions, withDefaults } from './defaults.ts';
import { joinAnswers } from './join.ts';
import { createJudge } from './judge.ts';
import type { Sources } from './look-up.ts';
import { answerPassages } from './passages.ts';

export interface AskParts {
  catalogue: Catalogue;
  knowledge: Knowledge;
  passages: PassageSearch;
  /** Every figure that staff reported and that holds; none where it is not given. */
  actuals?: () => Promise<readonly ReportedActual[]>;
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

/** A branch that lacks the thread's year may have another: that one is answered, and said. */
function withoutYear(question: Question): Question | null {
  return 'fy' in question && question.fy !== null ? { ...question, fy: null } : null;
}

/** A figure and what the plan says about it. */
async function withText(
  answer: Answer,
  { branch, fy, indicators }: QuestionOf<'figure'>,
  about: string,
  sources: Sources,
): Promise<Answer> {
  if (answer.kind !== 'answered') return answer;
  const [row] = answer.rows;
  const branches = [branch ?? row?.branch].filter((name) => name !== undefined);
  const fys = [fy ?? row?.fy].filter((year) => year !== undefined);
  const text = await answerPassages({ branches, fys, indicators, about, which: false }, sources);
  return text.kind === 'answered' ? joinAnswers(answer, text) : answer;
}

/** Asked beside what a thread is about. */
const ASIDES: readonly Question['kind'][] = ['talk', 'definition', 'documents'];

function contextOf(
  question: Question,
  topic: string,
  catalogue: Catalogue,
  before: ThreadContext | null,
): ThreadContext {
  if (before !== null && ASIDES.includes(question.kind)) return before;
  const slots = slotsOf(question);
  return { ...slots, ...recentOf(question, before), topic, asked: formatQuestion(question, catalogue) };
}

const MOST_RECENT = 8;

/** Branches and years of single questions about one indicator, latest first, so that they can be compared. */
function recentOf(question: Question, before: ThreadContext | null): Pick<ThreadContext, 'branches' | 'fys'> {
  const own = slotsOf(question);
  const single = question.kind === 'figure' && before !== null;
  if (!single || own.indicators.join() !== before.indicators.join()) return own;
  const latestFirst = <T>(now: readonly T[], earlier: readonly T[]) =>
    [...new Set([...now, ...earlier])].slice(0, MOST_RECENT);
  return { branches: latestFirst(own.branches, before.branches), fys: latestFirst(own.fys, before.fys) };
}

/** The one door to answers. Any text is answered; only faults of the store and the index are thrown. */
export function createAsk({ catalogue, knowledge, passages, actuals = async () => [] }: AskParts): Ask {
  const grammar = createGrammar(catalogue, knowledge);
  return async ({ text, context, today, defaults }) => {
    const parse = await grammar();
    const previous = context === null ? null : parse({ text: context.asked, previous: null, today }).question;
    const recent = { branches: context?.branches ?? [], fys: context?.fys ?? [] };
    const parsed = parse({ text, previous, recent, today });
    const judge = await createJudge({ catalogue, knowledge, actuals: await actuals() });
    const sources = { catalogue, knowledge, passages, judge };
    let { question, assumed } = withDefaults(parsed.question, defaults);
    let answer = await answerQuestion(question, sources);
    if (answer.kind === 'not_found' && defaults?.fy !== undefined) {
      // The default year may lie ahead of the documents.
      const anyYear = withDefaults(parsed.question, { branch: defaults.branch });
      const other = await answerQuestion(anyYear.question, sources);
      if (other.kind === 'answered') {
        answer = other;
        ({ question, assumed } = anyYear);
      }
    }
    if (answer.kind === 'not_found' && parsed.inheritedYear) {
      const anyYear = withoutYear(question);
      const other = anyYear === null ? null : await answerQuestion(anyYear, sources);
      if (anyYear !== null && other?.kind === 'answered') [question, answer] = [anyYear, other];
    }
    if (parsed.alsoText !== null && question.kind === 'figure')
      answer = await withText(answer, question, parsed.alsoText, sources);
    answer = withAssumptions(answer, assumed);
    const topic = answer.kind === 'answered' ? answer.topic : question.kind;
    return { answer, question, context: contextOf(question, topic, catalogue, context) };
  };
}
