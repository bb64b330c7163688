import { createNameIndex, createWordReader, type NameIndex } from '../catalogue/name-index.ts';
import type { Tokenizer } from '../japanese/token.ts';
import type { Answer } from '../model/answer.ts';
import type { Ask, AskInput } from '../model/ask.ts';
import { formatBranch } from '../model/branch.ts';
import type { Catalogue } from '../model/catalogue.ts';
import { type Day, formatFiscalYear } from '../model/fiscal-year.ts';
import { type IndicatorId, isOther } from '../model/indicator.ts';
import type { Knowledge, PassageSearch } from '../model/knowledge.ts';
import type { SourcedActual } from '../model/known-figures.ts';
import { EMPTY_QUERY, type Filter, type Query, type ThreadContext } from '../model/query.ts';
import type { ReminderDecision } from '../model/reminder.ts';
import type { ReportingPeriod } from '../model/reporting-period.ts';
import { createLinkName } from '../questions/link-name.ts';
import { createReader, type ReadQuestion, type ReadQuestions } from '../questions/read.ts';
import { contextAfter } from '../questions/thread.ts';
import { answerQuery } from './answer-query.ts';
import { whichBranch } from './ask-back.ts';
import { choice, clarify, withNear } from './card.ts';
import { combineQuestions, withNote } from './combine.ts';
import { answerCounts } from './counts.ts';
import { describeQuery } from './describe.ts';
import { createJudge } from './judge.ts';
import { knownCommitments } from './measures.ts';
import { answerNestedQuery } from './nested-query.ts';
import { withOwnRow } from './own-branch-row.ts';
import { type BranchReport, type Sources, shortNameOf } from './sources.ts';

interface AskParts {
  catalogue: Catalogue;
  knowledge: Knowledge;
  passages: PassageSearch;
  tokenizer: Tokenizer;
  /** Every figure that staff reported and that holds; none where it is not given. */
  actuals?: () => Promise<readonly SourcedActual[]>;
  /** What staff decided of what is due; nothing where it is not given. */
  decisions?: () => Promise<readonly ReminderDecision[]>;
  /** See `Sources`; none where it is not given. */
  reports?: (today: Day, period: ReportingPeriod | null) => Promise<BranchReport[]>;
}

/** KPI that single plans have, by the names the documents gave them. */
async function ownIndicators(knowledge: Knowledge): Promise<IndicatorId[]> {
  const ids = (await knowledge.kpis({})).map((kpi) => kpi.indicator).filter(isOther);
  return [...new Set(ids)].sort();
}

/** The reader knows names that documents brought. */
async function openReader(
  { catalogue, knowledge, tokenizer }: AskParts,
  wordsOf: (text: string) => string[],
): Promise<ReadQuestions> {
  const others = await ownIndicators(knowledge);
  const link = createLinkName(catalogue, others, wordsOf, tokenizer);
  return createReader({ catalogue, tokenizer, others, link });
}

interface Filled {
  query: Query;
  /** What was filled in, in words. */
  assumed: string | null;
}

/** What is worked out over several figures. */
const OF_ALL: ReadonlySet<string> = new Set(['statistic', 'count', 'share', 'place', 'only_first']);

/** Whether a question that names no branch is about one: not a ranking, a condition or a mean of all. */
function isOfOne({ compute, order, filter, claim }: Query): boolean {
  const ofAll = compute !== null && OF_ALL.has(compute.type);
  // 「去年より上がった？」, 「全国平均より高い？」; a limit by itself chooses branches.
  const isClaimed = (own: Filter) =>
    own.type !== 'compare' || (claim !== null && own.right.type !== 'number');
  return !ofAll && order === null && filter.every(isClaimed);
}

/** 「東京と比べて」: one figure of one branch, to be set beside what is not said. */
function isHalfCompared({ facts, scope, subject, compute, columns, indicators, sure }: Query): boolean {
  if (facts !== 'kpi' || compute?.type !== 'compare' || compute.against !== null) return false;
  const isOneFigure = columns.length < 2 && scope.fys.length < 2 && !(sure && indicators.length > 1);
  return isOneFigure && indicators.length > 0 && scope.branches.length === 1 && subject.length === 0;
}

