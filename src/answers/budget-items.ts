import { formatNumber, formatYen } from '../japanese/amounts.ts';
import { foldText } from '../japanese/fold.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { type Column, EMPTY_QUERY, type Query } from '../model/query.ts';
import { type Fact, increaseOf } from './fact.ts';
import type { Sources } from './sources.ts';

export type Item = Fact & { kind: 'budget' };

/** Words of the question itself, not of what an item is called. */
const ASKING = /関連|事業$|費用|に?かかる|こと|予算|委託費?|について|まわり|周り|系/g;

export function isItem(fact: Fact): fact is Item {
  return fact.kind === 'budget';
}

/** What a document prints beside next year's amount is the budget of its own year. */
export function withPreviousYears(lines: readonly BudgetLine[]): BudgetLine[] {
  const own = new Set(lines.map(({ branch, fy }) => `${branch}|${fy}`));
  const before = lines.flatMap((line): BudgetLine[] => {
    const { branch, fy, previousAmountYen } = line;
    if (previousAmountYen === null || own.has(`${branch}|${fy - 1}`)) return [];
    return [
      {
        ...line,
        fy: fy - 1,
        amountYen: previousAmountYen,
        amountText: formatYen(previousAmountYen),
        executedYen: null,
        status: null,
        note: null,
        previousAmountYen: null,
      },
    ];
  });
  return [...lines, ...before];
}

/** The items that a question's words name. */
interface NamedItems {
  items: Item[];
  /** The heading whose items they are; null where they were found by their own names. */
  section: string | null;
  /** How much of the words the names have: 0 to 1. */
  nearness: number;
}

const NUMBERING = /^\s*(?:[(（]?[\dⅠ-Ⅻⅰ-ⅻIVX]+[)）.]?|[①-⑳])\s*/;

function headingOf({ section }: BudgetLine): string {
  return (section.split(' > ').at(-1) ?? section).replace(NUMBERING, '');
}

/**
 * Items whose section or name the question's words describe; none where no name is near enough. A heading that has
 * every word stands for all of its items, however the question goes on.
 */
export function itemsAbout(about: string, items: readonly Item[], { indexNames }: Sources): NamedItems {
  const words = about.normalize('NFKC').replace(ASKING, ' ').trim();
  if (words === '') return { items: [...items], section: null, nearness: 1 };
  const runs = words.split(/\s+/).map(foldText);
  const exact = items.filter(({ name }) => foldText(name) === foldText(words));
  if (exact.length > 0) return { items: exact, section: null, nearness: 1 };
  const inHeading = items.filter(({ line }) => {
    const heading = foldText(headingOf(line));
    return runs.every((run) => heading.includes(run));
  });
  const [heading, ...headings] = new Set(inHeading.map(({ line }) => headingOf(line)));
  if (heading !== undefined)
    return { items: inHeading, section: headings.length === 0 ? heading : words, nearness: 1 };
  const key = `budget|${items.map(({ branch, fy, name, source }) => `${branch}${fy}${source.line}${name}`).join()}`;
  const sections = [...new Set(items.map(({ line }) => line.section))];
  const bySection = indexNames(`${key}|sections`, () => sections.map((name, id) => ({ id, name })))
    .search(words)
    .sort((a, b) => b.byName - a.byName);
  const [section] = bySection;
  const byName = indexNames(key, () =>
    items.map((item, id) => ({ id, name: item.name, context: item.line.section })),
  )
    .search(words)
    .sort((a, b) => b.byName - a.byName || b.coverage - a.coverage);
  const [best] = byName;
  const isGroup =
    section !== undefined &&
    section.byName >= 0.6 &&
    (/関連|系|まわり|周り/.test(about) || best === undefined || best.byName < 0.6);
  if (isGroup) {
    const near = new Set(
      bySection.filter(({ byName: share }) => share >= section.byName * 0.9).map(({ id }) => sections[id]),
    );
    const found = items.filter(({ line }) => near.has(line.section));
    return {
      items: found,
      section: found[0] === undefined ? null : headingOf(found[0].line),
      nearness: section.byName,
    };
  }
  if (best === undefined || Math.max(best.byName, best.coverage * 0.9) < 0.45)
    return { items: [], section: null, nearness: 0 };
  const least = best.byName * 0.85;
  const found = byName
    .filter((own) => own.byName >= least && own.byName > 0)
    .flatMap(({ id }) => items[id] ?? []);
  return { items: found, section: null, nearness: best.byName };
}

function rateText({ executedYen, amountYen }: BudgetLine): string {
  return executedYen === null || amountYen === 0
    ? ''
    : `（執行率 ${formatNumber((executedYen / amountYen) * 100, 1)}％）`;
}

/** One item with its execution, status and last year's amount, as far as the document prints them. */
export function detailOf(line: BudgetLine): string {
  const { executedYen, amountYen, status, note, fy, previousAmountYen } = line;
  const executed = executedYen === null ? '' : `、執行（予定）額 ${formatYen(executedYen)}${rateText(line)}`;
  const over =
    executedYen !== null && executedYen > amountYen
      ? `、予算を${formatYen(executedYen - amountYen)}超過`
      : '';
  const rest =
    executedYen !== null && executedYen <= amountYen ? `、残額 ${formatYen(amountYen - executedYen)}` : '';
  const more = increaseOf(line);
  const change =
    more === null ? '' : more === 0 ? '同額' : `${formatYen(Math.abs(more))}${more > 0 ? '増' : '減'}`;
  const before =
    previousAmountYen === null
      ? ''
      : `、${formatFiscalYear(fy - 1)} ${formatYen(previousAmountYen)}（${change}）`;
  return `${executed}${over}${rest}${status === null ? '' : `、${status}`}${note === null ? '' : `（${note}）`}${before}`;
}

