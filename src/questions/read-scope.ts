import type { Facts, Filter, Query, Scope } from '../model/query.ts';
import { type Composed, isYear } from './composed.ts';
import type { PhraseToken, Sentence } from './sentence.ts';

/** The association as a whole, or all of its branches, as the rest of the question tells. */
export const COUNTRY = '全国';
/** 47支部 are all of them. */
const ALL_BRANCHES = 47;
/** They say no more than which branches were named: 九州の各支部. */
const EACH = /^(?:各|全|すべて|支部|ほか|他)/;

export interface ScopeRead {
  branches: string[];
  every: boolean;
  /** How a group was said. */
  group: string | null;
  /** Whose place is asked, or of whom something is claimed. */
  subject: string[];
  /** Branches are what is asked for: …の支部は, 何支部. */
  asksBranches: boolean;
  /** All branches were named as such: 全国, 47支部. */
  saysEvery: boolean;
  asksPlace: boolean;
  counts: 'count' | 'share' | null;
  /** Regions or cities that were named as if they were a branch: 関西支部. */
  noBranch: string[];
  /** Branches that a group without a name of its own is without: 島根以外で. */
  excluded: string[];
}

/** Branches that places name together: 九州で福岡は, 九州の…沖縄は抜きで, 東京と大阪. */
function readPlaces(sentence: Sentence): Pick<ScopeRead, 'branches' | 'group' | 'subject'> {
  const said = sentence.use(sentence.of('place'));
  // 関東で九州平均より高い支部: 九州 is only what is held against.
  const operands = [
    ...sentence.of('reference').map(({ operand }) => operand),
    ...sentence
      .of('conditions')
      .flatMap(({ filters }) => filters.flatMap((own) => (own.type === 'compare' ? [own.right] : []))),
  ];
  const measures = operands.flatMap((operand) =>
    operand.type === 'statistic' && operand.branches?.length ? [operand.branches.join()] : [],
  );
  const others = said.filter(({ branches }) => !measures.includes(branches.join()));
  const places = others.length > 0 ? others : said;
  const cities = sentence.use(sentence.of('city'));
  const branches = [...new Set(places.flatMap((token) => token.branches))];
  const holder = places.find((token) => token.group !== null);
  const narrows = sentence.has('place', 'claim', 'top', 'bottom', 'extreme') || sentence.of('end').length > 0;
  const isWithin = (of: readonly string[]) => of.every((branch) => holder?.branches.includes(branch));
  const member = narrows ? places.find((token) => token !== holder && isWithin(token.branches)) : undefined;
  if (holder !== undefined && member !== undefined)
    return { branches: holder.branches, group: holder.group, subject: member.branches };
  if (places.length > 1 && places.some(({ excluded }) => excluded !== undefined)) {
    const left = places.flatMap((token) => token.excluded ?? []);
    const from = places.find((token) => token.excluded === undefined);
    if (from !== undefined) {
      const group = `${left.join('・')}以外の${from.group ?? from.branches.join('・')}`;
      return { branches: from.branches.filter((branch) => !left.includes(branch)), group, subject: [] };
    }
  }
  if (branches.length === 0)
    return { branches: [...new Set(cities.map(({ branch }) => branch))], group: null, subject: [] };
  return { branches, group: places.length > 1 ? null : (holder?.group ?? null), subject: [] };
}

function asksOther(which: PhraseToken, sentence: Sentence): boolean {
  const particle = sentence.after(which);
  const thing = particle === undefined ? undefined : sentence.after(particle);
  return (
    particle?.kind === 'particle' &&
    sentence.textOf(particle) === 'の' &&
    ((thing?.kind === 'word' && !thing.verb) || thing?.kind === 'city')
  );
}

