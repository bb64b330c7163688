import { findAmounts } from '../japanese/amounts.ts';
import type { Condition } from '../model/question.ts';

const OPERATORS: readonly [RegExp, '>=' | '>' | '<=' | '<' | '=' | '!='][] = [
  [/^(?:を)?(?:超|こえ|上回)|^より(?:も)?(?:高|多|大き|上)|^を上/, '>'],
  [/^(?:を)?(?:下回|割)|^未満|^より(?:も)?(?:低|少な|小さ|下)|^に(?:満たない|届かない)/, '<'],
  [/^以上|^(?:か)?から上|^以降/, '>='],
  [/^以下|^以内|^まで/, '<='],
  [/^(?:じゃ|では|で)(?:な)|^以外|^と(?:違|異な)/, '!='],
  [/^ちょうど|^ぴったり|^と同じ|^(?:に|と)(?:して|設定|してい)|^の(?:支部|ところ|とこ)/, '='],
];

export interface FoundCondition {
  condition: Condition;
  /** Of the amount: a limit in days is none on a share. */
  unit: string | null;
  from: number;
  to: number;
}

/** 「80%以上」「11.8%より高い」「15以上20以下」 in folded text. */
export function findValueCondition(text: string): FoundCondition | null {
  const limits = findAmounts(text).flatMap((amount) => {
    const rest = text.slice(amount.to);
    for (const [pattern, op] of OPERATORS) {
      const match = pattern.exec(rest);
      const ending = match === null ? null : /^(?:え)?(?:て)?(?:い?る)?/.exec(rest.slice(match[0].length));
      if (match !== null)
        return [{ ...amount, op, to: amount.to + match[0].length + (ending?.[0].length ?? 0) }];
    }
    return [];
  });
  const [first, second] = limits;
  if (first === undefined) return null;
  const span = { from: first.from, to: (second ?? first).to };
  if (second !== undefined && first.op.startsWith('>') && second.op.startsWith('<')) {
    return { condition: { type: 'between', from: first.value, to: second.value }, unit: first.unit, ...span };
  }
  return {
    condition: { type: 'value', op: first.op, value: first.value },
    from: first.from,
    to: first.to,
    unit: first.unit,
  };
}
