import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import type { BudgetLine } from '../model/budget-line.ts';
import { formatFiscalYear } from '../model/fiscal-year.ts';
import type { Column, Query } from '../model/query.ts';
import { betweenTotals, type Group, groupText, nameOfGroup } from './budget-groups.ts';
import {
  budgetAnswerTable,
  budgetColumn,
  budgetLineTexts,
  budgetQuery,
  changeBetween,
  changeText,
  detailOf,
  type Item,
  isItem,
  itemsAbout,
  lineOf,
  needsExecution,
  sum,
  sumText,
  totalsText,
} from './budget-items.ts';
import { answered, choice, notFound } from './card.ts';
import { filterText, verdictOf } from './conditions.ts';
import { budgetFact, COLUMN_NAMES, figureOf, rowOf } from './fact.ts';
import { type Rows, statisticText, topOf } from './rows.ts';
import type { Sources } from './sources.ts';
import { tabulate } from './tabulate.ts';

interface Chosen {
  branch: string;
  group: Group;
  /** All items of the branch, of every year. */
  own: readonly Item[];
  notes: readonly (string | null)[];
}

/** The items of a question as rows of one kind. */
function itemRows(query: Query, { branch, group, own, notes }: Chosen, sources: Sources): Rows {
  const { fys, items: facts } = group;
  const column = budgetColumn(query);
  const [fy] = fys;
  const name = query.about === '' ? '予算' : `「${nameOfGroup(group)}」の予算`;
  return {
    topic: 'budget',
    facts,
    frame: {
      sources,
      column,
      population: () => facts,
      other: (fact, _branch, year) => {
        const row = own.find((item) => item.fy === year && item.name === fact.name);
        if (row !== undefined) return row;
        if (fact.kind !== 'budget' || year !== fact.fy - 1 || fact.line.previousAmountYen === null)
          return null;
        return budgetFact({ ...fact.line, fy: year, amountYen: fact.line.previousAmountYen });
      },
    },
    before: own.filter((item) => item.fy === (fy ?? 0) - 1),
    what: `${formatBranch(branch)} ${fys.map(formatFiscalYear).join('・')} ${name}`,
    labelOf: (fact) => fact.name,
    noun: '件',
    scopeText: `${facts.length}件`,
    notes: [...notes, beyondHeading(group, own)],
    isSubject: () => false,
    choices: [],
    detail: (fact) => (fact.kind === 'budget' ? beside(fact.line, column, query, sources) : ''),
  };
}

/** What a line of an order says beside the figure that is ordered: what else was asked, else all that is printed. */
function beside(line: BudgetLine, column: Column, { columns }: Query, sources: Sources): string {
  const fact = budgetFact(line);
  const asked = columns.filter((own) => own !== column && own !== 'amount');
  const said = asked.flatMap((own) => {
    const text = figureOf(fact, own, sources)?.text;
    return text === undefined ? [] : [`、${COLUMN_NAMES[own]} ${text}`];
  });
  return column === 'amount'
    ? `${said.join('')}${detailOf(line)}`
    : `（予算額 ${formatYen(line.amountYen)}${said.join('')}）`;
}

/** The rows that conditions and an order choose. */
function topItems(query: Query, rows: Rows): Item[] {
  const { frame, before = [] } = rows;
  const facts = rows.facts.filter((fact) =>
    query.filter.every((filter) => verdictOf(filter, fact, frame, before) === 'meets'),
  );
  return topOf(query, { ...rows, facts }).filter(isItem);
}