/** Which branches a question is about, and whether branches are what it asks for. */
export function readQueryScope(
  sentence: Sentence,
  facts: Facts,
  filters: readonly Filter[],
  isOnly: boolean,
): ScopeRead {
  const { has, says, of } = sentence;
  const places = readPlaces(sentence);
  const { group, subject } = places;
  let { branches } = places;
  // 「どこの島」, 「どこの病院」 ask for something else than branches.
  const which = sentence.phrases('which_branch').filter((own) => !asksOther(own, sentence));
  const saysWhich = says('which_branch') && which.length > 0 && !has('when');
  const all = of('number').filter(({ unit, value }) => unit === '支部' && value === ALL_BRANCHES);
  // 「東北の各支部」: each of the group.
  const isGroup = group !== null || branches.length > 1;
  const everywhere = sentence
    .use(sentence.phrases('all_branches'))
    .filter((own) => !(isGroup && EACH.test(sentence.textOf(own))));
  const saysEvery = everywhere.length > 0 || sentence.use(all).length > 0;
  const claimed = has('claim');
  // 「広島の順位と平均との差」
  const saysOrder = of('end').some((own) => /^順位$/.test(sentence.textOf(own)));
  const asksPlace =
    says('place') || (of('places').length > 0 && claimed) || (saysOrder && branches.length === 1);
  const isShare = has('share_branches');
  const countsBranches = says('count_branches', 'share_branches');
  const isOwn = says('own');
  const holds = filters.length > 0 || of('reference').length > 0;
  const asksBranches = saysWhich || countsBranches || (has('branches') && !isOwn && (holds || !isGroup));
  const isCountry = of('phrase').some(
    (item) => item.as === 'all_branches' && /^全国の?$/.test(sentence.textOf(item)),
  );
  let every = saysEvery || (asksBranches && branches.length === 0);
  const hasEnd = of('end').length > 0 || has('top', 'bottom', 'extreme');
  const own = [...subject];
  const becomeSubject = (among: boolean) => {
    own.push(...branches);
    branches = [];
    every = every || among;
  };
  // 「うちは東京なんですけど、東京より低い支部は？」: 東京 is what the others are held against.
  const heldAgainst = of('reference').some(
    ({ operand }) =>
      operand.type === 'figure' && operand.branch !== null && branches.join() === operand.branch,
  );
  if (heldAgainst && asksBranches) {
    branches = [];
    every = true;
  }
  if (branches.length === 1 && (asksPlace || ((saysEvery || claimed) && hasEnd))) becomeSubject(true);
  const single = branches.length === 1 && own.length === 0;
  if (saysEvery && single && of('reference').length === 0 && facts === 'kpi') becomeSubject(false);
  if (isOnly && filters.length > 0 && branches.length > 0 && own.length === 0) becomeSubject(true);
  const noBranch = of('place')
    .filter((token) => token.asBranch === true)
    .map(sentence.textOf);
  const counts = countsBranches ? (isShare ? 'share' : 'count') : null;
  const excluded = of('place').flatMap((token) => token.excluded ?? []);
  return {
    branches,
    every,
    group: group ?? (isCountry && every ? COUNTRY : null),
    subject: own,
    asksBranches,
    saysEvery,
    asksPlace,
    counts,
    noBranch,
    excluded,
  };
}

interface TimeRead extends Pick<Scope, 'fys' | 'relative' | 'quarters' | 'months'> {
  /** Counted from the year that is talked about: −1 for 前年, 1 for 次の年度. */
  shift: -1 | 1 | null;
  /** The year that a change is counted from: 令和6年度からいくら増えた. */
  since: number | null;
  /** The month that a change within the year is counted from: 5月から何ポイント上がった. */
  sinceMonth: number | null;
  beforeReiwa: boolean;
}

/** 9月, and 9月までに: from April on. */
function monthsOf({ month }: { month: number | null }, isUntil: boolean): number[] {
  if (month === null) return [];
  if (!isUntil) return [month];
  const many = ((month + 8) % 12) + 1;
  return Array.from({ length: many }, (_, at) => ((at + 3) % 12) + 1);
}

