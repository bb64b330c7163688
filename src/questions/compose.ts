import type { Filter, Operand } from '../model/query.ts';
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
  opposite,
  phraseIn,
  places,
  reference,
  spanOf,
} from './composed.ts';
import { PLACE_RULES } from './place-rules.ts';
import { isKpiWord } from './read-facts.ts';
import type { QueryToken } from './tokens.ts';

/** What an operand may be written as, before より, と同じ, との差. */
const OPERAND = '(?:@|P-?A?-?S|A?-?S|P(?:-?K)?|A(?:-?K)|[Yy](?:-?K)?|K)';

/** A comparison that is written as a sign stands before what is held against: ≧60％. */
const SIGN = /^[≧≥≦≤<>=]$/;

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
      const [whole, , part] = run;
      const isPart = part?.kind === 'phrase' || (part?.kind === 'number' && part.unit === '%');
      return isPart && whole !== undefined && /^(?:全体|全支部)/.test(textOf(whole))
        ? { kind: 'word', verb: false, ...spanOf(run) }
        : null;
    },
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
  // 去年の53.95％を超えた: the number says what that year's figure is
  {
    pattern: /[Yy]-N(?=-?k)/,
    build: (run) => {
      const [year, particle, figure] = run;
      const isSaid = year?.kind === 'year_before' || (year?.kind === 'years' && year.relative);
      return isSaid &&
        particle !== undefined &&
        isOf(particle) &&
        figure?.kind === 'number' &&
        figure.unit !== '倍'
        ? { ...figure, from: year.from }
        : null;
    },
  },
  // 執行額がゼロ
  {
    pattern: /K-?N(?!-?[ktaesXwlf])/,
    build: (run) => {
      const [none] = all(run, 'number');
      const column = phraseIn(run, 'amount', 'executed', 'actual', 'target', 'remainder');
      if (none?.value !== 0 || column === null) return null;
      const [what] = run;
      const zero = compare('=', numberOperand(none, none.unit));
      return what === undefined ? null : [what, conditions([none], [zero])];
    },
  },
  // 60〜65％, 55％から60％まで
  {
    pattern: /N[lf]Nl?(?!-?k)/,
    build: (run) => {
      const [low, high] = all(run, 'number');
      if (low === undefined || high === undefined) return null;
      const unit = low.unit ?? high.unit;
      return conditions(run, [
        compare('>=', numberOperand(low, unit)),
        compare('<=', numberOperand(high, unit)),
      ]);
    },
  },
  // 60以上65未満, 500社を超えない
  {
    pattern: /(?:[NH]-?k)+/,
    build: (run) => {
      if (all(run, 'number').some(({ unit }) => unit === '倍')) return null;
      const filters: Filter[] = [];
      const unit = all(run, 'number').find((token) => token.unit !== null)?.unit ?? null;
      let value: Operand | null = null;
      for (const token of run) {
        if (token.kind === 'number') value = numberOperand(token, token.unit ?? unit);
        if (token.kind === 'phrase' && token.as === 'half') value = { type: 'number', value: 50, unit: '%' };
        const op = comparatorOf(token);
        if (op !== null && value !== null) filters.push(compare(op, value));
      }
      return filters.length === 0 ? null : conditions(run, filters);
    },
  },
  // ≧60％
  {
    pattern: /k-?N/,
    build: (run, { textOf }) => {
      const [sign] = run;
      const [limit] = all(run, 'number');
      const op = sign === undefined || !SIGN.test(textOf(sign)) ? null : comparatorOf(sign);
      return op === null || limit === undefined
        ? null
        : conditions(run, [compare(op, numberOperand(limit, limit.unit))]);
    },
  },
  // 目標＞全国平均, ＝島根
  {
    pattern: /[ks](?:A?-?S|P-?A?-?S|P(?:-?K)?|A(?:-?K)?)/,
    build: (run, { textOf }) => {
      const [sign, ...rest] = run;
      if (sign === undefined || !SIGN.test(textOf(sign))) return null;
      const operand = operandOf(rest);
      const op = comparatorOf(sign) ?? '=';
      return operand === null ? null : conditions(run, [compare(op, operand)]);
    },
  },
  // 8割まで上げた: a level that is reached, and no change
  {
    pattern: /N-?l-?r/,
    build: (run) => {
      const [level] = all(run, 'number');
      const op = phraseIn(run, 'fall') === null ? '>=' : '<=';
      return level === undefined || level.unit === null
        ? null
        : conditions(run, [compare(op, numberOperand(level, level.unit))]);
    },
  },
  // どこまで引き上げる, いくつまで伸ばす
  {
    pattern: /[q?]l?-?r/,
    build: (run, { textOf }) => {
      const level = run.slice(0, -1).map(textOf).join('');
      return /^(?:どこ|いくつ|何|どの|どれ).*まで$/.test(level)
        ? { kind: 'phrase', as: 'how_many', ...spanOf(run) }
        : null;
    },
  },
  // 95％に届いていない
  {
    pattern: /N-?w/,
    build: (run, { textOf }) => {
      const [limit] = all(run, 'number');
      const op = phraseIn(run, 'met') === null ? '<' : '>=';
      // 7日に収まる: it is not to be more.
      const isCeiling = run.some((item) => /^(?:収|おさ|納)/.test(textOf(item)));
      return limit === undefined
        ? null
        : conditions(run, [
            compare(isCeiling ? mirrored(op) : op, numberOperand(limit, limit.unit), 'actual'),
          ]);
    },
  },
  // 宮城のKPIで本部の目標を下回る, 奈良の目標を上回る支部: held against that branch
  {
    pattern: /P[^P.;]*P-w|P-w[^P.;BWK]*[BWK]/,
    build: (run, { textOf }) => {
      const at = run.findLastIndex(({ kind }) => kind === 'place');
      const [where, particle, state] = run.slice(at);
      const said = state === undefined ? '' : textOf(state);
      const last = run.at(-1);
      // 「東京の目標を上回っているKPI」 are those that have reached their own.
      const isOwn = last?.kind === 'phrase' && last.as === 'target' && isKpiWord(textOf(last));
      if (where === undefined || particle === undefined || !isOf(particle) || isOwn) return null;
      if (!/^目標[をに]/.test(said)) return null;
      const operand = operandOf([where]);
      if (operand?.type !== 'figure') return null;
      const reached = /超|上回/.test(said) ? '>' : '>=';
      const op = phraseIn(run, 'met') === null ? '<' : reached;
      const limit = compare(op, { ...operand, column: 'target' });
      return [...run.slice(0, at), conditions(run.slice(at, at + 3), [limit]), ...run.slice(at + 3)];
    },
  },
  // 80より高い
  {
    pattern: /Nth/,
    build: (run) => {
      const [limit] = all(run, 'number');
      const op = run.map(comparatorOf).find((found) => found !== null);
      return limit === undefined || !op
        ? null
        : conditions(run, [compare(op, numberOperand(limit, limit.unit))]);
    },
  },
  // 80％台
  {
    pattern: /Na/,
    build: (run) => {
      const [base] = all(run, 'number');
      if (base === undefined || base.value <= 0) return null;
      const step = 10 ** Math.max(0, String(Math.trunc(base.value)).match(/0+$/)?.[0].length ?? 0);
      return conditions(run, [
        compare('>=', numberOperand(base, base.unit)),
        compare('<', { type: 'number', value: base.value + step, unit: base.unit }),
      ]);
    },
  },
  // ぴったり80.0％, よそと同じ92.7％
  {
    pattern: /[es]-?N/,
    build: (run) => {
      const [value] = all(run, 'number');
      return value === undefined ? null : conditions(run, [compare('=', numberOperand(value, value.unit))]);
    },
  },
  // 92.7％じゃない, 80％ちょうど, 80％と同じ
  {
    pattern: /N(?:[Xes])/,
    build: (run) => {
      const [value] = all(run, 'number');
      const op = phraseIn(run, 'exclude') === null ? '=' : '!=';
      return value === undefined ? null : conditions(run, [compare(op, numberOperand(value, value.unit))]);
    },
  },
  // 55～60％に収まってる
  {
    pattern: /C-w/,
    build: (run) =>
      phraseIn(run, 'met') === null
        ? null
        : conditions(
            run,
            all(run, 'conditions').flatMap(({ filters }) => filters),
          ),
  },
  // 10％未満のところは外して
  {
    pattern: /C-?[BW]?-?X/,
    build: (run) => {
      const filters = all(run, 'conditions').flatMap((found) => found.filters);
      const [only] = filters;
      return filters.length !== 1 || only?.type !== 'compare'
        ? null
        : conditions(run, [{ ...only, op: opposite(only.op) }]);
    },
  },
  // 60％以上の支部、ちょうどは抜きで
  {
    pattern: /C[^CNP.]*e-?X/,
    build: ([limit, ...rest]) => {
      if (limit?.kind !== 'conditions') return null;
      const strict = { '>=': '>', '<=': '<' } as const;
      const filters = limit.filters.map((own) =>
        own.type === 'compare' && (own.op === '>=' || own.op === '<=') ? { ...own, op: strict[own.op] } : own,
      );
      return [
        { ...limit, filters },
        ...rest.filter((item) => phraseIn([item], 'exactly', 'exclude') === null),
      ];
    },
  },
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
    build: (run) => {
      const [only, ...others] = all(run, 'conditions').flatMap(({ filters }) => filters);
      const change = run.at(-1);
      if (only?.type !== 'compare' || only.right.type !== 'number' || change === undefined) return null;
      return others.length > 0 ? null : [changed(only.op, only.right, run), change];
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
  // 平均以上, 目標以下, 本部を下回る
  {
    pattern: /(?:P-?A?-?S|A?-?S|K|P(?:-?K)?|[Yy](?:-?K)?)-?k/,
    build: (run, { textOf }) => {
      const operand = operandOf(run);
      const op = run.map(comparatorOf).find((found) => found !== null);
      if (operand === null || !op) return null;
      // 「島根が負けてる支部」: those that are higher than it.
      const isSubject = run.some((item) => item.kind === 'particle' && textOf(item) === 'が');
      if (isSubject && operand.type === 'figure' && operand.branch !== null)
        return [conditions(run, [compare(mirrored(op), operand)])];
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