export function answerItems(query: Query, chosen: Chosen, sources: Sources): Answer {
  const { branch, group, own } = chosen;
  const { compute, among } = query;
  const { fys, items: found } = group;
  if (among !== null) {
    // 「その5つの中で」: first what the earlier question chose.
    const items = topItems({ ...query, ...among }, itemRows({ ...query, ...among }, chosen, sources));
    return answerItems({ ...query, among: null }, { ...chosen, group: { ...group, items } }, sources);
  }
  const rows = itemRows(query, chosen, sources);
  const { frame, before = [], what, notes } = rows;
  const { column } = frame;
  const when = fys.map(formatFiscalYear).join('・');
  const [fy] = fys;
  if (compute?.type === 'change' && compute.from !== undefined && fy !== undefined && compute.from !== fy - 1)
    return notFound(
      `${formatBranch(branch)}の予算は、${formatFiscalYear(compute.from)}と${formatFiscalYear(fy)}を比べられる資料がありません。比べられるのは${formatFiscalYear(fy - 1)}と${formatFiscalYear(fy)}です。`,
    );
  if (needsExecution(query) && found.every(({ line }) => line.executedYen === null)) {
    return notFound(
      `${formatBranch(branch)}の${when}の資料に、${found.length === 1 ? `「${found[0]?.name ?? ''}」の` : ''}執行額の記載はありません。予算額は${sumText(
        found.map(({ line }) => line),
        (line) => line.amountYen,
      )}です。`,
      [],
      found.map(({ source }) => source),
    );
  }
  const status = query.filter.find(({ type }) => type === 'budget');
  if (status?.type === 'budget' && found.every(({ line }) => line.status === null))
    return notFound(
      `${formatBranch(branch)}の${when}の資料に、予算のステータス（${status.status} など）は書かれていません。`,
    );
  const isFlat = query.order === null;
  const meets = (fact: Item) =>
    query.filter.every((filter) => verdictOf(filter, fact, frame, before) === 'meets');
  if (compute?.type === 'ratio') {
    const [only] = found;
    const earlier = only === undefined || found.length > 1 ? null : frame.other(only, null, only.fy - 1);
    const pair = earlier !== null && isItem(earlier) ? [...found, earlier] : found;
    const ofYears = byYear(pair);
    const sides = ofYears.length === 2 ? ofYears.reverse() : pair.length === 2 ? byName(pair) : [];
    return betweenTotals(compute, sides, { what, found, notes });
  }
  if (!isFlat) {
    // 「一番大きいのは？」「それ、前年度からいくら増えてる？」: of those that the order chooses.
    const isOfTop = compute?.type === 'change' || compute?.type === 'share';
    if (!isOfTop || query.limit === null) return tabulate(query, rows);
    return answerItems(
      { ...query, filter: [], order: null, limit: null, offset: 0 },
      { ...chosen, group: { ...group, items: topItems(query, rows) } },
      sources,
    );
  }
  const unknown = found.filter((fact) =>
    query.filter.some((filter) => verdictOf(filter, fact, frame, before) === 'unknown'),
  ).length;
  const kept = query.filter.length === 0 ? found : found.filter(meets);
  // What no item tells is no list of none.
  if (!query.claim && query.filter.length > 0 && unknown > 0 && unknown === found.length)
    return notFound(`${what}は、資料に記載がないため判定できません（${found.length}件を確認しました）。`);
  const lines = kept.map(({ line }) => line);
  const sorted = query.filter.some((filter) => filter.type === 'compare')
    ? [...lines].sort((a, b) => b.amountYen - a.amountYen)
    : lines;
  const condition = query.filter
    .map((filter) => filterText(filter, column, column === 'execution_rate' ? '%' : '円'))
    .join('、');
  const [only] = found;
  if (
    query.claim &&
    query.filter.length > 0 &&
    only !== undefined &&
    new Set(found.map((item) => item.name)).size === 1
  ) {
    const yes = meets(only);
    const unsure = query.filter.some((filter) => verdictOf(filter, only, frame, before) === 'unknown');
    return answered({
      topic: 'claim',
      title: what,
      headline:
        overText(query, only.line) ??
        (unsure
          ? `資料の記載からは分かりません（尋ねられたこと：${condition}もの）。`
          : `${yes ? 'はい' : 'いいえ'}（尋ねられたこと：${condition}もの）。`),
      lines: [lineOf(only.line)],
      notes,
      rows: [rowOf(only)],
    });
  }
  const headlines: string[] = [];
  const details: { label: string; value: string }[] = [];
  const one = sorted.length === 1 ? sorted[0] : undefined;
  const isSum = compute?.type === 'statistic';
  const changes = ['change', 'difference', 'compare'].includes(compute?.type ?? '');
  if (sorted.length === 0) headlines.push(`該当する予算はありません（${found.length}件を確認しました）。`);
  else if (compute?.type === 'share')
    headlines.push(
      groupText(
        condition === '' ? `「${nameOfGroup(group)}」` : `${condition}もの`,
        sorted,
        own.filter((item) => item.fy === fy).map(({ line }) => line),
        column === 'executed' ? 'executed' : 'amount',
      ),
    );
  else if (isSum && compute.of !== 'sum') {
    const values = sorted.map(({ amountYen }) => amountYen);
    headlines.push(`予算額の${statisticText(values, compute.of, '円', '件')}`);
  } else if (one !== undefined && changes) {
    headlines.push(changeText(one));
  } else if (changes && fys.length === 1) headlines.push(totalChange(sorted, query, group, own, sources));
  else if (one !== undefined) {
    const fact = budgetFact(one);
    const shown = query.columns.filter((asked) => figureOf(fact, asked, sources) !== null);
    headlines.push(
      (shown.length === 0 ? (['amount'] as const) : shown)
        .map((asked) => `${COLUMN_NAMES[asked]} ${figureOf(fact, asked, sources)?.text ?? ''}`)
        .join('、'),
    );
  } else if (fys.length > 1 && !isSum) {
    headlines.push(`${sorted.length}件です。`);
  } else headlines.push(`${sorted.length}件、予算額の合計 ${sumText(sorted, (line) => line.amountYen)}`);
  if (isSum || column !== 'amount') {
    const executed = sorted.filter((line) => line.executedYen !== null);
    if (executed.length > 0 && sorted.length > 1) {
      const [spent, budget] = [
        sum(executed, (line) => line.executedYen),
        sum(sorted, (line) => line.amountYen),
      ];
      details.push(
        { label: '執行（予定）額の合計', value: sumText(executed, (line) => line.executedYen) },
        {
          label: '執行率',
          value: `${formatNumber((spent / budget) * 100, 1)}％（${formatNumber(spent)} ÷ ${formatNumber(budget)}）`,
        },
        {
          label: '残額',
          value: `${formatYen(budget - spent)}（${formatNumber(budget)} − ${formatNumber(spent)}）`,
        },
      );
    }
  }
  if (new Set(kept.map((item) => item.fy)).size > 1) headlines.splice(0, headlines.length, totalsText(kept));
  return answered({
    topic: 'budget',
    title: `${what}${condition === '' ? '' : `：${condition}もの`}`,
    headline: headlines.join(''),
    details,
    table: sorted.length < 2 ? null : budgetAnswerTable(sorted),
    lines: budgetLineTexts(sorted),
    notes: [
      ...notes,
      unknown > 0 && query.filter.length > 0
        ? `記載がないため判定できないものが${unknown}件あります。`
        : null,
    ],
    rows: (sorted.length > 0 ? sorted : found.map(({ line }) => line)).map((line) => rowOf(budgetFact(line))),
    choices:
      query.about === '' ? [] : [choice('予算の一覧', { ...budgetQuery(branch, fy ?? 1), show: 'list' })],
  });
}