/** The years and parts of a year that a question names. */
export function readTime(sentence: Sentence, facts: Facts): TimeRead {
  const { of, use, has, after } = sentence;
  const years = use(of('years'));
  const isFrom = (token: Composed) => {
    const particle = after(token);
    return particle?.kind === 'particle' && particle.as === 'from';
  };
  const changes = facts === 'kpi' && has('rise', 'fall', 'change', 'improved', 'worsened');
  const [from] = of('part').filter((part) => changes && isFrom(part) && part.month !== null);
  if (from !== undefined) use([from]);
  const isUntil = (token: Composed) => {
    const particle = after(token);
    return particle?.kind === 'particle' && particle.as === 'to';
  };
  // What a change is counted from is no time of its own; of a quarter it is told back.
  const isSinceSaid = (part: Composed) => isFrom(part) && has('rise', 'fall', 'change');
  const parts = use(of('part').filter((part) => part !== from && !isSinceSaid(part)));
  const before = use(of('year_before'));
  const next = use(of('year_after'));
  const references = of('reference');
  const since = years.find((token) => isFrom(token) && token.fys.length === 1);
  // 「令和6年度から下がったKPI」: of a list
  const ofKpis =
    facts === 'kpi' &&
    of('indicator').length === 0 &&
    has('target', 'actual', 'kpi_list') &&
    !has('how_many', 'count');
  const isSince =
    since !== undefined &&
    references.length === 0 &&
    has('rise', 'fall', 'change', 'ratio') &&
    (facts === 'budget' || years.length > 1 || ofKpis);
  const said = years.filter((token) => !(isSince && token === since)).flatMap(({ fys }) => fys);
  const against = references.flatMap(({ operand }) => (isYear(operand) ? [operand.fy] : []));
  if (against.length > 1) said.push(...against);
  const ofMonth = parts.flatMap(({ fy }) => (fy === null ? [] : [fy]));
  const [first] = years;
  const held = references.some(({ operand }) => operand.type === 'figure' && operand.fy === 'previous');
  return {
    fys: [...new Set(said.length > 0 ? said : ofMonth.slice(0, 1))],
    relative: first?.relative && said.length > 0 ? sentence.textOf(first) : null,
    quarters: sentence.says('within_year')
      ? [1, 2, 3, 4]
      : [...new Set(parts.flatMap(({ quarters }) => quarters))],
    months: [...new Set(parts.flatMap((part) => monthsOf(part, facts === 'measure' && isUntil(part))))],
    sinceMonth: from?.month ?? null,
    since: isSince ? (since?.fys[0] ?? null) : null,
    shift: before.length > 0 && !held ? -1 : next.length > 0 ? 1 : null,
    beforeReiwa: use(of('before_reiwa')).length > 0,
  };
}

/** 「去年より上がった？」: 今年度 is what is held against a year that is counted from today. */
export function yearsAgainst({ scope, filter, compute }: Query, sentence: Sentence): number[] {
  const { tokens, thisYear, of, after } = sentence;
  const isFrom = of('years').some((own) => {
    const particle = after(own);
    return particle?.kind === 'particle' && particle.as === 'from';
  });
  const operands = [
    ...filter.flatMap((own) => (own.type === 'compare' ? [own.right] : [])),
    ...(compute !== null && 'against' in compute && compute.against !== null ? [compute.against] : []),
  ];
  const relative = tokens.flatMap((own) => (own.kind === 'years' && own.relative ? own.fys : []));
  const [from, ...others] = scope.fys;
  // 「去年から何ポイント上がった？」
  if (compute?.type === 'change' && from !== undefined && others.length === 0 && isFrom)
    return from < thisYear && relative.includes(from) ? [from, thisYear] : [];
  const isEarlier = operands.some(
    (own) =>
      own.type === 'figure' &&
      typeof own.fy === 'number' &&
      own.fy < thisYear &&
      own.branch === null &&
      relative.includes(own.fy),
  );
  return isEarlier && scope.fys.length === 0 ? [thisYear] : [];
}

/** 「令和6年度から下がったKPI」: held against that year. */
export function sinceYear(filter: Filter, since: number | null): Filter {
  if (since === null || filter.type !== 'compare' || filter.right.type !== 'figure') return filter;
  return filter.right.fy === 'previous' ? { ...filter, right: { ...filter.right, fy: since } } : filter;
}
