import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { Query } from '../model/query.ts';
import { chosenFacts } from './across-branches.ts';
import { answerQuery } from './answer-query.ts';
import { choice, clarify } from './card.ts';
import { combine } from './combine.ts';
import { describeQuery } from './describe.ts';
import type { Sources } from './sources.ts';

/** As many branches are answered of one by one; more stand in one list. */
const FEW = 3;
const PLAIN = { vague: false, beforeReiwa: false };

/** The query of the branches that were chosen; a place that is asked for is theirs. */
function queryOf(query: Query, branches: readonly string[], fys: number[], said: string | null): Query {
  const { scope } = query;
  if (query.compute?.type === 'place')
    return { ...query, subject: [...branches], scope: { ...scope, fys, branches: [], every: true } };
  const others = scope.branches.filter((branch) => !branches.includes(branch));
  return {
    ...query,
    scope: {
      ...scope,
      fys,
      branches: [...branches, ...others],
      every: false,
      said: others.length > 0 ? null : said,
    },
  };
}

/** 「健康宣言が一番多い支部の郵送化率は？」: first which branches are chosen, then what is asked of them. */
export async function answerNestedQuery(
  query: Query,
  selection: Query,
  sources: Sources,
): Promise<{ answer: Answer; query: Query }> {
  if (selection.compute !== null || (selection.order === null && selection.filter.length === 0))
    return {
      answer: clarify(
        `どの支部についてお尋ねかが、「${describeQuery(selection, sources.catalogue)}」からは決まりません。支部を1つずつお尋ねください。`,
        [],
      ),
      query,
    };
  const choosing = await answerQuery(selection, PLAIN, sources);
  const facts = choosing.kind === 'answered' ? await chosenFacts(selection, sources) : [];
  const branches = [...new Set(facts.map(({ branch }) => branch))];
  if (branches.length === 0) return { answer: choosing, query: selection };
  if (branches.length > 1 && query.facts !== 'kpi') {
    const each = branches.slice(0, FEW).map((branch) => queryOf(query, [branch], query.scope.fys, null));
    return {
      answer: clarify(
        `当てはまるのは${branches.length}支部です（${branches.map(formatBranch).join('、')}）。どの支部についてお尋ねですか？`,
        each.map((own) => choice(own.scope.branches.map(formatBranch).join(''), own)),
      ),
      query,
    };
  }
  // The figures are of the year by which the branches were chosen, where they have it.
  const years = [...new Set(facts.map(({ fy }) => fy))];
  const said = branches.length > FEW ? describeQuery(selection, sources.catalogue) : null;
  let asked = queryOf(query, branches, query.scope.fys.length > 0 ? query.scope.fys : years, said);
  let answer = await answerQuery(asked, PLAIN, sources);
  if (answer.kind !== 'answered' && query.scope.fys.length === 0) {
    asked = queryOf(query, branches, [], said);
    answer = await answerQuery(asked, PLAIN, sources);
  }
  if (answer.kind !== 'answered') return { answer, query: asked };
  return { answer: branches.length > FEW ? answer : combine([choosing, answer]), query: asked };
}
