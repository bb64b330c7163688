import { HEAD_OFFICE } from '../model/branch.ts';
import type { Composed } from './composed.ts';
import { CHOOSES_BRANCHES } from './selection.ts';

type Items = readonly Composed[];

function isStop(item: Composed): boolean {
  return item.kind === 'particle' && item.as === 'stop';
}

function isJoint(item: Composed): boolean {
  if (item.kind === 'phrase') return item.as === 'also' || item.as === 'both';
  return item.kind === 'particle' && (item.as === 'and' || item.as === 'comma');
}

/** What asks for a figure of a KPI. */
const ASKS = new Set(['target', 'actual', 'state', 'how_many', 'place', 'high', 'low', 'evaluation', 'next']);
const BUDGET = new Set(['budget', 'amount', 'executed', 'execution_rate', 'how_much']);

function has(items: Items, kind: Composed['kind']): boolean {
  return items.some((item) => item.kind === kind);
}

function isAboutMoney(items: Items): boolean {
  return items.some((item) => item.kind === 'phrase' && BUDGET.has(item.as));
}

function hasTopic(items: Items): boolean {
  return has(items, 'indicator') || has(items, 'word') || isAboutMoney(items);
}

function branchesOf(items: Items): string[] {
  return items.flatMap((item) => (item.kind === 'place' ? item.branches : []));
}

/** Whether a joint parts two questions: each side has a topic, and the right one a place or a kind of fact of its own. */
function areTwo(left: Items, right: Items): boolean {
  if (!hasTopic(left) || !hasTopic(right)) return false;
  const counts = (items: Items) =>
    items.some((item) => item.kind === 'word' && !item.verb) &&
    items.some((item) => item.kind === 'phrase' && item.as === 'count');
  if (counts(left) && counts(right)) return true;
  if (isAboutMoney(left) !== isAboutMoney(right) && (has(left, 'indicator') || has(right, 'indicator'))) {
    const [money, other] = isAboutMoney(left) ? [left, right] : [right, left];
    return (
      (has(money, 'word') || has(money, 'indicator')) &&
      other.some((item) => item.kind === 'phrase' && ASKS.has(item.as))
    );
  }
  const [own, other] = [branchesOf(left), branchesOf(right)];
  return (
    own.length > 0 &&
    other.length > 0 &&
    own.join() !== other.join() &&
    has(left, 'indicator') &&
    has(right, 'indicator')
  );
}

/** 「5月時点の実施率と、あと人数で何人受けたかも」 */
function isRateAndCount(joint: Composed, left: Items, right: Items): boolean {
  const counts = (items: Items) => items.some((item) => item.kind === 'phrase' && item.as === 'count');
  const isAlso = joint.kind === 'phrase' && joint.as === 'also';
  return isAlso && has(left, 'indicator') && !counts(left) && counts(right) && !has(right, 'indicator');
}

function split(items: Items): Items[] {
  for (let at = 1; at < items.length - 1; at++) {
    const item = items[at];
    if (item === undefined || !isJoint(item)) continue;
    const [left, right] = [items.slice(0, at), items.slice(at + 1)];
    const adds =
      item.kind === 'phrase' && item.as === 'also' && has(left, 'indicator') && has(right, 'indicator');
    // 「予算額とステータス、それと令和6年度の予算も」
    const addsYear =
      item.kind === 'phrase' &&
      item.as === 'also' &&
      hasTopic(left) &&
      !has(left, 'years') &&
      has(right, 'years') &&
      !has(right, 'word') &&
      !has(right, 'place');
    if (adds || addsYear || areTwo(left, right) || isRateAndCount(item, left, right))
      return [left, ...split(right)];
  }
  return [items];
}

const NAMES = ['place', 'indicator', 'years', 'part', 'city', 'conditions', 'end', 'ordinal'] as const;

