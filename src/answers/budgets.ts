import { formatYen } from '../japanese/amounts.ts';
import type { Answer } from '../model/answer.ts';
import { formatBranch } from '../model/branch.ts';
import { type FiscalYear, formatFiscalYear } from '../model/fiscal-year.ts';
import type { Query } from '../model/query.ts';
import { whichBranch, withAssumedBranch } from './ask-back.ts';
import { answerItems } from './budget-card.ts';
import { betweenGroups, betweenTotals, type Group } from './budget-groups.ts';
import {
  budgetQuery,
  type Item,
  isItem,
  itemsAbout,
  needsExecution,
  sum,
  withPreviousYears,
} from './budget-items.ts';
import { choice, notFound } from './card.ts';
import { combine } from './combine.ts';
import { budgetFact } from './fact.ts';
import type { Sources } from './sources.ts';

/** Items, sums, status, execution and changes of a branch's budget. Null where no item is near what was asked. */
export async function answerBudget(query: Query, sources: Sources): Promise<Answer | null> {
  const { scope } = query;
  const printed = await sources.knowledge.budgets(
    scope.branches.length === 0 ? {} : { branches: scope.branches },
  );
  if (printed.length === 0) return noBudget(query, sources);
  const items = withPreviousYears(printed).map(budgetFact).filter(isItem);
  if (scope.branches.length > 1) return ofBranches(query, items, sources);
  const branches = [...new Set(items.map(({ branch }) => branch))];
  const executed = items.filter(({ line }) => line.executedYen !== null);
  const able = query.about !== '' && needsExecution(query) && executed.length > 0 ? executed : items;
  const near = namesOf(query).flatMap((name) => itemsAbout(name, able, sources).items);
  const nearBranches = [...new Set(near.map(({ branch }) => branch))];
  const branch =
    scope.branches[0] ??
    (nearBranches.length === 1 ? nearBranches[0] : branches.length === 1 ? branches[0] : undefined);
  if (branch === undefined)
    return near.length === 0
      ? null
      : whichBranch(query, nearBranches.length > 0 ? nearBranches : branches, sources);
  if (scope.branches.length === 0) {
    const ofOne = await answerBudget({ ...query, scope: { ...scope, branches: [branch] } }, sources);
    return ofOne === null ? null : withAssumedBranch(ofOne, branch, '予算');
  }
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
  const fys = wanted.length > 0 ? wanted : latest === undefined ? [] : [latest];
  const groups = oneWhereShared(
    query.about,
    namesOf(query).map((name) => groupOf(name, fys, own, sources)),
  );
  const elsewhere = groups.flatMap((group) => foundElsewhere(group, query, fys, own, sources));
  if (elsewhere.length > 0) {
    // Only a question without a year may be answered from another one.
    const [other] = elsewhere;
    if (other !== undefined && groups.length === 1 && scope.fys.length === 0)
      groups.splice(0, 1, other.group);
    else
      return notFound(
        elsewhere
          .map(
            ({ group, text }) =>
              `${formatBranch(branch)}の${fys.map(formatFiscalYear).join('・')}の予算に「${group.name}」に当たる項目はありません。${text}`,
          )
          .join(''),
        elsewhere.flatMap(({ group }) =>
          group.fys.map((fy) =>
            choice(`${formatFiscalYear(fy)}の予算を見る`, budgetQuery(branch, fy, group.name)),
          ),
        ),
      );
  }
  const missing = groups.filter((group) => group.items.length === 0);
  if (missing.length === groups.length) return null;
  const answeredFys = [...new Set(groups.flatMap((group) => group.fys))];
  let note: string | null =
    scope.fys.length > 0 ? null : `${answeredFys.map(formatFiscalYear).join('・')}の予算でお答えしました。`;
  if (scope.relative !== null && absent.length > 0 && wanted.length === 0)
    note = `${scope.relative}（${absent.map(formatFiscalYear).join('・')}）の資料はないため、${fys.map(formatFiscalYear).join('・')}でお答えしました。`;
  else if (elsewhere.length > 0)
    note = `${fys.map(formatFiscalYear).join('・')}の予算にはなく、${answeredFys.map(formatFiscalYear).join('・')}の予算にあります。`;
  const [fy] = answeredFys;
  const onlyBeside =
    fy !== undefined &&
    own.every((item) => item.fy !== fy || item.line.executedYen === null) &&
    !printed.some((line) => line.branch === branch && line.fy === fy);
  const besideNote = onlyBeside
    ? `${formatFiscalYear(fy)}の金額は、${formatFiscalYear(fy + 1)}の資料に前年度分として示されているものです。`
    : null;
  const notes = [note, besideNote];
  if (groups.length > 1) {
    if (missing.length > 0 && query.compute !== null)
      return notFound(
        `${formatBranch(branch)}の予算に${missing.map(({ name }) => `「${name}」`).join('、')}に当たる項目が見つからないため、計算できません。`,
      );
    const between = betweenGroups(query, groups, { branch, notes });
    if (between !== null) return between;
    return combine(
      groups.map((group) =>
        group.items.length === 0
          ? notFound(`${formatBranch(branch)}の予算に「${group.name}」に当たる項目は見つかりませんでした。`)
          : answerItems({ ...query, items: [], about: group.name }, { branch, group, own, notes }, sources),
      ),
    );
  }
  const [group] = groups;
  return group === undefined ? null : answerItems(query, { branch, group, own, notes }, sources);
}

