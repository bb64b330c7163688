import type { BudgetLine } from '../model/budget-line.ts';
import { contentPairs, nearBest, overlaps } from './overlap.ts';

/** Words of the question itself, not of what it is about. */
const ASKING =
  /予算額?|執行|ステータス|事業(?=[とはがのをや、。?？\s]|$)|予定額?|金額|費用|合計|総額|総計|全体|全部|未着手|調達中|契約済み?|契約金額|支部|計画|関連|一覧|前年度?|昨年度?|委託費|項目|内訳|新規|最大|超過|割合|消化率|何[一-龠]|何千円|千円|増減|件数|状況|一番|最も|高額|大き|高い|取り?組み?|事業名|何円|いくら|額|率|円/g;

/** Less of the question's words in a name is chance. */
const LEAST_COVERAGE = 0.5;

export function aboutBudget(about: string): string {
  return about.replace(ASKING, ' ');
}

/** Lines whose name has the question's words; none where no name is near enough. */
export function findItems(about: string, lines: readonly BudgetLine[]): BudgetLine[] {
  const found = overlaps(aboutBudget(about), lines, (line) => `${line.name} ${lastOf(line.section)}`);
  const byName = overlaps(aboutBudget(about), lines, (line) => line.name);
  const [best] = byName;
  if (best === undefined || best.coverage < LEAST_COVERAGE) return [];
  const near = new Set(nearBest(byName, 0.8));
  return found.map(({ item }) => item).filter((line) => near.has(line));
}

function lastOf(section: string): string {
  return section.split(' > ').at(-1) ?? section;
}

/** All lines of the sections that the question names; by name where it names none; all where it says nothing. */
export function findGroup(about: string, lines: readonly BudgetLine[]): BudgetLine[] {
  const words = aboutBudget(about);
  if (contentPairs(words).size === 0) return [...lines];
  const sections = [...new Set(lines.map((line) => line.section))];
  const bySection = overlaps(words, sections, (section) => section);
  const [best] = bySection;
  if (best !== undefined && best.coverage >= 0.5) {
    const near = new Set(nearBest(bySection, 0.9));
    return lines.filter((line) => near.has(line.section));
  }
  return findItems(about, lines);
}