const OPERATORS = new Set([
  'rise',
  'fall',
  'change',
  'ratio',
  'difference',
  'place',
  'gap',
  'mean',
  'sum',
  'median',
  'evaluation',
  'mark_good',
  'mark_partly',
  'mark_bad',
]);

/** What chooses among rows; with an operator or one of these a clause is no mere reason. */
const CHOOSES: ReadonlySet<string> = new Set([
  ...CHOOSES_BRANCHES,
  'behind',
  'over',
  'unstarted',
  'contracted',
  'reported',
  'unreported',
  'exclude',
  'same',
]);

function chooses(item: Composed): boolean {
  return item.kind === 'phrase' && (OPERATORS.has(item.as) || CHOOSES.has(item.as));
}

const NO_TOPIC = new Set(['claim', 'ignore', 'text', 'documents', 'source']);

/** 「…らしいけど、本当？」 asks about what stands before it. */
function asksSomething(item: Composed): boolean {
  return item.kind === 'phrase' ? !NO_TOPIC.has(item.as) : item.kind !== 'particle';
}

/** 「明日の会議で使うので、」, 「…だった気がするんだけど」: a clause with no name in it that only leads up to the question. */
function withoutReasons(items: Items, plain: string): Items {
  const at = items.findIndex((item) => item.kind === 'particle' && item.as === 'because');
  if (at < 0) return items;
  const start =
    items.slice(0, at).findLastIndex((item) => item.kind === 'particle' && item.as === 'comma') + 1;
  const [reason, rest] = [items.slice(start, at), items.slice(at + 1)];
  // 「四国の会合に持っていくので、徳島は」
  const isAbout = (item: Composed, at: number) => {
    const next = reason[at + 1];
    return (
      item.kind === 'place' && next !== undefined && /^(?:の|に|へ)/.test(plain.slice(next.from, next.to))
    );
  };
  const named = reason.filter((item, at) => !(has(rest, 'place') && isAbout(item, at)));
  const isReason =
    !NAMES.some((kind) => has(named, kind)) &&
    !reason.some(chooses) &&
    (rest.some(asksSomething) ||
      // 「…について、今後の予定を知りたいんですけど」 is no reason.
      (start > 0 && !reason.some((item) => item.kind === 'phrase' && asksSomething(item))));
  const left = isReason ? [...items.slice(0, start), ...rest] : null;
  return left === null
    ? [...items.slice(0, at + 1), ...withoutReasons(rest, plain)]
    : withoutReasons(left, plain);
}

/** 「財務に出すので。」: a sentence by itself that says only why. */
function isOnlyReason(items: Items): boolean {
  const last = items.at(-1);
  return (
    last?.kind === 'particle' &&
    last.as === 'because' &&
    !NAMES.some((kind) => has(items, kind)) &&
    !items.some(chooses)
  );
}

/** Nouns that tell what an answer is for. */
const PURPOSE = /報告|資料|会議|議事録|上司|部長|課長|評議会|稟議|打合せ|打ち合わせ/;

/** 「新人です。」, 「本部への報告に書きます。」: a sentence beside the question, that names no figure. */
function isAside(items: Items, plain: string, others: readonly Items[]): boolean {
  const named = ['indicator', 'years', 'city', 'conditions', 'end', 'ordinal', 'number', 'part'] as const;
  if (named.some((kind) => has(items, kind)) || isAboutMoney(items)) return false;
  if (items.some((item) => item.kind === 'phrase' && item.as !== 'ignore')) return false;
  if (branchesOf(items).some((branch) => branch !== HEAD_OFFICE)) return false;
  if (!others.some((other) => other !== items && (has(other, 'indicator') || isAboutMoney(other))))
    return false;
  const [first, last] = [items[0], items.at(-1)];
  const text = plain.slice(first?.from ?? 0, last?.to ?? 0);
  return PURPOSE.test(text) || /(?:です|ます|でして)$/.test(text);
}