/** The names of the question; that of which a share is asked stands last. */
function namesOf({ items, about, compute }: Query): readonly string[] {
  const named = items.length > 1 ? items : [about];
  return compute?.type === 'share' && compute.of !== undefined ? [...named, compute.of] : named;
}

/** 「市町村のがん検診と特定健診の同時受診勧奨」: names that all have the same item are its one name. */
function oneWhereShared(about: string, groups: Group[]): Group[] {
  const [first, ...others] = groups;
  if (first === undefined || others.length === 0) return groups;
  const shared = first.items.filter((item) => others.every(({ items }) => items.includes(item)));
  // An item of a heading that is named beside it is not the heading.
  const isOne =
    groups.every(({ section }) => section === null) &&
    shared.length > 0 &&
    new Set(shared.map(({ fy }) => fy)).size === shared.length;
  return isOne ? [{ ...first, name: about, items: shared, section: null }] : groups;
}

function groupOf(name: string, fys: readonly FiscalYear[], own: readonly Item[], sources: Sources): Group {
  const found = fys.map((fy) =>
    itemsAbout(
      name,
      own.filter((item) => item.fy === fy),
      sources,
    ),
  );
  return {
    name,
    fys: [...fys],
    items: found.flatMap(({ items }) => items),
    section: found.find(({ section }) => section !== null)?.section ?? null,
    nearness: Math.max(0, ...found.map(({ nearness }) => nearness)),
  };
}

/** A name that is nearer in this measure to an item of another year is that item. */
const CLEARLY = 0.2;

/** Where another year has the item that was named, and the asked one has none, or one that is only near. */
function foundElsewhere(
  group: Group,
  query: Query,
  fys: readonly FiscalYear[],
  own: readonly Item[],
  sources: Sources,
): { group: Group; text: string }[] {
  if (group.name === '' || fys.length > 1) return [];
  if (group.items.length > 0 && (group.section !== null || query.scope.fys.length === 0)) return [];
  const others = [...new Set(own.map(({ fy }) => fy))]
    .filter((fy) => !fys.includes(fy))
    .sort((a, b) => b - a);
  for (const fy of others) {
    const other = groupOf(group.name, [fy], own, sources);
    if (other.items.length === 0 || other.nearness < group.nearness + CLEARLY) continue;
    const lines = other.items.slice(0, 3).map(({ line }) => `「${line.name}」${formatYen(line.amountYen)}`);
    return [{ group: other, text: `${formatFiscalYear(fy)}の予算には${lines.join('、')}があります。` }];
  }
  return [];
}

async function noBudget({ scope }: Query, sources: Sources): Promise<Answer> {
  const where = scope.branches.length === 0 ? '' : `${scope.branches.map(formatBranch).join('、')}の`;
  const parts = (await sources.knowledge.parts()).filter(({ branch }) => scope.branches.includes(branch));
  const searched =
    parts.length === 0
      ? ''
      : `調べた資料は${[...new Set(parts.map(({ title }) => title))].slice(0, 3).join('、')}です。`;
  return notFound(`${where}予算の記載は資料にありません。${searched}`);
}

/** The totals of several branches, or of one item of theirs; conditions and orders are answered branch by branch. */
async function ofBranches(query: Query, items: readonly Item[], sources: Sources): Promise<Answer> {
  const { scope } = query;
  const single = (branch: string) => ({ ...query, scope: { ...scope, branches: [branch] } });
  const works = query.filter.length > 0 || query.order !== null || query.compute?.type === 'share';
  if (works) {
    const each = await Promise.all(
      scope.branches.map(
        async (branch) =>
          (await answerBudget(single(branch), sources)) ??
          notFound(`${formatBranch(branch)}の予算に「${query.about}」に当たる項目は見つかりませんでした。`),
      ),
    );
    return combine(each);
  }
  const each = scope.branches.map((branch) => {
    const own = items.filter((item) => item.branch === branch);
    const years = own.map(({ fy }) => fy);
    const fy =
      scope.fys.find((year) => years.includes(year)) ??
      (scope.fys.length === 0 ? Math.max(...years) : undefined);
    const groups = fy === undefined ? [] : namesOf(query).map((name) => groupOf(name, [fy], own, sources));
    return { branch, fy, lines: groups.flatMap((group) => group.items.map(({ line }) => line)) };
  });
  const known = each.filter(({ lines }) => lines.length > 0);
  const absent = each.filter(({ lines }) => lines.length === 0).map(({ branch }) => formatBranch(branch));
  if (known.length === 0) return notFound(`${absent.join('、')}の資料に、お尋ねの予算の記載はありません。`);
  const name = namesOf(query).join('・');
  const sides = known.map(({ branch, lines }) => ({
    name: formatBranch(branch),
    total: sum(lines, (line) => line.amountYen),
  }));
  return betweenTotals(query.compute, sides, {
    what: `${name === '' ? '予算' : `「${name}」の予算`}の比較`,
    found: known.flatMap(({ lines }) => lines.map(budgetFact).filter(isItem)),
    lines: known.map(
      ({ branch, fy, lines }) =>
        `・${formatBranch(branch)} ${fy === undefined ? '' : formatFiscalYear(fy)}：${lines.length}件、合計 ${formatYen(sum(lines, (line) => line.amountYen))}`,
    ),
    notes: [absent.length === 0 ? null : `${absent.join('、')}の資料に予算の記載はありません。`],
  });
}
