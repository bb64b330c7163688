import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Query } from '../model/query.ts';
import { choice, clarify } from './card.ts';
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