/** A run that names nothing of its own goes on with the sentence before it. */
function standsAlone(items: Items): boolean {
  const names = ['indicator', 'place', 'city'] as const;
  const named = names.some((kind) => has(items, kind)) || isAboutMoney(items);
  return named || items.some((item) => item.kind === 'word' && !item.verb);
}

/** An operator of its own: 「目標まであと何社？去年からは何社増えてる？」 are two questions about one thing. */
function asksAnew(items: Items): boolean {
  const kinds = ['years', 'year_before', 'reference', 'conditions', 'end', 'places'] as const;
  return (
    items.some((item) => item.kind === 'phrase' && OPERATORS.has(item.as)) ||
    (kinds.some((kind) => has(items, kind)) && !has(items, 'indicator'))
  );
}

/** The questions of a message, in order: sentences, lines, and what 「と」「、」「あと」 put side by side. */
export function segmentsOf(items: Items, plain: string): Items[] {
  const sentences: Composed[][] = [[]];
  for (const item of items) {
    if (isStop(item)) sentences.push([]);
    else sentences.at(-1)?.push(item);
  }
  const segments: Composed[][] = [];
  const asking = sentences.filter(
    (sentence) => !isOnlyReason(sentence) && !isAside(sentence, plain, sentences),
  );
  for (const sentence of (asking.length > 0 ? asking : sentences).map((sentence) =>
    withoutReasons(sentence, plain),
  )) {
    if (sentence.length === 0) continue;
    const last = segments.at(-1);
    const lastStands = last !== undefined && standsAlone(last);
    const continues =
      last !== undefined &&
      (!lastStands ||
        (isOnlyTime(sentence) && !TIMES.some((kind) => has(last, kind))) ||
        isCompletedBy(last, sentence) ||
        goesOn(sentence) ||
        (!standsAlone(sentence) && !(asksAnew(sentence) && asksAnew(last))));
    if (continues) last.push(...sentence);
    else segments.push([...sentence]);
  }
  return segments.flatMap(split);
}

const TIMES = ['years', 'year_before', 'reference'] as const;

/** 「…の平均は？令和3」 */
function isOnlyTime(items: Items): boolean {
  return items.every(
    ({ kind, ...item }) =>
      kind === 'years' || kind === 'particle' || (kind === 'phrase' && 'as' in item && item.as === 'ignore'),
  );
}

/** 「それとも鳥取？」, 「大阪は抜きで」: a part of the question before it. */
function goesOn([first, ...others]: Items): boolean {
  const leavesOut = first?.kind === 'place' && first.excluded !== undefined;
  const isRest = others.every(
    ({ kind, ...item }) => kind === 'particle' || ('as' in item && item.as === 'ignore'),
  );
  return (first?.kind === 'phrase' && first.as === 'both') || (leavesOut && isRest);
}

/** 「どこまで進んだ？東京」: a place behind a question that has none. */
function isCompletedBy(before: Items, sentence: Items): boolean {
  const topics = has(sentence, 'indicator') || has(sentence, 'word') || isAboutMoney(sentence);
  const adds = sentence.some((item) => item.kind === 'particle' && item.as === 'also');
  // 「東京は何位？令和3年度のジェネリック」
  const lacksTopic =
    has(before, 'place') && !hasTopic(before) && hasTopic(sentence) && !has(sentence, 'place');
  if (lacksTopic) return true;
  // 「電話勧奨の委託、前年度からどれだけ減った？金額と率で」
  const onlyMoney = !has(sentence, 'indicator') && !has(sentence, 'word') && isAboutMoney(sentence);
  if (onlyMoney && !has(sentence, 'place') && !isAboutMoney(before) && has(before, 'word')) return true;
  // 「受付率についてお尋ねします。東京は…」
  const bringsPlace =
    has(before, 'indicator') &&
    !has(sentence, 'indicator') &&
    !has(before, 'place') &&
    has(sentence, 'place');
  if (bringsPlace) return true;
  return !topics && ((!has(before, 'place') && !has(before, 'city')) || (adds && has(before, 'place')));
}