export function lineOf(line: BudgetLine): string {
  const printed = line.amountText.includes('千円') ? `（${line.amountText}）` : '';
  return `・${line.name}：予算額 ${formatYen(line.amountYen)}${printed}${detailOf(line)}（${line.source.line}行目）`;
}

export function budgetLineTexts(lines: readonly BudgetLine[]): string[] {
  if (lines.length <= 15) return lines.map(lineOf);
  const rest = lines.slice(12);
  return [
    ...lines.slice(0, 12).map(lineOf),
    `ほか${rest.length}件：${rest.map((line) => `${line.name} ${formatYen(line.amountYen)}`).join('、')}`,
  ];
}

export function sum(lines: readonly BudgetLine[], of: (line: BudgetLine) => number | null): number {
  return lines.reduce((total, line) => total + (of(line) ?? 0), 0);
}

/** A sum with the amounts it is made of, by section where there are many. */
export function sumText(lines: readonly BudgetLine[], of: (line: BudgetLine) => number | null): string {
  const known = lines.filter((line) => of(line) !== null);
  const total = formatYen(sum(known, of));
  if (known.length < 2) return total;
  if (known.length <= 12)
    return `${total}（${known.map((line) => formatNumber(of(line) ?? 0)).join(' + ')}）`;
  const sections = new Map<string, BudgetLine[]>();
  for (const line of known) {
    const name = line.section.split(' > ').at(-1) ?? line.section;
    sections.set(name, [...(sections.get(name) ?? []), line]);
  }
  return `${total}（${[...sections].map(([name, own]) => `${name} ${formatNumber(sum(own, of))}`).join(' + ')}）`;
}

export function budgetAnswerTable(lines: readonly BudgetLine[]) {
  const yen = (amount: number | null) => ({ text: amount === null ? '―' : formatYen(amount), value: amount });
  return {
    caption: '予算',
    columns: [
      { name: '取組', kind: 'text' as const },
      { name: '予算額', kind: 'number' as const },
      { name: '執行（予定）額', kind: 'number' as const },
      { name: 'ステータス', kind: 'text' as const },
    ],
    rows: lines.map((line) => [
      { text: line.name, value: null },
      yen(line.amountYen),
      yen(line.executedYen),
      { text: line.status ?? '―', value: null },
    ]),
  };
}

/** The column that is asked of budgets; amounts where none is said. */
export function budgetColumn({ columns }: Query): Column {
  return (
    columns.find((column) =>
      ['amount', 'executed', 'remainder', 'execution_rate', 'increase'].includes(column),
    ) ?? 'amount'
  );
}

/** Whether only items with an executed amount can answer. */
export function needsExecution(query: Query): boolean {
  return (
    ['executed', 'remainder', 'execution_rate'].includes(budgetColumn(query)) ||
    query.filter.some((filter) => filter.type === 'status' && filter.status === 'over')
  );
}

/** 7,619,000円減、−10.7％. */
export function changeBetween(from: number, to: number): string {
  const change = to - from;
  const percent =
    from === 0 ? '' : `、${change > 0 ? '+' : '−'}${formatNumber((Math.abs(change) / from) * 100, 1)}％`;
  return change === 0 ? '同額' : `${formatYen(Math.abs(change))}${change > 0 ? '増' : '減'}${percent}`;
}

/** What a group of items comes to, year by year. */
export function totalsText(items: readonly Item[]): string {
  const years = [...new Set(items.map(({ fy }) => fy))].sort((a, b) => a - b);
  const totals = years.map((fy) => ({
    fy,
    lines: items.filter((item) => item.fy === fy).map(({ line }) => line),
  }));
  const texts = totals.map(
    ({ fy, lines }) => `${formatFiscalYear(fy)} ${sumText(lines, (line) => line.amountYen)}`,
  );
  const [first, last] = [totals[0], totals.at(-1)];
  if (first === undefined || last === undefined || first === last) return texts.join('、');
  const [from, to] = [sum(first.lines, (line) => line.amountYen), sum(last.lines, (line) => line.amountYen)];
  return `${texts.join('、')}（${changeBetween(from, to)}）`;
}

export function changeText(line: BudgetLine): string {
  const more = increaseOf(line);
  if (more === null)
    return `予算額 ${formatYen(line.amountYen)}。前年度の金額は資料に記載がないため、比べられません。`;
  const before = line.previousAmountYen ?? 0;
  const rate = before === 0 ? '' : `（${formatNumber((Math.abs(more) / before) * 100, 1)}％）`;
  const word =
    more === 0
      ? '前年度と同額です'
      : `前年度より${formatYen(Math.abs(more))}${more > 0 ? '増えています' : '減っています'}${rate}`;
  return `${word}（${formatFiscalYear(line.fy)} ${formatYen(line.amountYen)}、${formatFiscalYear(line.fy - 1)} ${formatYen(line.previousAmountYen ?? 0)}）。`;
}

export function budgetQuery(branch: string, fy: FiscalYear, about = ''): Query {
  return {
    ...EMPTY_QUERY,
    facts: 'budget',
    about,
    scope: { ...EMPTY_QUERY.scope, branches: [branch], fys: [fy] },
  };
}
