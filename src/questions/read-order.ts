import type { PhraseMeaning } from '../model/catalogue.ts';
import type { Direction, Facts } from '../model/query.ts';
import type { NamesRead } from './read-names.ts';
import type { ScopeRead } from './read-scope.ts';
import type { Of, Sentence } from './sentence.ts';

/** What operators are read from, as far as it is known. */
export interface OperatorContext {
  sentence: Sentence;
  facts: Facts;
  names: NamesRead;
  scope: ScopeRead;
  claimed: boolean;
}

export interface OrderRead {
  order: Direction | null;
  limit: number | null;
  offset: number;
  /** A number of things: 3つ, 5支部. */
  counted: Of<'number'> | null;
  /** Both ends are asked for. */
  bothEnds: boolean;
  /** The order is one of changes: 一番上がった. */
  ofChange: boolean;
}

function directionOf(as: PhraseMeaning): Direction {
  if (as === 'good') return 'best';
  if (as === 'bad' || as === 'behind') return 'worst';
  return as === 'low' || as === 'bottom' || as === 'from_bottom' ? 'low' : 'high';
}

const MOST = 100;

/** 最高, トップ and ビリ are one; 上位 and ワースト are some. */
const ONE = /最|首位|トップ|とっぷ|ビリ|びり|ドベ|どべ/;

/** From which end, how many, from which place. */
export function readOrder({ sentence, scope, claimed }: OperatorContext): OrderRead {
  const { of, use, has, phrases, textOf } = sentence;
  const ends = use(of('end'));
  const [rank] = use(of('places'));
  const tops = use(phrases('top', 'bottom'));
  const [top] = tops;
  const directions = phrases('high', 'low', 'good', 'bad');
  const [direction] = directions;
  const opposed = ends.some((end) => directions.some(({ as }) => directionOf(as) !== end.order));
  const said = [...ends.map((end) => end.order), ...tops.map(({ as }) => directionOf(as))];
  const bothEnds = new Set(said).size > 1 || (opposed && has('difference'));
  if (bothEnds) use(directions);
  let order: Direction | null = ends.at(-1)?.order ?? null;
  let limit: number | null = ends.find((end) => end.limit !== null)?.limit ?? null;
  let offset = 0;
  if (order === null && top !== undefined) {
    order = directionOf(top.as);
    limit = ONE.test(textOf(top)) ? 1 : null;
  }
  if (order === null && use(phrases('extreme')).length > 0) {
    order = direction === undefined ? 'high' : directionOf(direction.as);
    limit = 1;
    use(directions);
  }
  if (rank !== undefined && !scope.asksPlace) {
    // 一番高い支部と二番目, トップ3で同率3位も: from the first on.
    const fromFirst =
      ends.some((end) => end.limit !== null && end.limit <= rank.offset + rank.limit) ||
      has('extreme') ||
      (top !== undefined && ONE.test(textOf(top)));
    offset = fromFirst ? 0 : rank.offset;
    limit = fromFirst ? rank.offset + rank.limit : rank.limit;
    order = rank.order ?? (direction === undefined ? order : directionOf(direction.as)) ?? 'high';
    use(directions);
  }
  const [from] = use(phrases('from_bottom', 'from_top'));
  if (scope.asksPlace) {
    const isLow = from?.as === 'from_bottom' || directions.some(({ as }) => as === 'low');
    order = isLow ? 'low' : (order ?? 'high');
    // 「青森は2位って合ってる？」
    const told = claimed && rank !== undefined ? rank : null;
    limit = told?.limit ?? null;
    offset = told?.offset ?? 0;
    use(directions);
  }
  if (order === null && from !== undefined) order = directionOf(from.as);
  // 目標が高い支部、上位5つ: both say the same end.
  use(directions.filter(({ as }) => directionOf(as) === order));
  if (order === null && of('reference').length === 0 && direction !== undefined) {
    order = directionOf(direction.as);
    use(directions);
  }
  const counted =
    of('number').find(
      ({ unit, value }) =>
        (unit === '支部' || unit === 'つ' || unit === '件') &&
        Number.isInteger(value) &&
        value > 0 &&
        value <= MOST,
    ) ?? null;
  // 「東北6県の…6県の平均より」: the group again, by its number.
  if (counted !== null && counted.unit === '支部' && counted.value === scope.branches.length) use([counted]);
  // 2支部とも
  if (counted !== null && /^とも/.test(sentence.plain.slice(counted.to))) use([counted]);
  if (counted !== null && (has('compare', 'each', 'sum', 'mean', 'median') || claimed)) use([counted]);
  if (counted !== null && order !== null && !sentence.isUsed(counted)) {
    use([counted]);
    if (limit === null || counted.value > 1) limit = counted.value;
  } else if (counted !== null && order !== null && has('sum', 'mean', 'median')) limit = counted.value;
  const ofChange = ends.some((end) => end.ofChange);
  return bothEnds
    ? { order: null, limit: null, offset: 0, counted, bothEnds, ofChange }
    : { order, limit, offset, counted, bothEnds, ofChange };
}
