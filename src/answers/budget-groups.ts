import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Compute, Query } from '../model/query.ts';
import { type Item, lineOf, sum, sumText } from './budget-items.ts';
import { answered, notFound } from './card.ts';
import { rowOf } from './fact.ts';

/** What one name of a question stands for: an item, or all that stand under a heading. */
export interface Group {
  /** As asked; empty for the whole budget. */
  name: string;
  fys: FiscalYear[];
  items: Item[];
  section: string | null;
  nearness: number;
}

/** The item's own name, the heading, or what was asked where several items have it. */
export function nameOfGroup({ name, items, section }: Group): string {
  const names = new Set(items.map((item) => item.name));
  const [only] = names;
  return section ?? (names.size === 1 && only !== undefined ? only : name);
}

interface Said {
  what: string;
  found: readonly Item[];
  notes: readonly (string | null)[];
  lines?: readonly string[];
}

/** Two or more totals: their sum, difference or ratio; side by side where nothing is worked out. */
export function betweenTotals(
  compute: Compute | null,
  sides: readonly { name: string; total: number }[],
  { what, found, notes, lines }: Said,
): Answer {
  const [first, second] = sides;
  const card = {
    topic: 'budget',
    title: what,
    lines: [...(lines ?? found.slice(0, 15).map(({ line }) => lineOf(line)))],
    notes: [...notes],
    rows: found.map(rowOf),
  };
  if (compute === null || first === undefined) return answered(card);
  if (compute.type === 'statistic' && compute.of === 'sum') {
    const total = sides.reduce((all, side) => all + side.total, 0);
    return answered({
      ...card,
      headline: `合計 ${formatYen(total)}（${sides.map((side) => `${side.name} ${formatNumber(side.total)}`).join(' + ')}）`,
    });
  }
  if (compute.type === 'statistic' && compute.of === 'mean') {
    const total = sides.reduce((all, side) => all + side.total, 0);
    return answered({
      ...card,
      headline: `平均 ${formatYen(Math.round(total / sides.length))}（${formatNumber(total)} ÷ ${sides.length}）`,
    });
  }
  if (second === undefined || sides.length > 2 || compute.type === 'statistic')
    return compute.type === 'compare'
      ? answered(card)
      : notFound('計算する2つの予算を見分けられませんでした。項目の名前を2つ書いてお尋ねください。');
  const gap = first.total - second.total;
  const difference =
    gap === 0
      ? `${first.name}と${second.name}は同額です（${formatYen(first.total)}）。`
      : `${gap > 0 ? first.name : second.name}のほうが${formatYen(Math.abs(gap))}多いです（${formatNumber(Math.max(first.total, second.total))} − ${formatNumber(Math.min(first.total, second.total))}）。`;
  if (compute.type !== 'ratio' && compute.type !== 'share')
    return answered({ ...card, headline: difference });
  if (second.total === 0) return notFound('0円では割れません。');
  const times = first.total / second.total;
  return answered({
    ...card,
    headline: `${first.name}は${second.name}の${formatNumber(times, 2)}倍（${formatNumber(times * 100, 1)}％）です（${formatNumber(first.total)} ÷ ${formatNumber(second.total)}）。`,
  });
}

/** Items that were named one beside another, set against each other; null where each is only shown. */
export function betweenGroups(
  query: Query,
  groups: readonly Group[],
  { branch, notes }: { branch: string; notes: readonly (string | null)[] },
): Answer | null {
  const { order, compute: said } = query;
  // 「ラジオと動画はどっちが高い？」
  const compute: Compute | null =
    order !== null && said === null ? { type: 'difference', against: null } : said;
  if (compute === null || query.filter.length > 0) return null;
  if (compute.type === 'compare' && order === null) return null;
  const each = groups.map((group) => ({
    name: `「${nameOfGroup(group)}」`,
    total: sum(
      group.items.map(({ line }) => line),
      (line) => line.amountYen,
    ),
  }));
  const sides = compute.type === 'share' ? partAndWhole(each) : each;
  const when = [...new Set(groups.flatMap(({ fys }) => fys))].map(formatFiscalYear).join('・');
  return betweenTotals(compute.type === 'compare' ? { type: 'difference', against: null } : compute, sides, {
    what: `${formatBranch(branch)} ${when} ${sides.map(({ name }) => name).join('と')}の予算`,
    found: groups.flatMap(({ items }) => items),
    notes,
    lines: groups.flatMap((group) =>
      group.items.length === 1
        ? group.items.map(({ line }) => lineOf(line))
        : [
            `・${nameOfGroup(group)}：${group.items.length}件、合計 ${sumText(
              group.items.map(({ line }) => line),
              (line) => line.amountYen,
            )}`,
          ],
    ),
  });
}

function partAndWhole(sides: readonly { name: string; total: number }[]) {
  const parts = sides.slice(0, -1);
  const part = {
    name: parts.map(({ name }) => name).join('と'),
    total: parts.reduce((all, { total }) => all + total, 0),
  };
  return [part, ...sides.slice(-1)];
}

/** How much of the whole some items are, by amount; of many also by number. */
export function groupText(
  name: string,
  part: readonly BudgetLine[],
  whole: readonly BudgetLine[],
  column: 'amount' | 'executed',
): string {
  const of = (line: BudgetLine) => (column === 'executed' ? line.executedYen : line.amountYen);
  const [own, all] = [sum(part, of), sum(whole, (line) => line.amountYen)];
  const share = all === 0 ? '―' : `${formatNumber((own / all) * 100, 1)}％`;
  const count =
    part.length === whole.length || part.length === 1
      ? ''
      : `件数では${part.length}件で、全${whole.length}件の${formatNumber((part.length / whole.length) * 100, 1)}％です。`;
  return `${name}は、予算総額の${share}です（${formatNumber(own)} ÷ ${formatNumber(all)}）。${count}`;
}
