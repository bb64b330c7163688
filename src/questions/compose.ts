import {
  all,
  type Composed,
  type Composing,
  type CompositionRule,
  changed,
  comparatorOf,
  compare,
  conditions,
  directionOf,
  end,
  endOfChange,
  groupsOf,
  isOf,
  isShareWord,
  letterOf,
  mirrored,
  numberOperand,
  operandOf,
  phraseIn,
  places,
  reference,
  spanOf,
} from './composed.ts';
import { CONDITION_RULES } from './condition-rules.ts';
import { PLACE_RULES } from './place-rules.ts';
import type { QueryToken } from './query-token.ts';

/** What an operand may be written as, before より, と同じ, との差. */
const OPERAND = '(?:@|P-?A?-?S|A?-?S|P(?:-?K)?|A(?:-?K)|[Yy](?:-?K)?|K)';

/**
 * A cascade of rules over runs of tokens, in the manner of finite-state cascades and of token regular expressions:
 * each rule reads what the ones before it have built, so that modifiers attach to what stands next to them. A parser
 * for a whole grammar (chevrotain) was weighed: questions are fragments in free order, so almost every rule would be
 * its error recovery.
 */
const RULES: readonly CompositionRule[] = [
  ...PLACE_RULES,
  // 埼玉の郵送化率の目標を抜いている支部: held against the target of 埼玉
  {
    pattern: /P-I-K(?=-?(?:k|th)-?[BW])/,
    build: ([where, of, name, also, column]) =>
      where && of && name && also && column ? [name, of, where, also, column] : null,
  },
  // 半分以上の支部で, 全体の5割以上: a share of the branches, which no query holds
  { pattern: /H-?k-?B/, build: (run) => ({ kind: 'word', verb: false, ...spanOf(run) }) },
  {
    pattern: /[A?]-[HN]-?k/,
    build: (run, { textOf }) => {
      const [whole, of, part] = run;
      const isPart = part?.kind === 'phrase' || (part?.kind === 'number' && part.unit === '%');
      if (!isPart || whole === undefined || of === undefined || !/^(?:全体|全支部)/.test(textOf(whole)))
        return null;
      return [whole, of, { kind: 'word', verb: false, ...spanOf(run.slice(2)) }];
    },
  },
  // 去年の予算からどれだけ: counted from that year
  {
    pattern: /Y-K(?=f)/,
    build: ([year, of, column]) =>
      year && of && column && phraseIn([column], 'budget', 'amount') !== null ? [column, year] : null,
  },
  // 何件ちがう, 何人違う
  {
    pattern: /[qv]-?[DV]/,
    build: (run) => {
      const [many] = run;
      return many === undefined
        ? null
        : [many, { kind: 'phrase', as: 'difference', ...spanOf(run.slice(-1)) }];
    },
  },
  // 本部の目標を何ポイント上回る, 平均を何ポイント下回って: how far it is from that
  {
    pattern: /(?:P-?A?-?S|A?-?S|P(?:-?K)?)-?[qv]-?k/,
    build: (run) => (phraseIn(run, 'gt', 'lt') === null ? null : reference(run, 'difference')),
  },
  // 本部の目標の何％, 去年の何割: what is asked is a ratio to that
  {
    pattern: new RegExp(`(?:(?:P-?A?|A)-?G|${OPERAND})-q`),
    build: (run, { textOf }) => {
      const [particle, share] = run.slice(-2);
      if (particle === undefined || share === undefined || !isOf(particle)) return null;
      if (!isShareWord(textOf(share))) return null;
      const [first, ...others] = run.slice(0, -2);
      // 目標の何％
      if (first?.kind === 'phrase' && others.length === 0 && first.as !== 'that')
        return first.as === 'target' ? { kind: 'phrase', as: 'achievement', ...spanOf(run) } : null;
      return reference(run.slice(0, -2), 'ratio');
    },
  },
  // 何％以下: the limit is what is asked
  { pattern: /[qv]-?k/, build: (run) => ({ kind: 'phrase', as: 'how_many', ...spanOf(run) }) },
  ...CONDITION_RULES,
  // 一番高い, 最も少ない
  { pattern: /x-?h/, build: (run) => end(run, directionOf(run), 1) },
  { pattern: /x-?[gL]/, build: (run) => end(run, directionOf(run), 1) },
  // 一番上がった, 最も改善した
  { pattern: /x-?[ri]/, build: (run) => endOfChange(run, 'high', 1) },
  // ワースト3, 上位5支部
  {
    pattern: /T-?N/,
    build: (run) => {
      const [many] = all(run, 'number');
      // 上位10％: a share of the rows, which no query holds
      if (many?.unit === '%') return { kind: 'word', verb: false, ...spanOf(run) };
      const counts =
        many !== undefined &&
        (many.unit === null || many.unit === '支部' || many.unit === 'つ' || many.unit === '件');
      if (!counts || !Number.isInteger(many.value) || many.value < 1 || many.value > 100) return null;
      return end(run, directionOf(run), many.value);
    },
  },
  // 上位10位: as many as ten
  {
    pattern: /T-?n(?:-?k)?/,
    build: (run) => end(run, directionOf(run), all(run, 'ordinal')[0]?.place ?? null),
  },
  // 10位以内
  {
    pattern: /b?-?n-?k/,
    build: (run) => {
      const [last] = all(run, 'ordinal');
      const from = phraseIn(run, 'from_bottom', 'from_top');
      const order = from === null ? null : from === 'from_bottom' ? 'low' : 'high';
      return last === undefined || last.place < 1 || phraseIn(run, 'le') === null
        ? null
        : { kind: 'places', offset: 0, limit: last.place, order, ...spanOf(run) };
    },
  },
  // 上から3つ
  {
    pattern: /b-?N/,
    build: (run) => {
      const [many] = all(run, 'number');
      const counts = many !== undefined && (many.unit === 'つ' || many.unit === '支部' || many.unit === '件');
      if (!counts || !Number.isInteger(many.value) || many.value < 1 || many.value > 100) return null;
      return end(run, phraseIn(run, 'from_bottom') === null ? 'high' : 'low', many.value);
    },
  },
  // 1000万円以上増えた, 10ポイント以上下がった: a limit on the change
  {
    pattern: /C-?r/,
    build: (run, { textOf }) => {
      const [only, ...others] = all(run, 'conditions').flatMap(({ filters }) => filters);
      // 「20％以上に下げたら？」: the limit itself is another one.
      const [limit, particle] = run;
      if (limit !== undefined && particle?.kind === 'particle' && textOf(particle) === 'に') return limit;
      const change = run.at(-1);
      if (only?.type !== 'compare' || only.right.type !== 'number' || change === undefined) return null;
      return others.length > 0 ? null : [changed(only.op, only.right, run), change];
    },
  },
  // 40％オーバー
  {
    pattern: /N-?O/,
    build: (run) => {
      const [limit] = all(run, 'number');
      return limit === undefined ? null : conditions(run, [compare('>', numberOperand(limit, limit.unit))]);
    },
  },
  // 6.6ポイントアップ
  {
    pattern: /N-?r/,
    build: (run) => {
      const [by] = all(run, 'number');
      const change = run.at(-1);
      if (by === undefined || by.unit === null || by.unit === 'つ' || by.unit === '支部') return null;
      return change === undefined ? null : [changed('=', numberOperand(by, by.unit), run), change];
    },
  },
  // 増えた順に
  { pattern: /r-?o/, build: (run) => endOfChange(run, 'high', null) },
  // 福井の次に高い: the first of those below it
  {
    pattern: /P-?Zh/,
    build: (run) => {
      const order = directionOf(run);
      const operand = operandOf(run.slice(0, 1));
      return operand?.type !== 'figure'
        ? null
        : [
            conditions(run.slice(0, -1), [compare(order === 'low' ? '>' : '<', operand)]),
            end(run.slice(-1), order, 1),
          ];
    },
  },
  // 次に高いのは
  { pattern: /Zh/, build: (run) => ({ kind: 'phrase', as: 'following', ...spanOf(run) }) },
  // 高い順に, 多いほうから
  { pattern: /[hg]-?o/, build: (run) => end(run, directionOf(run), null) },
  { pattern: /o/, build: (run) => end(run, directionOf(run), null) },
  // 上がり幅が一番大きい
  {
    pattern: /r-?E/,
    build: (run) => {
      const [whole] = all(run, 'end');
      return whole === undefined || whole.ofChange ? null : endOfChange(run, whole.order, whole.limit);
    },
  },
  // 10位まで
  {
    pattern: /b-?nl|(?<![fl&,])nl/,
    build: (run) => {
      const [last] = all(run, 'ordinal');
      const from = phraseIn(run, 'from_bottom', 'from_top');
      const order = from === null ? null : from === 'from_bottom' ? 'low' : 'high';
      return last === undefined || last.place < 1
        ? null
        : { kind: 'places', offset: 0, limit: last.place, order, ...spanOf(run) };
    },
  },
  // 4位と5位, 2位から4位まで, 下から3番目
  { pattern: /b?-?n(?:[&fl,]nl?)*/, build: places },
  // 前年から
  { pattern: /yf/, build: (run) => reference(run, 'than') },
  // 目標より, 島根より, 全国平均より, 令和6より
  { pattern: new RegExp(`${OPERAND}-?t`), build: (run) => reference(run, 'than') },
  // 佐賀より0.5ポイント高い, 平均より2ポイント以上低い
  {
    pattern: /R-?[NC]-?h/,
    build: (run) => {
      const [held] = all(run, 'reference');
      const [limit, ...others] = all(run, 'conditions').flatMap(({ filters }) => filters);
      const [exact] = all(run, 'number');
      const by = exact ?? (limit?.type === 'compare' && limit.right.type === 'number' ? limit.right : null);
      const isAmount = by !== null && by.unit !== null && !['支部', 'つ', '倍'].includes(by.unit);
      if (held === undefined || held.operand.type === 'number' || !isAmount || others.length > 0) return null;
      const isLow = phraseIn(run, 'low') !== null;
      const op = limit?.type === 'compare' ? limit.op : '=';
      const operand = { ...held.operand, plus: isLow ? -by.value : by.value };
      return conditions(run, [compare(isLow ? mirrored(op) : op, operand)]);
    },
  },
  // 本部の目標に宮城の目標は勝ってる, 令和3年度の目標を令和7年度の目標は超えてる
  {
    pattern: /[PYy](?:-?K)?-[PYy](?:-?K)?-k/,
    build: (run, { textOf }) => {
      const names: readonly Composed['kind'][] = ['place', 'years', 'year_before'];
      const at = run.findLastIndex(({ kind }) => names.includes(kind));
      const [held, subject] = [run.slice(0, at), run.slice(at, -1)];
      const [heldBy = '', heldOn = ''] = [held, subject].map((part) => part.slice(-1).map(textOf).join());
      const operand = operandOf(held);
      const op = run.slice(-1).map(comparatorOf)[0];
      if (operand === null || !op || !/^[にを]$/.test(heldBy) || !/^[はが]$/.test(heldOn)) return null;
      return [...subject, conditions(run.slice(-1), [compare(op, operand)])];
    },
  },
  // 平均に届いていない, 東京に届いていない支部
  {
    pattern: /(?:P-?A?-?S|A?-?S|P)-w/,
    build: (run, { textOf }) => {
      const [particle] = run.slice(-2);
      const operand = operandOf(run.slice(0, -2));
      if (particle === undefined || operand === null || textOf(particle) !== 'に') return null;
      return [conditions(run, [compare(phraseIn(run, 'met') === null ? '<' : '>=', operand)])];
    },
  },
  // 平均以上, 目標以下, 本部を下回る
  {
    pattern: /(?:P-?A?-?S|A?-?S|K|P(?:-?K)?|[Yy](?:-?K)?)-?k/,
    build: (run, { textOf }) => {
      const operand = operandOf(run);
      const op = run.map(comparatorOf).find((found) => found !== null);
      if (operand === null || !op) return null;
      const isNamed = operand.type === 'figure' && (operand.branch !== null || operand.fy !== null);
      const particle = run.findLast(({ kind }) => kind === 'particle');
      const said = particle === undefined || !isNamed ? '' : textOf(particle);
      // 「東京は上回ってる？」 holds 東京 against nothing; 「島根が負けてる支部」 are those that are higher than it.
      if (said === 'は') return null;
      if (said === 'が') return [conditions(run, [compare(mirrored(op), operand)])];
      // 令和6年度以降 is a time.
      const isOfYear = operand.type === 'figure' && operand.fy !== null;
      if (isOfYear && phraseIn(run, 'gt', 'lt') === null) return null;
      return [...groupsOf(run, operand), conditions(run, [compare(op, operand)])];
    },
  },
  // 東京の1.5倍以上
  {
    pattern: new RegExp(`${OPERAND}-?N-?k`),
    build: (run) => {
      const operand = operandOf(run);
      const [times] = all(run, 'number');
      const op = run.map(comparatorOf).find((found) => found !== null);
      if (operand?.type !== 'figure' || times?.unit !== '倍' || !op) return null;
      return conditions(run, [compare(op, { ...operand, times: times.value })]);
    },
  },
  // 高知を基準に
  { pattern: /P-?=/, build: (run) => reference(run, 'difference') },
  // 宮城と同じ
  { pattern: new RegExp(`${OPERAND}&?s`), build: (run) => reference(run, 'same') },
  // 全国平均との差, 静岡との差
  { pattern: new RegExp(`(?:${OPERAND})[&~]-?d`), build: (run) => reference(run, 'difference') },
  { pattern: /A?-?S-?d|[Yy]f?-?d/, build: (run) => reference(run, 'difference') },
  // 去年の何倍, 全国平均の何倍
  { pattern: /(?:A?-?S|[Yy])-?[*]/, build: (run) => reference(run, 'ratio') },
];

const COMPILED = RULES.map(({ pattern, build }) => ({ pattern: new RegExp(pattern, 'gu'), build }));

/** Joins tokens to what they say together. Every rule shortens the list or leaves it, so that it ends. */
export function composeTokens(tokens: readonly QueryToken[], known: Composing): Composed[] {
  let current: Composed[] = [...tokens];
  for (const { pattern, build } of COMPILED) {
    const letters = current.map(letterOf).join('');
    const next: Composed[] = [];
    let at = 0;
    for (const match of letters.matchAll(pattern)) {
      const to = match.index + match[0].length;
      const built = build(current.slice(match.index, to), known);
      if (built === null) continue;
      next.push(...current.slice(at, match.index), ...(Array.isArray(built) ? built : [built]));
      at = to;
    }
    current = [...next, ...current.slice(at)];
  }
  return current;
}