/** Fills in what the channel or the person set where the question does not say it. */
function withDefaults(query: Query, defaults: AskInput['defaults']): Filled {
  const { branch, fy } = defaults ?? {};
  const { scope } = query;
  const assumed: string[] = [];
  let filled = scope;
  const open = scope.branches.length === 0 && !scope.every && query.subject.length === 0;
  const takesBranch =
    ['kpi', 'budget', 'count', 'measure', 'passage'].includes(query.facts) && query.show !== 'which';
  if (branch !== undefined && open && takesBranch && (query.facts !== 'kpi' || isOfOne(query))) {
    filled = { ...filled, branches: [branch] };
    assumed.push(`支部の指定がないため、既定の${formatBranch(branch)}でお答えしました。`);
  }
  const [named] = scope.branches;
  if (branch !== undefined && named !== undefined && named !== branch && isHalfCompared(query)) {
    filled = { ...filled, branches: [branch, named] };
    assumed.push(`比べる相手の指定がないため、既定の${formatBranch(branch)}と比べました。`);
  }
  if (
    fy !== undefined &&
    scope.fys.length === 0 &&
    ['kpi', 'budget', 'count', 'measure'].includes(query.facts)
  ) {
    filled = { ...filled, fys: [fy] };
    assumed.push(`年度の指定がないため、既定の${formatFiscalYear(fy)}でお答えしました。`);
  }
  return { query: { ...query, scope: filled }, assumed: assumed.length === 0 ? null : assumed.join('') };
}

/** A question with a part that nothing used is told back, never answered as if the part had not been there. */
async function toldBack(
  question: ReadQuestion,
  defaults: AskInput['defaults'],
  sources: Sources,
): Promise<Answer> {
  const { catalogue } = sources;
  const { unread, query, selection } = question;
  const parts = unread.map((part) => `「${part}」`).join('、');
  const understood = describeQuery(query, catalogue);
  const hasTopic = query.indicators.length > 0 || query.facts !== 'kpi' || query.scope.branches.length > 0;
  if (!hasTopic)
    return clarify(
      `${parts}の部分が読み取れませんでした。支部名・年度・指標名を書いて、もう一度お尋ねください。`,
      [],
    );
  if (selection !== null)
    return clarify(
      `${parts}の部分が読み取れませんでした。ほかの部分は「${describeQuery(selection, catalogue)}」の支部の「${understood}」と読みました。言いかえてお尋ねください。`,
      [],
    );
  // Every button has an answer behind it.
  const { query: text } = withDefaults(textQuery(question), defaults);
  const inText = await answerQuery(text, { vague: false, beforeReiwa: false }, sources);
  const complete = query.facts !== 'kpi' || query.indicators.length > 0;
  const back = clarify(
    `${parts}の部分が読み取れませんでした。ほかの部分は「${understood}」と読みました。この内容でよければボタンを押すか、言いかえてお尋ねください。`,
    [
      ...(complete ? [choice(understood, query)] : []),
      ...(isGood(inText) ? [choice('計画の本文で探す', text)] : []),
    ],
  );
  return mayBeText(question) ? withNear(back, inText.passages) : back;
}

/**
 * A verb that no operator is made of (「引継ぎで使うので」, 「抜き出して」) beside a whole question does not change the
 * figure that was asked for; it is told all the same.
 */
async function answerBeside(
  { unread, unreadVerbs, query, selection, vague, beforeReiwa }: ReadQuestion,
  defaults: AskInput['defaults'],
  sources: Sources,
): Promise<{ answer: Answer; query: Query } | null> {
  // Which branches, a yes or no, a sum and a count hang on every word of what they are about.
  const isPlain =
    query.scope.branches.length > 0 &&
    query.claim === null &&
    (query.compute === null || !OF_ALL.has(query.compute.type));
  const isWhole = query.facts === 'kpi' && query.indicators.length > 0 && selection === null && isPlain;
  if (!isWhole || unread.some((part) => !unreadVerbs.includes(part))) return null;
  const filled = withDefaults(query, defaults);
  const answer = await answerQuery(filled.query, { vague, beforeReiwa }, sources);
  if (!isGood(answer)) return null;
  const unused = unread.map((part) => `「${part}」`).join('、');
  const note = `${unused}は読み取れず、使っていません。`;
  return { answer: withNote(withNote(answer, filled.assumed), note), query: filled.query };
}

