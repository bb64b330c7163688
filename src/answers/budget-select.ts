import type { BudgetLine } from '../model/budget-line.ts';
import type { QuestionOf } from '../model/question.ts';

/** 【新】 or (新) before an item's name: where a document marks what is new, its marks count. */
const MARKED_NEW = /^[（(【]新/;

/** Yen more than the year before; none where that is not known. */
function growth({ amountYen, previousAmountYen }: BudgetLine): number {
  return previousAmountYen === null ? 0 : amountYen - previousAmountYen;
}

/** The items that are asked for, of those that it is about. */
export function selectItems(
  { want, status }: QuestionOf<'budget'>,
  all: readonly BudgetLine[],
): BudgetLine[] {
  const lines = status === null ? all : all.filter((line) => line.status === status);
  switch (want) {
    case 'over':
      return lines.filter((line) => line.executedYen !== null && line.executedYen > line.amountYen);
    case 'largest':
      return [...lines].sort((a, b) => b.amountYen - a.amountYen).slice(0, 3);
    case 'increased':
      return lines.filter((line) => growth(line) > 0).sort((a, b) => growth(b) - growth(a));
    case 'decreased':
      return lines.filter((line) => growth(line) < 0).sort((a, b) => growth(a) - growth(b));
    case 'new': {
      const marked = lines.filter(({ name }) => MARKED_NEW.test(name));
      return marked.length > 0 ? marked : lines.filter((line) => line.previousAmountYen === null);
    }
    default:
      return [...lines];
  }
}
