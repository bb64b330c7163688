import type { Filter, Operand } from '../model/query.ts';
import {
  all,
  type CompositionRule,
  comparatorOf,
  compare,
  conditions,
  isOf,
  mirrored,
  numberOperand,
  operandOf,
  opposite,
  phraseIn,
  spanOf,
} from './composed.ts';
import { isKpiWord } from './read-facts.ts';

/** A comparison that is written as a sign stands before what is held against: ≧60％. */
const SIGN = /^[≧≥≦≤<>=]$/;

/** Numbers and their limits: 60％以上, 55〜60％, 8割まで, 10％未満は外して. */
export const CONDITION_RULES: readonly CompositionRule[] = [
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
    build: (run, { textOf }) => {
      if (all(run, 'number').some(({ unit }) => unit === '倍')) return null;
      const filters: Filter[] = [];
      const unit = all(run, 'number').find((token) => token.unit !== null)?.unit ?? null;
      let value: Operand | null = null;
      for (const token of run) {
        if (token.kind === 'number') value = numberOperand(token, token.unit ?? unit);
        if (token.kind === 'phrase' && token.as === 'half') value = { type: 'number', value: 50, unit: '%' };
        const op = comparatorOf(token);
        // 30≦…: the number stands before the sign.
        if (op !== null && value !== null)
          filters.push(compare(SIGN.test(textOf(token)) ? mirrored(op) : op, value));
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
    pattern: /[ks](?:A?-?S|P-?A?-?S|[PYyA](?:-?K)?)/,
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
];