/** The same question put to the text of the plans. */
function textQuery({ words, query, asksFigure, textShow }: ReadQuestion): Query {
  const { scope, indicators } = query;
  const show = asksFigure || query.show === 'figure' ? 'figure' : textShow;
  return { ...EMPTY_QUERY, facts: 'passage', indicators, about: words, scope, show };
}

/** Words that no figure explains may be what the text says; an operator that no search honours is told back. */
function mayBeText(question: ReadQuestion): boolean {
  const { unreadWords, query, fitsText } = question;
  const asksFigure = query.indicators.length > 0 && query.columns.length > 0 && unreadWords.length < 2;
  // Limits, orders and claims of figures are none that a text can be searched for.
  const namesFigures = query.indicators.length > 0 || unreadWords.length < 2;
  const isOfFigures = query.facts === 'budget' || (query.facts === 'kpi' && namesFigures);
  // 「増やす」 and 「本当？」 beside several words that no figure explains are the text's.
  const isSaidOfText = unreadWords.length > 1 && (query.compute === null || query.compute.type === 'change');
  // 「沖縄で後発薬が一番使われていない地域」: one figure has no order.
  const isOfMany =
    query.scope.branches.length !== 1 || query.scope.fys.length > 1 || TABLE_WORDS.test(question.words);
  const isOrdered = query.order !== null && isOfMany;
  const isWorkedOut =
    query.filter.length > 0 ||
    isOrdered ||
    (!isSaidOfText && (query.claim !== null || query.compute !== null));
  // 「予算を使い切ったのは」 names no item that a text could speak of.
  const isNoItem = query.facts === 'budget' && query.about === '';
  if (!fitsText || (query.facts === 'budget' && mayBeInText(question))) return fitsText;
  return (
    !isNoItem &&
    !(isOfFigures && isWorkedOut) &&
    (query.facts === 'kpi' ? unreadWords.length > 0 && !asksFigure : true)
  );
}

/** A target is answered from the text only where the text has the very thing that it is asked of. */
function speaksOf(said: Answer, { query, unreadWords }: ReadQuestion): boolean {
  const asksTarget =
    query.facts === 'kpi' && query.columns.includes('target') && query.indicators.length === 0;
  if (said.kind !== 'answered' || !asksTarget) return true;
  const texts = said.passages.map(({ text }) => text.normalize('NFKC'));
  return texts.some((text) => unreadWords.some((word) => text.includes(word)));
}

/** What the words that no KPI has name among the counts of a report; null unless every one of them names a row. */
async function inCounts(
  { asCount, unreadWords, query: { scope } }: ReadQuestion,
  defaults: AskInput['defaults'],
  sources: Sources,
): Promise<{ answer: Answer; query: Query } | null> {
  if (asCount === null) return null;
  const { query, assumed } = withDefaults({ ...asCount, scope }, defaults);
  const answer = await answerCounts(query, sources);
  if (answer?.kind !== 'answered') return null;
  const names = answer.rows.map(({ indicator }) => indicator).join(' ');
  return unreadWords.every((word) => names.includes(word))
    ? { answer: withNote(answer, assumed), query }
    : null;
}

const MOST_SHOWN = 47;

/** The branches whose figures an answer lists. */
function shownBranches(answer: Answer): string[] {
  if (answer.kind !== 'answered') return [];
  return [...new Set(answer.rows.map(({ branch }) => branch))].slice(0, MOST_SHOWN);
}

function isList(answer: Answer): boolean {
  return answer.kind === 'answered' && answer.rows.length > 1 && answer.table !== null;
}

/** What only a table has: its columns, a quarter's or a month's figure, an amount or a number named as such. */
const TABLE_WORDS = /予算|執行|実績|残り|残額|(?:人|件|者|回|社|所|総)数/;

