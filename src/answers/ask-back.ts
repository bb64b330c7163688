import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { IndicatorId } from '../model/indicator.ts';
import type { Query } from '../model/query.ts';
import { answered, choice, clarify } from './card.ts';
import { type Sources, shortNameOf } from './sources.ts';

/** What is asked most, where nothing tells what is near. */
const USUAL: readonly IndicatorId[] = [
  'checkup_rate',
  'generic_rate',
  'guidance_insured',
  'declaration_offices',
  'mail_rate',
];
const MOST_CHOICES = 8;

/** Indicators that have the word for a rate in one of their names: 受診率. */
function called(word: string, { indicators }: Sources['catalogue']): IndicatorId[] {
  return indicators
    .filter(({ name, official, synonyms }) =>
      [name, ...official.map((era) => era.name), ...synonyms].some((own) => own.includes(word)),
    )
    .map(({ id }) => id);
}

/** A question back: which indicator is meant, those first that are called so. */
export function whichIndicator(query: Query, { catalogue }: Sources): Answer {
  const near = query.about === '' ? [] : called(query.about, catalogue);
  const known = near.length > 0 ? near : USUAL;
  const where = query.scope.branches.map(formatBranch).join('、');
  const names = known.slice(0, 3).map((id) => shortNameOf(catalogue, id));
  const choices = known
    .slice(0, MOST_CHOICES)
    .map((id) => choice(shortNameOf(catalogue, id), { ...query, about: '', indicators: [id], sure: true }));
  return clarify(
    `${where === '' ? '' : `${where}の`}どの指標のことでしょうか。指標の名前をつけてお尋ねください（例：${names.join('、')}）。`,
    choices,
  );
}

/** A question back: whose figure is meant, the asker's own branch first. */
export function whichBranch(query: Query, known: readonly string[], { ownBranch }: Sources): Answer {
  const others = query.scope.branches;
  const branches = known
    .filter((branch) => !others.includes(branch))
    .sort((a, b) => Number(b === ownBranch) - Number(a === ownBranch));
  const choices = branches.slice(0, 8).map((branch) =>
    choice(formatBranch(branch), {
      ...query,
      scope: { ...query.scope, branches: [branch, ...others], every: false },
    }),
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
