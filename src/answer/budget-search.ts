import type { BudgetLine } from '../model/budget-line.ts';
import type { Sources } from './look-up.ts';
import { contentPairs, shared } from './related.ts';

const ASKING =
  /予算額?|執行額?|予定額|金額|費用|合計|総額|全体|全部|未着手|調達中|契約済み?|令和|年度|支部|計画|関連|事業|一覧|前年|昨年|委託費|経費(?=は|って|の)/g;

/** Budget lines whose name or section has the question's words, nearest first; all where it names none. */
export function relevantBudgets(
  words: string,
  lines: readonly BudgetLine[],
  whole: boolean,
  { catalogue }: Sources,
): BudgetLine[] {
  let about = words.normalize('NFKC').replace(ASKING, ' ');
  for (const { name, prefecture } of catalogue.branches)
    about = about.replaceAll(prefecture || name, ' ').replaceAll(name, ' ');
  const asked = contentPairs(about);
  if (asked.size === 0) return whole ? [...lines] : [];
  const score = (line: BudgetLine) => {
    const inName = shared(asked, line.name);
    const inSection = shared(asked, line.section);
    return whole ? Math.max(inName, inSection * 1.5) : inName * 2 + inSection * 0.5;
  };
  const scored = lines.map((line) => ({ line, score: score(line) })).filter((entry) => entry.score > 0);
  const best = Math.max(0, ...scored.map((entry) => entry.score));
  return scored.filter((entry) => entry.score >= best * 0.8).map(({ line }) => line);
}