/** Whether what no table has may stand in the text: not where a column of the table was asked for as such. */
function mayBeInText({ query, words, textShow }: ReadQuestion): boolean {
  const { facts, columns, filter, scope } = query;
  if (facts !== 'budget' && facts !== 'count' && facts !== 'measure') return false;
  const isColumn = columns.some(
    (column) =>
      // 「実際いくら得か」 is no column of a budget.
      !['next', 'progress', 'state', ...(facts === 'budget' ? ['actual'] : [])].includes(column),
  );
  const isPart = scope.quarters.length > 0 || scope.months.length > 0;
  // 「続けている人」 is no state of a budget's item, 「目標より多くやった所」 no limit of an amount.
  const isLimited = filter.some((own) =>
    own.type === 'compare' ? own.right.type === 'number' : own.type !== 'status',
  );
  return !isColumn && !isPart && !isLimited && (textShow === 'which' || !TABLE_WORDS.test(words));
}

/** Whether an answer is one to go by. */
function isGood(answer: Answer): boolean {
  return answer.kind === 'answered';
}

/** The thread keeps the year that was answered where none was said: 「去年は？」「差額は？」 are about two years. */
function withYear(context: ThreadContext, answers: readonly Answer[]): ThreadContext {
  const [latest, ...earlier] = context.recent;
  const answer = answers.at(-1);
  if (latest === undefined || latest !== context.query || latest.scope.fys.length > 0) return context;
  if (answer?.kind !== 'answered') return context;
  const [fy, ...others] = new Set(answer.rows.map((row) => row.fy));
  if (fy === undefined || others.length > 0) return context;
  return { ...context, recent: [{ ...latest, scope: { ...latest.scope, fys: [fy] } }, ...earlier] };
}

const MOST_INDEXES = 64;

