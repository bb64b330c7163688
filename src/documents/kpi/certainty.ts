import type { FiscalYear } from '../../model/fiscal-year.ts';
import { type StatedTarget, splitProviso, targetExpressions, withoutBrackets } from './target.ts';

/** Where the name of what is measured ends: the figures before it are part of the name. */
const NAME_END =
  /(?:率|割合|数|額|日数|件|者|度|カバー|事業所|企業|案件|状況)(?:を|は|が|について|に関し|の目標|[:：]|も|に)?/g;
/** A figure that is left behind, not set: 60.1%から62.5%以上に引き上げる. */
const LEFT_BEHIND =
  /^(?:\([^)]*\))?(?:から(?!の)|より(?!も?高)|だった|であ|でし|となった|にとど|と(?:なり|低|高)|に対|を(?:踏まえ|考慮|基に|もとに|受け))/;
/** What tells of how things are, or of somebody else, and sets nothing. */
const TELLS =
  /現状|実績|全国(?:平均|値)|国の(?:主|副次)?目標|国目標|支部平均|本部目標|見込(?!み者)|参考|図表|前年同期/;
/** 令和7年12月末の健康宣言事業所数は1,255事業所: how it was on a day. */
const ON_A_DAY = /(?:令和|R)\s*(?:元|\d{1,2})\s*年\s*\d{1,2}\s*月(?:末|診療分|時点|現在)|\d月末(?:現在|時点)/;
/** 国の目標(令和11年度):70%以上: a goal of somebody else, or of a plan of several years. */
const OTHERS_GOAL =
  /^[・※*]*(?:[(（]?参考[)）]?[:：]?)?(?:国|全国|協会全体|日本健康会議|.{0,8}支部\s*第\d期.{0,14}計画|第\d期.{0,14}計画)[^。、]{0,16}(?:目標|KPI)[^。、]{0,4}(?:\([^)]*\))?[:：はで]/;
const LATER_GOAL = /(?:目標|KPI)値?\((?:令和|R)(\d+)年度/;
const DONE = /(?:た|だ|である|ている|ておらず|いた|ました|にとどまる|れる)[。．]?$/;
const SETS =
  /以[上下内]|超|とする|とします|とし[、て]|にする|へ|目[標指]|維持|引き?上げ|引き?下げ|抑え|拡大|増や|減ら|達成/;
const YEAR = /(?:令和|R)\s*(元|\d{1,2})\s*年度/g;

/**
 * Why a statement's target is not certain: in words, or null where it is. `marked` is false where nothing above the
 * statement says that a KPI follows: then the sentence itself must set it. `statement` is the whole that the clause is of.
 */
export function uncertainty(
  clause: string,
  target: StatedTarget,
  { fy, marked, statement }: { fy: FiscalYear; marked: boolean; statement: string },
): string | null {
  if (target.op === 'do') return null;
  const { main } = splitProviso(clause);
  const bare = withoutBrackets(main);
  const sets = SETS.test(bare) || target.relative !== null;
  if (target.relative === null && TELLS.test(bare) && !/以[上下内]|とする|(?:目指|めざ)す/.test(bare))
    return '現状や実績、全国の値など、目標ではない数値のようです';
  const later = Number(LATER_GOAL.exec(main)?.[1] ?? 0);
  if (OTHERS_GOAL.test(statement) || later > fy) return '国や、何年かにわたる計画の目標のようです';
  if (DONE.test(bare) && !/以[上下内]と|(?<!国の.{0,3})目標(?!である)/.test(bare))
    return '過去や現状の文で、目標とは書かれていません';
  if (!marked && !sets) return '目標とは書かれていません';
  if (target.bare && target.relative === null && ON_A_DAY.test(bare))
    return '決まった月の値で、目標とは書かれていません';
  const other = otherYear(bare, target, fy);
  if (other !== null) return `令和${other}年度の値のようです`;
  const nameEnd =
    [...bare.matchAll(NAME_END)]
      .map((match) => match.index + match[0].length)
      .filter((end) => end <= target.at)
      .at(-1) ?? 0;
  const expressions = targetExpressions(bare).filter(
    ({ at, text }) => at !== target.at && !LEFT_BEHIND.test(bare.slice(at + text.length)),
  );
  // Each of several names with a target of its own: no one can say here which is whose.
  if (
    expressions.some(
      ({ at, text }) =>
        at < nameEnd &&
        /以[上下内]$/.test(text) &&
        /^(?:とし|に[^、]{1,4})?、/.test(bare.slice(at + text.length)),
    )
  )
    return '指標と目標がいくつか続いていて、分けられません';
  const others = expressions.filter(({ at }) => at >= nameEnd);
  const within = target.relative !== null && target.value !== null;
  if (others.length > 0 && !within && others.some(({ value }) => value !== target.value))
    return '数値が2つ以上あり、どれが目標か分かりません';
  return null;
}

/** The year that the target is said to be of, where it is another than the plan's. */
function otherYear(bare: string, target: StatedTarget, fy: FiscalYear): FiscalYear | null {
  const years = [...bare.matchAll(YEAR)].map((match) => ({
    year: match[1] === '元' ? 1 : Number(match[1]),
    at: match.index,
    after: bare.slice(match.index + match[0].length),
  }));
  if (years.length === 0 || years.some(({ year }) => year === fy)) return null;
  const future = years.find(({ year, after }) => year > fy && /^(?:末|中)?(?:まで|に|の?目標)/.test(after));
  if (future) return future.year;
  const last = years.filter(({ at }) => at < target.at).at(-1);
  // 令和6年度実績33.1%に対し36.5%以上: the year is of the figure that is left behind.
  const isLeftBehind = targetExpressions(bare).some(
    ({ at, text }) =>
      last !== undefined && at > last.at && at < target.at && LEFT_BEHIND.test(bare.slice(at + text.length)),
  );
  return last &&
    !isLeftBehind &&
    last.year < fy &&
    target.relative === null &&
    /^(?:末)?の?(?:実績|目標|現在|末)/.test(last.after)
    ? last.year
    : null;
}
