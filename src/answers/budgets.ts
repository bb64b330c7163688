import { formatNumber, formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import { EMPTY_QUERY, type Query } from '../model/query.ts';
import { whichBranch } from './ask-back.ts';
import {
  changeText,
  columnOf,
  detailOf,
  type Item,
  isItem,
  itemsAbout,
  lineOf,
  linesOf,
  needsExecution,
  sum,
  sumText,
  tableOf,
  totalsText,
  withPreviousYears,
} from './budget-items.ts';
import { answered, choice, clarify, notFound } from './card.ts';
import { type Frame, filterText, verdictOf } from './conditions.ts';
import { budgetFact, COLUMN_NAMES, figureOf, rowOf } from './fact.ts';
import { statisticText } from './rows.ts';
import type { Sources } from './sources.ts';
import { tabulate } from './tabulate.ts';

export function budgetQuery(branch: string, fy: FiscalYear, about = ''): Query {
  return {
    ...EMPTY_QUERY,
    facts: 'budget',
    about,
    scope: { ...EMPTY_QUERY.scope, branches: [branch], fys: [fy] },
  };
}

/** Items, sums, status, execution and changes of a branch's budget. Null where no item is near what was asked. */
export async function answerBudget(query: Query, sources: Sources): Promise<Answer | null> {
  const { scope } = query;
  const all = withPreviousYears(
    await sources.knowledge.budgets(scope.branches.length === 0 ? {} : { branches: scope.branches }),
  );
  const wantsGroup =
    query.compute?.type === 'statistic' ||
    query.show === 'list' ||
    query.order !== null ||
    query.filter.length > 0;
  if (all.length === 0) {
    const where = scope.branches.length === 0 ? '' : `${scope.branches.map(formatBranch).join('、')}の`;
    const parts = (await sources.knowledge.parts()).filter(({ branch }) => scope.branches.includes(branch));
    const searched =
      parts.length === 0
        ? ''
        : `調べた資料は${[...new Set(parts.map(({ title }) => title))].slice(0, 3).join('、')}です。`;
    return notFound(`${where}予算の記載は資料にありません。${searched}`);
  }
  const items = all.map(budgetFact).filter(isItem);
  const branches = [...new Set(items.map(({ branch }) => branch))];
  const executed = items.filter(({ line }) => line.executedYen !== null);
  const able = query.about !== '' && needsExecution(query) && executed.length > 0 ? executed : items;
  const near = query.about === '' ? able : itemsAbout(query.about, able, wantsGroup, sources);
  const nearBranches = [...new Set(near.map(({ branch }) => branch))];
  const branch =
    scope.branches[0] ??
    (nearBranches.length === 1 ? nearBranches[0] : branches.length === 1 ? branches[0] : undefined);
  if (scope.branches.length > 1) return sideBySide(query, items, sources);
  if (branch === undefined) {
    const answer = whichBranch(query, nearBranches.length > 0 ? nearBranches : branches);
    return near.length === 0 ? null : answer;
  }
  const assumed =
    scope.branches.length === 0 ? `支部の指定がないため、${formatBranch(branch)}でお答えしました。` : null;
  const own = items.filter((item) => item.branch === branch);
  const years = [...new Set(own.map(({ fy }) => fy))].sort((a, b) => b - a);
  const wanted = scope.fys.filter((fy) => years.includes(fy));
  const absent = scope.fys.filter((fy) => !years.includes(fy));
  if (scope.fys.length > 0 && wanted.length === 0 && scope.relative === null)
    return notFound(
      `${formatBranch(branch)}の${scope.fys.map(formatFiscalYear).join('・')}の予算は資料にありません。資料にあるのは${[
        ...years,
      ]
        .sort((a, b) => a - b)
        .map(formatFiscalYear)
        .join('、')}です。`,
    );
  const [latest] = years;
  const search = (fy: FiscalYear) =>
    itemsAbout(
      query.about,
      own.filter((item) => item.fy === fy),
      wantsGroup,
      sources,
    );
  let fys = wanted.length > 0 ? wanted : latest === undefined ? [] : [latest];
  let found = fys.flatMap(search);
  let note: string | null =
    scope.fys.length > 0 ? null : `${fys.map(formatFiscalYear).join('・')}の予算でお答えしました。`;
  if (scope.relative !== null && absent.length > 0 && wanted.length === 0)
    note = `${scope.relative}（${absent.map(formatFiscalYear).join('・')}）の資料はないため、${fys.map(formatFiscalYear).join('・')}でお答えしました。`;
  if (found.length === 0 && scope.fys.length === 0) {
    for (const fy of years) {
      const older = search(fy);
      if (older.length === 0) continue;
      note = `${fys.map(formatFiscalYear).join('・')}の予算にはなく、${formatFiscalYear(fy)}の予算にあります。`;
      fys = [fy];
      found = older;
      break;
    }
  }
  if (found.length === 0) return null;
  const [fy] = fys;
  const onlyBeside =
    own.every((item) => item.fy !== fy || item.line.executedYen === null) &&
    !(await sources.knowledge.budgets({ branches: [branch] })).some((line) => line.fy === fy);
  const besideNote =
    onlyBeside && fy !== undefined
      ? `${formatFiscalYear(fy)}の金額は、${formatFiscalYear(fy + 1)}の資料に前年度分として示されているものです。`
      : null;
  return answerItems(query, { branch, fys, found, own, notes: [assumed, note, besideNote] }, sources);
}

interface Chosen {
  branch: string;
  fys: FiscalYear[];
  found: Item[];
  own: Item[];
  notes: (string | null)[];
}

function answerItems(query: Query, { branch, fys, found, own, notes }: Chosen, sources: Sources): Answer {
  const { compute } = query;
  const column = columnOf(query);
  const when = fys.map(formatFiscalYear).join('・');
  const [fy] = fys;
  const before = own.filter((item) => item.fy === (fy ?? 0) - 1);
  const frame: Frame = {
    sources,
    column,
    population: () => found,
    other: (fact, _branch, year) => {
      const row = own.find((item) => item.fy === year && item.name === fact.name);
      if (row !== undefined) return row;
      if (fact.kind !== 'budget' || year !== fact.fy - 1 || fact.line.previousAmountYen === null) return null;
      return budgetFact({ ...fact.line, fy: year, amountYen: fact.line.previousAmountYen });
    },
  };
  if (needsExecution(query) && found.every(({ line }) => line.executedYen === null)) {
    return notFound(
      `${formatBranch(branch)}の${when}の資料に、${found.length === 1 ? `「${found[0]?.name ?? ''}」の` : ''}執行額の記載はありません。予算額は${sumText(
        found.map(({ line }) => line),
        (line) => line.amountYen,
      )}です。`,
    );
  }
  const status = query.filter.find(({ type }) => type === 'budget');
  if (status?.type === 'budget' && found.every(({ line }) => line.status === null))
    return notFound(
      `${formatBranch(branch)}の${when}の資料に、予算のステータス（${status.status} など）は書かれていません。`,
    );
  const what = `${formatBranch(branch)} ${when} ${query.about === '' || found.length > 1 ? '予算' : `「${found[0]?.name ?? ''}」の予算`}`;
  const isFlat =
    query.order === null &&
    (compute === null ||
      compute.type === 'statistic' ||
      compute.type === 'compare' ||
      compute.type === 'change' ||
      compute.type === 'difference');
  if (compute?.type === 'ratio') {
    const [only] = found;
    const earlier = only === undefined ? null : frame.other(only, null, only.fy - 1);
    const ofYears = new Set(found.map(({ name }) => name)).size === 1;
    const pair =
      found.length === 1 && earlier !== null && isItem(earlier)
        ? [...found, earlier]
        : ofYears
          ? [...found].sort((a, b) => b.fy - a.fy)
          : found;
    const [first, second] = pair;
    if (first === undefined || second === undefined || pair.length !== 2)
      return clarify(
        '「何倍」を計算する2つの予算の項目を見分けられませんでした。項目の名前を2つ書いてお尋ねください。',
        [],
      );
    const rate = formatNumber(first.line.amountYen / second.line.amountYen, 2);
    return answered({
      topic: 'budget',
      title: what,
      headline: `${ofYears ? formatFiscalYear(first.fy) : `「${first.name}」`}は${ofYears ? formatFiscalYear(second.fy) : `「${second.name}」`}の${rate}倍です（${formatNumber(first.line.amountYen)} ÷ ${formatNumber(second.line.amountYen)}）。`,
      lines: found.map(({ line }) => lineOf(line)),
      notes,
      rows: found.map(rowOf),
    });
  }
  if (!isFlat) {
    return tabulate(query, {
      topic: 'budget',
      facts: found,
      frame,
      before,
      what,
      labelOf: (fact) => fact.name,
      noun: '件',
      scopeText: `${found.length}件`,
      notes,
      isSubject: () => false,
      choices: [],
      detail: (fact) =>
        fact.kind !== 'budget'
          ? ''
          : `${column === 'amount' ? '' : `（予算額 ${formatYen(fact.line.amountYen)}）`}${column === 'amount' ? detailOf(fact.line) : ''}`,
    });
  }
  const meets = (fact: Item) =>
    query.filter.every((filter) => verdictOf(filter, fact, frame, before) === 'meets');
  const unknown = found.filter((fact) =>
    query.filter.some((filter) => verdictOf(filter, fact, frame, before) === 'unknown'),
  ).length;
  const chosen = query.filter.length === 0 ? found : found.filter(meets);
  const lines = chosen.map(({ line }) => line);
  const sorted = query.filter.some((filter) => filter.type === 'compare')
    ? [...lines].sort((a, b) => b.amountYen - a.amountYen)
    : lines;
  const condition = query.filter.map((filter) => filterText(filter, null, '円')).join('、');
  const [only] = found;
  if (
    query.claim &&
    query.filter.length > 0 &&
    only !== undefined &&
    new Set(found.map(({ name }) => name)).size === 1
  ) {
    const yes = meets(only);
    const unsure = query.filter.some((filter) => verdictOf(filter, only, frame, before) === 'unknown');
    return answered({
      topic: 'claim',
      title: what,
      headline: unsure
        ? `資料の記載からは分かりません（尋ねられたこと：${condition}もの）。`
        : `${yes ? 'はい' : 'いいえ'}（尋ねられたこと：${condition}もの）。`,
      lines: [lineOf(only.line)],
      notes,
      rows: [rowOf(only)],
    });
  }
  const headlines: string[] = [];
  const details: { label: string; value: string }[] = [];
  const one = sorted.length === 1 ? sorted[0] : undefined;
  const isSum = compute?.type === 'statistic';
  if (sorted.length === 0) headlines.push(`該当する予算はありません（${found.length}件を確認しました）。`);
  else if (isSum && compute.of !== 'sum') {
    const values = sorted.map(({ amountYen }) => amountYen);
    headlines.push(`予算額の${statisticText(values, compute.of, '円', '件')}`);
  } else if (
    one !== undefined &&
    (compute?.type === 'change' || compute?.type === 'difference' || compute?.type === 'compare')
  ) {
    headlines.push(changeText(one));
  } else if (one !== undefined) {
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
  if (new Set(chosen.map((item) => item.fy)).size > 1)
    headlines.splice(0, headlines.length, totalsText(chosen));
  return answered({
    topic: 'budget',
    title: `${what}${condition === '' ? '' : `：${condition}もの`}`,
    headline: headlines.join(''),
    details,
    table: sorted.length < 2 ? null : tableOf(sorted),
    lines: linesOf(sorted),
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

/** The totals of several branches, or of one item of theirs. */
function sideBySide(query: Query, items: readonly Item[], sources: Sources): Answer {
  const { scope } = query;
  const each = scope.branches.map((branch) => {
    const own = items.filter((item) => item.branch === branch);
    const years = own.map(({ fy }) => fy);
    const fy =
      scope.fys.find((year) => years.includes(year)) ??
      (scope.fys.length === 0 ? Math.max(...years) : undefined);
    const found =
      fy === undefined
        ? []
        : itemsAbout(
            query.about,
            own.filter((item) => item.fy === fy),
            true,
            sources,
          );
    return { branch, fy, lines: found.map(({ line }) => line) };
  });
  const known = each.filter(({ lines }) => lines.length > 0);
  const absent = each.filter(({ lines }) => lines.length === 0).map(({ branch }) => formatBranch(branch));
  if (known.length === 0) return notFound(`${absent.join('、')}の資料に、お尋ねの予算の記載はありません。`);
  return answered({
    topic: 'budget',
    title: `${query.about === '' ? '予算' : `「${query.about}」の予算`}の比較`,
    headline:
      query.compute?.type === 'statistic' && query.compute.of === 'sum'
        ? `合計 ${formatYen(known.reduce((all, { lines }) => all + sum(lines, (line) => line.amountYen), 0))}（${known.length}支部）`
        : null,
    lines: known.map(
      ({ branch, fy, lines }) =>
        `・${formatBranch(branch)} ${fy === undefined ? '' : formatFiscalYear(fy)}：${lines.length}件、合計 ${formatYen(sum(lines, (line) => line.amountYen))}`,
    ),
    notes: [absent.length === 0 ? null : `${absent.join('、')}の資料に予算の記載はありません。`],
    rows: known.flatMap(({ lines }) => lines.map((line) => rowOf(budgetFact(line)))),
  });
}