/** The one door to answers. Any text is answered; only faults of the store and the index are thrown. */
export function createAsk(parts: AskParts): Ask {
  const {
    catalogue,
    knowledge,
    passages,
    tokenizer,
    actuals = async () => [],
    decisions = async () => [],
    reports = async () => [],
  } = parts;
  const wordsOf = createWordReader(catalogue, tokenizer);
  const indexes = new Map<string, NameIndex<number>>();
  const indexNames: Sources['indexNames'] = (key, entries) => {
    const index = indexes.get(key) ?? createNameIndex(entries(), wordsOf);
    // The least recently used goes first.
    indexes.delete(key);
    indexes.set(key, index);
    if (indexes.size > MOST_INDEXES) indexes.delete(indexes.keys().next().value ?? '');
    return index;
  };
  // Whoever changes figures opens the knowledge anew, and this with it.
  let opened: ReturnType<typeof open> | null = null;
  const open = async () => ({
    judge: await createJudge({ catalogue, knowledge, actuals: await actuals() }),
    read: await openReader(parts, wordsOf),
  });
  return async ({ text, query: pressed, context, today, defaults }) => {
    opened ??= open();
    const { judge, read: readQuestions } = await opened;
    const sources: Sources = {
      catalogue,
      knowledge,
      passages,
      judge,
      today,
      commitments: async () =>
        knownCommitments({ catalogue, knowledge, actuals: await actuals(), decisions: await decisions() }),
      reports: (period) => reports(today, period),
      indexNames,
      ownBranch: defaults?.branch,
    };
    const answerOne = async (question: ReadQuestion): Promise<{ answer: Answer; query: Query }> => {
      // Whose うち is, is asked before anything else; no button knows what else it is held against.
      // 「秋田支部、うちの制度は…」 of a text is no branch beside 秋田.
      const isOfText = question.query.facts === 'passage' && question.query.scope.branches.length > 0;
      if (question.isOwn && defaults?.branch === undefined && !isOfText) {
        const { query } = question;
        const isPlain = question.unread.length === 0 && !query.scope.every && query.filter.length === 0;
        const kpis = isPlain ? await knowledge.kpis({ indicators: query.indicators }) : [];
        const branches = [...new Set(kpis.map(({ branch }) => branch))];
        return { answer: whichBranch(query, branches, sources), query };
      }
      if (question.unread.length === 0 && question.selection !== null)
        return answerNestedQuery(question.query, question.selection, sources);
      if (question.unread.length > 0) {
        const counted = await inCounts(question, defaults, sources);
        if (counted !== null) return counted;
        const ofText = question.selection === null && mayBeText(question) ? textQuery(question) : null;
        const { query: text, assumed } =
          ofText === null ? { query: null, assumed: null } : withDefaults(ofText, defaults);
        const said =
          text === null ? null : await answerQuery(text, { vague: false, beforeReiwa: false }, sources);
        if (said !== null && text !== null && isGood(said) && speaksOf(said, question))
          return { answer: withNote(said, assumed), query: text };
        const beside = await answerBeside(question, defaults, sources);
        return beside ?? { answer: await toldBack(question, defaults, sources), query: question.query };
      }
      const filled = withDefaults(question.query, defaults);
      const options = { vague: question.vague, beforeReiwa: question.beforeReiwa };
      let answer = await answerQuery(filled.query, options, sources);
      let { query, assumed } = filled;
      if (!isGood(answer) && question.inheritedYear && query.scope.fys.length > 0) {
        // A branch that lacks the thread's year may have another: that one is answered, and said.
        const anyYear = { ...query, scope: { ...query.scope, fys: [] } };
        const other = await answerQuery(anyYear, options, sources);
        if (isGood(other)) {
          assumed = `${query.scope.fys.map(formatFiscalYear).join('・')}の資料がないため、ある年度でお答えしました。`;
          [answer, query] = [other, anyYear];
        }
      }
      const isUnsaid =
        answer.kind === 'not_found' || (answer.kind === 'answered' && answer.topic === 'passage');
      if (isUnsaid && mayBeInText(question)) {
        // What no table has is looked for with all that was asked.
        const text = textQuery(question);
        const said = await answerQuery({ ...text, scope: query.scope }, options, sources);
        if (isGood(said)) return { answer: withNote(said, assumed), query: text };
        if (answer.kind === 'not_found') answer = withNear(answer, said.passages);
      }
      if (!isGood(answer) && defaults?.fy !== undefined && question.query.scope.fys.length === 0) {
        // The default year may lie ahead of the documents.
        const anyYear = withDefaults(question.query, { branch: defaults.branch });
        const other = await answerQuery(anyYear.query, options, sources);
        if (isGood(other)) [answer, { query, assumed }] = [other, anyYear];
      }
      const linked = question.linked
        .map(
          ({ text: said, ids }) =>
            `「${said}」は「${ids.map((id) => shortNameOf(catalogue, id)).join('・')}」と読みました。`,
        )
        .join('');
      return { answer: withNote(withNote(answer, linked), assumed), query };
    };
    if (pressed !== undefined) {
      const answer = await answerQuery(pressed, { vague: false, beforeReiwa: false }, sources);
      return {
        answer: withOwnRow(answer, defaults?.branch),
        query: pressed,
        understood: describeQuery(pressed, catalogue),
        context: contextAfter(pressed, context),
        questions: 1,
      };
    }
    const read = readQuestions(text, context, today, defaults?.branch);
    const answers: Awaited<ReturnType<typeof answerOne>>[] = [];
    for (const question of read.questions) answers.push(await answerOne(question));
    const [first] = answers;
    const answer =
      answers.length === 1 && first !== undefined
        ? first.answer
        : combineQuestions(answers.map((each) => each.answer));
    const asked = read.questions.at(-1);
    const last = answers.at(-1);
    // The branches that were looked up are what the thread is about from here on.
    const after =
      asked?.selection != null && last !== undefined && read.context?.query === asked.query
        ? contextAfter(last.query, context)
        : read.context;
    return {
      answer: withOwnRow(answer, defaults?.branch),
      query: answers.at(-1)?.query ?? EMPTY_QUERY,
      understood: answers.map((each) => describeQuery(each.query, catalogue)).join('／'),
      context:
        after === null
          ? null
          : {
              ...withYear(
                after,
                answers.map((each) => each.answer),
              ),
              shown: shownBranches(answer),
              ...(last !== undefined && isList(answer) ? { listed: last.query } : {}),
            },
      questions: answers.length,
    };
  };
}