/** Whether an item has overrun its budget is said as such: はい and いいえ can be taken both ways. */
function overText({ filter }: Query, { amountYen, executedYen }: BudgetLine): string | null {
  const [only, ...others] = filter;
  if (only?.type !== 'status' || only.status !== 'over' || others.length > 0 || executedYen === null)
    return null;
  return executedYen > amountYen
    ? `予算額を${formatYen(executedYen - amountYen)}超えています（執行（予定）額 ${formatYen(executedYen)} − 予算額 ${formatYen(amountYen)}）。`
    : `予算の範囲内です（執行（予定）額 ${formatYen(executedYen)}、予算額 ${formatYen(amountYen)}、残額 ${formatYen(amountYen - executedYen)}）。`;
}

function byYear(items: readonly Item[]): { name: string; total: number }[] {
  const years = [...new Set(items.map(({ fy }) => fy))].sort((a, b) => a - b);
  return years.map((fy) => ({
    name: formatFiscalYear(fy),
    total: sum(
      items.filter((item) => item.fy === fy).map(({ line }) => line),
      (line) => line.amountYen,
    ),
  }));
}

function byName(items: readonly Item[]): { name: string; total: number }[] {
  return items.map(({ line }) => ({ name: `「${line.name}」`, total: line.amountYen }));
}

/** What many items come to beside the year before: what that year's budget has under the same name, else the amounts printed beside them. */
function totalChange(
  lines: readonly BudgetLine[],
  query: Query,
  { name }: Group,
  own: readonly Item[],
  sources: Sources,
): string {
  const total = sum(lines, (line) => line.amountYen);
  const [first] = lines;
  if (first === undefined) return '';
  const head = `${formatFiscalYear(first.fy)}は${lines.length}件、予算額の合計 ${formatYen(total)}。`;
  const before = own.filter((item) => item.fy === first.fy - 1);
  const earlier =
    query.filter.length === 0 ? itemsAbout(name, before, sources).items.map(({ line }) => line) : [];
  const printed = lines.filter((line) => line.previousAmountYen !== null);
  if (earlier.length === 0 && printed.length === 0)
    return `${head}前年度の金額は資料に記載がないため、比べられません。`;
  const [from, count] =
    earlier.length > 0
      ? [sum(earlier, (line) => line.amountYen), earlier.length]
      : [sum(printed, (line) => line.previousAmountYen), printed.length];
  const isPart =
    before.every(({ line }) => line.source.title === first.source.title) && printed.length < lines.length;
  const note = isPart
    ? `前年度分は、${formatFiscalYear(first.fy)}の資料に金額の記載がある項目だけの合計です。`
    : '';
  return `${head}${formatFiscalYear(first.fy - 1)}は${count}件、合計 ${formatYen(from)}で、${changeBetween(from, total)}です。${note}`;
}

/** Where a heading was taken, what else has the word in its name. */
function beyondHeading({ name, section, items, fys }: Group, own: readonly Item[]): string | null {
  if (section === null || name === '') return null;
  const word = name.replace(/関連|予算|\s/g, '');
  const others = own.filter(
    (item) => fys.includes(item.fy) && item.name.includes(word) && !items.includes(item),
  );
  const known = `区分「${section}」の項目です。`;
  return others.length === 0
    ? known
    : `${known}ほかの区分にも、名前に「${word}」を含む項目が${others.length}件あります（${others.map(({ line }) => `${line.name} ${formatYen(line.amountYen)}`).join('、')}）。`;
}
