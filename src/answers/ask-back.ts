import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Query } from '../model/query.ts';
import { answered, choice, clarify } from './card.ts';
import { type Sources, shortNameOf } from './sources.ts';

export function whichIndicator(query: Query, ids: readonly IndicatorId[], { catalogue }: Sources): Answer {
  const known =
    ids.length > 0
      ? ids
      : ['checkup_rate', 'generic_rate', 'guidance_insured', 'declaration_offices', 'mail_rate'];
  const where = query.scope.branches.map(formatBranch).join('、');
  const choices = known
    .slice(0, 8)
    .map((id) => choice(shortNameOf(catalogue, id), { ...query, indicators: [id], sure: true }));
  return clarify(
    `${where === '' ? '' : `${where}の`}どの指標のことでしょうか。指標の名前をつけてお尋ねください（例：ジェネリック、健診実施率、郵送化率）。`,
    choices,
  );
}

/** A question back: whose figure is meant, the asker's own branch first. */
export function whichBranch(query: Query, known: readonly string[], { ownBranch }: Sources): Answer {
  const branches = [...known].sort((a, b) => Number(b === ownBranch) - Number(a === ownBranch));
  const choices = branches
    .slice(0, 8)
    .map((branch) =>
      choice(formatBranch(branch), { ...query, scope: { ...query.scope, branches: [branch], every: false } }),
    );
  const examples = branches.slice(0, 3).map(formatBranch).join('、');
  const like = examples === '' ? '' : `（${examples} など）`;
  return clarify(`どの支部のことでしょうか${like}。支部名をつけてもう一度お尋ねください。`, choices);
}

/** Whose figures these are, where no branch was said and there is one alone: said first, never in small print. */
export function withAssumedBranch(answer: Answer, branch: string, what: string): Answer {
  if (answer.kind !== 'answered') return answer;
  const assumed = `支部の指定がないため、${what}のある${formatBranch(branch)}です。`;
  const headline = answer.headline === null ? assumed : `${assumed}\n${answer.headline}`;
  return answered({ ...answer, headline, lines: answer.lines, notes: [answer.note] });
}
